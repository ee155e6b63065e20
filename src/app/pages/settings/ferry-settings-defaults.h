/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"
#include "ferry-verifier.h"

G_BEGIN_DECLS

/* What holds for all virtual machines: disks, networks, and what was found about none of them. */
#define FERRY_TYPE_SETTINGS_DEFAULTS (ferry_settings_defaults_get_type ())
G_DECLARE_FINAL_TYPE (FerrySettingsDefaults,
                      ferry_settings_defaults,
                      FERRY,
                      SETTINGS_DEFAULTS,
                      AdwBin)

void ferry_settings_defaults_set_draft (FerrySettingsDefaults *self,
                                        FerryDraft *draft,
                                        FerryVerifier *verifier);
/** ferry_settings_defaults_fill: the page is entered: networks may be others than before */
void ferry_settings_defaults_fill (FerrySettingsDefaults *self);
void ferry_settings_defaults_refresh (FerrySettingsDefaults *self);

G_END_DECLS
