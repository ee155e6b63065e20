/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-map.h"

G_BEGIN_DECLS

/** ferry_map_new_empty: with a new uuid */
FerryMap *ferry_map_new_empty (FerryMapKind kind);
/** ferry_map_take_rules: the mappings and storings that @plan has, in place of its own */
void ferry_map_take_rules (FerryMap *map, FerryPlan *plan);

G_END_DECLS
