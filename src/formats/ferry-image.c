/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-image.h"

#include <string.h>

#define SECTOR_BYTES 512

/* Incompatible feature of qcow2 version 3: the data lie in another file. */
#define QCOW2_EXTERNAL_DATA 4

static guint64
get_le64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);

  return GUINT64_FROM_LE (value);
}

static guint64
get_be64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);

  return GUINT64_FROM_BE (value);
}

/* Sparse VMDK ("Virtual Disk Format 5.0", section 4): the capacity in sectors is at 12. With none,
 * qemu follows the text descriptor inside. */
static FerryImage
probe_vmdk (const guint8 *head)
{
  guint64 sectors = get_le64 (head + 12);
  FerryImage image = { .format = "vmdk", .refers_elsewhere = sectors == 0 };

  if (sectors < G_MAXUINT64 / SECTOR_BYTES)
    image.capacity_bytes = sectors * SECTOR_BYTES;

  return image;
}

/* docs/interop/qcow2.txt of QEMU: backing file at 8, size at 24, features of version 3 at 72 */
static FerryImage
probe_qcow2 (const guint8 *head)
{
  gboolean is_version_3 = head[7] >= 3;
  FerryImage image = { .format = "qcow2", .capacity_bytes = get_be64 (head + 24) };

  image.refers_elsewhere = get_be64 (head + 8) != 0 ||
                           (is_version_3 && (get_be64 (head + 72) & QCOW2_EXTERNAL_DATA) != 0);

  return image;
}

static gboolean
begins_with (const guint8 *head, const char *magic)
{
  return memcmp (head, magic, strlen (magic)) == 0;
}

/**
 * ferry_image_probe:
 * @head: the first bytes of the file
 * @length: %FERRY_IMAGE_PROBE_BYTES, less when the file is shorter
 */
FerryImage
ferry_image_probe (const guint8 *head, gsize length)
{
  static const guint8 vdi_signature[] = { 0x7f, 0x10, 0xda, 0xbe };
  guint8 bytes[FERRY_IMAGE_PROBE_BYTES] = { 0 };

  memcpy (bytes, head, MIN (length, sizeof bytes));
  if (begins_with (bytes, "KDMV"))
    return probe_vmdk (bytes);
  if (begins_with (bytes, "COWD"))
    return (FerryImage){ .format = "vmdk" };
  if (begins_with (bytes, "# Disk DescriptorFile"))
    return (FerryImage){ .format = "vmdk", .refers_elsewhere = TRUE };
  if (begins_with (bytes, "QFI\xfb"))
    return probe_qcow2 (bytes);
  if (begins_with (bytes, "vhdxfile"))
    return (FerryImage){ .format = "vhdx" };
  if (begins_with (bytes, "conectix"))
    return (FerryImage){ .format = "vpc", .capacity_bytes = get_be64 (bytes + 48) };
  if (memcmp (bytes + 64, vdi_signature, sizeof vdi_signature) == 0)
    return (FerryImage){ .format = "vdi", .capacity_bytes = get_le64 (bytes + 368) };

  return (FerryImage){ .is_gzip = begins_with (bytes, "\x1f\x8b") };
}
