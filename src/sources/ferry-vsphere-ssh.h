/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan-source.h"
#include "ferry-trust.h"
#include "ferry-vsphere-address.h"
#include "ferry-vsphere-inventory.h"

G_BEGIN_DECLS

/* The transport SSH: disks are read from the ESXi host itself, whose host key must be known. */

/** ferry_vsphere_dup_ssh_host: which host has the disks of a guest at @place */
char *ferry_vsphere_dup_ssh_host (const FerryVsphereAddress *address,
                                  const FerryVspherePlace *place);

/** ferry_vsphere_examine_ssh: as ferry_source_examine(), of the ESXi host that @source names or is;
 * behind a vCenter which one it will be is not known yet, and nothing is asked */
gboolean ferry_vsphere_examine_ssh (const FerryPlanSource *source,
                                    FerryTrustQuestion **out_question,
                                    GCancellable *cancellable,
                                    GError **error);

/** ferry_vsphere_ssh_host_is_known: by the user's ssh, or because it was accepted in Ferry; looks
 * into files only */
gboolean ferry_vsphere_ssh_host_is_known (const FerryPlanSource *source, const char *host);

G_END_DECLS
