/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryWorkerClient:
 *
 * The worker as the application sees it: a #GListModel of #FerryImportItem, one for each import
 * that the worker knows, oldest first. The worker leaves when it is idle and comes back when it is
 * asked something: the items stay, with what was last known of them. When it leaves although
 * imports were running, it is started again at once, so that it recovers them.
 *
 * Nothing here blocks. Everything happens on the main thread.
 *
 * Properties, all with notify: "loaded" (the list is what the worker has), "problem" (a sentence;
 * NULL: none), "concurrency" (imports at once; 0: not known yet), "active" (imports that have not
 * ended).
 * Signal: "ended" (FerryImportItem *item): an import that was under way has ended
 */
#define FERRY_TYPE_WORKER_CLIENT (ferry_worker_client_get_type ())
G_DECLARE_FINAL_TYPE (FerryWorkerClient, ferry_worker_client, FERRY, WORKER_CLIENT, GObject)

/** ferry_worker_client_new: knows nothing before it is started */
FerryWorkerClient *ferry_worker_client_new (void);

/** ferry_worker_client_start: starts the worker and reads its imports; again: tries again */
void ferry_worker_client_start (FerryWorkerClient *self);

gboolean ferry_worker_client_is_loaded (FerryWorkerClient *self);
/** ferry_worker_client_get_problem: (nullable): why the worker cannot be used, one sentence */
const char *ferry_worker_client_get_problem (FerryWorkerClient *self);
guint ferry_worker_client_get_active (FerryWorkerClient *self);
guint ferry_worker_client_get_concurrency (FerryWorkerClient *self);
/** ferry_worker_client_set_concurrency: 1 to 32; "concurrency" changes when the worker has it */
void ferry_worker_client_set_concurrency (FerryWorkerClient *self, guint concurrency);

/**
 * ferry_worker_client_import_plan:
 * @plan: copied
 *
 * Hands @plan to the worker, which queues one import for each guest of it; starts the worker when
 * it is not there.
 */
void ferry_worker_client_import_plan (FerryWorkerClient *self,
                                      const FerryPlan *plan,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/**
 * ferry_worker_client_import_plan_finish:
 *
 * Errors: FERRY_ERROR_INVALID, NO_SPACE, CONNECTION (the worker cannot be started);
 *   G_IO_ERROR_CANCELLED. The message is a sentence for the user.
 */
gboolean ferry_worker_client_import_plan_finish (FerryWorkerClient *self,
                                                 GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
