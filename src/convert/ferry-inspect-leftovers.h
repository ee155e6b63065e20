/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

/* No journal knows of a look into disks: its id says which process is at it. */

/** ferry_inspect_make_id: (transfer full): of a look by this process; names folder and processes */
char *ferry_inspect_make_id (void);
/** ferry_inspect_clear_leftovers: of looks whose process was killed; what cannot be removed stays */
void ferry_inspect_clear_leftovers (FerryHost *host);

G_END_DECLS
