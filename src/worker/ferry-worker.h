/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-job.h"

G_BEGIN_DECLS

/**
 * FerryWorkerOptions: what tests replace
 * @runners: static; %NULL: the real imports
 * @owner: the only user who is served
 */
typedef struct
{
  const FerryJobRunners *runners;
  uid_t owner;
} FerryWorkerOptions;

/**
 * FerryWorker:
 *
 * All imports of the journal, their queue, and the objects through which the bus sees them. When
 * it comes and when it goes is ferry-service.h's.
 *
 * Property "busy" (read-only, with notify): something is under way
 */
#define FERRY_TYPE_WORKER (ferry_worker_get_type ())
G_DECLARE_FINAL_TYPE (FerryWorker, ferry_worker, FERRY, WORKER, GObject)

FerryWorker *ferry_worker_new (const FerryWorkerOptions *options);
gboolean ferry_worker_load (FerryWorker *self, GError **error);
void ferry_worker_export (FerryWorker *self, GDBusConnection *connection);

void ferry_worker_start (FerryWorker *self);
void ferry_worker_pause (FerryWorker *self);
void ferry_worker_resume (FerryWorker *self);
void ferry_worker_interrupt (FerryWorker *self);

gboolean ferry_worker_is_busy (FerryWorker *self);
gboolean ferry_worker_is_idle (FerryWorker *self);

G_END_DECLS
