/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

/* What was chosen for disks: of one guest, and by the storage that they come from. */

#define ANY_STORAGE "*"

FerryPlanDisk *
ferry_plan_guest_get_disk (const FerryPlanGuest *guest, guint index)
{
  return index < guest->disks->len ? g_ptr_array_index (guest->disks, index) : NULL;
}

gboolean
ferry_plan_guest_includes (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  return disk != NULL && disk->included;
}

guint
ferry_plan_guest_count_included (const FerryPlanGuest *guest)
{
  guint n = 0;

  for (guint i = 0; i < guest->disks->len; i++)
    n += ferry_plan_guest_includes (guest, i) ? 1 : 0;

  return n;
}

/* Which one of those that are included is disk @index; -1: none of them. */
static int
count_before (const FerryPlanGuest *guest, int index)
{
  int n = 0;

  if (index < 0 || !ferry_plan_guest_includes (guest, (guint) index))
    return -1;
  for (int i = 0; i < index; i++)
    n += ferry_plan_guest_includes (guest, (guint) i) ? 1 : 0;

  return n;
}

FerryPlanGuest *
ferry_plan_guest_dup_included (const FerryPlanGuest *guest)
{
  FerryPlanGuest *copy = ferry_plan_guest_copy (guest);

  copy->boot_disk = count_before (guest, guest->boot_disk);
  for (guint i = guest->source->disks->len; i > 0; i--)
    {
      if (ferry_plan_guest_includes (guest, i - 1))
        continue;
      g_ptr_array_remove_index (copy->source->disks, i - 1);
      if (i <= copy->disks->len)
        g_ptr_array_remove_index (copy->disks, i - 1);
    }

  return copy;
}

FerryGuest *
ferry_plan_guest_dup_source (const FerryPlanGuest *guest)
{
  FerryGuest *copy = ferry_guest_copy (guest->source);

  for (guint i = 0; i < copy->disks->len; i++)
    if (!ferry_plan_guest_includes (guest, i))
      ((FerryDisk *) g_ptr_array_index (copy->disks, i))->flags |= FERRY_DISK_LEFT_OUT;

  return copy;
}

int
ferry_plan_guest_get_boot_disk (const FerryPlanGuest *guest)
{
  if (guest->boot_disk >= 0 && ferry_plan_guest_includes (guest, (guint) guest->boot_disk))
    return guest->boot_disk;
  for (guint i = 0; i < guest->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i))
      return (int) i;

  return -1;
}

FerryFormat
ferry_plan_guest_get_format (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  return disk != NULL && disk->format != 0 ? disk->format : guest->format;
}

FerryAllocation
ferry_plan_guest_get_allocation (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  return disk != NULL && disk->allocation != 0 ? disk->allocation : guest->allocation;
}

const char *
ferry_plan_get_storage (const FerryPlan *plan, const FerryPlanGuest *guest, guint index)
{
  const FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  return disk != NULL && disk->storage != NULL ? disk->storage : plan->destination.pool;
}

/* Where @source is in the sorted list, or where it belongs. */
static gboolean
find_index (const FerryPlan *plan, const char *source, guint *out_index)
{
  guint i = 0;

  for (; i < plan->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (plan->storings, i);
      int order = g_strcmp0 (storing->source, source);

      if (order >= 0)
        {
          *out_index = i;
          return order == 0;
        }
    }
  *out_index = i;

  return FALSE;
}

void
ferry_plan_set_storing (FerryPlan *plan, const char *source, const char *storage)
{
  FerryPlanStoring *storing;
  guint index;

  if (find_index (plan, source, &index))
    g_ptr_array_remove_index (plan->storings, index);
  if (storage == NULL)
    return;
  storing = g_new0 (FerryPlanStoring, 1);
  storing->source = g_strdup (source);
  storing->storage = g_strdup (storage);
  g_ptr_array_insert (plan->storings, (int) index, storing);
}

const char *
ferry_plan_find_storing (const FerryPlan *plan, const char *source)
{
  guint index;

  if ((source == NULL || !find_index (plan, source, &index)) &&
      !find_index (plan, ANY_STORAGE, &index))
    return NULL;

  return ((const FerryPlanStoring *) g_ptr_array_index (plan->storings, index))->storage;
}

static gboolean
storing_is_for (const FerryPlan *plan, const char *source, const char *disk_storage)
{
  guint index;

  if (g_str_equal (source, ANY_STORAGE))
    return disk_storage == NULL || !find_index (plan, disk_storage, &index);

  return g_strcmp0 (source, disk_storage) == 0;
}

guint
ferry_plan_apply_storing (FerryPlan *plan, const char *source, const char *storage)
{
  guint changed = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint d = 0; d < guest->disks->len; d++)
        {
          FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, d);
          const FerryDisk *from = ferry_guest_get_disk (guest->source, d);

          if (!storing_is_for (plan, source, from->storage) ||
              g_strcmp0 (disk->storage, storage) == 0)
            continue;
          g_free (disk->storage);
          disk->storage = g_strdup (storage);
          changed++;
        }
    }

  return changed;
}
