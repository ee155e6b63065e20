/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-estimate.h"
#include "ferry-facts.h"
#include "ferry-host.h"
#include "ferry-plan.h"
#include "ferry-source.h"
#include "ferry-target.h"

G_BEGIN_DECLS

/* Every check is described in docs/checks.md. */

/**
 * FerryUse: which names and addresses the guests of a plan and a destination have; of that moment
 */
typedef struct _FerryUse FerryUse;

/** ferry_use_new: @destination: (nullable) */
FerryUse *ferry_use_new (const FerryPlan *plan, const FerryDestinationFacts *destination);
void ferry_use_free (FerryUse *use);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryUse, ferry_use_free)

/**
 * FerryCheckFacts: what the checks read; they do no I/O
 * @host: @destination: (nullable): what is NULL is not checked
 * @use: (nullable): of the same plan and destination; NULL: it is made anew by every call, which takes
 *   long where many guests are checked one by one
 * @work_bytes: (nullable): for each guest of the plan, what its source will write into the work
 *   folder
 * @rates: (nullable): what this computer was measured to do; NULL: a guess
 * @shares_disk: the host's temporary folder and the destination take their room from the same disk
 * @lacks_drivers: the plan's VirtIO drivers are not where it says
 */
typedef struct
{
  const FerryHostFacts *host;
  const FerryDestinationFacts *destination;
  const FerryUse *use;
  const guint64 *work_bytes;
  const FerryRates *rates;
  gboolean shares_disk;
  gboolean lacks_drivers;
} FerryCheckFacts;

/** Checks of the whole plan: host, destination, space for all. (element-type FerryCheck) */
GPtrArray *ferry_checks_of_plan (const FerryPlan *plan, const FerryCheckFacts *facts);
/** Checks of one guest of the plan, its reader's included. (element-type FerryCheck) */
GPtrArray *ferry_checks_of_guest (const FerryPlan *plan, guint index, const FerryCheckFacts *facts);
/** Checks of the plan and of all its guests, sorted. (element-type FerryCheck) */
GPtrArray *ferry_checks_of_all (const FerryPlan *plan, const FerryCheckFacts *facts);

/** ferry_checks_fill_remedies: of checks that a reader made, which knows none */
void ferry_checks_fill_remedies (GPtrArray *checks);
/** ferry_checks_lack_drivers: for the facts' @lacks_drivers; looks at this computer's files */
gboolean ferry_checks_lack_drivers (const FerryPlan *plan);

/**
 * ferry_checks_find_storage: (nullable): where @plan puts its disks: the pool it names, the folder
 */
const FerryStorage *ferry_checks_find_storage (const FerryPlan *plan,
                                               const FerryDestinationFacts *destination);
/** ferry_checks_get_needed_bytes: what the disks of @plan are known to take at the destination, at the
 * most, while they are imported */
guint64 ferry_checks_get_needed_bytes (const FerryPlan *plan);
/** ferry_checks_share_disk: for the facts' @shares_disk; looks at this computer's file systems */
gboolean ferry_checks_share_disk (const FerryHostFacts *host, const FerryStorage *storage);

/** ferry_checks_advise_plugin: how the plugin of nbdkit gets there that reads by @transport */
const char *ferry_checks_advise_plugin (FerryTransport transport);

typedef enum
{
  FERRY_CHECK_VERIFY = 1 << 0, /* read the disks against their manifests */
} FerryCheckFlags;

/**
 * FerryCheckRequest: what is to be checked
 * @asking: (nullable): the running import that @plan belongs to; %NULL: it is only planned
 * @monitor: (nullable)
 */
typedef struct
{
  const FerryPlan *plan;
  const FerryRecord *asking;
  FerryCheckFlags flags;
  const FerryMonitor *monitor;
} FerryCheckRequest;

/**
 * ferry_checks_run:
 *
 * Gathers all facts for the plan, reads its guests again, and runs every check; what cannot be asked
 * (a destination that does not answer) is itself a blocker among the checks.
 *
 * Returns: (transfer full) (element-type FerryCheck): sorted, worst first; %NULL only when cancelled
 */
GPtrArray *ferry_checks_run (const FerryCheckRequest *request,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
