/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What lies on this computer for the guests that are converted on it, looked for where virt-v2v looks.
 * @root: "/", or another folder in tests */

/** ferry_host_data_find_virtio_win: (transfer full) (nullable): VirtIO drivers for Windows: an ISO or a
 * folder; [VIRTIO_WIN] */
char *ferry_host_data_find_virtio_win (const char *root);
/** ferry_host_data_has_rhsrvany: the service that runs scripts in Windows; [VIRT_TOOLS_DATA_DIR] */
gboolean ferry_host_data_has_rhsrvany (const char *root);
/** ferry_host_data_has_ovmf: UEFI for a PC */
gboolean ferry_host_data_has_ovmf (const char *root);
/**
 * ferry_host_data_get_behind: by how many seconds a clock that says @now is at least behind: the
 * system has been written to later than that; 0: nothing tells that it is
 */
gint64 ferry_host_data_get_behind (const char *root, gint64 now);

G_END_DECLS
