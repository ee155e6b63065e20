/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_tar_headers_hide_name:
 * @headers: all header blocks of one tar member, extended ones included
 *
 * libarchive ends a name at its first NUL and says nothing of what follows.
 *
 * Returns: whether a name goes on behind a NUL
 */
gboolean ferry_tar_headers_hide_name (const guint8 *headers, gsize length);

G_END_DECLS
