/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes appliances for tests: the tar headers byte by byte, so that it can also write what no
 * program would. */

typedef enum
{
  FERRY_PACK_TAR = 1,
  FERRY_PACK_GZIP,
  FERRY_PACK_XZ,
  FERRY_PACK_BZIP2,
  FERRY_PACK_ZSTD,
  FERRY_PACK_ZIP,
  FERRY_PACK_FOLDER,
} FerryPackKind;

/**
 * FerryPackMember:
 * @name: NULL ends a list of members
 * @name_length: for names with a NUL inside; 0: up to the first NUL. Longer than 100 or with NULs:
 *   written as a pax header
 * @data: @length: what it holds; 0: @data is a string
 * @hole_bytes: so many zeros follow, as a hole of the archive's file
 * @type: of the tar header: '0' or 0 a file, '1' a hard link, '2' a symbolic one, '3' a device,
 *   '5' a folder
 * @link: target of a link
 */
typedef struct
{
  const char *name;
  gsize name_length;
  const char *data;
  gsize length;
  guint64 hole_bytes;
  char type;
  const char *link;
} FerryPackMember;

/** ferry_pack_write: @path: the archive or, for FOLDER, the folder to be made */
void ferry_pack_write (const char *path, FerryPackKind kind, const FerryPackMember *members);

/** ferry_pack_kind_to_word: as a file extension: "tar.gz", … */
const char *ferry_pack_kind_to_word (FerryPackKind kind);

/** ferry_pack_dup_gzip: (transfer full): @data in gzip */
GBytes *ferry_pack_dup_gzip (const void *data, gsize length);

/**
 * ferry_pack_dup_disk: (transfer full): something that begins like a VMDK of 1 MiB, @length bytes
 * long, with a pattern of its own for each @seed
 */
char *ferry_pack_dup_disk (gsize length, guint seed);

/** FerryPackFile: a file of ferry_pack_dup_ovf (): @attributes of its File element (nullable) */
typedef struct
{
  const char *href;
  const char *attributes;
} FerryPackFile;

/** ferry_pack_dup_ovf: (transfer full): a description of one guest with a disk for each file */
char *ferry_pack_dup_ovf (const char *name, const FerryPackFile *files);

/** ferry_pack_dup_dir: (transfer full): a new temporary folder; ferry_pack_remove_dir () ends it */
char *ferry_pack_dup_dir (void);
void ferry_pack_remove_dir (const char *path);

G_END_DECLS
