/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-archive-reader.h"
#include "ferry-member.h"
#include "ferry-span.h"

G_BEGIN_DECLS

/**
 * FerryArchive:
 *
 * A virtual appliance's files, however they are packed: plain tar, tar with gzip, bzip2, xz or
 * zstd, zip, or not at all (a folder with an .ovf in it). Opening it reads the description and the
 * manifest and as little else as possible; it is never written to.
 */
typedef struct _FerryArchive FerryArchive;

typedef enum
{
  FERRY_ARCHIVE_TAR = 1,
  FERRY_ARCHIVE_COMPRESSED_TAR,
  FERRY_ARCHIVE_ZIP,
  FERRY_ARCHIVE_FOLDER,
} FerryArchiveKind;

/**
 * ferry_archive_open:
 * @path: an archive, a folder with one .ovf directly in it, or an .ovf file
 *
 * Returns: (transfer full): or %NULL with FERRY_ERROR_NOT_FOUND, PERMISSION, or INVALID for what
 *   is no archive, empty, cut off or malicious, or has no description or several
 */
FerryArchive *ferry_archive_open (const char *path, GCancellable *cancellable, GError **error);
void ferry_archive_free (FerryArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryArchive, ferry_archive_free)

FerryArchiveKind ferry_archive_get_kind (const FerryArchive *archive);
/** ferry_archive_get_path: the archive's file; of a folder: the folder */
const char *ferry_archive_get_path (const FerryArchive *archive);
/** ferry_archive_get_size_bytes: of the archive's file as stored; 0 for a folder */
guint64 ferry_archive_get_size_bytes (const FerryArchive *archive);
/** ferry_archive_get_ovf_name: of the description, with the folders it is in */
const char *ferry_archive_get_ovf_name (const FerryArchive *archive);
GBytes *ferry_archive_get_ovf (const FerryArchive *archive);
/** ferry_archive_get_manifest_name: (nullable): NULL: none, or not come across yet */
const char *ferry_archive_get_manifest_name (const FerryArchive *archive);
GBytes *ferry_archive_get_manifest (const FerryArchive *archive);
gboolean ferry_archive_has_certificate (const FerryArchive *archive);
/** ferry_archive_is_complete: every member is known; not so when reading stopped early */
gboolean ferry_archive_is_complete (const FerryArchive *archive);
/** ferry_archive_get_n_unnamed: members that cannot be reached: their name is not UTF-8 */
guint ferry_archive_get_n_unnamed (const FerryArchive *archive);
guint64 ferry_archive_get_bytes_read (const FerryArchive *archive);

/** ferry_archive_dup_name_beside_ovf: (transfer full): @href as a name from the archive's top */
char *ferry_archive_dup_name_beside_ovf (const FerryArchive *archive, const char *href);

/** ferry_archive_find: (nullable): @name must have passed ferry_member_check_name () */
const FerryMember *ferry_archive_find (FerryArchive *archive, const char *name);

/** ferry_archive_open_span: where the bytes of @member lie; it must have an offset */
gboolean ferry_archive_open_span (FerryArchive *archive,
                                  const FerryMember *member,
                                  FerrySpan *out_span,
                                  GError **error);

/** ferry_archive_get_span: the whole file, for a reader of it; none for a folder */
const FerrySpan *ferry_archive_get_span (const FerryArchive *archive);

/**
 * ferry_archive_complete:
 *
 * Reads a compressed archive to its end where opening it stopped early, to find a manifest.
 */
gboolean ferry_archive_complete (FerryArchive *archive, GCancellable *cancellable, GError **error);

G_END_DECLS
