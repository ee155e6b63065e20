/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-worker.h"

G_BEGIN_DECLS

/* The worker's life on the bus: how it comes, and how it leaves without losing a call. */

int ferry_service_run (const FerryWorkerOptions *options);

G_END_DECLS
