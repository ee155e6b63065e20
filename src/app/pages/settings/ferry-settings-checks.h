/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-looker.h"
#include "ferry-settings-tab.h"
#include "ferry-verifier.h"

G_BEGIN_DECLS

/* What was found about a guest, and reading its disks. */
#define FERRY_TYPE_SETTINGS_CHECKS (ferry_settings_checks_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsChecks,
                      ferry_settings_checks,
                      FERRY,
                      SETTINGS_CHECKS,
                      FerrySettingsTab)

void ferry_settings_checks_set_verifier (FerrySettingsChecks *self, FerryVerifier *verifier);
void ferry_settings_checks_set_looker (FerrySettingsChecks *self,
                                       FerryDraft *draft,
                                       FerryLooker *looker);

G_END_DECLS
