/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ferry_kernel_find (const char *root);

G_END_DECLS
