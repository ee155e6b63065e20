/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-meter.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/* How long an import takes on this computer: what was measured in earlier imports, kept in
 * rates.json of the state folder; a cautious guess before the first one. */

/**
 * FerryRates:
 * @converting_seconds: from the start of virt-v2v to its first byte copied; with and without KVM
 * @copying_rate: bytes of used disk space in a second
 * @preparing_rate: bytes verified or unpacked in a second
 * @samples: imports that it was measured from; 0: a guess
 */
typedef struct
{
  double converting_seconds[2];
  double copying_rate;
  double preparing_rate;
  guint samples;
} FerryRates;

/** FerryTimes: what one import took; 0: it does not say */
typedef struct
{
  gboolean with_kvm;
  double converting_seconds;
  guint64 copied_bytes;
  double copying_seconds;
  guint64 prepared_bytes;
  double preparing_seconds;
} FerryTimes;

FerryRates ferry_rates_load (void);
void ferry_rates_learn (const FerryTimes *times);
FerryMeterEstimate ferry_rates_estimate (const FerryRates *rates,
                                         const FerryPlanGuest *guest,
                                         const FerryHostFacts *host,
                                         guint64 prepare_bytes);
guint64 ferry_plan_guest_get_copy_bytes (const FerryPlanGuest *guest);

G_END_DECLS
