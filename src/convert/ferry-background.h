/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

gboolean ferry_background_start (const FerryBackground *background,
                                 const char *const *environment,
                                 GCancellable *cancellable,
                                 GError **error);
char *ferry_background_read_log (const char *path);

G_END_DECLS
