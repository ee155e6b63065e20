/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-settings-tab.h"

G_BEGIN_DECLS

/* Each NIC and where it goes. */
#define FERRY_TYPE_SETTINGS_NETWORK (ferry_settings_network_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsNetwork,
                      ferry_settings_network,
                      FERRY,
                      SETTINGS_NETWORK,
                      FerrySettingsTab)

G_END_DECLS
