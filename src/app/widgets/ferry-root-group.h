/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryRootGroup: which of several operating systems of a guest is converted
 *
 * Those that were found in its disks can be chosen, and any other by its device.
 *
 * Signal: "changed": the user chose another one
 */
#define FERRY_TYPE_ROOT_GROUP (ferry_root_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryRootGroup, ferry_root_group, FERRY, ROOT_GROUP, AdwPreferencesGroup)

void ferry_root_group_show (FerryRootGroup *self, const FerryPlanGuest *guest);
/** ferry_root_group_dup_root: (transfer full): as the plan has it, be it valid or not */
char *ferry_root_group_dup_root (FerryRootGroup *self);

G_END_DECLS
