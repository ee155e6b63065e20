/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-monitor.h"

G_BEGIN_DECLS

/**
 * FerryCall: a blocking function to be run on a thread
 * @run: runs on the thread; NULL with an error when it fails
 * @input: (transfer full): what @run works on; nobody else touches it
 * @free_input: (nullable)
 * @free_result: (nullable): for a result that nobody fetched
 * @on_part: (nullable): on the main thread, at most five times a second, with what @run told its
 *   monitor; not after a cancel
 */
typedef struct
{
  gpointer (*run) (gpointer input,
                   const FerryMonitor *monitor,
                   GCancellable *cancellable,
                   GError **error);
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  void (*on_part) (guint64 done, guint64 total, gpointer user_data);
} FerryCall;

/**
 * ferry_call_async:
 * @call: copied; its input is taken
 * @cancellable: the page's, which it cancels when it goes away
 * @callback: on the main thread; must return at once, without touching @user_data, when
 *   ferry_call_finish() says CANCELLED: whoever cancelled has seen to the rest or is gone
 */
void ferry_call_async (const FerryCall *call,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/** ferry_call_finish: (transfer full): what run returned */
gpointer ferry_call_finish (GAsyncResult *result, GError **error);

/** ferry_call_renew: cancels what still runs under *@cancellable and puts a fresh one there */
GCancellable *ferry_call_renew (GCancellable **cancellable);

/** ferry_call_end: cancels for good, in dispose */
void ferry_call_end (GCancellable **cancellable);

G_END_DECLS
