/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

/* This computer as a conversion host: ferry_host_local_new() is in ferry-host.h. */
#define FERRY_TYPE_HOST_LOCAL (ferry_host_local_get_type ())
G_DECLARE_FINAL_TYPE (FerryHostLocal, ferry_host_local, FERRY, HOST_LOCAL, GObject)

G_END_DECLS
