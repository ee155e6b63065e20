/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FerryImportRow: one import; follows its item in place, so that focus and details stay
 */
#define FERRY_TYPE_IMPORT_ROW (ferry_import_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryImportRow, ferry_import_row, FERRY, IMPORT_ROW, GtkListBoxRow)

GtkWidget *ferry_import_row_new (FerryImportItem *item);
FerryImportItem *ferry_import_row_get_item (FerryImportRow *self);
gboolean ferry_import_row_get_expanded (FerryImportRow *self);
void ferry_import_row_set_expanded (FerryImportRow *self, gboolean expanded);
/** ferry_import_row_set_narrow: laid out for 360 pixels */
void ferry_import_row_set_narrow (FerryImportRow *self, gboolean narrow);

G_END_DECLS
