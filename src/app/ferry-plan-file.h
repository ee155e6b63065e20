/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_plan_file_is_plan: whether @path is meant as a plan, not as an appliance: by its ending, or
 * because it begins as JSON does; not whether it is a good one
 */
gboolean ferry_plan_file_is_plan (const char *path);

G_END_DECLS
