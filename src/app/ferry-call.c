/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-call.h"

#define REPORT_MS 200

/* What the thread tells and the main loop reads. */
typedef struct
{
  FerryCall call;
  GCancellable *cancellable;
  gpointer user_data;
  GMutex lock;
  guint64 done;
  guint64 total;
  GSource *report; /* (nullable): waits to tell the main thread */
} Running;

static void
running_free (Running *running)
{
  g_assert (running->report == NULL);
  g_clear_object (&running->cancellable);
  if (running->call.free_input != NULL && running->call.input != NULL)
    running->call.free_input (running->call.input);
  g_mutex_clear (&running->lock);
  g_free (running);
}

static gboolean
on_report_due (gpointer data)
{
  GTask *task = data;
  Running *running = g_task_get_task_data (task);
  guint64 done;
  guint64 total;

  g_mutex_lock (&running->lock);
  g_clear_pointer (&running->report, g_source_unref);
  done = running->done;
  total = running->total;
  g_mutex_unlock (&running->lock);

  if (!g_task_get_completed (task) && !g_cancellable_is_cancelled (running->cancellable))
    running->call.on_part (done, total, running->user_data);

  return G_SOURCE_REMOVE;
}

static void
on_part_in_thread (guint64 done, guint64 total, gpointer data)
{
  GTask *task = data;
  Running *running = g_task_get_task_data (task);

  g_mutex_lock (&running->lock);
  running->done = done;
  running->total = total;
  if (running->report == NULL)
    {
      running->report = g_timeout_source_new (REPORT_MS);
      g_source_set_callback (running->report, on_report_due, g_object_ref (task), g_object_unref);
      g_source_attach (running->report, g_task_get_context (task));
    }
  g_mutex_unlock (&running->lock);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Running *running = data;
  FerryMonitor monitor = { .part = on_part_in_thread, .user_data = task };
  GError *error = NULL;
  gpointer result;

  result = running->call.run (running->call.input, running->call.on_part != NULL ? &monitor : NULL,
                              cancellable, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, running->call.free_result);
  else
    g_task_return_error (task, error);
}

void
ferry_call_async (const FerryCall *call,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Running *running;

  g_return_if_fail (call != NULL && call->run != NULL);
  g_return_if_fail (G_IS_CANCELLABLE (cancellable));

  running = g_new0 (Running, 1);
  running->call = *call;
  running->cancellable = g_object_ref (cancellable);
  running->user_data = user_data;
  g_mutex_init (&running->lock);

  /* No source object: the task must not keep a page alive that would cancel it in dispose. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ferry_call_async);
  g_task_set_task_data (task, running, (GDestroyNotify) running_free);
  g_task_run_in_thread (task, run_in_thread);
}

gpointer
ferry_call_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ferry_call_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GCancellable *
ferry_call_renew (GCancellable **cancellable)
{
  ferry_call_end (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

void
ferry_call_end (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}
