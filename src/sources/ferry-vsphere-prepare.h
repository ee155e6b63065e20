/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

/** ferry_vsphere_prepare: FerrySource.prepare; over HTTPS, each file is looked at first */
GPtrArray *ferry_vsphere_prepare (const FerryPlanSource *source,
                                  const FerryGuest *guest,
                                  const char *work_dir,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
