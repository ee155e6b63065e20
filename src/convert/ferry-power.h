/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-record.h"
#include "ferry-source.h"

G_BEGIN_DECLS

/* Whether the guest of an import runs at its source: the one thing there that Ferry changes, and only
 * when the plan or the user says so. The journal knows of it before it happens. */

/**
 * FerryPowerRun:
 * @source: that of the record's plan
 * @say: (nullable): what is being done now, for people; again and again while it goes on
 */
typedef struct
{
  FerryRecord *record;
  FerrySource *source;
  void (*say) (const char *message, gpointer user_data);
  gpointer user_data;
} FerryPowerRun;

/**
 * ferry_power_shut_down_first:
 * @out_done: (out): whether it was shut down by this call
 *
 * Shuts the guest down if the plan allows it and it runs now. To be called when nothing else stands
 * in the way of the import any more.
 *
 * Errors: those of ferry_source_shut_down(), and of the journal
 */
gboolean ferry_power_shut_down_first (const FerryPowerRun *run,
                                      gboolean *out_done,
                                      GCancellable *cancellable,
                                      GError **error);

/** ferry_power_advise: (nullable): what to say of the guest at its source when the import ends badly */
const char *ferry_power_advise (const FerryRecord *record);

/**
 * ferry_power_start_again:
 * @run: its record is one that ferry_record_is_startable()
 *
 * Starts the guest that an import has shut down, and notes that in the journal and the log.
 *
 * Errors: those of ferry_source_start(); FERRY_ERROR_INVALID: it still runs, so that nobody knows
 *   whether it is about to end
 */
gboolean
ferry_power_start_again (const FerryPowerRun *run, GCancellable *cancellable, GError **error);

G_END_DECLS
