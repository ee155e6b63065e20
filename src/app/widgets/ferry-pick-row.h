/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A name that can be typed, or taken from a list of those that are known, once any are. */
#define FERRY_TYPE_PICK_ROW (ferry_pick_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryPickRow, ferry_pick_row, FERRY, PICK_ROW, AdwEntryRow)

/** ferry_pick_row_set_names: @names: (nullable): none is known */
void ferry_pick_row_set_names (FerryPickRow *self, const char *const *names);

G_END_DECLS
