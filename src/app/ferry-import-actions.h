/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with an import. @from: a widget of the window that it is done from; what goes
 * wrong is said there. */

/** ferry_import_actions_cancel: asks before */
void ferry_import_actions_cancel (GtkWidget *from, FerryImportItem *item);
void ferry_import_actions_retry (GtkWidget *from, FerryImportItem *item);
/** ferry_import_actions_start_source: at the source, where the import has shut it down; asks for a
 * password that the worker does not have */
void ferry_import_actions_start_source (GtkWidget *from, FerryImportItem *item);
void ferry_import_actions_remove (GtkWidget *from, FerryImportItem *item);
void ferry_import_actions_open_folder (GtkWidget *from, FerryImportItem *item);
void ferry_import_actions_copy (GtkWidget *from, const char *text, const char *said);

/** ferry_import_actions_say: a short message in @from's window */
void ferry_import_actions_say (GtkWidget *from, const char *message);

G_END_DECLS
