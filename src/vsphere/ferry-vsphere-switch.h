/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest.h"
#include "ferry-monitor.h"
#include "ferry-vsphere.h"

G_BEGIN_DECLS

/* Whether a guest runs: the only thing at a server that Ferry ever changes. @id: of a virtual
 * machine. A fault has its kind in @out_fault (out) (optional) (nullable) (transfer full), as
 * ferry_soap_read() says. */

/** ferry_vsphere_ask_to_shut_down: returns when it was asked, not when it is off */
gboolean ferry_vsphere_ask_to_shut_down (FerryVsphere *self,
                                         const char *id,
                                         char **out_fault,
                                         GCancellable *cancellable,
                                         GError **error);
/** ferry_vsphere_power_on: returns when it is on; FERRY_ERROR_FAILED with the server's own words when
 * it was not switched on */
gboolean ferry_vsphere_power_on (FerryVsphere *self,
                                 const char *id,
                                 char **out_fault,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * FerryVsphereWait: for a guest to be off
 * @monitor: (nullable): seconds waited of @limit_seconds
 */
typedef struct
{
  const char *id;
  guint limit_seconds;
  const FerryMonitor *monitor;
} FerryVsphereWait;

/** ferry_vsphere_wait_for_off: asks every other second; @out_off: FALSE: it was not within the
 * limit */
gboolean ferry_vsphere_wait_for_off (FerryVsphere *self,
                                     const FerryVsphereWait *wait,
                                     gboolean *out_off,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
