/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-input-overlay.h"

G_BEGIN_DECLS

/* Disks that lie on a server: nbdkit reads them there and offers them on a socket in the work
 * folder, which only this user can enter. */

gboolean ferry_serve_disk (FerryHost *host,
                           const FerryInputDisk *disk,
                           GCancellable *cancellable,
                           GError **error);
char *ferry_serve_dup_socket (const FerryInputDisk *disk);
char *ferry_serve_dup_marker (const char *id);
char *ferry_serve_read_log (const FerryInputDisk *disk);
char *ferry_serve_read_logs (const char *work_dir, guint n_disks);

G_END_DECLS
