/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-verifier.h"

G_BEGIN_DECLS

/* Starts, shows and stops the reading of disks against their manifests. */
#define FERRY_TYPE_VERIFY_ROW (ferry_verify_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryVerifyRow, ferry_verify_row, FERRY, VERIFY_ROW, AdwPreferencesRow)

void ferry_verify_row_set_verifier (FerryVerifyRow *self, FerryVerifier *verifier);
/** ferry_verify_row_refresh: the plan changed */
void ferry_verify_row_refresh (FerryVerifyRow *self);

G_END_DECLS
