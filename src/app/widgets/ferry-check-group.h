/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-check.h"

G_BEGIN_DECLS

/* A list of findings, or the sentence that there are none. */
#define FERRY_TYPE_CHECK_GROUP (ferry_check_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryCheckGroup, ferry_check_group, FERRY, CHECK_GROUP, AdwPreferencesGroup)

/** ferry_check_group_set_checks: @checks: (nullable) (element-type FerryCheck): sorted */
void ferry_check_group_set_checks (FerryCheckGroup *self, const GPtrArray *checks);

G_END_DECLS
