/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"
#include "ferry-looker.h"

G_BEGIN_DECLS

/**
 * FerrySettingsBulk: what is set for all selected guests at once
 *
 * Signal: "edited" (guint n): @n guests were changed or left out; ferry_draft_undo() takes it back
 */
#define FERRY_TYPE_SETTINGS_BULK (ferry_settings_bulk_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsBulk, ferry_settings_bulk, FERRY, SETTINGS_BULK, AdwBin)

void
ferry_settings_bulk_set_draft (FerrySettingsBulk *self, FerryDraft *draft, FerryLooker *looker);
/** ferry_settings_bulk_show: @ids: (element-type utf8): the guests that are selected */
void ferry_settings_bulk_show (FerrySettingsBulk *self, GPtrArray *ids);
/** ferry_settings_bulk_refresh: the plan or the destination's facts changed */
void ferry_settings_bulk_refresh (FerrySettingsBulk *self);

G_END_DECLS
