/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-monitor.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * ferry_inspect_guest:
 * @plan: says where the guest comes from, on which host to look, and which keys there are; a guest of
 *   it with the same id says which disks are left out
 * @guest: as its source read it
 * @monitor: (nullable): told of the preparation's bytes, then (0, 0) again and again
 *
 * Looks into the disks as they are, as virt-v2v would see them, and writes nothing to the source. It
 * takes as long as an appliance takes to start, plus the unpacking of disks that cannot be read in
 * place. Everything that is made for it is gone when it returns.
 *
 * Returns: (transfer full): for FerryGuest.inside; %NULL with FERRY_ERROR_MISSING_TOOL, UNSUPPORTED
 *   (disks that are copied, not converted), NO_SPACE, CONNECTION, AUTH, CONVERSION, …
 */
FerryInspection *ferry_inspect_guest (const FerryPlan *plan,
                                      const FerryGuest *guest,
                                      const FerryMonitor *monitor,
                                      GCancellable *cancellable,
                                      GError **error);

/** ferry_inspect_parse: what ferry-guestfs-helper answers. CONVERSION or INVALID */
FerryInspection *ferry_inspect_parse (const char *text, GError **error);

G_END_DECLS
