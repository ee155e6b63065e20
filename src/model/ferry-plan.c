/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-json.h"

#include <string.h>

/* cryptsetup takes no passphrase that is longer. */
#define LONGEST_KEY 512
#define LONGEST_KEY_DEVICE 255

static void
plan_nic_free (FerryPlanNic *nic)
{
  ferry_plan_network_clear (&nic->network);
  g_free (nic->mac);
  g_free (nic->model);
  g_free (nic->address.ip);
  g_free (nic->address.gateway);
  g_strfreev (nic->address.dns);
  ferry_json_clear_object (&nic->address.extra);
  ferry_json_clear_object (&nic->extra);
  g_free (nic);
}

static void
address_copy (const FerryPlanAddress *from, FerryPlanAddress *to)
{
  to->ip = g_strdup (from->ip);
  to->prefix = from->prefix;
  to->gateway = g_strdup (from->gateway);
  to->dns = g_strdupv (from->dns);
  to->extra = ferry_json_copy_object (from->extra);
}

static FerryPlanNic *
plan_nic_copy (const FerryPlanNic *nic)
{
  FerryPlanNic *copy = g_new0 (FerryPlanNic, 1);

  ferry_plan_network_copy (&nic->network, &copy->network);
  copy->mac_kind = nic->mac_kind;
  copy->mac = g_strdup (nic->mac);
  copy->model = g_strdup (nic->model);
  copy->connected = nic->connected;
  address_copy (&nic->address, &copy->address);
  copy->extra = ferry_json_copy_object (nic->extra);

  return copy;
}

static void
plan_disk_free (FerryPlanDisk *disk)
{
  g_free (disk->storage);
  ferry_json_clear_object (&disk->extra);
  g_free (disk);
}

static FerryPlanDisk *
plan_disk_copy (const FerryPlanDisk *disk)
{
  FerryPlanDisk *copy = g_new0 (FerryPlanDisk, 1);

  *copy = *disk;
  copy->storage = g_strdup (disk->storage);
  copy->extra = ferry_json_copy_object (disk->extra);

  return copy;
}

static void
plan_key_free (FerryPlanKey *key)
{
  explicit_bzero (key->key, strlen (key->key));
  g_free (key->key);
  g_free (key->device);
  g_free (key);
}

static GPtrArray *
keys_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plan_key_free);
}

void
ferry_plan_add_key (GPtrArray *keys, const char *device, const char *key)
{
  FerryPlanKey *added = g_new0 (FerryPlanKey, 1);

  added->device = g_strdup (device);
  added->key = g_strdup (key);
  g_ptr_array_add (keys, added);
}

/* It stands before a colon in virt-v2v's --key, and before a blank in a line. */
gboolean
ferry_key_device_is_valid (const char *device)
{
  gsize length = strspn (device, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/-_.+@");

  return length > 0 && length <= LONGEST_KEY_DEVICE && device[length] == '\0' && *device != '-';
}

gboolean
ferry_key_is_valid (const char *key)
{
  gsize length = strlen (key);

  return length > 0 && length <= LONGEST_KEY && strcspn (key, "\r\n") == length;
}

GPtrArray *
ferry_plan_copy_keys (const GPtrArray *keys)
{
  GPtrArray *copy = keys_new ();

  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      ferry_plan_add_key (copy, key->device, key->key);
    }

  return copy;
}

/** ferry_plan_guest_new: of a copy of @source; everything chosen is as the source has it */
FerryPlanGuest *
ferry_plan_guest_new (const FerryGuest *source)
{
  FerryPlanGuest *guest = g_new0 (FerryPlanGuest, 1);

  guest->source = ferry_guest_copy (source);
  guest->name = ferry_guest_name_make_valid (source->name);
  guest->description = g_strdup (source->description);
  guest->memory_bytes = source->memory_bytes;
  guest->vcpus = source->vcpus;
  guest->sockets = source->sockets;
  guest->cores = source->cores;
  guest->threads = source->threads;
  guest->boot_disk = -1;
  guest->firmware = source->firmware;
  guest->root = g_strdup ("single");
  guest->format = FERRY_FORMAT_QCOW2;
  guest->allocation = FERRY_ALLOCATION_SPARSE;
  guest->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_disk_free);
  for (guint i = 0; i < source->disks->len; i++)
    {
      FerryPlanDisk *disk = g_new0 (FerryPlanDisk, 1);

      disk->included = TRUE;
      g_ptr_array_add (guest->disks, disk);
    }
  guest->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_nic_free);
  guest->keys = keys_new ();

  return guest;
}

FerryPlanGuest *
ferry_plan_guest_copy (const FerryPlanGuest *guest)
{
  FerryPlanGuest *copy = g_new0 (FerryPlanGuest, 1);

  *copy = *guest;
  copy->source = ferry_guest_copy (guest->source);
  copy->name = g_strdup (guest->name);
  copy->description = g_strdup (guest->description);
  copy->os = g_strdup (guest->os);
  copy->root = g_strdup (guest->root);
  copy->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_disk_free);
  for (guint i = 0; i < guest->disks->len; i++)
    g_ptr_array_add (copy->disks, plan_disk_copy (g_ptr_array_index (guest->disks, i)));
  copy->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_nic_free);
  for (guint i = 0; i < guest->nics->len; i++)
    g_ptr_array_add (copy->nics, plan_nic_copy (g_ptr_array_index (guest->nics, i)));
  copy->keys = ferry_plan_copy_keys (guest->keys);
  copy->extra = ferry_json_copy_object (guest->extra);

  return copy;
}

void
ferry_plan_guest_free (FerryPlanGuest *guest)
{
  if (guest == NULL)
    return;
  ferry_guest_free (guest->source);
  g_free (guest->name);
  g_free (guest->description);
  g_free (guest->os);
  g_free (guest->root);
  g_ptr_array_unref (guest->disks);
  g_ptr_array_unref (guest->nics);
  g_ptr_array_unref (guest->keys);
  ferry_json_clear_object (&guest->extra);
  g_free (guest);
}

static void
plan_mapping_free (FerryPlanMapping *mapping)
{
  g_free (mapping->source);
  ferry_plan_network_clear (&mapping->network);
  g_free (mapping);
}

static void
plan_storing_free (FerryPlanStoring *storing)
{
  g_free (storing->source);
  g_free (storing->storage);
  g_free (storing);
}

static void
name_rule_copy (const FerryNameRule *from, FerryNameRule *to)
{
  g_free (to->pattern);
  to->pattern = g_strdup (from->pattern);
  to->find = g_strdup (from->find);
  to->replace = g_strdup (from->replace);
  to->lower_case = from->lower_case;
}

/**
 * ferry_plan_new: without guests; sparse qcow2, on this computer. Source and destination are to be
 * set next: their paths are NULL.
 */
FerryPlan *
ferry_plan_new (void)
{
  FerryPlan *plan = g_new0 (FerryPlan, 1);

  ferry_plan_source_init (&plan->source, FERRY_SOURCE_OVA);
  plan->destination.kind = FERRY_DESTINATION_FOLDER;
  plan->host = g_strdup ("local");
  plan->format = FERRY_FORMAT_QCOW2;
  plan->allocation = FERRY_ALLOCATION_SPARSE;
  plan->name_rule.pattern = g_strdup ("{name}");
  plan->mappings = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_mapping_free);
  plan->storings = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_storing_free);
  plan->keys = keys_new ();
  plan->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_plan_guest_free);

  return plan;
}

/* What a guest gets when it is added, and what is for all of them. */
static void
copy_defaults (const FerryPlan *plan, FerryPlan *copy)
{
  copy->drivers = g_strdup (plan->drivers);
  copy->block_driver = g_strdup (plan->block_driver);
  name_rule_copy (&plan->name_rule, &copy->name_rule);
  copy->start = plan->start;
  copy->shut_down = plan->shut_down;
  copy->format = plan->format;
  copy->allocation = plan->allocation;
  for (guint i = 0; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      ferry_plan_set_mapping (copy, mapping->source, &mapping->network);
    }
  for (guint i = 0; i < plan->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (plan->storings, i);

      ferry_plan_set_storing (copy, storing->source, storing->storage);
    }
  g_ptr_array_unref (copy->keys);
  copy->keys = ferry_plan_copy_keys (plan->keys);
}

static FerryPlan *
copy_without_guests (const FerryPlan *plan)
{
  FerryPlan *copy = ferry_plan_new ();

  ferry_plan_source_copy (&plan->source, &copy->source);
  copy->destination.kind = plan->destination.kind;
  copy->destination.path = g_strdup (plan->destination.path);
  copy->destination.uri = g_strdup (plan->destination.uri);
  copy->destination.pool = g_strdup (plan->destination.pool);
  copy->destination.extra = ferry_json_copy_object (plan->destination.extra);
  g_free (copy->host);
  copy->host = g_strdup (plan->host);
  copy_defaults (plan, copy);
  copy->defaults_extra = ferry_json_copy_object (plan->defaults_extra);
  copy->extra = ferry_json_copy_object (plan->extra);

  return copy;
}

/** ferry_plan_copy: shares nothing, so that it can go to another thread */
FerryPlan *
ferry_plan_copy (const FerryPlan *plan)
{
  FerryPlan *copy = copy_without_guests (plan);

  for (guint i = 0; i < plan->guests->len; i++)
    g_ptr_array_add (copy->guests, ferry_plan_guest_copy (ferry_plan_get_guest (plan, i)));

  return copy;
}

void
ferry_plan_free (FerryPlan *plan)
{
  if (plan == NULL)
    return;
  ferry_plan_source_clear (&plan->source);
  g_free (plan->destination.path);
  g_free (plan->destination.uri);
  g_free (plan->destination.pool);
  ferry_json_clear_object (&plan->destination.extra);
  g_free (plan->host);
  g_free (plan->drivers);
  g_free (plan->block_driver);
  g_free (plan->name_rule.pattern);
  g_free (plan->name_rule.find);
  g_free (plan->name_rule.replace);
  g_ptr_array_unref (plan->mappings);
  g_ptr_array_unref (plan->storings);
  g_ptr_array_unref (plan->keys);
  g_ptr_array_unref (plan->guests);
  ferry_json_clear_object (&plan->defaults_extra);
  ferry_json_clear_object (&plan->extra);
  g_free (plan);
}

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

void
ferry_plan_set_source (FerryPlan *plan, const FerryPlanSource *source)
{
  ferry_plan_source_copy (source, &plan->source);
}

/** ferry_plan_set_ova_source: @path: absolute, UTF-8 */
void
ferry_plan_set_ova_source (FerryPlan *plan, const char *path)
{
  ferry_plan_source_clear (&plan->source);
  ferry_plan_source_init (&plan->source, FERRY_SOURCE_OVA);
  plan->source.path = g_strdup (path);
}

/** ferry_plan_set_folder_destination: @path: absolute, UTF-8 */
void
ferry_plan_set_folder_destination (FerryPlan *plan, const char *path)
{
  plan->destination.kind = FERRY_DESTINATION_FOLDER;
  set_text (&plan->destination.path, path);
  set_text (&plan->destination.uri, NULL);
  set_text (&plan->destination.pool, NULL);
}

/** ferry_plan_set_libvirt_destination: @pool: (nullable): not chosen yet */
void
ferry_plan_set_libvirt_destination (FerryPlan *plan, const char *uri, const char *pool)
{
  plan->destination.kind = FERRY_DESTINATION_LIBVIRT;
  set_text (&plan->destination.path, NULL);
  set_text (&plan->destination.uri, uri);
  set_text (&plan->destination.pool, pool);
}

static gboolean
name_is_used (const FerryPlan *plan, const char *name)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (g_str_equal (ferry_plan_get_guest (plan, i)->name, name))
      return TRUE;

  return FALSE;
}

/* "web", "web-2", "web-3", … */
static char *
make_unique_name (const FerryPlan *plan, const char *name)
{
  g_autofree char *unique = g_strdup (name);

  for (guint n = 2; name_is_used (plan, unique); n++)
    {
      g_autofree char *suffix = g_strdup_printf ("-%u", n);
      g_autofree char *shorter = ferry_guest_name_shorten (name, strlen (suffix));

      g_free (unique);
      unique = g_strconcat (shorter, suffix, NULL);
    }

  return g_steal_pointer (&unique);
}

static FerryPlanNic *
plan_nic_from_source (const FerryPlan *plan, const FerryNic *source)
{
  FerryPlanNic *nic = g_new0 (FerryPlanNic, 1);
  const FerryPlanNetwork *mapped = ferry_plan_find_mapping (plan, source->network);

  if (mapped != NULL)
    ferry_plan_network_copy (mapped, &nic->network);
  else
    nic->network.kind = source->network == NULL ? FERRY_NETWORK_NONE : FERRY_NETWORK_UNMAPPED;
  nic->connected = TRUE;
  nic->mac_kind = ferry_mac_is_valid (source->mac) ? FERRY_MAC_KEEP : FERRY_MAC_NEW;

  return nic;
}

static void
apply_defaults (const FerryPlan *plan, FerryPlanGuest *guest)
{
  guest->format = plan->format;
  guest->allocation = plan->allocation;
  guest->start = plan->start;
  guest->shut_down = plan->shut_down;
  for (guint i = 0; i < guest->disks->len; i++)
    {
      FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, i);
      const char *from = ferry_guest_get_disk (guest->source, i)->storage;

      set_text (&disk->storage, ferry_plan_find_storing (plan, from));
    }
}

FerryPlanGuest *
ferry_plan_add_guest (FerryPlan *plan, const FerryGuest *source)
{
  FerryPlanGuest *guest = ferry_plan_find_guest (plan, source->id);
  g_autofree char *ruled = NULL;
  g_autofree char *name = NULL;

  if (guest != NULL)
    return guest;
  guest = ferry_plan_guest_new (source);
  ruled = ferry_name_rule_apply (&plan->name_rule, source->name, plan->guests->len + 1);
  name = make_unique_name (plan, ruled);
  set_text (&guest->name, name);
  apply_defaults (plan, guest);
  for (guint i = 0; i < source->nics->len; i++)
    g_ptr_array_add (guest->nics, plan_nic_from_source (plan, ferry_guest_get_nic (source, i)));
  g_ptr_array_add (plan->guests, guest);

  return guest;
}

/* In two rounds, so that a name that is given up can be taken by another. */
void
ferry_plan_rename_all (FerryPlan *plan)
{
  for (guint i = 0; i < plan->guests->len; i++)
    set_text (&ferry_plan_get_guest (plan, i)->name, "");
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);
      g_autofree char *ruled = ferry_name_rule_apply (&plan->name_rule, guest->source->name, i + 1);
      g_autofree char *name = make_unique_name (plan, ruled);

      set_text (&guest->name, name);
    }
}

void
ferry_plan_remove_guest (FerryPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (g_str_equal (ferry_plan_get_guest (plan, i)->source->id, id))
      {
        g_ptr_array_remove_index (plan->guests, i);
        return;
      }
}

FerryPlanGuest *
ferry_plan_find_guest (const FerryPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (g_str_equal (guest->source->id, id))
        return guest;
    }

  return NULL;
}

FerryPlanGuest *
ferry_plan_get_guest (const FerryPlan *plan, guint index)
{
  return index < plan->guests->len ? g_ptr_array_index (plan->guests, index) : NULL;
}

/* As oVirt does it, too: virt-v2v has nothing to do in a guest that has its drivers. */
gboolean
ferry_plan_guest_is_copied (const FerryPlanGuest *guest)
{
  return guest->source->hypervisor == FERRY_HYPERVISOR_KVM;
}

gboolean
ferry_plan_guest_has_topology (const FerryPlanGuest *guest)
{
  return guest->vcpus != 0 &&
         (guint64) guest->sockets * guest->cores * guest->threads == guest->vcpus;
}

FerryPlanNic *
ferry_plan_guest_get_nic (const FerryPlanGuest *guest, guint index)
{
  return index < guest->nics->len ? g_ptr_array_index (guest->nics, index) : NULL;
}

FerryPlan *
ferry_plan_dup_for_guest (const FerryPlan *plan, guint index)
{
  FerryPlan *copy;

  g_return_val_if_fail (index < plan->guests->len, NULL);
  copy = copy_without_guests (plan);
  g_ptr_array_add (copy->guests, ferry_plan_guest_copy (ferry_plan_get_guest (plan, index)));

  return copy;
}
