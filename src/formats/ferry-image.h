/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes of a disk's file ferry_image_probe () wants to see. */
#define FERRY_IMAGE_PROBE_BYTES 512

/**
 * FerryImage: what the first bytes of a disk's file say
 * @format: static: qemu's name of the format; NULL: not one that can be told from its beginning
 * @is_gzip: it is compressed with gzip
 * @refers_elsewhere: it names other files that hold (parts of) its data. qemu would open whatever
 *   they name, on this computer: never to be given to it.
 * @capacity_bytes: size that the guest sees; 0: not told here
 */
typedef struct
{
  const char *format;
  gboolean is_gzip;
  gboolean refers_elsewhere;
  guint64 capacity_bytes;
} FerryImage;

FerryImage ferry_image_probe (const guint8 *head, gsize length);

G_END_DECLS
