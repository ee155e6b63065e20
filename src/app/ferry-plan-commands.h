/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * ferry_plan_commands_to_text:
 * @host: (nullable): what the conversion host can do, when it is known
 *
 * How ferryctl imports @plan, and how virt-v2v is called for each guest of it, one command a line,
 * for people to copy. The names of the input and of the work folder are decided when an import
 * starts; the descriptor that Ferry reads messages from is left out.
 */
char *ferry_plan_commands_to_text (const FerryPlan *plan, const FerryHostFacts *host);

G_END_DECLS
