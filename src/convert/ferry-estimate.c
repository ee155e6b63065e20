/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-estimate.h"

#include "ferry-json.h"
#include "ferry-paths.h"
#include "ferry-reshape.h"

/* The newest import weighs this much against all before it: rates follow a new disk within a few. */
#define WEIGHT 0.4

/* Before anything was measured: an appliance without KVM takes about 45 s for a small guest, with
 * KVM about a fifth of that; 100 MB/s is a plain hard disk. */
static const FerryRates guess = {
  .converting_seconds = { 60, 15 },
  .copying_rate = 100e6,
  .preparing_rate = 300e6,
};

static const char *const converting_members[] = { "converting-seconds", "converting-seconds-kvm" };

static char *
dup_path (void)
{
  g_autofree char *folder = ferry_paths_dup_state_dir (NULL);

  return folder != NULL ? g_build_filename (folder, "rates.json", NULL) : NULL;
}

static void
read_rate (JsonObject *object, const char *member, double *out)
{
  double value = json_object_get_double_member_with_default (object, member, 0);

  if (value > 0)
    *out = value;
}

/**
 * ferry_rates_load: what this computer was measured to do; never fails, since a damaged file means
 * no more than that nothing was measured
 */
FerryRates
ferry_rates_load (void)
{
  FerryRates rates = guess;
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return rates;

  node = ferry_json_parse (text, -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return rates;

  object = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (converting_members); i++)
    read_rate (object, converting_members[i], &rates.converting_seconds[i]);
  read_rate (object, "copying-rate", &rates.copying_rate);
  read_rate (object, "preparing-rate", &rates.preparing_rate);
  rates.samples = (guint) CLAMP (json_object_get_int_member_with_default (object, "samples", 0), 0,
                                 G_MAXINT);

  return rates;
}

static void
save (const FerryRates *rates)
{
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (converting_members); i++)
    json_object_set_double_member (object, converting_members[i], rates->converting_seconds[i]);
  json_object_set_double_member (object, "copying-rate", rates->copying_rate);
  json_object_set_double_member (object, "preparing-rate", rates->preparing_rate);
  json_object_set_int_member (object, "samples", rates->samples);
  json_node_set_object (node, object);
  text = ferry_json_to_text (node, TRUE);

  /* An estimate that cannot be kept is not worth failing an import for. */
  if (path != NULL)
    ferry_paths_write_atomic (path, text, -1, NULL);
}

static void
blend (double *rate, double measured)
{
  *rate = *rate * (1 - WEIGHT) + measured * WEIGHT;
}

/** ferry_rates_learn: puts what one import took into this computer's rates */
void
ferry_rates_learn (const FerryTimes *times)
{
  FerryRates rates = ferry_rates_load ();

  if (times->converting_seconds > 0)
    blend (&rates.converting_seconds[times->with_kvm ? 1 : 0], times->converting_seconds);
  /* What is over in a moment measures the page cache, not the disk. */
  if (times->copying_seconds >= 2)
    blend (&rates.copying_rate, (double) times->copied_bytes / times->copying_seconds);
  if (times->preparing_seconds >= 2 && times->prepared_bytes > 0)
    blend (&rates.preparing_rate, (double) times->prepared_bytes / times->preparing_seconds);
  rates.samples++;

  save (&rates);
}

/** ferry_plan_guest_get_copy_bytes: how much has to be copied: used where known, else
 * capacity; without disks that are left out */
guint64
ferry_plan_guest_get_copy_bytes (const FerryPlanGuest *guest)
{
  guint64 bytes = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest->source, i);

      if (ferry_plan_guest_includes (guest, i))
        bytes += disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
    }

  return bytes;
}

/* Disks that are written once more, one after the other. */
static guint64
get_reshape_bytes (const FerryPlanGuest *guest)
{
  guint64 bytes = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    bytes += ferry_reshape_get_bytes (guest, i);

  return bytes;
}

/**
 * ferry_rates_estimate:
 * @host: (nullable): %NULL is taken as without KVM
 * @prepare_bytes: what will be verified and unpacked before the conversion
 *
 * The expected seconds of each phase of one import.
 */
FerryMeterEstimate
ferry_rates_estimate (const FerryRates *rates,
                      const FerryPlanGuest *guest,
                      const FerryHostFacts *host,
                      guint64 prepare_bytes)
{
  gboolean with_kvm = host != NULL && host->kvm == FERRY_KVM_WORKS;

  return (FerryMeterEstimate) {
    .preparing_seconds = 1 + (double) prepare_bytes / rates->preparing_rate,
    .converting_seconds =
        ferry_plan_guest_is_copied (guest) ? 0 : rates->converting_seconds[with_kvm ? 1 : 0],
    .copying_seconds = 1 + (double) ferry_plan_guest_get_copy_bytes (guest) / rates->copying_rate,
    .finishing_seconds = 1 + (double) get_reshape_bytes (guest) / rates->copying_rate,
  };
}
