/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

/* FerrySource.shut_down and start of a vCenter or ESXi host. The guest is looked at before: ids are
 * given anew when a guest is registered again, and nobody shuts down another one. */

gboolean ferry_vsphere_shut_down (const FerryPlanSource *source,
                                  const FerryShutDownOrder *order,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean ferry_vsphere_start (const FerryPlanSource *source,
                              const FerryGuest *guest,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
