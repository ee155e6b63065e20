/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-archive.h"
#include "ferry-monitor.h"

G_BEGIN_DECLS

/**
 * FerryExtract: an unpacking under way; counts bytes read over several calls
 * @folder: (owned): where the files are that are written to, for messages
 * @monitor: (nullable): borrowed
 * @done_bytes: @total_bytes: read so far and to be read, set by the caller before it starts
 */
typedef struct
{
  char *folder;
  const FerryMonitor *monitor;
  guint64 done_bytes;
  guint64 total_bytes;
} FerryExtract;

/**
 * FerryExtractItem: one member to be written into a file
 * @name: (owned): of the member
 * @fd: borrowed: open for writing
 * @at: where in it the member's first byte goes
 * @max_bytes: larger than this it cannot be; 0: any size
 * @written_bytes: (out): -1: not come across yet
 */
typedef struct
{
  char *name;
  int fd;
  guint64 at;
  guint64 max_bytes;
  gint64 written_bytes;
} FerryExtractItem;

FerryExtractItem *ferry_extract_item_new (const char *name, int fd, guint64 at);
void ferry_extract_item_free (FerryExtractItem *item);

/**
 * ferry_extract_members:
 * @items: (element-type FerryExtractItem): written one after the other, holes kept
 *
 * Reads a compressed archive once, from the beginning to the last item.
 *
 * Errors: FERRY_ERROR_INVALID for a member that is missing or no file, NO_SPACE, CANCELLED
 */
gboolean ferry_extract_members (FerryExtract *self,
                                FerryArchive *archive,
                                GPtrArray *items,
                                GCancellable *cancellable,
                                GError **error);

/** ferry_extract_span: copies the bytes of @span to @fd, from @at on */
gboolean ferry_extract_span (FerryExtract *self,
                             const FerrySpan *span,
                             int fd,
                             guint64 at,
                             GCancellable *cancellable,
                             GError **error);

/**
 * ferry_extract_gzip:
 * @name: of what @span holds, for messages
 * @item: where it goes; an unpacked size beyond its max_bytes is refused
 */
gboolean ferry_extract_gzip (FerryExtract *self,
                             const FerrySpan *span,
                             FerryExtractItem *item,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
