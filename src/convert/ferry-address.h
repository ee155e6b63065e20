/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-facts.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/* Static addresses that virt-v2v sets in a guest. */

/** ferry_address_dup_value: (nullable): NIC @index's for virt-v2v --mac; NULL: it gets none */
char *ferry_address_dup_value (const FerryPlanGuest *guest, guint index);

/** ferry_address_settle_macs: virt-v2v goes by the MAC: a NIC that gets a new one and an address has
 * a definite one then, which no other NIC of @guest and none of @taken (nullable) has */
void ferry_address_settle_macs (FerryPlanGuest *guest, const char *const *taken);

/**
 * ferry_address_check:
 * @host: (nullable): when it cannot be asked
 *
 * Returns: (nullable) (transfer full): the blocker "nic.address-impossible": NIC @index shall have an
 *   address that virt-v2v cannot give it
 */
FerryCheck *ferry_address_check (const FerryPlanGuest *guest,
                                 guint index,
                                 const FerryHostFacts *host);

G_END_DECLS
