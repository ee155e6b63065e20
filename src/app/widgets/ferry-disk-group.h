/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* One disk of a guest: what it is at the source, and what becomes of it. */
#define FERRY_TYPE_DISK_GROUP (ferry_disk_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryDiskGroup, ferry_disk_group, FERRY, DISK_GROUP, AdwPreferencesGroup)

/** ferry_disk_group_new: disk @index of the plan's guest @id */
GtkWidget *ferry_disk_group_new (FerryDraft *draft, const char *id, guint index);
void ferry_disk_group_set_expanded (FerryDiskGroup *self, gboolean expanded);
/** ferry_disk_group_refresh: shows what the plan says now */
void ferry_disk_group_refresh (FerryDiskGroup *self);

G_END_DECLS
