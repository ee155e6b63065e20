/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_guestfs_helper_answer:
 * @disks: NULL-terminated: qcow2 files, in the guest's order
 * @keys: lines, as main.c says
 *
 * Returns: (transfer full): {"inside": …} as in a plan's guests[].source, or {"error": "…"} with
 *   libguestfs' words
 */
char *ferry_guestfs_helper_answer (const char *const *disks, char *keys);

G_END_DECLS
