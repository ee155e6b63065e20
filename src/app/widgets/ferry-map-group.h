/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* Where all NICs of one source network go. */
#define FERRY_TYPE_MAP_GROUP (ferry_map_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryMapGroup, ferry_map_group, FERRY, MAP_GROUP, AdwPreferencesGroup)

/** ferry_map_group_new: @source: (nullable): NICs whose source names no network */
GtkWidget *ferry_map_group_new (FerryDraft *draft, const char *source);
/** ferry_map_group_refresh: shows what the plan says now */
void ferry_map_group_refresh (FerryMapGroup *self);

G_END_DECLS
