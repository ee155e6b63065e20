/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_worker_error_to_local:
 * @error: (transfer full): of a call to the worker
 *
 * Returns: (transfer full): the same without the bus's additions when the worker itself refused,
 *   and when cancelled; else FERRY_ERROR_CONNECTION with a sentence for the user
 */
GError *ferry_worker_error_to_local (GError *error);

G_END_DECLS
