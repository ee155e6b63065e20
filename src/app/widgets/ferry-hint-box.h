/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FerryHintBox: shows its hint as a tooltip
 *
 * For cells of long lists: setting GtkWidget's own tooltip-text asks the X server at once where the
 * pointer is, which for all cells together takes longer than everything else in a list.
 *
 * Property: "hint": NULL or "": none
 */
#define FERRY_TYPE_HINT_BOX (ferry_hint_box_get_type ())
G_DECLARE_FINAL_TYPE (FerryHintBox, ferry_hint_box, FERRY, HINT_BOX, GtkBox)

G_END_DECLS
