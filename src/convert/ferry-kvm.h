/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-host.h"

G_BEGIN_DECLS

gboolean ferry_kvm_probe (FerryHost *host,
                          const char *kernel,
                          FerryKvm *out_kvm,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
