/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keys of encrypted disks: --key-file [WHAT=]FILE, WHAT being [GUEST][,DEVICE] or DEVICE. */

/** ferryctl_keys_add_option: @files: (owned) (nullable): filled when @context parses */
void ferryctl_keys_add_option (char ***files, GOptionContext *context);
/**
 * ferryctl_keys_read:
 * @files: (nullable): what the option was given
 *
 * Reads them into @plan and its guests.
 *
 * Errors: FERRY_ERROR_NOT_FOUND (file, guest), INVALID (not a key)
 */
gboolean ferryctl_keys_read (char *const *files, FerryPlan *plan, GError **error);
/** ferryctl_keys_ask: at the terminal, for the guest called @name, into @plan; FERRY_ERROR_AUTH */
gboolean ferryctl_keys_ask (const char *name, FerryPlan *plan, GError **error);

G_END_DECLS
