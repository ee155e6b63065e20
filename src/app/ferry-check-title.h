/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ferry_check_get_title: (nullable): what check @id is about, in few words, whatever it was found
 * at: "Network not chosen"; NULL: it has none, and what was found has to do */
const char *ferry_check_get_title (const char *id);

G_END_DECLS
