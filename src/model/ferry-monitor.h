/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryMonitor:
 *
 * Who is told how far a long blocking call is: @part is called on the calling thread with bytes
 * @done of @total (0: not known yet), often; it must be quick. Every function that takes a monitor
 * also takes NULL.
 */
typedef struct
{
  void (*part) (guint64 done, guint64 total, gpointer user_data);
  gpointer user_data;
} FerryMonitor;

static inline void
ferry_monitor_part (const FerryMonitor *monitor, guint64 done, guint64 total)
{
  if (monitor != NULL)
    monitor->part (done, total, monitor->user_data);
}

G_END_DECLS
