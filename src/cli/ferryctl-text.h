/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as a terminal shows it. Columns are those that a monospace font needs. */

guint ferryctl_text_width (const char *text);
char *ferryctl_text_clean (const char *text);
char *ferryctl_text_fit (const char *text, guint columns);
char *ferryctl_text_pad (const char *text, guint columns, gboolean at_start);
char *ferryctl_text_indent (const char *text, guint columns);

/* What a source does not say is NULL or 0 and shown as a dash. */
char *ferryctl_text_or_dash (const char *text);
char *ferryctl_text_memory (guint64 bytes);
char *ferryctl_text_size (guint64 bytes);
char *ferryctl_text_duration (gint64 seconds);

gboolean ferryctl_text_parse_size (const char *text, guint64 *out_bytes);

G_END_DECLS
