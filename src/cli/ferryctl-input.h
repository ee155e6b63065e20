/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferryctl_input_read: what the file @word holds, or standard input for "-"; a byte more than an
 * exported text may have is enough to be refused
 *
 * Errors: FERRY_ERROR_NOT_FOUND, FAILED
 */
gboolean ferryctl_input_read (const char *word, GString *text, GError **error);

G_END_DECLS
