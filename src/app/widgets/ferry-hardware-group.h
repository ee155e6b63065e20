/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryHardwareGroup: memory, CPUs with their topology, and firmware of a guest
 *
 * With a topology, the number of CPUs is its product and is not typed.
 *
 * Signal: "changed": the user changed one
 */
#define FERRY_TYPE_HARDWARE_GROUP (ferry_hardware_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryHardwareGroup,
                      ferry_hardware_group,
                      FERRY,
                      HARDWARE_GROUP,
                      AdwPreferencesGroup)

void ferry_hardware_group_show (FerryHardwareGroup *self, const FerryPlanGuest *guest);
/** ferry_hardware_group_take: what is entered goes into @guest */
void ferry_hardware_group_take (FerryHardwareGroup *self, FerryPlanGuest *guest);

G_END_DECLS
