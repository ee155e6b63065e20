/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ferry_duration_to_clock: "0:07", "26:48", "1:02:03" */
char *ferry_duration_to_clock (gint64 seconds);

/** ferry_duration_to_words: "48 s", "7 min", "1 h 5 min", "2 days 3 h" */
char *ferry_duration_to_words (gint64 seconds);

/** ferry_time_left_to_text: "24 min left"; below 0: "Estimating…" */
char *ferry_time_left_to_text (gint64 seconds);

/** ferry_moment_to_text: "today, 14:02", "yesterday, 9:10", "3 March, 14:02"; µs since 1970 */
char *ferry_moment_to_text (gint64 moment_usec, gint64 now_usec);

G_END_DECLS
