/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerrySettingsTab: one tab of a guest's settings
 *
 */
#define FERRY_TYPE_SETTINGS_TAB (ferry_settings_tab_get_type ())
G_DECLARE_DERIVABLE_TYPE (FerrySettingsTab, ferry_settings_tab, FERRY, SETTINGS_TAB, AdwBin)

/**
 * FerrySettingsTabClass:
 * @fill: another guest is shown: set every row
 * @refresh: (nullable): the plan or its checks changed, perhaps by this tab: set what follows
 *   from others, leave what the user is typing
 */
struct _FerrySettingsTabClass
{
  AdwBinClass parent_class;

  void (*fill) (FerrySettingsTab *self, FerryPlanGuest *guest);
  void (*refresh) (FerrySettingsTab *self, FerryPlanGuest *guest);
};

/** ferry_settings_tab_show: @id: a guest of @draft's plan */
void ferry_settings_tab_show (FerrySettingsTab *self, FerryDraft *draft, const char *id);
void ferry_settings_tab_refresh (FerrySettingsTab *self);

FerryDraft *ferry_settings_tab_get_draft (FerrySettingsTab *self);
const char *ferry_settings_tab_get_id (FerrySettingsTab *self);
/** ferry_settings_tab_get_guest: (nullable): NULL: none is shown, or rows are being filled */
FerryPlanGuest *ferry_settings_tab_get_guest (FerrySettingsTab *self);

G_END_DECLS
