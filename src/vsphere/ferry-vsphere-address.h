/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryVsphereAddress: where a server is
 * @host: (owned): name or address, an IPv6 address without its brackets
 * @authority: (owned): as in a URL: "vc.example.com", "[2001:db8::1]:8443"
 * @trust: (owned): by which its certificate is remembered: with the port in every case
 */
typedef struct
{
  char *host;
  guint16 port;
  char *authority;
  char *trust;
} FerryVsphereAddress;

/** ferry_vsphere_address_parse: "host", "host:port", "[v6]:port", "v6"; FERRY_ERROR_INVALID */
FerryVsphereAddress *ferry_vsphere_address_parse (const char *text, GError **error);
void ferry_vsphere_address_free (FerryVsphereAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVsphereAddress, ferry_vsphere_address_free)

/* Inventory names are stored with '%', '/' and '\' as %25, %2f and %5c (and no other escapes), so
 * that '/' can part them in a path. People see them as they typed them. */
char *ferry_vsphere_name_unescape (const char *name);

G_END_DECLS
