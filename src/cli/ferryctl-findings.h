/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferryctl-screen.h"

G_BEGIN_DECLS

/* What the checks found, for people. */

/**
 * ferryctl_findings_render:
 * @checks: (element-type FerryCheck)
 * @name_of: (nullable): the guest's name for an id; NULL: checks do not name their guest
 *
 * Returns: (transfer full): lines; "" when there is nothing
 */
char *ferryctl_findings_render (const GPtrArray *checks,
                                const FerryctlLook *look,
                                const char *(*name_of) (const char *id, gconstpointer data),
                                gconstpointer data);

G_END_DECLS
