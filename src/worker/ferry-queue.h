/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-job.h"

G_BEGIN_DECLS

#define FERRY_CONCURRENCY_MAX 32

/**
 * FerryQueue:
 *
 * Starts waiting jobs in the order in which they began to wait, so many at once.
 *
 * Properties, with notify: "concurrency" (read-write, 1 to %FERRY_CONCURRENCY_MAX), "running" and
 *   "queued" (read-only): how many jobs are so
 */
#define FERRY_TYPE_QUEUE (ferry_queue_get_type ())
G_DECLARE_FINAL_TYPE (FerryQueue, ferry_queue, FERRY, QUEUE, GObject)

FerryQueue *ferry_queue_new (void);
void ferry_queue_add (FerryQueue *self, FerryJob *job);
void ferry_queue_remove (FerryQueue *self, FerryJob *job);

void ferry_queue_set_paused (FerryQueue *self, gboolean paused);
guint ferry_queue_get_running (FerryQueue *self);
guint ferry_queue_get_queued (FerryQueue *self);

G_END_DECLS
