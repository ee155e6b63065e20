/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-screen.h"
#include "ferryctl-snapshot.h"
#include "ferryctl-watch.h"

G_BEGIN_DECLS

/* What became of an import that has ended. */

char *ferryctl_outcome_to_line (const FerryctlSnapshot *snapshot, const FerryctlLook *look);
FerryctlExit ferryctl_outcome_tell (const FerryctlSnapshot *snapshot, FerryctlWatchFlags flags);

G_END_DECLS
