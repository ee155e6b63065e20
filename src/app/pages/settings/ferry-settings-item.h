/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerrySettingsItem: one entry of the list of guests, or the first one that stands for all
 *
 * Properties: "title", "caption", "icon-name", "icon-styles", "icon-hint"
 */
#define FERRY_TYPE_SETTINGS_ITEM (ferry_settings_item_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsItem, ferry_settings_item, FERRY, SETTINGS_ITEM, GObject)

/** ferry_settings_item_new: @id: (nullable): NULL: all of them */
FerrySettingsItem *ferry_settings_item_new (const char *id);
const char *ferry_settings_item_get_id (FerrySettingsItem *self);
const char *ferry_settings_item_get_title (FerrySettingsItem *self);
/** ferry_settings_item_refresh: @guest: (nullable): what it stands for in @draft's plan */
void ferry_settings_item_refresh (FerrySettingsItem *self,
                                  FerryDraft *draft,
                                  const FerryPlanGuest *guest);
/* Kept here for the list, whose filter sees items, not positions. */
void ferry_settings_item_set_selected (FerrySettingsItem *self, gboolean selected);
gboolean ferry_settings_item_is_selected (FerrySettingsItem *self);

G_END_DECLS
