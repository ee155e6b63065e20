/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* JSON on standard output. The shapes are those of ferryctl(1) and only grow. */

void ferryctl_json_print (JsonNode *node);
void ferryctl_json_print_guests (const GPtrArray *guests, const FerryPlan *plan);

G_END_DECLS
