/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ferry_tree_remove (const char *path, GError **error);
guint64 ferry_tree_get_allocated_bytes (const char *path);

G_END_DECLS
