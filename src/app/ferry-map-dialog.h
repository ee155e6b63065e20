/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-map.h"

G_BEGIN_DECLS

/* Asks what a map shall be called. Signal: "named" (char *name): a valid one. */
#define FERRY_TYPE_MAP_DIALOG (ferry_map_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FerryMapDialog, ferry_map_dialog, FERRY, MAP_DIALOG, AdwMessageDialog)

/** ferry_map_dialog_new: @maps: (element-type FerryMap): one of the same name and kind is replaced,
 * and it says so */
GtkWindow *ferry_map_dialog_new (GtkWindow *parent, GPtrArray *maps, FerryMapKind kind);

G_END_DECLS
