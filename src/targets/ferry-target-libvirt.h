/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

G_BEGIN_DECLS

/**
 * FerryTargetLibvirt:
 *
 * A libvirt daemon on this computer: the disks become volumes NAME-sda, NAME-sdb… of one of its
 * storage pools, the guest a domain. Nothing that was there before is touched: the names are
 * reserved with empty files before virt-v2v runs.
 */
#define FERRY_TYPE_TARGET_LIBVIRT (ferry_target_libvirt_get_type ())
G_DECLARE_FINAL_TYPE (FerryTargetLibvirt, ferry_target_libvirt, FERRY, TARGET_LIBVIRT, GObject)

/** ferry_target_libvirt_new: @uri: "qemu:///system"; @pool: (nullable): NULL: "default" */
FerryTarget *ferry_target_libvirt_new (const char *uri, const char *pool);

/**
 * FerryLibvirtOwn: how a domain is known to be an import's own
 * @volume: of @pool: its first disk
 */
typedef struct
{
  const char *uri;
  const char *name;
  const char *pool;
  const char *volume;
} FerryLibvirtOwn;

/**
 * ferry_target_libvirt_undefine:
 *
 * Stops and undefines a domain, for undo. One of that name that has not this disk is somebody
 * else's and is left alone, and one that is not there is fine: both are no error.
 */
gboolean ferry_target_libvirt_undefine (const FerryLibvirtOwn *own, GError **error);

/** ferry_target_libvirt_delete_volume: for undo: a pool or volume that is not there is no error */
gboolean ferry_target_libvirt_delete_volume (const char *uri,
                                             const char *pool,
                                             const char *volume,
                                             GError **error);

G_END_DECLS
