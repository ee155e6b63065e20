/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-facts.h"

G_BEGIN_DECLS

/* libvirt, through ferry-libvirt-helper: one process a call, killed at the time limit or when
 * cancelled, so that a silent server or a crash in libvirt's client is an error message and no
 * more. Errors: FERRY_ERROR_CONNECTION, AUTH, NOT_FOUND, EXISTS, PERMISSION, FAILED;
 * MISSING_TOOL when the helper or libvirt is not installed. */

FerryDestinationFacts *ferry_libvirt_inspect (const char *uri,
                                              GCancellable *cancellable,
                                              GError **error);
char *ferry_libvirt_read_domain (const char *uri,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean ferry_libvirt_define_domain (const char *uri,
                                      const char *xml,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean ferry_libvirt_start_domain (const char *uri,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean ferry_libvirt_undefine_domain (const char *uri, const char *name, GError **error);
char **ferry_libvirt_list_volumes (const char *uri,
                                   const char *pool,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean ferry_libvirt_delete_volume (const char *uri,
                                      const char *pool,
                                      const char *volume,
                                      GError **error);

G_END_DECLS
