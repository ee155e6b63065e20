/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-text.h"

#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

/* Between facts of one thing. */
#define DOT " · "

/* Whatever a disk holds, an image of it takes about this much. */
#define MIN_IMAGE_BYTES (G_GUINT64_CONSTANT (1) << 20)

/* As in the middle of a line. */
static const char *
describe_allocation (FerryAllocation allocation)
{
  switch (allocation)
    {
    case FERRY_ALLOCATION_SPARSE:
      return _("thin provisioned");
    case FERRY_ALLOCATION_PREALLOCATED:
      return _("preallocated");
    }

  return _("thin provisioned");
}

static char *
describe_format (const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_COMPRESSED) != 0)
    /* Translators: a disk format */
    return g_strdup_printf (_("%s, compressed"), disk->format);
  if ((disk->flags & FERRY_DISK_CHUNKED) != 0)
    /* Translators: a disk format */
    return g_strdup_printf (_("%s, in several files"), disk->format);

  return g_strdup (disk->format);
}

char *
ferry_text_disk_facts (const FerryDisk *disk)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  if (disk->format != NULL)
    g_ptr_array_add (facts, describe_format (disk));
  if (disk->bus != FERRY_BUS_UNKNOWN)
    g_ptr_array_add (facts, g_strdup (ferry_text_bus (disk->bus)));
  if (disk->storage != NULL)
    g_ptr_array_add (facts, g_strdup (disk->storage));
  g_ptr_array_add (facts, NULL);

  return g_strjoinv (DOT, (char **) facts->pdata);
}

char *
ferry_text_disk_plan (const FerryPlan *plan, const FerryPlanGuest *guest, guint index)
{
  const FerryDisk *disk = ferry_guest_get_disk (guest->source, index);
  const char *storage = ferry_plan_get_storage (plan, guest, index);
  const char *allocation = describe_allocation (ferry_plan_guest_get_allocation (guest, index));
  g_autofree char *size = ferry_text_size (disk->capacity_bytes);

  if (!ferry_plan_guest_includes (guest, index))
    /* Translators: the size of a disk */
    return g_strdup_printf (_("%s · not imported"), size);
  if (storage != NULL)
    return g_strconcat (size, DOT, storage, DOT, allocation, NULL);

  return g_strconcat (size, DOT, allocation, NULL);
}

/* The disks of @guest that are imported, as if it had no others; some may not say what is in use. */
static guint64
sum_up (const FerryPlanGuest *guest, guint64 *out_used_bytes, gboolean *out_used_known)
{
  guint64 capacity_bytes = 0;

  *out_used_bytes = 0;
  *out_used_known = TRUE;
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest->source, i);

      if (!ferry_plan_guest_includes (guest, i))
        continue;
      capacity_bytes += disk->capacity_bytes;
      *out_used_bytes += disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
      *out_used_known = *out_used_known && (disk->used_bytes >= 0 || disk->capacity_bytes > 0);
    }

  return capacity_bytes;
}

static char *
count_disks (guint n_included, guint n_disks)
{
  if (n_included == n_disks)
    return g_strdup_printf (ngettext ("%u disk", "%u disks", n_disks), n_disks);

  /* Translators: how many disks are imported, of how many */
  return g_strdup_printf (ngettext ("%u of %u disk", "%u of %u disks", n_disks), n_included,
                          n_disks);
}

char *
ferry_text_planned_disks (const FerryPlanGuest *guest)
{
  guint n_included = ferry_plan_guest_count_included (guest);
  g_autofree char *count = count_disks (n_included, guest->source->disks->len);
  guint64 used_bytes;
  gboolean used_known;
  g_autofree char *capacity = ferry_text_size (sum_up (guest, &used_bytes, &used_known));
  g_autofree char *used = g_format_size (used_bytes);

  if (guest->source->disks->len == 0)
    return g_strdup (_("This virtual machine has no disk."));
  if (n_included == 0)
    return g_strdup (_("No disk is imported."));
  if (!used_known)
    return g_strconcat (count, DOT, capacity, NULL);

  /* Translators: "2 of 3 disks · 230.0 GB, of which at most 121.4 GB hold data and will be copied" */
  return g_strdup_printf (_("%s · %s, of which at most %s hold data and will be copied"), count,
                          capacity, used);
}

/* (nullable): the address that NIC @index is known to get; a new one cannot be known. */
static const char *
get_mac (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (guest, index);

  switch (planned->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return ferry_guest_get_nic (guest->source, index)->mac;
    case FERRY_MAC_NEW:
      return NULL;
    case FERRY_MAC_FIXED:
      return planned->mac;
    }

  return NULL;
}

/* (nullable): the first guest of the plan with another NIC that gets @mac. */
static const FerryPlanGuest *
find_other_owner (const FerryPlan *plan, const FerryPlanGuest *guest, guint index, const char *mac)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *other = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < other->nics->len; n++)
        {
          const char *its = other != guest || n != index ? get_mac (other, n) : NULL;

          if (its != NULL && g_ascii_strcasecmp (its, mac) == 0)
            return other;
        }
    }

  return NULL;
}

static gboolean
is_in_use (const FerryDestinationFacts *facts, const char *mac)
{
  for (guint i = 0; facts != NULL && facts->macs[i] != NULL; i++)
    if (g_ascii_strcasecmp (facts->macs[i], mac) == 0)
      return TRUE;

  return FALSE;
}

char *
ferry_text_mac_problem (const FerryPlan *plan,
                        const FerryDestinationFacts *facts,
                        const FerryPlanGuest *guest,
                        guint index)
{
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (guest, index);
  const char *mac = get_mac (guest, index);
  const FerryPlanGuest *other;

  if (planned->mac_kind == FERRY_MAC_FIXED && (mac == NULL || !ferry_mac_is_valid (mac)))
    return g_strdup (_("A MAC address has six pairs of hexadecimal digits, such as "
                       "52:54:00:12:34:56, and the second digit is even."));
  if (mac == NULL)
    return NULL;
  if (is_in_use (facts, mac))
    return g_strdup (_("A virtual machine at the destination has this address. Take a new one."));
  other = find_other_owner (plan, guest, index, mac);
  if (other == NULL)
    return NULL;
  if (other == guest)
    return g_strdup (
        _ ("Another network adapter of this virtual machine has this address, too. Take "
           "a new one for one of them."));

  /* Translators: a virtual machine's name */
  return g_strdup_printf (_ ("A network adapter of ‘%s’ has this address, too. Take a new one for "
                             "one "
                             "of them."),
                          other->name);
}

char *
ferry_text_topology (guint sockets, guint cores, guint threads)
{
  g_autofree char *first = g_strdup_printf (ngettext ("%u socket", "%u sockets", sockets), sockets);
  g_autofree char *second = g_strdup_printf (ngettext ("%u core", "%u cores", cores), cores);
  g_autofree char *third = g_strdup_printf (ngettext ("%u thread", "%u threads", threads), threads);

  /* Translators: of CPUs: "2 sockets × 2 cores × 1 thread" */
  return g_strdup_printf (_("%s × %s × %s"), first, second, third);
}

void
ferry_storage_need_free (FerryStorageNeed *need)
{
  g_free (need->storage);
  g_free (need);
}

/* Sizes are what others wrote: sums stop at the largest number. */
static void
add_bytes (guint64 *sum, guint64 bytes)
{
  *sum = *sum > G_MAXUINT64 - bytes ? G_MAXUINT64 : *sum + bytes;
}

static FerryStorageNeed *
find_need (GPtrArray *needs, const char *storage)
{
  FerryStorageNeed *need;

  for (guint i = 0; i < needs->len; i++)
    {
      need = g_ptr_array_index (needs, i);
      if (g_strcmp0 (need->storage, storage) == 0)
        return need;
    }
  need = g_new0 (FerryStorageNeed, 1);
  need->storage = g_strdup (storage);
  g_ptr_array_add (needs, need);

  return need;
}

static void
add_disk (FerryStorageNeed *need, const FerryDisk *disk, FerryAllocation allocation)
{
  guint64 least = disk->used_bytes >= 0 ? (guint64) disk->used_bytes : MIN_IMAGE_BYTES;
  guint64 most = disk->used_bytes >= 0 ? least : MAX (disk->capacity_bytes, MIN_IMAGE_BYTES);

  if (allocation == FERRY_ALLOCATION_PREALLOCATED && disk->capacity_bytes > 0)
    least = most = disk->capacity_bytes;
  need->n_disks++;
  add_bytes (&need->least_bytes, least);
  add_bytes (&need->most_bytes, most);
}

static int
compare_needs (gconstpointer a, gconstpointer b)
{
  const FerryStorageNeed *left = *(const FerryStorageNeed *const *) a;
  const FerryStorageNeed *right = *(const FerryStorageNeed *const *) b;

  return g_strcmp0 (left->storage, right->storage);
}

GPtrArray *
ferry_storage_needs_of_plan (const FerryPlan *plan)
{
  GPtrArray *needs = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_storage_need_free);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->source->disks->len; n++)
        if (ferry_plan_guest_includes (guest, n))
          add_disk (find_need (needs, ferry_plan_get_storage (plan, guest, n)),
                    ferry_guest_get_disk (guest->source, n),
                    ferry_plan_guest_get_allocation (guest, n));
    }
  g_ptr_array_sort (needs, compare_needs);

  return needs;
}

char *
ferry_text_storage_need (const FerryStorageNeed *need)
{
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u disk", "%u disks", need->n_disks), need->n_disks);
  g_autofree char *size = g_format_size (need->most_bytes);

  /* Translators: "3 disks need up to 230.0 GB" */
  return g_strdup_printf (ngettext ("%s needs up to %s", "%s need up to %s", need->n_disks), count,
                          size);
}
