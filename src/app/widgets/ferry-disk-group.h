/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-guest.h"

G_BEGIN_DECLS

/* One disk of a guest as its source has it. */
#define FERRY_TYPE_DISK_GROUP (ferry_disk_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryDiskGroup, ferry_disk_group, FERRY, DISK_GROUP, AdwPreferencesGroup)

/** ferry_disk_group_new: @number: counted from 1 */
GtkWidget *ferry_disk_group_new (const FerryDisk *disk, guint number);
void ferry_disk_group_set_expanded (FerryDiskGroup *self, gboolean expanded);

G_END_DECLS
