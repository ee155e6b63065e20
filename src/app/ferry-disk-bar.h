/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** FerryDiskBar: one disk of an import: name, bar, bytes and time */
#define FERRY_TYPE_DISK_BAR (ferry_disk_bar_get_type ())
G_DECLARE_FINAL_TYPE (FerryDiskBar, ferry_disk_bar, FERRY, DISK_BAR, GtkBox)

GtkWidget *ferry_disk_bar_new (void);
void ferry_disk_bar_show (FerryDiskBar *self, const FerryImportFacts *facts, guint index);

G_END_DECLS
