/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-source.h"

G_BEGIN_DECLS

/**
 * FerryInputDisk: a disk that is being made ready for virt-v2v
 * @index: which of its guest's
 * @location: where the source has it
 * @work_dir: where the overlay is made
 * @marker: (nullable): the import's id
 */
typedef struct
{
  guint index;
  const FerryDiskLocation *location;
  const char *work_dir;
  const char *marker;
} FerryInputDisk;

char *ferry_input_make_overlay (FerryHost *host,
                                const FerryInputDisk *disk,
                                GCancellable *cancellable,
                                GError **error);
char *ferry_input_overlay_source (const FerryDiskLocation *location);

G_END_DECLS
