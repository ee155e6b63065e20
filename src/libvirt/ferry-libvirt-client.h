/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-facts.h"

G_BEGIN_DECLS

/* libvirt, through ferry-libvirt-helper: one process a call, killed at the time limit or when
 * cancelled, so that a silent server or a crash in libvirt's client is an error message and no
 * more. The limit is 30 seconds, and four times that where libvirt itself has something to do;
 * FERRY_LIBVIRT_TIMEOUT gives other seconds ("0.5").
 *
 * Errors of all: FERRY_ERROR_CONNECTION (nobody answers, or not in time), AUTH, NOT_FOUND, EXISTS,
 * PERMISSION, INVALID (a description that libvirt refuses, a URI that it does not know),
 * UNSUPPORTED, FAILED; MISSING_TOOL when the helper or libvirt is not installed. */

/**
 * FerryVolume: a volume of a pool
 * @path: (owned): where its file is, on the computer of the daemon
 * @capacity_bytes: the size that a guest sees
 */
typedef struct
{
  char *path;
  guint64 capacity_bytes;
} FerryVolume;

void ferry_volume_free (FerryVolume *volume);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVolume, ferry_volume_free)

/**
 * ferry_libvirt_inspect:
 *
 * Returns: (transfer full): a storage is usable as far as libvirt knows: an active pool of type
 *   "dir"; whether its path can be seen and written to from here is for the caller to find out
 */
FerryDestinationFacts *
ferry_libvirt_inspect (const char *uri, GCancellable *cancellable, GError **error);

/** ferry_libvirt_read_domain: (transfer full): the XML of a domain as it will start next time */
char *ferry_libvirt_read_domain (const char *uri,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GError **error);

/** ferry_libvirt_define_domain: a new one, or the one of the same UUID and name anew */
gboolean ferry_libvirt_define_domain (const char *uri,
                                      const char *xml,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean ferry_libvirt_start_domain (const char *uri,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GError **error);

/** ferry_libvirt_undefine_domain: stops it if it runs; NVRAM, saved state and snapshots go too */
gboolean ferry_libvirt_undefine_domain (const char *uri, const char *name, GError **error);

/** ferry_libvirt_list_uuids: of all domains, lower-case */
char **ferry_libvirt_list_uuids (const char *uri, GCancellable *cancellable, GError **error);

/** ferry_libvirt_list_machines: the kinds of computers that it can be for processors of @arch */
char **ferry_libvirt_list_machines (const char *uri,
                                    const char *arch,
                                    GCancellable *cancellable,
                                    GError **error);

/** ferry_libvirt_refresh_pool: has libvirt look for files that came or went without it */
gboolean ferry_libvirt_refresh_pool (const char *uri,
                                     const char *pool,
                                     GCancellable *cancellable,
                                     GError **error);
char **ferry_libvirt_list_volumes (const char *uri,
                                   const char *pool,
                                   GCancellable *cancellable,
                                   GError **error);

FerryVolume *ferry_libvirt_get_volume (const char *uri,
                                       const char *pool,
                                       const char *volume,
                                       GCancellable *cancellable,
                                       GError **error);

/** ferry_libvirt_delete_volume: after a refresh, so that one made without libvirt is known too */
gboolean
ferry_libvirt_delete_volume (const char *uri, const char *pool, const char *volume, GError **error);

G_END_DECLS
