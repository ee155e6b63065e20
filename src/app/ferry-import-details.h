/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FerryImportDetails: what an import's row shows when it is opened: disks, steps, warnings, and
 * buttons for the row's "import" actions
 */
#define FERRY_TYPE_IMPORT_DETAILS (ferry_import_details_get_type ())
G_DECLARE_FINAL_TYPE (FerryImportDetails, ferry_import_details, FERRY, IMPORT_DETAILS, GtkBox)

GtkWidget *ferry_import_details_new (FerryImportItem *item);
/** ferry_import_details_set_narrow: one column */
void ferry_import_details_set_narrow (FerryImportDetails *self, gboolean narrow);

G_END_DECLS
