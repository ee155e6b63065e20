/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-page.h"
#include "ferry-verifier.h"

G_BEGIN_DECLS

/* How each virtual machine is to become. */
#define FERRY_TYPE_SETTINGS_PAGE (ferry_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsPage, ferry_settings_page, FERRY, SETTINGS_PAGE, FerryPage)

void ferry_settings_page_set_verifier (FerrySettingsPage *self, FerryVerifier *verifier);
/** ferry_settings_page_show_tab: @name: "general", "network", "disks" or "checks" */
void ferry_settings_page_show_tab (FerrySettingsPage *self, const char *name);

G_END_DECLS
