/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* Where all disks go that lie in one storage of the source. */
#define FERRY_TYPE_STORING_ROW (ferry_storing_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryStoringRow, ferry_storing_row, FERRY, STORING_ROW, AdwComboRow)

GtkWidget *ferry_storing_row_new (FerryDraft *draft, const char *source);
/** ferry_storing_row_refresh: shows what the plan says now */
void ferry_storing_row_refresh (FerryStoringRow *self);

G_END_DECLS
