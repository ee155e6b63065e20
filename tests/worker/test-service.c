/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-steps.h"

#include "ferry-fd.h"
#include "ferry-lock.h"

#include "ferry-error.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* gcc says it in one way, clang in another. */
#ifdef __has_feature
#define HAS_ADDRESS_SANITIZER __has_feature (address_sanitizer)
#elif defined __SANITIZE_ADDRESS__
#define HAS_ADDRESS_SANITIZER 1
#else
#define HAS_ADDRESS_SANITIZER 0
#endif

/* How the worker comes and goes. */

typedef struct
{
  WorkerFixture *worker;
} Fixture;

/* @data: FERRY_WORKER_IDLE_SECONDS */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->worker = fake_fixture_new ();
  if (data != NULL)
    g_setenv ("FERRY_WORKER_IDLE_SECONDS", data, TRUE);
  worker_fixture_start_bus (fixture->worker);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  worker_fixture_free (fixture->worker);
}

typedef struct
{
  GSubprocess *child;
} Child;

static gboolean
has_exited (gpointer user_data)
{
  return g_subprocess_get_identifier (((const Child *) user_data)->child) == NULL;
}

static int
await_exit (Fixture *fixture, GSubprocess *process)
{
  Child child = { process };

  worker_fixture_wait (fixture->worker, has_exited, &child, WORKER_WAIT_SECONDS);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

/* Of one answer: the worker may leave right after it. */
static guint
count_objects (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = worker_fixture_call (fixture->worker, FERRY_WORKER_ROOT,
                             "org.freedesktop.DBus.ObjectManager.GetManagedObjects", NULL, &error);
  g_autoptr (GVariant) objects = NULL;

  g_assert_no_error (error);
  objects = g_variant_get_child_value (reply, 0);
  return (guint) g_variant_n_children (objects);
}

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = NULL;
  g_autoptr (GSubprocess) child = worker_fixture_spawn (fixture->worker);

  paths = fake_import (fixture->worker, "ok");
  fake_await_line (fixture->worker, "start ok\n");
  worker_fixture_await_name (fixture->worker, FALSE);
  g_assert_cmpint (await_exit (fixture, child), ==, 0);

  /* It comes back with what it knew. */
  g_assert_cmpuint (count_objects (fixture), ==, 2);
}

static gboolean
has_passed (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

static void
test_not_idle (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = NULL;
  gint64 end_usec;
  GPid pid;

  worker_fixture_activate (fixture->worker);
  paths = fake_import (fixture->worker, "hold");
  fake_await_line (fixture->worker, "made hold\n");
  pid = worker_fixture_get_pid (fixture->worker);

  /* Several times what it waits when idle. */
  end_usec = g_get_monotonic_time () + G_USEC_PER_SEC;
  worker_fixture_wait (fixture->worker, has_passed, &end_usec, WORKER_WAIT_SECONDS);
  g_assert_cmpint (worker_fixture_get_pid (fixture->worker), ==, pid);
  fake_touch (fixture->worker, "release-", "hold");
  worker_fixture_await_name (fixture->worker, FALSE);
}

static void
test_second (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  worker_fixture_activate (fixture->worker);
  second = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             g_getenv ("FERRY_TEST_WORKER"), NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (second, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (await_exit (fixture, second), ==, 0);
  g_assert_cmpstr (said, ==, "A worker of Ferry is running already.\n");
}

/* A plan is handed over again and again to a worker that leaves again and again. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) pids = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < 60; i++)
    {
      g_auto (GStrv) paths = fake_import (fixture->worker, "ok");
      /* From well before to well after the worker's time to leave. */
      gint64 end_usec = g_get_monotonic_time () + g_random_int_range (0, 60) * 1000;

      g_ptr_array_add (all, g_strdup (paths[0]));
      g_hash_table_add (pids, GINT_TO_POINTER (worker_fixture_get_pid (fixture->worker)));
      worker_fixture_wait (fixture->worker, has_passed, &end_usec, WORKER_WAIT_SECONDS);
    }

  g_test_message ("%u workers", g_hash_table_size (pids));
  g_assert_cmpuint (g_hash_table_size (pids), >, 2);
  worker_fixture_await_name (fixture->worker, FALSE);
  g_assert_cmpuint (count_objects (fixture), ==, all->len + 1);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *folder
          = worker_fixture_dup_import_dir (fixture->worker, g_ptr_array_index (all, i));
      g_autofree char *state = g_build_filename (folder, "state.json", NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (state, &text, NULL, NULL));
      g_assert_nonnull (strstr (text, "\"succeeded\""));
    }
}

static void
test_session_ends (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *order = NULL;
  g_auto (FerryFd) worker = -1;

  worker_fixture_activate (fixture->worker);
  paths = fake_import (fixture->worker, "hold");
  fake_await_line (fixture->worker, "made hold\n");
  worker = worker_fixture_open_pid (fixture->worker);
  worker_fixture_stop_bus (fixture->worker);
  worker_fixture_await_end (fixture->worker, worker);
  order = fake_read_order (fixture->worker);
  g_assert_nonnull (strstr (order, "undone hold\n"));

  worker_fixture_start_bus (fixture->worker);
  worker_fixture_activate (fixture->worker);
  worker_fixture_await_state (fixture->worker, paths[0], "interrupted", WORKER_WAIT_SECONDS);
}

static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent",
                                TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("FERRY_TEST_WORKER"), NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, NULL, &said, &error);
  g_assert_no_error (error);
  g_assert_cmpint (await_exit (fixture, child), ==, EXIT_FAILURE);
  g_assert_true (g_str_has_prefix (said, "ferry-worker: There is no session bus"));
}

/* Two buses, one journal. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (FerryFd) mine = ferry_lock_take (0, &error);
  g_auto (FerryFd) other = -1;

  g_assert_no_error (error);
  g_assert_cmpint (mine, >=, 0);
  other = ferry_lock_take (0, &error);
  g_assert_cmpint (other, ==, -1);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_EXISTS);
  g_clear_error (&error);

  ferry_fd_close (ferry_fd_steal (&mine));
  other = ferry_lock_take (0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (other, >=, 0);
}

static guint64
read_rss_kib (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmRSS:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10);
}

/* With a hundred imports in its journal. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new ("ok-0");
  g_auto (GStrv) paths = NULL;
  guint64 rss_kib;

  if (HAS_ADDRESS_SANITIZER)
    {
      g_test_skip ("AddressSanitizer takes memory of its own");
      return;
    }
  for (guint i = 1; i < 100; i++)
    g_string_append_printf (names, " ok-%u", i);
  worker_fixture_activate (fixture->worker);
  paths = fake_import (fixture->worker, names->str);
  worker_fixture_await_state (fixture->worker, paths[99], "succeeded", 60);

  rss_kib = read_rss_kib (worker_fixture_get_pid (fixture->worker));
  g_test_message ("%" G_GUINT64_FORMAT " KiB resident", rss_kib);
  g_assert_cmpuint (rss_kib, <, 25 * 1000);
}

#define ADD(name, function, idle)                                                                  \
  g_test_add ("/service/" name, Fixture, idle, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("idle", test_idle, "0.1");
  ADD ("not-idle", test_not_idle, "0.1");
  ADD ("second", test_second, NULL);
  ADD ("race", test_race, "0.02");
  ADD ("session-ends", test_session_ends, NULL);
  ADD ("no-bus", test_no_bus, NULL);
  ADD ("lock", test_lock, NULL);
  ADD ("memory", test_memory, NULL);

  return g_test_run ();
}
