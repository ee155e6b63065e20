/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-json.h"

#include <string.h>

static void
plan_nic_free (FerryPlanNic *nic)
{
  ferry_plan_network_clear (&nic->network);
  g_free (nic->mac);
  ferry_json_clear_object (&nic->extra);
  g_free (nic);
}

static FerryPlanNic *
plan_nic_copy (const FerryPlanNic *nic)
{
  FerryPlanNic *copy = g_new0 (FerryPlanNic, 1);

  ferry_plan_network_copy (&nic->network, &copy->network);
  copy->mac_kind = nic->mac_kind;
  copy->mac = g_strdup (nic->mac);
  copy->extra = ferry_json_copy_object (nic->extra);

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
  guest->firmware = source->firmware;
  guest->root = g_strdup ("single");
  guest->format = FERRY_FORMAT_QCOW2;
  guest->allocation = FERRY_ALLOCATION_SPARSE;
  guest->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_nic_free);

  return guest;
}

static FerryPlanGuest *
plan_guest_copy (const FerryPlanGuest *guest)
{
  FerryPlanGuest *copy = g_new0 (FerryPlanGuest, 1);

  *copy = *guest;
  copy->source = ferry_guest_copy (guest->source);
  copy->name = g_strdup (guest->name);
  copy->description = g_strdup (guest->description);
  copy->root = g_strdup (guest->root);
  copy->nics = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_nic_free);
  for (guint i = 0; i < guest->nics->len; i++)
    g_ptr_array_add (copy->nics, plan_nic_copy (g_ptr_array_index (guest->nics, i)));
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
  g_free (guest->root);
  g_ptr_array_unref (guest->nics);
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
  plan->mappings = g_ptr_array_new_with_free_func ((GDestroyNotify) plan_mapping_free);
  plan->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_plan_guest_free);

  return plan;
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
  copy->format = plan->format;
  copy->allocation = plan->allocation;
  for (guint i = 0; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      ferry_plan_set_mapping (copy, mapping->source, &mapping->network);
    }
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
    g_ptr_array_add (copy->guests, plan_guest_copy (ferry_plan_get_guest (plan, i)));

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
  g_ptr_array_unref (plan->mappings);
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
  nic->mac_kind = ferry_mac_is_valid (source->mac) ? FERRY_MAC_KEEP : FERRY_MAC_NEW;

  return nic;
}

FerryPlanGuest *
ferry_plan_add_guest (FerryPlan *plan, const FerryGuest *source)
{
  FerryPlanGuest *guest = ferry_plan_find_guest (plan, source->id);
  g_autofree char *name = NULL;

  if (guest != NULL)
    return guest;
  guest = ferry_plan_guest_new (source);
  name = make_unique_name (plan, guest->name);
  set_text (&guest->name, name);
  guest->format = plan->format;
  guest->allocation = plan->allocation;
  for (guint i = 0; i < source->nics->len; i++)
    g_ptr_array_add (guest->nics, plan_nic_from_source (plan, ferry_guest_get_nic (source, i)));
  g_ptr_array_add (plan->guests, guest);

  return guest;
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
  g_ptr_array_add (copy->guests, plan_guest_copy (ferry_plan_get_guest (plan, index)));

  return copy;
}
