/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"
#include "ferry-vsphere-address.h"

G_BEGIN_DECLS

/* One TLS connection to one server, kept open between requests. It lives and dies in one thread. */
typedef struct _FerryVsphereHttp FerryVsphereHttp;

/**
 * FerryVsphereRequest: a POST to /sdk
 * @action: SOAPAction
 * @body: text/xml
 * @max_bytes: the longest answer that is read
 * @without_answer: return as soon as it is sent; the connection cannot be used any more
 */
typedef struct
{
  const char *action;
  GBytes *body;
  gsize max_bytes;
  gboolean without_answer;
} FerryVsphereRequest;

/** ferry_vsphere_http_new: does not connect yet; FERRY_ERROR_INVALID */
FerryVsphereHttp *ferry_vsphere_http_new (const FerryPlanSource *source, GError **error);
void ferry_vsphere_http_free (FerryVsphereHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVsphereHttp, ferry_vsphere_http_free)

const FerryVsphereAddress *ferry_vsphere_http_get_address (const FerryVsphereHttp *self);
/** ferry_vsphere_http_get_certificate: (nullable): what the server showed */
GTlsCertificate *ferry_vsphere_http_get_certificate (const FerryVsphereHttp *self);
/** ferry_vsphere_http_set_patience: how long the connected server may be silent from now on */
void ferry_vsphere_http_set_patience (FerryVsphereHttp *self, guint seconds);

/**
 * ferry_vsphere_http_post:
 *
 * Returns: (transfer full): what the server said; empty when @without_answer. A fault of SOAP comes
 *   with a status of its own (500), and is returned, too.
 *
 * Errors: FERRY_ERROR_NOT_FOUND (name), CONNECTION, CERTIFICATE, INVALID (too long, not the API)
 */
GBytes *ferry_vsphere_http_post (FerryVsphereHttp *self,
                                 const FerryVsphereRequest *request,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * ferry_vsphere_http_measure:
 * @path: with its query, percent-encoded, beginning with '/'
 *
 * Asks for the head of a file in a datastore, with @user and @password.
 *
 * Returns: its length in bytes; -1: see @error: FERRY_ERROR_NOT_FOUND (no such file), AUTH,
 *   PERMISSION, UNSUPPORTED (no length) and those above
 */
gint64 ferry_vsphere_http_measure (FerryVsphereHttp *self,
                                   const char *path,
                                   const FerryPlanSource *source,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
