/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be picked with the buttons of a path row. */
typedef enum
{
  FERRY_PATH_FILE = 1 << 0,
  FERRY_PATH_FOLDER = 1 << 1,
} FerryPathKinds;

/**
 * FerryPathRow:
 *
 * A path that can be typed, or picked with the buttons at its end. Its text is that of the entry
 * row (#GtkEditable).
 */
#define FERRY_TYPE_PATH_ROW (ferry_path_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryPathRow, ferry_path_row, FERRY, PATH_ROW, AdwEntryRow)

void ferry_path_row_set_kinds (FerryPathRow *self, FerryPathKinds kinds);
/** ferry_path_row_dup_path: absolute, "~" resolved; (nullable): NULL when it is empty */
char *ferry_path_row_dup_path (FerryPathRow *self);

G_END_DECLS
