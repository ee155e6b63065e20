/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-guest.h"
#include "ferry-monitor.h"
#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* Guests out of the answers of ferry-libvirt-helper. A guest's id is its UUID; where two have the
 * same (VMware's may), "UUID/NAME". */

/** ferry_libvirt_guests_dup_uuid: out of an id */
char *ferry_libvirt_guests_dup_uuid (const char *id);
/** ferry_libvirt_guests_get_name: (nullable): out of an id; NULL: it is looked up by its UUID */
const char *ferry_libvirt_guests_get_name (const char *id);

/** ferry_libvirt_guests_list: (transfer full) (element-type FerryGuest): names and states */
GPtrArray *ferry_libvirt_guests_list (const FerryPlanSource *source,
                                      GCancellable *cancellable,
                                      GError **error);

/** ferry_libvirt_guests_read: (transfer full) (element-type FerryGuest): as
 * ferry_source_read_many() */
GPtrArray *ferry_libvirt_guests_read (const FerryPlanSource *source,
                                      const char *const *ids,
                                      const FerryMonitor *monitor,
                                      GCancellable *cancellable,
                                      GError **error);

/** ferry_libvirt_guests_describe: (transfer full): the XML of @guest, which must be the same one */
char *ferry_libvirt_guests_describe (const FerryPlanSource *source,
                                     const FerryGuest *guest,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
