/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** FerryMarkRow: a line with a mark in front: a step of an import with its time, or a warning */
#define FERRY_TYPE_MARK_ROW (ferry_mark_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryMarkRow, ferry_mark_row, FERRY, MARK_ROW, GtkBox)

GtkWidget *ferry_mark_row_new (void);
void ferry_mark_row_set_step (FerryMarkRow *self, const FerryImportStep *step);
void ferry_mark_row_set_warning (FerryMarkRow *self, const char *text);

/** ferry_mark_show_look: @image shows @look, and says it; @shown: (nullable): what it showed */
void ferry_mark_show_look (GtkImage *image,
                           const FerryImportLook *look,
                           const FerryImportLook *shown);

G_END_DECLS
