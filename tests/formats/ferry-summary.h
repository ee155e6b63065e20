/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest.h"

G_BEGIN_DECLS

/** ferry_summary_of_guest: (transfer full): a few lines that say everything but the checks' words */
char *ferry_summary_of_guest (const FerryGuest *guest);

/** ferry_summary_of_checks: (transfer full): "id severity id severity …", in order */
char *ferry_summary_of_checks (const GPtrArray *checks);

G_END_DECLS
