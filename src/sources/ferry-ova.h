/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-archive.h"
#include "ferry-ovf.h"

G_BEGIN_DECLS

/**
 * FerryOva: one appliance, opened and described
 * @archive: (owned): its files
 * @ovf: (owned): its description; the guests' checks also say what is wrong with their files
 */
typedef struct
{
  FerryArchive *archive;
  FerryOvf *ovf;
} FerryOva;

/** ferry_ova_open: errors as of ferry_archive_open () */
FerryOva *ferry_ova_open (const char *path, GCancellable *cancellable, GError **error);
void ferry_ova_free (FerryOva *ova);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOva, ferry_ova_free)

/**
 * ferry_ova_find_parts:
 *
 * Names of the members that hold @file, from the archive's top, in order: one, or its chunks. In an
 * archive that is not complete they are what they should be called.
 *
 * Returns: (transfer full) (element-type utf8): %NULL: some of it is missing or its name is refused
 */
GPtrArray *ferry_ova_find_parts (FerryOva *ova, const FerryOvfFile *file);

/**
 * ferry_ova_settle_names:
 *
 * Reads the rest of a compressed archive if it takes that to know what the files of @system's disks
 * are called there; nearly always it does not.
 */
gboolean ferry_ova_settle_names (FerryOva *ova,
                                 const FerryOvfSystem *system,
                                 GCancellable *cancellable,
                                 GError **error);

/** ferry_ova_get_stored_bytes: of @file as stored; -1: unknown */
gint64 ferry_ova_get_stored_bytes (FerryOva *ova, const FerryOvfFile *file);

/**
 * ferry_ova_is_in_place:
 *
 * Whether qemu can read @file where it lies: not compressed, in one piece, and up to a whole
 * sector.
 */
gboolean ferry_ova_is_in_place (FerryOva *ova, const FerryOvfFile *file);

/** ferry_ova_check_disk_file: what is wrong with the file of @guest's disk @index, into its checks */
void ferry_ova_check_disk_file (FerryOva *ova, FerryOvfSystem *system, guint index);

G_END_DECLS
