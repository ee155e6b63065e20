/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"
#include "ferry-vsphere-address.h"
#include "ferry-vsphere-inventory.h"

G_BEGIN_DECLS

/**
 * FerryVsphereServe: what nbdkit must know of a guest's server
 * @certificate: what the server showed
 * @place: of the guest
 */
typedef struct
{
  const FerryPlanSource *source;
  const FerryVsphereAddress *address;
  GTlsCertificate *certificate;
  const FerryVspherePlace *place;
  const char *guest_id;
  const char *work_dir;
} FerryVsphereServe;

/**
 * ferry_vsphere_serve_disk:
 * @index: of the disk, for names of files
 *
 * How the conversion host's nbdkit reads it, by the transport of the source.
 *
 * Returns: (transfer full): or %NULL with FERRY_ERROR_UNSUPPORTED, INVALID, CERTIFICATE
 */
FerryDiskLocation *ferry_vsphere_serve_disk (const FerryVsphereServe *serve,
                                             const FerryDisk *disk,
                                             guint index,
                                             GError **error);

/** ferry_vsphere_dup_folder_path: (nullable): path and query of a disk's data below the server's
 * /folder; NULL: its file is not named as it should be */
char *ferry_vsphere_dup_folder_path (const FerryDisk *disk, const char *datacenter);

/** ferry_vsphere_reads_base_only: HTTPS and SSH give a file as it is, without what snapshots
 * changed */
gboolean ferry_vsphere_reads_base_only (FerryTransport transport);

G_END_DECLS
