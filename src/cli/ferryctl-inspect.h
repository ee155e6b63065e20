/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferryctl.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* --inspect: a look into the disks. */

/**
 * ferryctl_inspect_guest:
 * @plan: where @guest comes from, with keys
 * @guest: gets an "inside"
 *
 * Tells on a terminal what it is at, since it takes a while. Ctrl+C ends it, without leaving anything.
 */
gboolean ferryctl_inspect_guest (const FerryPlan *plan, FerryGuest *guest, GError **error);
/** ferryctl_inspect_plan: the same for every guest of @plan whose disks are converted */
gboolean ferryctl_inspect_plan (FerryPlan *plan, GError **error);
/** ferryctl_inspect_give_up: tells @error; the exit code for it */
FerryctlExit ferryctl_inspect_give_up (const GError *error);
/** ferryctl_inspect_to_text: (transfer full): lines for people; "" when nobody has looked */
char *ferryctl_inspect_to_text (const FerryInspection *inspection);

G_END_DECLS
