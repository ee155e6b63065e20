/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryWorkerObjects:
 *
 * The worker's objects on the bus, for as long as it is there, and again when it comes back. It
 * starts nobody and never blocks.
 *
 * In place of #GDBusObjectManagerClient, which GLib makes on a thread while its own handlers run on
 * the main thread: with 2.74, a worker that leaves in that moment has it use freed memory.
 *
 * Signals: "added" (GDBusProxy *proxy): a FerryDBusImport1 or FerryDBusWorker1, with its properties;
 *   "removed" (const char *path): while the worker stays;
 *   "appeared": after the first objects were added;
 *   "left": the worker, and all of its objects with it; also when there was none to begin with;
 *   "failed" (GError *error): it is there, but does not say what it has
 */
#define FERRY_TYPE_WORKER_OBJECTS (ferry_worker_objects_get_type ())
G_DECLARE_FINAL_TYPE (FerryWorkerObjects, ferry_worker_objects, FERRY, WORKER_OBJECTS, GObject)

FerryWorkerObjects *ferry_worker_objects_new (GDBusConnection *connection);
/** ferry_worker_objects_are_known: the worker has appeared, and has not left since */
gboolean ferry_worker_objects_are_known (FerryWorkerObjects *self);

G_END_DECLS
