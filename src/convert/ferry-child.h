/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

gboolean ferry_child_run (const FerryCommand *command,
                          const char *const *environment,
                          int *out_exit_status,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
