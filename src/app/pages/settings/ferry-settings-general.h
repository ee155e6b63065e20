/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-settings-tab.h"

G_BEGIN_DECLS

/* Name, memory, CPUs, firmware, description, start. */
#define FERRY_TYPE_SETTINGS_GENERAL (ferry_settings_general_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsGeneral,
                      ferry_settings_general,
                      FERRY,
                      SETTINGS_GENERAL,
                      FerrySettingsTab)

G_END_DECLS
