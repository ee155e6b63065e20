/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What was found inside a guest's disks when somebody had a look before the import. Plain data. */

/**
 * FerryRoot: an operating system, by the file system that is its root
 * @device: (owned): as virt-v2v's --root takes it: "/dev/sda2"; never NULL
 * @name: (owned) (nullable): for people: "Debian GNU/Linux 12 (bookworm)"
 * @os: (owned) (nullable): libosinfo's short id: "debian12"
 * @family: (owned) (nullable): "linux", "windows", "freebsd", …
 * @arch: (owned) (nullable): "x86_64"
 * @hibernated: it sleeps on its disk (Windows' fast startup, too), so that nothing can write to it;
 *   FALSE when it does not or nobody could tell
 * @free_bytes: in the root's file system; -1: unknown
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  char *device;
  char *name;
  char *os;
  char *family;
  char *arch;
  gboolean hibernated;
  gint64 free_bytes;
  JsonObject *extra;
} FerryRoot;

/**
 * FerryInspection:
 * @roots: (owned) (element-type FerryRoot): in the order in which they were found, which is that of
 *   virt-v2v's "first"
 * @encrypted: (owned): devices that no key opened: "/dev/sda3"; never NULL. When there are any,
 *   @roots may lack those that lie in them
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  GPtrArray *roots;
  char **encrypted;
  JsonObject *extra;
} FerryInspection;

FerryRoot *ferry_root_new (const char *device);
FerryRoot *ferry_root_copy (const FerryRoot *root);
void ferry_root_free (FerryRoot *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryRoot, ferry_root_free)

FerryInspection *ferry_inspection_new (void);
/** ferry_inspection_copy: @inspection: (nullable); (nullable) */
FerryInspection *ferry_inspection_copy (const FerryInspection *inspection);
void ferry_inspection_free (FerryInspection *inspection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryInspection, ferry_inspection_free)

/** ferry_inspection_get_root: (nullable): NULL when it has no so many */
const FerryRoot *ferry_inspection_get_root (const FerryInspection *inspection, guint index);
/** ferry_inspection_find_root: (nullable): the one on @device (nullable) */
const FerryRoot *ferry_inspection_find_root (const FerryInspection *inspection, const char *device);
/** ferry_inspection_add_encrypted: @device, unless it is there */
void ferry_inspection_add_encrypted (FerryInspection *inspection, const char *device);

/** ferry_inspection_to_json: (nullable): the member "inside" of a guest in JSON */
JsonObject *ferry_inspection_to_json (const FerryInspection *inspection);
/**
 * ferry_inspection_read_json:
 * @out: (out) (nullable): NULL when @member is missing or null
 *
 * Errors: FERRY_ERROR_INVALID, beginning with the member's path: "inside.roots[0].device is missing."
 */
gboolean ferry_inspection_read_json (JsonObject *object,
                                     const char *member,
                                     FerryInspection **out,
                                     GError **error);

G_END_DECLS
