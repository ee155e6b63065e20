/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-sums.h"

#include <glib/gi18n-lib.h>

static void
storage_sum_free (FerryStorageSum *sum)
{
  g_free (sum->name);
  g_free (sum);
}

guint64
ferry_storage_sum_get_left (const FerryStorageSum *sum)
{
  g_return_val_if_fail (sum != NULL, G_MAXUINT64);

  if (sum->free_bytes == G_MAXUINT64)
    return G_MAXUINT64;

  return sum->free_bytes - MIN (sum->free_bytes, sum->needed_bytes);
}

static guint64
find_free_bytes (const FerryDestinationFacts *destination, gboolean is_folder, const char *name)
{
  const FerryStorage *storage = NULL;

  if (destination == NULL)
    return G_MAXUINT64;
  if (!is_folder)
    storage = ferry_destination_facts_find_storage (destination, name);
  else if (destination->storages->len > 0)
    storage = g_ptr_array_index (destination->storages, 0);

  return storage != NULL ? storage->free_bytes : G_MAXUINT64;
}

static FerryStorageSum *
find_storage (FerryReviewSums *sums,
              const FerryPlan *plan,
              const FerryReviewFacts *facts,
              const char *name)
{
  const gboolean is_folder = plan->destination.kind == FERRY_DESTINATION_FOLDER;
  FerryStorageSum *sum;

  for (guint i = 0; i < sums->storages->len; i++)
    {
      sum = g_ptr_array_index (sums->storages, i);
      if (g_strcmp0 (sum->name, name) == 0)
        return sum;
    }

  sum = g_new0 (FerryStorageSum, 1);
  sum->name = g_strdup (name);
  sum->free_bytes = find_free_bytes (facts->destination, is_folder, name);
  g_ptr_array_add (sums->storages, sum);

  return sum;
}

static guint64
get_copy_bytes (const FerryDisk *disk)
{
  return disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
}

static void
add_guest (FerryReviewSums *sums,
           const FerryPlan *plan,
           const FerryReviewFacts *facts,
           const FerryPlanGuest *guest)
{
  const gboolean is_folder = plan->destination.kind == FERRY_DESTINATION_FOLDER;

  sums->n_guests++;
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest->source, i);
      const char *name =
          is_folder ? plan->destination.path : ferry_plan_get_storage (plan, guest, i);
      FerryStorageSum *storage;

      if (!ferry_plan_guest_includes (guest, i))
        continue;
      storage = find_storage (sums, plan, facts, name);
      storage->n_disks++;
      storage->needed_bytes +=
          ferry_plan_guest_get_allocation (guest, i) == FERRY_ALLOCATION_PREALLOCATED
              ? disk->capacity_bytes
              : get_copy_bytes (disk);
      sums->n_disks++;
      sums->capacity_bytes += disk->capacity_bytes;
      sums->copy_bytes += get_copy_bytes (disk);
    }
}

/* The next import starts where one ended first, as the worker does it. */
static void
schedule (double *slots, guint n_slots, double seconds)
{
  guint first = 0;

  for (guint i = 1; i < n_slots; i++)
    if (slots[i] < slots[first])
      first = i;
  slots[first] += seconds;
}

static double
get_end (const double *slots, guint n_slots)
{
  double end = 0;

  for (guint i = 0; i < n_slots; i++)
    end = MAX (end, slots[i]);

  return end;
}

/* At best copies do not slow each other down, at worst they share one rate. What was measured here
 * is good for some percent, a first guess may be far off. */
static void
estimate (FerryReviewSums *sums, const FerryPlan *plan, const FerryReviewFacts *facts)
{
  const gboolean measured = facts->rates->samples > 0;
  const guint n_slots = MAX (facts->concurrency, 1);
  g_autofree double *whole = g_new0 (double, n_slots);
  g_autofree double *without_copy = g_new0 (double, n_slots);
  double copying = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryMeterEstimate each =
          ferry_rates_estimate (facts->rates, ferry_plan_get_guest (plan, i), facts->host,
                                facts->prepare_bytes != NULL ? facts->prepare_bytes[i] : 0);
      double rest = each.preparing_seconds + each.converting_seconds + each.finishing_seconds;

      copying += each.copying_seconds;
      schedule (whole, n_slots, rest + each.copying_seconds);
      schedule (without_copy, n_slots, rest);
    }
  sums->shortest_seconds = get_end (whole, n_slots) * (measured ? 0.8 : 0.5);
  sums->longest_seconds = (get_end (without_copy, n_slots) + copying) * (measured ? 1.3 : 2.0);
}

void
ferry_review_sums_init (FerryReviewSums *sums, const FerryPlan *plan, const FerryReviewFacts *facts)
{
  g_return_if_fail (sums != NULL && plan != NULL && facts != NULL);

  *sums = (FerryReviewSums){ 0 };
  sums->storages = g_ptr_array_new_with_free_func ((GDestroyNotify) storage_sum_free);
  for (guint i = 0; i < plan->guests->len; i++)
    add_guest (sums, plan, facts, ferry_plan_get_guest (plan, i));
  if (facts->host != NULL && facts->rates != NULL)
    estimate (sums, plan, facts);
}

void
ferry_review_sums_clear (FerryReviewSums *sums)
{
  g_return_if_fail (sums != NULL);

  g_clear_pointer (&sums->storages, g_ptr_array_unref);
}

char *
ferry_review_describe_rates (const FerryRates *rates, guint concurrency)
{
  g_autofree char *rate = NULL;

  g_return_val_if_fail (rates != NULL, NULL);

  rate = g_format_size ((guint64) rates->copying_rate);
  if (concurrency <= 1)
    return g_strdup_printf (rates->samples > 0
                                /* Translators: below a time: a size in each second, measured */
                                ? _("at %s/s, as measured here")
                                /* Translators: the same, when nothing was measured yet */
                                : _("a first guess, at %s/s"),
                            rate);

  return g_strdup_printf (
      rates->samples > 0
          /* Translators: below a time: a size in each second, how many imports */
          ? _("at %s/s, %u at a time, as measured here")
          : _("a first guess, at %s/s, %u at a time"),
      rate, concurrency);
}
