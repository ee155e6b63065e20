/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/* The kinds of undo and what they take. Paths are absolute, without “..”.
 *
 * end-processes MARKER         everything that runs of this import
 * remove-tree PATH             a folder that this import made, with everything in it; links are
 *                              removed, not followed
 * remove-file PATH             a file that this import made
 * undefine-domain URI NAME POOL VOLUME
 *                              a libvirt domain that this import defined, NVRAM included; only if it
 *                              has that disk, since another may have taken the name
 * delete-volume URI POOL NAME  a volume that this import made
 */

/**
 * ferry_undo_all:
 *
 * Carries out the record's undo: processes first, since they would go on writing, then the rest,
 * newest first. Takes each from the journal when it is done; what is already gone is fine. Goes on
 * after a failure (a kind that only a newer Ferry knows is one), leaves the failed ones in the
 * journal and returns the first error. Not cancellable: nothing half-made is left behind.
 */
gboolean ferry_undo_all (FerryRecord *record, FerryHost *host, GError **error);

G_END_DECLS
