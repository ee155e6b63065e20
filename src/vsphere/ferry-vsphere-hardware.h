/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest.h"
#include "ferry-vsphere-object.h"

G_BEGIN_DECLS

/**
 * ferry_vsphere_read_hardware:
 * @object: a VirtualMachine with config.hardware, layoutEx and the like
 * @guest: gets disks, network adapters, memory, CPUs, TPM
 * @networks: (element-type utf8): gets, for each network adapter, the key of its distributed port
 *   group or the id of its opaque network, whose name stands elsewhere; NULL: it has its name
 */
void ferry_vsphere_read_hardware (const FerryVsphereObject *object,
                                  FerryGuest *guest,
                                  GPtrArray *networks);

/** ferry_vsphere_count_snapshots: of all branches */
int ferry_vsphere_count_snapshots (const xmlNode *info);

G_END_DECLS
