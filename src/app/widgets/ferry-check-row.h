/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-check.h"

G_BEGIN_DECLS

/* One finding: how bad, what, and what to do. */
#define FERRY_TYPE_CHECK_ROW (ferry_check_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryCheckRow, ferry_check_row, FERRY, CHECK_ROW, AdwPreferencesRow)

GtkWidget *ferry_check_row_new (const FerryCheck *check);
/** ferry_check_row_set_button: its button, which activates @action with @target (nullable) (floating)
 */
void ferry_check_row_set_button (FerryCheckRow *self,
                                 const char *label,
                                 const char *action,
                                 GVariant *target);
/** ferry_check_row_follow: puts the button below the text while @leaflet is folded */
void ferry_check_row_follow (FerryCheckRow *self, AdwLeaflet *leaflet);

G_END_DECLS
