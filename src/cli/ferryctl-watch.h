/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-worker.h"
#include "ferryctl.h"

G_BEGIN_DECLS

typedef enum
{
  FERRYCTL_WATCH_JSON = 1 << 0, /* one JSON object a line */
  FERRYCTL_WATCH_OWNS = 1 << 1, /* Ctrl+C cancels what is watched */
  FERRYCTL_WATCH_VERBOSE = 1 << 2, /* tell what the tools said of a failure */
  FERRYCTL_WATCH_CANCELS = 1 << 3, /* cancelled is what they are meant to become */
} FerryctlWatchFlags;

FerryctlExit ferryctl_watch (FerryctlWorker *worker, char *const *ids, FerryctlWatchFlags flags);

G_END_DECLS
