/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

G_BEGIN_DECLS

/* Private to targets/: where a guest's disks go in libvirt's pools. */

/** FerryLibvirtPlace: @pool: of disks that have none of their own */
typedef struct
{
  const char *uri;
  const char *pool;
} FerryLibvirtPlace;

/**
 * ferry_libvirt_place_make:
 *
 * Reserves the file of each disk in its pool; how to take all back, and the domain too, is in the
 * journal before.
 *
 * Returns: (transfer full): where virt-v2v is to write: into the pool that all disks go to, or, where
 *   there are several, into a folder in the work folder with links to them
 */
FerryOutput *ferry_libvirt_place_make (const FerryLibvirtPlace *place,
                                       const FerryDestinationFacts *facts,
                                       const FerryTargetRun *run,
                                       GError **error);

/** ferry_libvirt_place_is_linked: it is such a folder */
gboolean ferry_libvirt_place_is_linked (const FerryOutput *output);

G_END_DECLS
