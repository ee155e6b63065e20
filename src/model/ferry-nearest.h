/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ferry_nearest_word: (nullable): which of @candidates (NULL-terminated) @word was most likely meant
 * to be */
const char *ferry_nearest_word (const char *word, const char *const *candidates);

G_END_DECLS
