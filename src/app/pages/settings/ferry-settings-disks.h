/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-settings-tab.h"

G_BEGIN_DECLS

/* Each disk, and how all of them are written. */
#define FERRY_TYPE_SETTINGS_DISKS (ferry_settings_disks_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsDisks,
                      ferry_settings_disks,
                      FERRY,
                      SETTINGS_DISKS,
                      FerrySettingsTab)

G_END_DECLS
