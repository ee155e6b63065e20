/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest.h"

#include "ferry-check.h"
#include "ferry-json.h"

#include <string.h>

#define MAC_BYTES 6

FerryDisk *
ferry_disk_new (const char *name)
{
  FerryDisk *disk = g_new0 (FerryDisk, 1);

  disk->name = g_strdup (name);
  disk->used_bytes = -1;
  disk->bus = FERRY_BUS_UNKNOWN;

  return disk;
}

FerryDisk *
ferry_disk_copy (const FerryDisk *disk)
{
  FerryDisk *copy = g_new0 (FerryDisk, 1);

  *copy = *disk;
  copy->name = g_strdup (disk->name);
  copy->file = g_strdup (disk->file);
  copy->storage = g_strdup (disk->storage);
  copy->format = g_strdup (disk->format);
  copy->extra = ferry_json_copy_object (disk->extra);

  return copy;
}

void
ferry_disk_free (FerryDisk *disk)
{
  if (disk == NULL)
    return;
  g_free (disk->name);
  g_free (disk->file);
  g_free (disk->storage);
  g_free (disk->format);
  ferry_json_clear_object (&disk->extra);
  g_free (disk);
}

FerryNic *
ferry_nic_new (const char *name)
{
  FerryNic *nic = g_new0 (FerryNic, 1);

  nic->name = g_strdup (name);

  return nic;
}

FerryNic *
ferry_nic_copy (const FerryNic *nic)
{
  FerryNic *copy = ferry_nic_new (nic->name);

  copy->mac = g_strdup (nic->mac);
  copy->network = g_strdup (nic->network);
  copy->model = g_strdup (nic->model);
  copy->extra = ferry_json_copy_object (nic->extra);

  return copy;
}

void
ferry_nic_free (FerryNic *nic)
{
  if (nic == NULL)
    return;
  g_free (nic->name);
  g_free (nic->mac);
  g_free (nic->network);
  g_free (nic->model);
  ferry_json_clear_object (&nic->extra);
  g_free (nic);
}

FerryGuest *
ferry_guest_new (const char *id, const char *name)
{
  FerryGuest *guest = g_new0 (FerryGuest, 1);

  guest->id = g_strdup (id);
  guest->name = g_strdup (name);
  guest->power = FERRY_POWER_UNKNOWN;
  guest->firmware = FERRY_FIRMWARE_UNKNOWN;
  guest->hypervisor = FERRY_HYPERVISOR_UNKNOWN;
  guest->secure_boot = FERRY_TRUTH_UNKNOWN;
  guest->tpm = FERRY_TRUTH_UNKNOWN;
  guest->tools = FERRY_TRUTH_UNKNOWN;
  guest->n_snapshots = -1;
  guest->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_free);
  guest->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_nic_free);
  guest->checks = ferry_checks_new ();

  return guest;
}

FerryGuest *
ferry_guest_copy (const FerryGuest *guest)
{
  FerryGuest *copy = g_new0 (FerryGuest, 1);

  *copy = *guest;
  copy->id = g_strdup (guest->id);
  copy->name = g_strdup (guest->name);
  copy->uuid = g_strdup (guest->uuid);
  copy->place = g_strdup (guest->place);
  copy->folder = g_strdup (guest->folder);
  copy->os = g_strdup (guest->os);
  copy->os_id = g_strdup (guest->os_id);
  copy->description = g_strdup (guest->description);
  copy->extra = ferry_json_copy_object (guest->extra);
  copy->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_free);
  for (guint i = 0; i < guest->disks->len; i++)
    g_ptr_array_add (copy->disks, ferry_disk_copy (ferry_guest_get_disk (guest, i)));
  copy->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_nic_free);
  for (guint i = 0; i < guest->nics->len; i++)
    g_ptr_array_add (copy->nics, ferry_nic_copy (ferry_guest_get_nic (guest, i)));
  copy->checks = ferry_checks_new ();
  ferry_checks_append_copies (copy->checks, guest->checks);
  copy->inside = ferry_inspection_copy (guest->inside);

  return copy;
}

void
ferry_guest_free (FerryGuest *guest)
{
  if (guest == NULL)
    return;
  g_free (guest->id);
  g_free (guest->name);
  g_free (guest->uuid);
  g_free (guest->place);
  g_free (guest->folder);
  g_free (guest->os);
  g_free (guest->os_id);
  g_free (guest->description);
  ferry_json_clear_object (&guest->extra);
  g_ptr_array_unref (guest->disks);
  g_ptr_array_unref (guest->nics);
  g_ptr_array_unref (guest->checks);
  ferry_inspection_free (guest->inside);
  g_free (guest);
}

/* The index of @part, or that of the one to come. */
static int
find_part (const GPtrArray *parts, gconstpointer part)
{
  guint index = 0;

  while (index < parts->len && g_ptr_array_index (parts, index) != part)
    index++;

  return (int) index;
}

void
ferry_guest_take_disk_check (FerryGuest *guest, const FerryDisk *disk, FerryCheck *check)
{
  check->part = find_part (guest->disks, disk);
  g_ptr_array_add (guest->checks, check);
}

void
ferry_guest_take_nic_check (FerryGuest *guest, const FerryNic *nic, FerryCheck *check)
{
  check->part = find_part (guest->nics, nic);
  g_ptr_array_add (guest->checks, check);
}

const FerryDisk *
ferry_guest_get_disk (const FerryGuest *guest, guint index)
{
  return index < guest->disks->len ? g_ptr_array_index (guest->disks, index) : NULL;
}

const FerryNic *
ferry_guest_get_nic (const FerryGuest *guest, guint index)
{
  return index < guest->nics->len ? g_ptr_array_index (guest->nics, index) : NULL;
}

/* Sizes come from files that anybody may have written: the sum stops at the largest number. */
static guint64
add_sizes (guint64 a, guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

guint64
ferry_guest_get_capacity_bytes (const FerryGuest *guest)
{
  guint64 sum = 0;

  for (guint i = 0; i < guest->disks->len; i++)
    sum = add_sizes (sum, ferry_guest_get_disk (guest, i)->capacity_bytes);

  return sum;
}

guint64
ferry_guest_get_used_bytes (const FerryGuest *guest, gboolean *out_complete)
{
  gboolean complete = TRUE;
  guint64 sum = 0;

  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);

      complete = complete && (disk->used_bytes >= 0 || disk->capacity_bytes > 0);
      sum = add_sizes (sum, disk->used_bytes >= 0 ? (guint64) disk->used_bytes
                                                  : disk->capacity_bytes);
    }
  if (out_complete != NULL)
    *out_complete = complete;

  return sum;
}

gboolean
ferry_guest_can_shut_down (const FerryGuest *guest)
{
  if (guest->power != FERRY_POWER_RUNNING)
    return FALSE;

  return guest->hypervisor == FERRY_HYPERVISOR_VMWARE ? guest->tools == FERRY_TRUTH_YES
                                                      : guest->tools != FERRY_TRUTH_NO;
}

gboolean
ferry_mac_is_valid (const char *mac)
{
  guint sum = 0;

  if (mac == NULL || strlen (mac) != MAC_BYTES * 3 - 1)
    return FALSE;
  for (int i = 0; i < MAC_BYTES * 3 - 1; i++)
    {
      if (i % 3 == 2 ? mac[i] != ':' : !g_ascii_isxdigit (mac[i]))
        return FALSE;
      if (i % 3 != 2)
        sum += (guint) g_ascii_xdigit_value (mac[i]);
    }

  /* The lowest bit of the first byte says: a group of cards. */
  return sum > 0 && g_ascii_xdigit_value (mac[1]) % 2 == 0;
}

char *
ferry_mac_normalize (const char *mac)
{
  g_autoptr (GString) normal = g_string_new (NULL);
  guint digits = 0;

  if (mac == NULL)
    return NULL;
  for (const char *p = mac; *p != '\0'; p++)
    {
      if (strchr (":-.", *p) != NULL)
        continue;
      if (digits > 0 && digits % 2 == 0)
        g_string_append_c (normal, ':');
      g_string_append_c (normal, g_ascii_tolower (*p));
      digits++;
    }

  return ferry_mac_is_valid (normal->str) ? g_strdup (normal->str) : NULL;
}

const char *
ferry_power_to_word (FerryPower power)
{
  switch (power)
    {
    case FERRY_POWER_OFF:
      return "off";
    case FERRY_POWER_RUNNING:
      return "running";
    case FERRY_POWER_PAUSED:
      return "paused";
    case FERRY_POWER_SUSPENDED:
      return "suspended";
    case FERRY_POWER_UNKNOWN:
      break;
    }

  return "unknown";
}

const char *
ferry_firmware_to_word (FerryFirmware firmware)
{
  switch (firmware)
    {
    case FERRY_FIRMWARE_BIOS:
      return "bios";
    case FERRY_FIRMWARE_UEFI:
      return "uefi";
    case FERRY_FIRMWARE_UNKNOWN:
      break;
    }

  return "unknown";
}

const char *
ferry_hypervisor_to_word (FerryHypervisor hypervisor)
{
  switch (hypervisor)
    {
    case FERRY_HYPERVISOR_VMWARE:
      return "vmware";
    case FERRY_HYPERVISOR_XEN:
      return "xen";
    case FERRY_HYPERVISOR_KVM:
      return "kvm";
    case FERRY_HYPERVISOR_UNKNOWN:
    default:
      return "unknown";
    }
}

const char *
ferry_bus_to_word (FerryBus bus)
{
  switch (bus)
    {
    case FERRY_BUS_IDE:
      return "ide";
    case FERRY_BUS_SATA:
      return "sata";
    case FERRY_BUS_SCSI:
      return "scsi";
    case FERRY_BUS_NVME:
      return "nvme";
    case FERRY_BUS_VIRTIO:
      return "virtio";
    case FERRY_BUS_UNKNOWN:
      break;
    }

  return "unknown";
}
