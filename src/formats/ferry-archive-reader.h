/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-member.h"
#include "ferry-span.h"

G_BEGIN_DECLS

/**
 * FerryArchiveReader:
 *
 * libarchive over one file, read from its beginning to its end: one member after the other, each
 * with its name checked. Disks that are not wanted are passed over by seeking where the archive is
 * not compressed. Used by the archive, its unpacking and its verification only.
 */
typedef struct _FerryArchiveReader FerryArchiveReader;

typedef enum
{
  FERRY_READER_FAILED,
  FERRY_READER_MEMBER,
  FERRY_READER_END,
} FerryReaderStep;

/** FerryReaderTask: small blocks cost little where only headers are read, large ones are quicker */
typedef enum
{
  FERRY_READER_HEADERS = 1,
  FERRY_READER_DATA,
} FerryReaderTask;

/** ferry_archive_reader_new: @path: for messages; @span: borrowed, outlives the reader */
FerryArchiveReader *ferry_archive_reader_new (const char *path,
                                              const FerrySpan *span,
                                              FerryReaderTask task,
                                              GCancellable *cancellable);
/** ferry_archive_reader_new_gzip: the same for one gzip file: a single member without a name */
FerryArchiveReader *
ferry_archive_reader_new_gzip (const char *path, const FerrySpan *span, GCancellable *cancellable);
void ferry_archive_reader_free (FerryArchiveReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryArchiveReader, ferry_archive_reader_free)

/**
 * ferry_archive_reader_next:
 * @out_member: (out) (transfer full): the next member that is not a folder
 *
 * Errors: FERRY_ERROR_INVALID for an archive that is damaged or malicious
 */
FerryReaderStep
ferry_archive_reader_next (FerryArchiveReader *reader, FerryMember **out_member, GError **error);

/** ferry_archive_reader_read: bytes of the current member; 0 at its end, -1 with @error */
gssize
ferry_archive_reader_read (FerryArchiveReader *reader, void *buffer, gsize length, GError **error);

/** ferry_archive_reader_read_all: (transfer full): the whole current member if it fits @limit */
GBytes *ferry_archive_reader_read_all (FerryArchiveReader *reader,
                                       const char *name,
                                       gsize limit,
                                       GError **error);

/* Known after the first member. */
gboolean ferry_archive_reader_is_plain_tar (FerryArchiveReader *reader);
gboolean ferry_archive_reader_is_gzip (FerryArchiveReader *reader);
gboolean ferry_archive_reader_is_zip (FerryArchiveReader *reader);

/** ferry_archive_reader_get_position: how far it is in the file as stored */
guint64 ferry_archive_reader_get_position (FerryArchiveReader *reader);
/** ferry_archive_reader_get_bytes_read: what has really been read from the file */
guint64 ferry_archive_reader_get_bytes_read (FerryArchiveReader *reader);
/** ferry_archive_reader_get_n_unnamed: members passed over because their name is not UTF-8 */
guint ferry_archive_reader_get_n_unnamed (FerryArchiveReader *reader);

G_END_DECLS
