/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-facts.h"

G_BEGIN_DECLS

/* Made-up imports, as objects in this process and as a worker on the bus. */

/** fake_facts_new: an import of the guest @name; its id is made from it */
FerryImportFacts *fake_facts_new (const char *name, FerryImportState state);
void fake_facts_add_disk (FerryImportFacts *facts, const char *name, double done, double total);
/** fake_facts_add_step: ended_ago 0: still in it; both in seconds before now */
void fake_facts_add_step (FerryImportFacts *facts,
                          FerryImportState state,
                          gint64 started_ago,
                          gint64 ended_ago);
void fake_facts_fail (FerryImportFacts *facts, FerryError code, const char *message);

/** fake_import_new: (transfer full): an object with @facts as its properties */
FerryDBusImport1 *fake_import_new (const FerryImportFacts *facts);
void fake_import_show (FerryDBusImport1 *import, const FerryImportFacts *facts);

/**
 * FakeWorker: Cancel, Retry, Remove and ImportPlan do at once what the real
 * one does in time; a plan is one import named after its text.
 */
typedef struct _FakeWorker FakeWorker;

/** fake_worker_new: with no import and no name yet: nobody finds it */
FakeWorker *fake_worker_new (GDBusConnection *connection);
/** fake_worker_own_name: has the name when it returns; runs the main loop until then */
void fake_worker_own_name (FakeWorker *worker);
/** fake_worker_free: leaves the bus */
void fake_worker_free (FakeWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeWorker, fake_worker_free)

/** fake_worker_add: (transfer none): takes over an object of fake_import_new() */
FerryDBusImport1 *fake_worker_add (FakeWorker *worker, FerryDBusImport1 *import);
void fake_worker_remove (FakeWorker *worker, const char *id);
guint fake_worker_get_concurrency (FakeWorker *worker);
/** fake_worker_add_gallery: one import in every state, after mock-up 01 */
void fake_worker_add_gallery (FakeWorker *worker);

G_END_DECLS
