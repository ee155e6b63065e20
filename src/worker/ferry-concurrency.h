/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many imports run at once: what the user chose, kept in worker.json in the state folder. */

guint ferry_concurrency_load (void);
gboolean ferry_concurrency_save (guint concurrency, GError **error);

G_END_DECLS
