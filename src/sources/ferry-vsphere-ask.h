/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-vsphere-rows.h"
#include "ferry-vsphere.h"

G_BEGIN_DECLS

/** ferry_vsphere_ask_list: every guest, with what a list shows, not settled yet */
FerryVsphereRows *
ferry_vsphere_ask_list (FerryVsphere *server, GCancellable *cancellable, GError **error);

/* How many guests are read in one round trip. */
#define FERRY_VSPHERE_AT_ONCE 100

/** ferry_vsphere_ask_guests: everything about some guests, settled; those that are gone are not
 * there */
FerryVsphereRows *ferry_vsphere_ask_guests (FerryVsphere *server,
                                            const char *const *ids,
                                            guint n_ids,
                                            GCancellable *cancellable,
                                            GError **error);
/** ferry_vsphere_collect: appends (transfer full) a FerryGuest for each of the first
 * FERRY_VSPHERE_AT_ONCE of @ids, with the checks that depend on how @source reads disks; one that
 * is not in @rows is gone */
void ferry_vsphere_collect (const FerryPlanSource *source,
                            FerryVsphere *server,
                            FerryVsphereRows *rows,
                            const char *const *ids,
                            GPtrArray *guests);

G_END_DECLS
