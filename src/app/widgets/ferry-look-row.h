/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-looker.h"

G_BEGIN_DECLS

/* Starts, shows and stops looking into the disks of one guest or of many. */
#define FERRY_TYPE_LOOK_ROW (ferry_look_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryLookRow, ferry_look_row, FERRY, LOOK_ROW, AdwPreferencesRow)

void ferry_look_row_set_looker (FerryLookRow *self, FerryDraft *draft, FerryLooker *looker);
/** ferry_look_row_show: @ids: (element-type utf8): whose disks it is about */
void ferry_look_row_show (FerryLookRow *self, GPtrArray *ids);
/** ferry_look_row_refresh: the plan changed */
void ferry_look_row_refresh (FerryLookRow *self);

G_END_DECLS
