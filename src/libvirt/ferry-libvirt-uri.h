/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryLibvirtUri: DRIVER[+TRANSPORT]://[USER@][HOST][:PORT]/PATH[?QUERY]
 * @driver: (owned): "qemu", "xen", "vpx"
 * @transport: (owned) (nullable): "ssh", "tcp", "tls", "unix", …; NULL: not said
 * @user: @host: (owned) (nullable): decoded; IPv6 without brackets
 * @port: -1: not said
 * @query: (owned) (nullable): as written
 */
typedef struct
{
  char *text;
  char *driver;
  char *transport;
  char *user;
  char *host;
  int port;
  char *query;
} FerryLibvirtUri;

/**
 * ferry_libvirt_uri_parse:
 *
 * Refuses what libvirt or ssh could take for something else: control characters, names that look
 * like options, a password, a transport that runs any program.
 *
 * Errors: FERRY_ERROR_INVALID, UNSUPPORTED
 */
FerryLibvirtUri *ferry_libvirt_uri_parse (const char *text, GError **error);
void ferry_libvirt_uri_free (FerryLibvirtUri *uri);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryLibvirtUri, ferry_libvirt_uri_free)

gboolean ferry_libvirt_uri_uses_ssh (const FerryLibvirtUri *uri);
/** ferry_libvirt_uri_is_local: the daemon's files are those of this computer */
gboolean ferry_libvirt_uri_is_local (const FerryLibvirtUri *uri);
/** ferry_libvirt_uri_has: whether @query has that parameter */
gboolean ferry_libvirt_uri_has (const FerryLibvirtUri *uri, const char *parameter);

/** ferry_libvirt_uri_dup_parameter: (nullable): its value, decoded */
char *ferry_libvirt_uri_dup_parameter (const FerryLibvirtUri *uri, const char *parameter);

/**
 * ferry_libvirt_uri_complete:
 * @user: (nullable): for a URI of ssh that names none
 * @verify: certificates; host keys of ssh are looked at in any case
 *
 * Returns: (transfer full): what libvirt is given: for ssh with Ferry's own way of starting it,
 * which   neither asks on a terminal nor takes a host key that nobody trusts
 */
char *ferry_libvirt_uri_complete (const char *text,
                                  const char *user,
                                  gboolean verify,
                                  GError **error);
/** ferry_libvirt_uri_is_unverified: it says that certificates shall not be looked at */
gboolean ferry_libvirt_uri_is_unverified (const FerryLibvirtUri *uri);

G_END_DECLS
