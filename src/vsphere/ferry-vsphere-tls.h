/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"
#include "ferry-trust.h"
#include "ferry-vsphere-address.h"

G_BEGIN_DECLS

/** ferry_vsphere_get_timeout_seconds: how long a server may be silent: @usual, unless the
 * environment (FERRY_VSPHERE_TIMEOUT) says otherwise */
guint ferry_vsphere_get_timeout_seconds (guint usual);

/** ferry_vsphere_examine: FerrySource.examine: a TLS handshake and nothing else */
gboolean ferry_vsphere_examine (const FerryPlanSource *source,
                                FerryTrustQuestion **out_question,
                                GCancellable *cancellable,
                                GError **error);

/** ferry_vsphere_certificate_is_usable: for programs that are given the pinned certificate and
 * compare the server's name and the dates, too; FERRY_ERROR_CERTIFICATE */
gboolean ferry_vsphere_certificate_is_usable (GTlsCertificate *certificate,
                                              const FerryVsphereAddress *address,
                                              GError **error);

/** ferry_vsphere_fail_certificate: says what is wrong; always FALSE */
gboolean ferry_vsphere_fail_certificate (const FerryVsphereAddress *address,
                                         GTlsCertificate *certificate,
                                         GTlsCertificateFlags flags,
                                         GError **error);
/** ferry_vsphere_fail_connection: @cause (transfer full), which GIO or libsoup gave, as one of
 * Ferry's sentences; cancellation stays what it is; always FALSE */
gboolean
ferry_vsphere_fail_connection (const FerryVsphereAddress *address, GError *cause, GError **error);

G_END_DECLS
