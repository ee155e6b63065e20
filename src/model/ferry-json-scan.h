/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_json_scan:
 *
 * Looks at a text before json-glib does, which recurses without a limit, reads more than JSON
 * (comments) and less than exactly (numbers beyond 64 bits wrap around, half a surrogate pair is
 * a critical warning).
 *
 * Errors: FERRY_ERROR_INVALID
 */
gboolean ferry_json_scan (const char *text, gsize length, GError **error);

G_END_DECLS
