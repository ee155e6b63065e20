/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-import.h"

G_BEGIN_DECLS

/** FerryJobRunners: what an import's thread does: ferry_import_run (), ferry_import_recover () and
 * ferry_import_start_source () */
typedef struct
{
  gboolean (*run) (FerryRecord *record,
                   const FerryImportWatcher *watcher,
                   GCancellable *cancellable,
                   GError **error);
  gboolean (*recover) (FerryRecord *record, GError **error);
  gboolean (*start_source) (FerryRecord *record, GCancellable *cancellable, GError **error);
} FerryJobRunners;

/**
 * FerryJob:
 *
 * One import: its record, its object on the bus, and while it is under way its thread. The record
 * belongs to the thread while there is one, to the main thread otherwise.
 *
 * Signals: "changed": it waits, is under way or has ended, and did not before;
 *   "removed": it is gone from the journal
 */
#define FERRY_TYPE_JOB (ferry_job_get_type ())
G_DECLARE_FINAL_TYPE (FerryJob, ferry_job, FERRY, JOB, GObject)

FerryJob *ferry_job_new (FerryRecord *record, const FerryJobRunners *runners, uid_t owner);
GDBusObjectSkeleton *ferry_job_get_object (FerryJob *self);
gint64 ferry_job_get_created_usec (FerryJob *self);

gboolean ferry_job_is_waiting (FerryJob *self);
gboolean ferry_job_is_active (FerryJob *self);
gboolean ferry_job_needs_recovery (FerryJob *self);

void ferry_job_start (FerryJob *self);
void ferry_job_recover (FerryJob *self);
void ferry_job_interrupt (FerryJob *self);

gboolean ferry_job_cancel (FerryJob *self, GError **error);
gboolean ferry_job_retry (FerryJob *self, GError **error);

G_END_DECLS
