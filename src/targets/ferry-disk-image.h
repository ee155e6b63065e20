/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryDiskImage: a disk file as it should be
 * @path: absolute
 * @format: what qemu calls it
 * @capacity_bytes: the source's; 0: unknown
 * @marker: (nullable): the import's id
 */
typedef struct
{
  const char *path;
  const char *format;
  guint64 capacity_bytes;
  const char *marker;
} FerryDiskImage;

gboolean
ferry_disk_image_verify (const FerryDiskImage *image, GCancellable *cancellable, GError **error);

char *ferry_disk_image_dup_name (const char *guest, guint index);

G_END_DECLS
