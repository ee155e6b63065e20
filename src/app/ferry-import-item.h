/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-facts.h"

G_BEGIN_DECLS

/**
 * FerryImportItem:
 *
 * One import, as rows show it. It keeps what was last known when the worker leaves.
 *
 * Signals: "changed": its facts are new ones, at most once for each round of the main loop;
 * "ended": it was under way and is at its end now.
 */
#define FERRY_TYPE_IMPORT_ITEM (ferry_import_item_get_type ())
G_DECLARE_FINAL_TYPE (FerryImportItem, ferry_import_item, FERRY, IMPORT_ITEM, GObject)

typedef enum
{
  FERRY_IMPORT_ACTION_CANCEL = 1,
  FERRY_IMPORT_ACTION_RETRY,
  FERRY_IMPORT_ACTION_REMOVE,
} FerryImportAction;

/**
 * ferry_import_item_new:
 * @connection: (nullable): where actions are called; NULL: they all fail
 *
 * Returns: (nullable): %NULL when @import is not one that this Ferry understands
 */
FerryImportItem *ferry_import_item_new (GDBusConnection *connection, FerryDBusImport1 *import);

/** ferry_import_item_attach: @import: (nullable): the object to follow; NULL: none for now */
void ferry_import_item_attach (FerryImportItem *self, FerryDBusImport1 *import);
gboolean ferry_import_item_is_attached (FerryImportItem *self);

/** ferry_import_item_get_facts: (transfer none): valid until the next "changed" */
const FerryImportFacts *ferry_import_item_get_facts (FerryImportItem *self);
const char *ferry_import_item_get_id (FerryImportItem *self);

/** ferry_import_item_act: starts the worker when it is not there */
void ferry_import_item_act (FerryImportItem *self,
                            FerryImportAction action,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/** ferry_import_item_retry_with: with the passwords and keys of @secrets; ends as ferry_import_item_act() does */
void ferry_import_item_retry_with (FerryImportItem *self,
                                   const FerryPlan *secrets,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/** ferry_import_item_start_source: with the passwords of @secrets, if it has some; ends as
 * ferry_import_item_act() does, when the guest runs */
void ferry_import_item_start_source (FerryImportItem *self,
                                     const FerryPlan *secrets,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean ferry_import_item_act_finish (FerryImportItem *self, GAsyncResult *result, GError **error);

G_END_DECLS
