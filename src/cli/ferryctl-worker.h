/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ipc.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/** FerryctlWorker: the worker as ferryctl sees it, over the session bus. Main thread only. */
typedef struct _FerryctlWorker FerryctlWorker;

FerryctlWorker *ferryctl_worker_connect (GError **error);
void ferryctl_worker_free (FerryctlWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlWorker, ferryctl_worker_free)

GDBusConnection *ferryctl_worker_get_connection (FerryctlWorker *worker);
GDBusObjectManager *ferryctl_worker_get_objects (FerryctlWorker *worker);
gboolean ferryctl_worker_is_there (FerryctlWorker *worker);
gboolean ferryctl_worker_activate (FerryctlWorker *worker, GError **error);

char **ferryctl_worker_import_plan (FerryctlWorker *worker, const FerryPlan *plan, GError **error);
GPtrArray *ferryctl_worker_list (FerryctlWorker *worker);
FerryDBusImport1 *ferryctl_worker_get (FerryctlWorker *worker, const char *id);
FerryDBusImport1 *ferryctl_worker_find (FerryctlWorker *worker, const char *word, GError **error);
GPtrArray *ferryctl_worker_find_all (FerryctlWorker *worker, char *const *words, GError **error);

gboolean ferryctl_worker_refresh (FerryDBusImport1 *import, GError **error);

G_END_DECLS
