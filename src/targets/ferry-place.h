/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-facts.h"

G_BEGIN_DECLS

gboolean ferry_place_check (const char *path, GError **error);
void ferry_place_measure (const char *path, FerryStorage *storage);
void ferry_place_judge (const char *path, FerryStorage *storage);
gboolean ferry_place_sync (const char *path, GError **error);
gboolean ferry_place_fail (const char *path, int number, GError **error);

G_END_DECLS
