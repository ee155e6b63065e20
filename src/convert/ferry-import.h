/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-progress.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * FerryImportWatcher: told, on the import's thread, of what changes
 * @progress: at most five times a second, and at each change of state
 * @changed: @record changed (state, warning); copy what you need before returning
 */
typedef struct
{
  void (*progress) (const FerryProgress *progress, gpointer user_data);
  void (*changed) (const FerryRecord *record, gpointer user_data);
  gpointer user_data;
} FerryImportWatcher;

/**
 * ferry_import_run:
 * @record: a queued import, of which this thread is the owner until this returns
 *
 * The whole of one import, from its checks to its end: SUCCEEDED, FAILED or CANCELLED, which is
 * also in @record and on disk. Whatever it made is undone unless it succeeded.
 *
 * Returns: %TRUE when it succeeded
 */
gboolean ferry_import_run (FerryRecord *record,
                           const FerryImportWatcher *watcher,
                           GCancellable *cancellable,
                           GError **error);

/**
 * ferry_import_recover:
 * @record: one that is in a running state although nobody runs it
 *
 * After a crash: ends what still runs of it, undoes it and marks it INTERRUPTED; or SUCCEEDED when
 * it had published its guest already.
 */
gboolean ferry_import_recover (FerryRecord *record, GError **error);

/**
 * ferry_import_start_source:
 * @record: one that ferry_record_is_startable()
 *
 * Starts the guest at its source again, which the import has shut down.
 */
gboolean
ferry_import_start_source (FerryRecord *record, GCancellable *cancellable, GError **error);

G_END_DECLS
