/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int ferry_lock_take (guint wait_seconds, GError **error);

G_END_DECLS
