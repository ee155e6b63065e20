/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** ferry_remembered_open: (nullable) (transfer full): what the user interface remembers; NULL where
 * Ferry's schema is not installed: g_settings_new() would end the program */
GSettings *ferry_remembered_open (void);

G_END_DECLS
