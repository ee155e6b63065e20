/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

/* FerrySource.shut_down and start of a libvirt source, through its helper. */

gboolean ferry_libvirt_guests_shut_down (const FerryPlanSource *source,
                                         const FerryShutDownOrder *order,
                                         GCancellable *cancellable,
                                         GError **error);
gboolean ferry_libvirt_guests_start (const FerryPlanSource *source,
                                     const FerryGuest *guest,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
