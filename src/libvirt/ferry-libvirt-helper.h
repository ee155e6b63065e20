/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ferry_libvirt_helper_answer (const char *text, gsize length);

G_END_DECLS
