/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-estimate.h"
#include "ferry-facts.h"

G_BEGIN_DECLS

/**
 * FerryStorageSum: what one storage of the destination is filled with
 * @name: (owned): as the destination calls it
 * @n_disks: @needed_bytes: of the plan
 * @free_bytes: G_MAXUINT64: not known
 */
typedef struct
{
  char *name;
  guint n_disks;
  guint64 needed_bytes;
  guint64 free_bytes;
} FerryStorageSum;

/** ferry_storage_sum_get_left: G_MAXUINT64: not known; 0 when it does not fit */
guint64 ferry_storage_sum_get_left (const FerryStorageSum *sum);

/**
 * FerryReviewSums: what the guests of a plan add up to
 * @capacity_bytes: as the guests see their disks; @copy_bytes: that hold data, as far as is known
 * @shortest_seconds: @longest_seconds: with the uncertainty of @rates; 0: not known
 * @storages: (owned) (element-type FerryStorageSum): in the order of their first use
 */
typedef struct
{
  guint n_guests;
  guint n_disks;
  guint64 capacity_bytes;
  guint64 copy_bytes;
  double shortest_seconds;
  double longest_seconds;
  GPtrArray *storages;
} FerryReviewSums;

/**
 * FerryReviewFacts: what the sums depend on beside the plan
 * @host: @destination: (nullable): while they are not known; without the host there is no time
 * @prepare_bytes: (nullable): for each guest of the plan, what is unpacked first
 * @concurrency: imports that run at once; 0 is taken as 1
 */
typedef struct
{
  const FerryHostFacts *host;
  const FerryDestinationFacts *destination;
  const FerryRates *rates;
  const guint64 *prepare_bytes;
  guint concurrency;
} FerryReviewFacts;

/** ferry_review_sums_clear: what ferry_review_sums_init() filled in */
void ferry_review_sums_clear (FerryReviewSums *sums);
void ferry_review_sums_init (FerryReviewSums *sums,
                             const FerryPlan *plan,
                             const FerryReviewFacts *facts);

/** ferry_review_describe_rates: what the time rests on: "at 85.0 MB/s, 2 at a time, as measured
 * here" */
char *ferry_review_describe_rates (const FerryRates *rates, guint concurrency);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryReviewSums, ferry_review_sums_clear)

G_END_DECLS
