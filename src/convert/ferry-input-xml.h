/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-plan.h"
#include "ferry-source.h"

G_BEGIN_DECLS

/**
 * FerryInput: what virt-v2v is to read
 * @guest: as it arrives: without disks that are left out
 * @locations: (element-type FerryDiskLocation): of each of the guest's disks, in order
 * @work_dir: where the overlays and the XML are written
 * @marker: (nullable): the import's id
 */
typedef struct
{
  const FerryPlanGuest *guest;
  const GPtrArray *locations;
  const char *work_dir;
  const char *marker;
} FerryInput;

char *ferry_input_write (FerryHost *host,
                         const FerryInput *input,
                         GCancellable *cancellable,
                         GError **error);

char *ferry_input_to_xml (const FerryPlanGuest *guest, const char *const *disks);

G_END_DECLS
