/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerrySettingsList: the guests of the plan to choose from, one or many; the first entry stands for
 * all of them
 *
 * Signals: "chosen": others are selected than before; "opened": what is selected is to be shown
 * where there is no room for both
 */
#define FERRY_TYPE_SETTINGS_LIST (ferry_settings_list_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsList, ferry_settings_list, FERRY, SETTINGS_LIST, AdwBin)

void ferry_settings_list_set_draft (FerrySettingsList *self, FerryDraft *draft);
/** ferry_settings_list_fill: the plan may have other guests than before; nothing is selected */
void ferry_settings_list_fill (FerrySettingsList *self);
/** ferry_settings_list_refresh: names or checks changed */
void ferry_settings_list_refresh (FerrySettingsList *self);

/** ferry_settings_list_select: only that guest; @id: (nullable): NULL or unknown: the first entry */
void ferry_settings_list_select (FerrySettingsList *self, const char *id);
/**
 * ferry_settings_list_dup_selected:
 *
 * Returns: (transfer full) (element-type utf8): the ids of the selected guests in the list's order;
 *   empty: the entry for all
 */
GPtrArray *ferry_settings_list_dup_selected (FerrySettingsList *self);
/** ferry_settings_list_has_selection: anything, the entry for all included */
gboolean ferry_settings_list_has_selection (FerrySettingsList *self);
/** ferry_settings_list_step: selects the entry before (-1) or after (1) the first selected one */
void ferry_settings_list_step (FerrySettingsList *self, int direction);

G_END_DECLS
