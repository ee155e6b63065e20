/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-bulk.h"

#include "ferry-guest-sorter.h"

static GHashTable *
make_set (const GPtrArray *ids)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, g_ptr_array_index (ids, i));

  return set;
}

GPtrArray *
ferry_bulk_find (const FerryPlan *plan, const GPtrArray *ids)
{
  GPtrArray *guests = g_ptr_array_new ();
  g_autoptr (GHashTable) set = NULL;

  g_return_val_if_fail (plan != NULL && ids != NULL, guests);

  set = make_set (ids);
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (g_hash_table_contains (set, guest->source->id))
        g_ptr_array_add (guests, guest);
    }

  return guests;
}

/* The value of one guest; -1: its disks have others of their own. */
static int
get_field (const FerryPlanGuest *guest, FerryBulkField field)
{
  const gboolean is_format = field == FERRY_BULK_FORMAT;

  switch (field)
    {
    case FERRY_BULK_START:
      return guest->start;
    case FERRY_BULK_SHUT_DOWN:
      return guest->shut_down;
    case FERRY_BULK_FORMAT:
    case FERRY_BULK_ALLOCATION:
      break;
    }

  for (guint i = 0; i < guest->disks->len; i++)
    if (is_format ? ferry_plan_guest_get_format (guest, i) != guest->format
                  : ferry_plan_guest_get_allocation (guest, i) != guest->allocation)
      return -1;

  return is_format ? (int) guest->format : (int) guest->allocation;
}

int
ferry_bulk_get (const GPtrArray *guests, FerryBulkField field)
{
  int value = -1;

  g_return_val_if_fail (guests != NULL, -1);

  for (guint i = 0; i < guests->len; i++)
    {
      int own = get_field (g_ptr_array_index (guests, i), field);

      if (own < 0 || (i > 0 && own != value))
        return -1;
      value = own;
    }

  return value;
}

static void
set_field (FerryPlanGuest *guest, FerryBulkField field, int value)
{
  switch (field)
    {
    case FERRY_BULK_START:
      guest->start = value != 0;
      return;
    case FERRY_BULK_SHUT_DOWN:
      guest->shut_down = value != 0;
      return;
    case FERRY_BULK_FORMAT:
      guest->format = (FerryFormat) value;
      for (guint i = 0; i < guest->disks->len; i++)
        ferry_plan_guest_get_disk (guest, i)->format = 0;
      return;
    case FERRY_BULK_ALLOCATION:
      guest->allocation = (FerryAllocation) value;
      for (guint i = 0; i < guest->disks->len; i++)
        ferry_plan_guest_get_disk (guest, i)->allocation = 0;
      return;
    }
}

void
ferry_bulk_set (GPtrArray *guests, FerryBulkField field, int value)
{
  g_return_if_fail (guests != NULL);

  for (guint i = 0; i < guests->len; i++)
    set_field (g_ptr_array_index (guests, i), field, value);
}

gboolean
ferry_bulk_get_storage (const GPtrArray *guests, const char **out_storage)
{
  const char *storage = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (guests != NULL, FALSE);

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryPlanGuest *guest = g_ptr_array_index (guests, i);

      for (guint d = 0; d < guest->disks->len; d++)
        {
          const char *own = ferry_plan_guest_get_disk (guest, d)->storage;

          if (any && g_strcmp0 (own, storage) != 0)
            return FALSE;
          storage = own;
          any = TRUE;
        }
    }
  *out_storage = storage;

  return TRUE;
}

void
ferry_bulk_set_storage (GPtrArray *guests, const char *storage)
{
  g_return_if_fail (guests != NULL);

  for (guint i = 0; i < guests->len; i++)
    {
      FerryPlanGuest *guest = g_ptr_array_index (guests, i);

      for (guint d = 0; d < guest->disks->len; d++)
        {
          FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, d);

          g_free (disk->storage);
          disk->storage = g_strdup (storage);
        }
    }
}

static gboolean
is_on (const FerryPlanGuest *guest, guint nic, const char *source)
{
  return g_strcmp0 (ferry_guest_get_nic (guest->source, nic)->network, source) == 0;
}

FerryBulkUse
ferry_bulk_get_use (const GPtrArray *guests, const char *source)
{
  FerryBulkUse use = { 0 };

  g_return_val_if_fail (guests != NULL, use);

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryPlanGuest *guest = g_ptr_array_index (guests, i);

      for (guint n = 0; n < guest->nics->len; n++)
        {
          const FerryPlanNetwork *network = &ferry_plan_guest_get_nic (guest, n)->network;

          if (!is_on (guest, n, source))
            continue;
          if (use.network == NULL)
            use.network = network;
          else if (network->kind != use.network->kind ||
                   g_strcmp0 (network->name, use.network->name) != 0)
            use.mixed = TRUE;
          use.n_nics++;
        }
    }

  return use;
}

void
ferry_bulk_set_network (GPtrArray *guests, const char *source, const FerryPlanNetwork *network)
{
  FerryPlanNetwork copy = { 0 };

  g_return_if_fail (guests != NULL && network != NULL);

  /* It may be that of one of the NICs. */
  ferry_plan_network_copy (network, &copy);
  for (guint i = 0; i < guests->len; i++)
    {
      FerryPlanGuest *guest = g_ptr_array_index (guests, i);

      for (guint n = 0; n < guest->nics->len; n++)
        if (is_on (guest, n, source))
          ferry_plan_network_copy (&copy, &ferry_plan_guest_get_nic (guest, n)->network);
    }
  ferry_plan_network_clear (&copy);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return ferry_lexo_compare (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
ferry_bulk_list_networks (const GPtrArray *guests, gboolean *out_nameless)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  *out_nameless = FALSE;
  g_return_val_if_fail (guests != NULL, names);

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = ((const FerryPlanGuest *) g_ptr_array_index (guests, i))->source;

      for (guint n = 0; n < guest->nics->len; n++)
        {
          const char *name = ferry_guest_get_nic (guest, n)->network;

          if (name == NULL)
            *out_nameless = TRUE;
          else if (g_hash_table_add (seen, (gpointer) name))
            g_ptr_array_add (names, g_strdup (name));
        }
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static guint
find_index (const FerryPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (g_str_equal (ferry_plan_get_guest (plan, i)->source->id, id))
      return i;

  return G_MAXUINT;
}

/* Swaps what is there of @set with what @copy has of it, which then goes with @copy. */
static void
swap_present (FerryPlan *plan, FerryPlan *copy, GHashTable *set)
{
  for (guint i = 0; i < copy->guests->len; i++)
    {
      const char *id = ferry_plan_get_guest (copy, i)->source->id;
      guint index = g_hash_table_contains (set, id) ? find_index (plan, id) : G_MAXUINT;
      gpointer present;

      if (index == G_MAXUINT)
        continue;
      present = plan->guests->pdata[index];
      plan->guests->pdata[index] = copy->guests->pdata[i];
      copy->guests->pdata[i] = present;
    }
}

void
ferry_bulk_restore (FerryPlan *plan, const FerryPlan *before, const GPtrArray *ids)
{
  g_autoptr (FerryPlan) copy = NULL;
  g_autoptr (GHashTable) set = NULL;

  g_return_if_fail (plan != NULL && before != NULL && ids != NULL);

  copy = ferry_plan_copy (before);
  set = make_set (ids);
  swap_present (plan, copy, set);
  for (guint i = 0; i < before->guests->len; i++)
    {
      const char *id = ferry_plan_get_guest (before, i)->source->id;

      if (g_hash_table_contains (set, id) && find_index (plan, id) == G_MAXUINT)
        g_ptr_array_insert (plan->guests, (int) MIN (i, plan->guests->len),
                            g_ptr_array_steal_index (copy->guests, find_index (copy, id)));
    }
}
