/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * ferry_promises_note:
 * @plan: whose destination @destination is
 * @asking: (nullable): the import that asks; %NULL: one that is only planned
 * @host: @destination: (nullable): whose promised bytes are set
 *
 * Notes how much of the room that is free now will still be taken by imports of the journal that
 * have not ended: what their disks, and what they unpack, are known to need, without what they have
 * written already. A planned import comes after all of these. One that runs counts those that
 * started before it, and these do not count it: of two that start together and do not both fit, the
 * later one fails, and only that one.
 */
void ferry_promises_note (const FerryPlan *plan,
                          const FerryRecord *asking,
                          FerryHostFacts *host,
                          FerryDestinationFacts *destination);

G_END_DECLS
