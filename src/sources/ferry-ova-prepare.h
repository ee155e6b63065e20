/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-monitor.h"
#include "ferry-ova.h"

G_BEGIN_DECLS

/**
 * ferry_ova_prepare:
 * @system: one of @ova's
 * @work_dir: where disks that cannot be read in place are unpacked, as disk1.vmdk, …
 *
 * Returns: (transfer full) (element-type FerryDiskLocation): one for each disk without
 *   FERRY_DISK_LEFT_OUT, in order
 */
GPtrArray *ferry_ova_prepare (FerryOva *ova,
                              const FerryOvfSystem *system,
                              const char *work_dir,
                              const FerryMonitor *monitor,
                              GCancellable *cancellable,
                              GError **error);

/** ferry_ova_get_work_bytes: what that writes into its work folder, at most */
guint64 ferry_ova_get_work_bytes (FerryOva *ova, const FerryOvfSystem *system);

G_END_DECLS
