/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-json.h"

#include <glib/gi18n-lib.h>

/* In the order of the enums; "unknown" is read too, and written as null. */
static const char *const power_words[] = {
  "unknown", "off", "running", "paused", "suspended", NULL
};
static const char *const firmware_words[] = { "unknown", "bios", "uefi", NULL };
static const char *const hypervisor_words[] = { "unknown", "vmware", "xen", "kvm", NULL };
static const char *const bus_words[] = { "unknown", "ide", "sata", "scsi", "nvme", "virtio", NULL };

/* What a disk can be beside; the first three are always written. */
static const struct
{
  const char *member;
  FerryDiskFlags flag;
  gboolean always;
} disk_flags[] = {
  { "compressed", FERRY_DISK_COMPRESSED, TRUE },
  { "chunked", FERRY_DISK_CHUNKED, TRUE },
  { "remote", FERRY_DISK_REMOTE, TRUE },
  { "rdm", FERRY_DISK_RDM, FALSE },
  { "independent", FERRY_DISK_INDEPENDENT, FALSE },
  { "shared", FERRY_DISK_SHARED, FALSE },
  { "encrypted", FERRY_DISK_ENCRYPTED, FALSE },
  { "network", FERRY_DISK_NETWORK, FALSE },
  { "has_parent", FERRY_DISK_HAS_PARENT, FALSE },
};

static const char *const disk_members[] = {
  "name",       "capacity_bytes", "used_bytes", "format",  "bus",         "file",
  "compressed", "chunked",        "remote",     "rdm",     "independent", "shared",
  "encrypted",  "network",        "has_parent", "storage", NULL,
};
static const char *const nic_members[] = { "name", "mac", "network", "model", NULL };
static const char *const guest_members[] = {
  "id",      "name",     "uuid",        "hypervisor",   "place", "folder",    "state",
  "os",      "os_id",    "description", "memory_bytes", "vcpus", "sockets",   "cores",
  "threads", "firmware", "secure_boot", "tpm",          "tools", "snapshots", "disks",
  "nics",    "checks",   "inside",      NULL,
};

static void
set_word (JsonObject *object, const char *member, gboolean known, const char *word)
{
  ferry_json_set_string (object, member, known ? word : NULL);
}

static JsonObject *
disk_to_json (const FerryDisk *disk)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", disk->name);
  ferry_json_set_size (object, "capacity_bytes", disk->capacity_bytes);
  if (disk->used_bytes >= 0)
    json_object_set_int_member (object, "used_bytes", disk->used_bytes);
  else
    json_object_set_null_member (object, "used_bytes");
  ferry_json_set_string (object, "format", disk->format);
  set_word (object, "bus", disk->bus != FERRY_BUS_UNKNOWN, ferry_bus_to_word (disk->bus));
  ferry_json_set_string (object, "file", disk->file);
  ferry_json_set_string (object, "storage", disk->storage);
  for (guint i = 0; i < G_N_ELEMENTS (disk_flags); i++)
    if (disk_flags[i].always || (disk->flags & disk_flags[i].flag) != 0)
      json_object_set_boolean_member (object, disk_flags[i].member,
                                      (disk->flags & disk_flags[i].flag) != 0);
  ferry_json_add_copies (object, disk->extra);

  return object;
}

static JsonObject *
nic_to_json (const FerryNic *nic)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", nic->name);
  ferry_json_set_string (object, "mac", ferry_mac_is_valid (nic->mac) ? nic->mac : NULL);
  ferry_json_set_string (object, "network", nic->network);
  ferry_json_set_string (object, "model", nic->model);
  ferry_json_add_copies (object, nic->extra);

  return object;
}

static void
set_hardware (JsonObject *object, const FerryGuest *guest)
{
  JsonArray *disks = json_array_new ();
  JsonArray *nics = json_array_new ();

  for (guint i = 0; i < guest->disks->len; i++)
    json_array_add_object_element (disks, disk_to_json (ferry_guest_get_disk (guest, i)));
  for (guint i = 0; i < guest->nics->len; i++)
    json_array_add_object_element (nics, nic_to_json (ferry_guest_get_nic (guest, i)));
  json_object_set_array_member (object, "disks", disks);
  json_object_set_array_member (object, "nics", nics);
}

static void
set_truth (JsonObject *object, const char *member, FerryTruth truth)
{
  if (truth == FERRY_TRUTH_UNKNOWN)
    json_object_set_null_member (object, member);
  else
    json_object_set_boolean_member (object, member, truth == FERRY_TRUTH_YES);
}

/* Where it is at the source, and what it is there. */
static void
set_origin (JsonObject *object, const FerryGuest *guest)
{
  ferry_json_set_string (object, "uuid", guest->uuid);
  set_word (object, "hypervisor", guest->hypervisor != FERRY_HYPERVISOR_UNKNOWN,
            ferry_hypervisor_to_word (guest->hypervisor));
  ferry_json_set_string (object, "place", guest->place);
  ferry_json_set_string (object, "folder", guest->folder);
  set_word (object, "state", guest->power != FERRY_POWER_UNKNOWN,
            ferry_power_to_word (guest->power));
}

static void
set_traits (JsonObject *object, const FerryGuest *guest)
{
  set_word (object, "firmware", guest->firmware != FERRY_FIRMWARE_UNKNOWN,
            ferry_firmware_to_word (guest->firmware));
  set_truth (object, "secure_boot", guest->secure_boot);
  set_truth (object, "tpm", guest->tpm);
  set_truth (object, "tools", guest->tools);
  if (guest->n_snapshots < 0)
    json_object_set_null_member (object, "snapshots");
  else
    json_object_set_int_member (object, "snapshots", guest->n_snapshots);
}

static void
set_inside (JsonObject *object, const FerryInspection *inside)
{
  if (inside != NULL)
    json_object_set_object_member (object, "inside", ferry_inspection_to_json (inside));
  else
    json_object_set_null_member (object, "inside");
}

JsonNode *
ferry_guest_to_json (const FerryGuest *guest)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", guest->id);
  json_object_set_string_member (object, "name", guest->name);
  set_origin (object, guest);
  ferry_json_set_string (object, "os", guest->os);
  ferry_json_set_string (object, "os_id", guest->os_id);
  ferry_json_set_string (object, "description", guest->description);
  ferry_json_set_size (object, "memory_bytes", guest->memory_bytes);
  ferry_json_set_size (object, "vcpus", guest->vcpus);
  ferry_json_set_size (object, "sockets", guest->sockets);
  ferry_json_set_size (object, "cores", guest->cores);
  ferry_json_set_size (object, "threads", guest->threads);
  set_traits (object, guest);
  set_hardware (object, guest);
  json_object_set_member (object, "checks", ferry_checks_to_json (guest->checks));
  set_inside (object, guest->inside);
  ferry_json_add_copies (object, guest->extra);
  json_node_take_object (node, object);

  return node;
}

static gboolean
read_flags (JsonObject *object, FerryDisk *disk, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (disk_flags); i++)
    {
      gboolean set = FALSE;

      if (!ferry_json_get_boolean (object, disk_flags[i].member, &set, error))
        return FALSE;
      if (set)
        disk->flags |= disk_flags[i].flag;
    }

  return TRUE;
}

static gboolean
read_disk_place (JsonObject *object, FerryDisk *disk, GError **error)
{
  int bus = FERRY_BUS_UNKNOWN;

  if (!ferry_json_get_string (object, "format", &disk->format, error) ||
      !ferry_json_get_word (object, "bus", bus_words, &bus, error) ||
      !ferry_json_get_string (object, "file", &disk->file, error) ||
      !ferry_json_get_string (object, "storage", &disk->storage, error) ||
      !read_flags (object, disk, error))
    return FALSE;
  disk->bus = (FerryBus) bus;

  return TRUE;
}

static gboolean
read_disk (JsonObject *object, gpointer user_data, GError **error)
{
  g_autoptr (FerryDisk) disk = ferry_disk_new (NULL);
  guint64 used = G_MAXUINT64;

  if (!ferry_json_require (object, "name", error) ||
      !ferry_json_get_string (object, "name", &disk->name, error) ||
      !ferry_json_get_uint64 (object, "capacity_bytes", &disk->capacity_bytes, error) ||
      !ferry_json_get_uint64 (object, "used_bytes", &used, error) ||
      !read_disk_place (object, disk, error))
    return FALSE;
  disk->used_bytes = used == G_MAXUINT64 ? -1 : (gint64) used;
  disk->extra = ferry_json_copy_unknown (object, disk_members);
  g_ptr_array_add (user_data, g_steal_pointer (&disk));

  return TRUE;
}

static gboolean
read_mac (JsonObject *object, FerryNic *nic, GError **error)
{
  g_autofree char *mac = NULL;

  if (!ferry_json_get_string (object, "mac", &mac, error))
    return FALSE;
  nic->mac = ferry_mac_normalize (mac);
  if (mac != NULL && nic->mac == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("%s must be the MAC address of a network adapter, like "
                          "52:54:00:12:34:56."),
                       "mac");

  return TRUE;
}

static gboolean
read_nic (JsonObject *object, gpointer user_data, GError **error)
{
  g_autoptr (FerryNic) nic = ferry_nic_new (NULL);

  if (!ferry_json_require (object, "name", error) ||
      !ferry_json_get_string (object, "name", &nic->name, error) ||
      !read_mac (object, nic, error) ||
      !ferry_json_get_string (object, "network", &nic->network, error) ||
      !ferry_json_get_string (object, "model", &nic->model, error))
    return FALSE;
  nic->extra = ferry_json_copy_unknown (object, nic_members);
  g_ptr_array_add (user_data, g_steal_pointer (&nic));

  return TRUE;
}

static gboolean
read_truth (JsonObject *object, const char *member, FerryTruth *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  gboolean is_true = FALSE;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!ferry_json_get_boolean (object, member, &is_true, error))
    return FALSE;
  *out = is_true ? FERRY_TRUTH_YES : FERRY_TRUTH_NO;

  return TRUE;
}

static gboolean
read_origin (JsonObject *object, FerryGuest *guest, GError **error)
{
  int hypervisor = FERRY_HYPERVISOR_UNKNOWN;

  if (!ferry_json_get_string (object, "uuid", &guest->uuid, error) ||
      !ferry_json_get_word (object, "hypervisor", hypervisor_words, &hypervisor, error) ||
      !ferry_json_get_string (object, "place", &guest->place, error) ||
      !ferry_json_get_string (object, "folder", &guest->folder, error))
    return FALSE;
  guest->hypervisor = (FerryHypervisor) hypervisor;

  return TRUE;
}

static gboolean
read_traits (JsonObject *object, FerryGuest *guest, GError **error)
{
  guint64 snapshots = G_MAXUINT64;

  if (!read_truth (object, "secure_boot", &guest->secure_boot, error) ||
      !read_truth (object, "tpm", &guest->tpm, error) ||
      !read_truth (object, "tools", &guest->tools, error) ||
      !ferry_json_get_uint64 (object, "snapshots", &snapshots, error))
    return FALSE;
  guest->n_snapshots = snapshots == G_MAXUINT64 ? -1 : (int) MIN (snapshots, G_MAXINT);

  return TRUE;
}

static gboolean
read_texts (JsonObject *object, FerryGuest *guest, GError **error)
{
  int power = FERRY_POWER_UNKNOWN;

  if (!ferry_json_get_word (object, "state", power_words, &power, error) ||
      !ferry_json_get_string (object, "os", &guest->os, error) ||
      !ferry_json_get_string (object, "os_id", &guest->os_id, error) ||
      !ferry_json_get_string (object, "description", &guest->description, error))
    return FALSE;
  guest->power = (FerryPower) power;

  return TRUE;
}

static gboolean
read_numbers (JsonObject *object, FerryGuest *guest, GError **error)
{
  int firmware = FERRY_FIRMWARE_UNKNOWN;

  if (!ferry_json_get_uint64 (object, "memory_bytes", &guest->memory_bytes, error) ||
      !ferry_json_get_uint (object, "vcpus", &guest->vcpus, error) ||
      !ferry_json_get_uint (object, "sockets", &guest->sockets, error) ||
      !ferry_json_get_uint (object, "cores", &guest->cores, error) ||
      !ferry_json_get_uint (object, "threads", &guest->threads, error) ||
      !ferry_json_get_word (object, "firmware", firmware_words, &firmware, error))
    return FALSE;
  guest->firmware = (FerryFirmware) firmware;

  return TRUE;
}

FerryGuest *
ferry_guest_from_json (JsonNode *node, GError **error)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new (NULL, NULL);
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _ ("A virtual machine must be an object."));
      return NULL;
    }
  object = json_node_get_object (node);
  if (!ferry_json_require (object, "id", error) || !ferry_json_require (object, "name", error) ||
      !ferry_json_get_string (object, "id", &guest->id, error) ||
      !ferry_json_get_string (object, "name", &guest->name, error) ||
      !read_origin (object, guest, error) || !read_texts (object, guest, error) ||
      !read_numbers (object, guest, error) || !read_traits (object, guest, error) ||
      !ferry_json_read_each (object, "disks", read_disk, guest->disks, error) ||
      !ferry_json_read_each (object, "nics", read_nic, guest->nics, error) ||
      !ferry_checks_read_json (guest->checks, object, "checks", error) ||
      !ferry_inspection_read_json (object, "inside", &guest->inside, error))
    return NULL;
  guest->extra = ferry_json_copy_unknown (object, guest_members);

  return g_steal_pointer (&guest);
}
