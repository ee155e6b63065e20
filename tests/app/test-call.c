/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-call.h"

/* Blocking functions on a thread, finished on the main thread. */

typedef struct
{
  GMainLoop *loop;
  GThread *thread;
  char *result;
  GError *error;
  guint parts;
} Fixture;

static int freed_inputs;
static int freed_results;

static void
free_input (gpointer input)
{
  g_atomic_int_inc (&freed_inputs);
  g_free (input);
}

static void
free_result (gpointer result)
{
  g_atomic_int_inc (&freed_results);
  g_free (result);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->thread = g_thread_self ();
  g_atomic_int_set (&freed_inputs, 0);
  g_atomic_int_set (&freed_results, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_main_loop_unref (fixture->loop);
  g_free (fixture->result);
  g_clear_error (&fixture->error);
}

static gpointer
upper_in_thread (gpointer input,
                 const FerryMonitor *monitor,
                 GCancellable *cancellable,
                 GError **error)
{
  return g_ascii_strup (input, -1);
}

static gpointer
fail_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "‘%s’ is not there.", (char *) input);

  return NULL;
}

static gpointer
wait_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (500);

  return g_strdup ("too late");
}

static gpointer
count_in_thread (gpointer input,
                 const FerryMonitor *monitor,
                 GCancellable *cancellable,
                 GError **error)
{
  /* Told thousands of times, heard of a few. */
  for (guint64 i = 0; i < 1000; i++)
    {
      ferry_monitor_part (monitor, i, 1000);
      g_usleep (700);
    }

  return g_strdup ("done");
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  fixture->result = ferry_call_finish (result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static void
on_part (guint64 done, guint64 total, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  g_assert_cmpuint (done, <=, total);
  fixture->parts++;
}

static FerryCall
new_call (gpointer (*run) (gpointer, const FerryMonitor *, GCancellable *, GError **))
{
  return (FerryCall){
    .run = run, .input = g_strdup ("web"), .free_input = free_input, .free_result = free_result
  };
}

static void
test_result (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FerryCall call = new_call (upper_in_thread);

  ferry_call_async (&call, cancellable, on_done, fixture);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->result, ==, "WEB");
  g_assert_cmpint (g_atomic_int_get (&freed_results), ==, 0);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FerryCall call = new_call (fail_in_thread);

  ferry_call_async (&call, cancellable, on_done, fixture);
  g_main_loop_run (fixture->loop);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (fixture->result);
}

static gboolean
on_cancel_due (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  GCancellable *cancellable = NULL;
  FerryCall call = new_call (wait_in_thread);

  ferry_call_async (&call, ferry_call_renew (&cancellable), on_done, fixture);
  g_idle_add (on_cancel_due, cancellable);
  g_main_loop_run (fixture->loop);
  /* It had a result all the same, which nobody may see. */
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture->result);
  ferry_call_end (&cancellable);
  g_assert_null (cancellable);
  while (g_atomic_int_get (&freed_results) == 0 || g_atomic_int_get (&freed_inputs) == 0)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FerryCall call = new_call (count_in_thread);
  gint64 started_usec = g_get_monotonic_time ();
  gint64 taken_usec;

  call.on_part = on_part;
  ferry_call_async (&call, cancellable, on_done, fixture);
  g_main_loop_run (fixture->loop);
  taken_usec = g_get_monotonic_time () - started_usec;
  g_assert_cmpstr (fixture->result, ==, "done");
  g_assert_cmpuint (fixture->parts, >=, 1);
  g_assert_cmpuint (fixture->parts, <=, (guint) (taken_usec / 200000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/call/result", Fixture, NULL, set_up, test_result, tear_down);
  g_test_add ("/call/error", Fixture, NULL, set_up, test_error, tear_down);
  g_test_add ("/call/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/call/parts", Fixture, NULL, set_up, test_parts, tear_down);

  return g_test_run ();
}
