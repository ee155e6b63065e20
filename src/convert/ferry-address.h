/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Static addresses that virt-v2v sets in a guest. */

/** ferry_address_dup_value: (nullable): NIC @index's for virt-v2v --mac; NULL: it gets none */
char *ferry_address_dup_value (const FerryPlanGuest *guest, guint index);

/** ferry_address_settle_macs: virt-v2v goes by the MAC: a NIC that gets a new one and an address has
 * a definite one then, which no other NIC of @guest and none of @taken (nullable) has */
void ferry_address_settle_macs (FerryPlanGuest *guest, const char *const *taken);

/**
 * ferry_address_is_settable: the fields stand in a fixed order, and virt-v2v 2.2 takes none that is
 * empty before another: no prefix without a gateway, no name servers without a prefix
 *
 * Errors: FERRY_ERROR_INVALID, stating the rule
 */
gboolean ferry_address_is_settable (const FerryPlanAddress *address, GError **error);

G_END_DECLS
