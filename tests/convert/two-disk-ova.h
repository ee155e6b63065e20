/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/** two_disk_ova_new: unpacked in a folder of @dir, its two disks blank; a plan of no guest with that
 * source, and the guest as it is read */
FerryPlan *two_disk_ova_new (const char *dir, FerryGuest **out_guest);

G_END_DECLS
