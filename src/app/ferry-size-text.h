/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ferry_size_to_text: "41.2 GB", "340 GB" */
char *ferry_size_to_text (guint64 bytes);

/**
 * ferry_size_pair_to_text:
 *
 * "116 of 200 GB": both in the unit of @total_bytes, and never rounded up to the whole.
 */
char *ferry_size_pair_to_text (guint64 done_bytes, guint64 total_bytes);

/** ferry_rate_to_text: "112 MB/s" */
char *ferry_rate_to_text (guint64 bytes_per_second);

G_END_DECLS
