/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SOURCE_VSPHERE (ferry_source_vsphere_get_type ())
/* The usual cast, FERRY_SOURCE_VSPHERE (), is a kind of source in ferry-plan-source.h. */
G_DECLARE_FINAL_TYPE (FerrySourceVsphere, ferry_source_vsphere, FERRY, VSPHERE_SOURCE, GObject)

/**
 * ferry_source_vsphere_new:
 * @source: (transfer none): copied, with its passwords
 *
 * A vCenter, or an ESXi host alone. Each call connects, logs in and out by itself. In lists a guest
 * has one disk that stands for all ("All disks", with their bytes), and its other disks and network
 * adapters only when it is read.
 */
FerrySource *ferry_source_vsphere_new (const FerryPlanSource *source);

G_END_DECLS
