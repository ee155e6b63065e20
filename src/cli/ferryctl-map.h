/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-map.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/* The commands of “ferryctl map”, and what they share. */

FerryctlExit ferryctl_map_export (FerryctlLine *line);
FerryctlExit ferryctl_map_import (FerryctlLine *line);
FerryctlExit ferryctl_map_list (FerryctlLine *line);
FerryctlExit ferryctl_map_remove (FerryctlLine *line);
FerryctlExit ferryctl_map_save (FerryctlLine *line);
FerryctlExit ferryctl_map_show (FerryctlLine *line);

/** ferryctl_map_find: (transfer full) (element-type FerryMap): all called @name, one of each kind at
 * most; @kind 0: any */
GPtrArray *ferryctl_map_find (const char *name, FerryMapKind kind, GError **error);
/** ferryctl_map_parse_kind: @word: (nullable): NULL: any, 0 */
gboolean ferryctl_map_parse_kind (const char *word, FerryMapKind *out_kind, GError **error);
/** ferryctl_map_apply: all called @name. FERRY_ERROR_NOT_FOUND: with the nearest name */
gboolean ferryctl_map_apply (const char *name, FerryPlan *plan, GError **error);

G_END_DECLS
