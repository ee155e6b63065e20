/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-steps.h"

#include "ferry-error.h"
#include "ferry-record.h"

#include <glib/gstdio.h>
#include <signal.h>

#define IMPORT(method) "io.github.ferryvm.Ferry.Import1." method

typedef struct
{
  WorkerFixture *worker;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->worker = fake_fixture_new ();
  if (data != NULL)
    g_setenv (data, "1", TRUE);
  worker_fixture_start_bus (fixture->worker);
  worker_fixture_activate (fixture->worker);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  worker_fixture_free (fixture->worker);
  if (data != NULL)
    g_unsetenv (data);
}

/* --- small steps --- */

static char **
import (Fixture *fixture, const char *names)
{
  return fake_import (fixture->worker, names);
}

static void
call (Fixture *fixture, const char *path, const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = worker_fixture_call (fixture->worker, path, method, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

static void
call_refused (Fixture *fixture, const char *path, const char *method, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = worker_fixture_call (fixture->worker, path, method, NULL, &error);

  g_assert_null (reply);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
await (Fixture *fixture, const char *path, const char *state)
{
  worker_fixture_await_state (fixture->worker, path, state, WORKER_WAIT_SECONDS);
}

static void
set_concurrency (Fixture *fixture, guint concurrency, GError **error)
{
  g_autoptr (GVariant) reply = worker_fixture_call (
      fixture->worker, FERRY_WORKER_PATH, "org.freedesktop.DBus.Properties.Set",
      g_variant_new ("(ssv)", "io.github.ferryvm.Ferry.Worker1", "Concurrency",
                     g_variant_new_uint32 (concurrency)),
      error);

  g_assert_true (reply != NULL || *error != NULL);
}

typedef struct
{
  FerryDBusWorker1 *manager;
  guint running;
  guint queued;
} Counts;

static gboolean
has_counts (gpointer user_data)
{
  const Counts *counts = user_data;

  return ferry_dbus_worker1_get_running (counts->manager) == counts->running
         && ferry_dbus_worker1_get_queued (counts->manager) == counts->queued;
}

static void
await_counts (Fixture *fixture, guint running, guint queued)
{
  g_autoptr (FerryDBusWorker1) manager = worker_fixture_get_manager (fixture->worker);
  Counts counts = { manager, running, queued };

  worker_fixture_wait (fixture->worker, has_counts, &counts, WORKER_WAIT_SECONDS);
}

/* --- imports --- */

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "ok-b ok-a");
  g_autoptr (FerryDBusImport1) first = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (FerryProgress) progress = NULL;

  g_assert_cmpuint (g_strv_length (paths), ==, 2);
  await (fixture, paths[0], "succeeded");
  await (fixture, paths[1], "succeeded");

  first = worker_fixture_get_import (fixture->worker, paths[0]);
  g_assert_cmpstr (ferry_dbus_import1_get_name (first), ==, "ok-b");
  g_assert_true (g_str_has_suffix (ferry_dbus_import1_get_source (first), "tiny.ova"));
  g_assert_cmpint (ferry_dbus_import1_get_created (first), >, 0);
  g_assert_cmpint (ferry_dbus_import1_get_started (first), >, 0);
  g_assert_cmpint (ferry_dbus_import1_get_ended (first), >, 0);
  g_assert_cmpuint (g_variant_n_children (ferry_dbus_import1_get_steps (first)), ==, 2);
  g_assert_cmpstr (ferry_dbus_import1_get_location (first), ==, "/srv/guests/x");
  g_assert_true (g_file_test (ferry_dbus_import1_get_log_path (first), G_FILE_TEST_IS_REGULAR));

  plan = ferry_plan_from_text (ferry_dbus_import1_get_plan (first), -1, NULL);
  g_assert_nonnull (plan);
  g_assert_cmpuint (plan->guests->len, ==, 1);
  progress = ferry_ipc_progress_from_variant (ferry_dbus_import1_get_progress (first),
                                              FERRY_IMPORT_SUCCEEDED);
  g_assert_cmpuint (progress->disks->len, ==, 1);
}

static const char *const bad_plans[] = {
  "",
  "x",
  "[]",
  "{}",
  "{\"version\":1}",
  "{\"version\":99,\"guests\":[]}",
  NULL,
};

static void
test_bad_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) empty = fake_make_plan ("x");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; bad_plans[i] != NULL; i++)
    {
      g_autoptr (GError) plan_error = NULL;
      g_autoptr (GVariant) reply = worker_fixture_call (
          fixture->worker, FERRY_WORKER_PATH, "io.github.ferryvm.Ferry.Worker1.ImportPlan",
          g_variant_new ("(sa{sv})", bad_plans[i], NULL), &plan_error);

      g_assert_null (reply);
      g_assert_nonnull (plan_error);
      g_assert_true (plan_error->domain == FERRY_ERROR);
    }

  ferry_plan_remove_guest (empty, "x");
  paths = worker_fixture_import (fixture->worker, empty, &error);
  g_assert_null (paths);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpuint (worker_fixture_count_imports (fixture->worker), ==, 0);
}

/* A full disk in the middle of a plan leaves nothing of it; a folder in the way stands for it. */
static void
test_journal_unwritable (Fixture *fixture, gconstpointer data)
{
  const char *dir = worker_fixture_get_dir (fixture->worker);
  g_autofree char *imports = g_build_filename (dir, "state", "imports", NULL);
  g_autoptr (FerryPlan) plan = fake_make_plan ("ok-1 ok-2");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  g_assert_cmpint (g_rmdir (imports), ==, 0);
  g_assert_true (g_file_set_contents (imports, "", 0, NULL));
  paths = worker_fixture_import (fixture->worker, plan, &error);
  g_assert_null (paths);
  g_assert_true (error != NULL && error->domain == FERRY_ERROR);
  g_assert_cmpuint (worker_fixture_count_imports (fixture->worker), ==, 0);
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "endless");
  g_autoptr (FerryDBusImport1) job = NULL;
  const char *message;

  await (fixture, paths[0], "failed");
  job = worker_fixture_get_import (fixture->worker, paths[0]);
  g_variant_get_child (ferry_dbus_import1_get_failure (job), 1, "&s", &message);
  g_assert_cmpstr (message, ==, "The journal cannot be written.");
}

/* --- the queue --- */

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *order = NULL;

  set_concurrency (fixture, 1, &error);
  g_assert_no_error (error);
  paths = import (fixture, "hold-1 hold-2 hold-3 hold-4");
  fake_await_line (fixture->worker, "made hold-1\n");
  await_counts (fixture, 1, 3);

  set_concurrency (fixture, 2, &error);
  g_assert_no_error (error);
  fake_await_line (fixture->worker, "made hold-2\n");
  await_counts (fixture, 2, 2);

  /* Lowering stops none. */
  set_concurrency (fixture, 1, &error);
  g_assert_no_error (error);
  fake_touch (fixture->worker, "release-", "hold-1");
  await (fixture, paths[0], "succeeded");
  await_counts (fixture, 1, 2);

  fake_touch (fixture->worker, "release-", "hold-2");
  fake_await_line (fixture->worker, "made hold-3\n");
  fake_touch (fixture->worker, "release-", "hold-3");
  fake_touch (fixture->worker, "release-", "hold-4");
  await (fixture, paths[3], "succeeded");
  await_counts (fixture, 0, 0);
  order = fake_read_order (fixture->worker);
  g_assert_cmpstr (order, ==,
                   "start hold-1\nmade hold-1\nstart hold-2\nmade hold-2\nstart hold-3\n"
                   "made hold-3\nstart hold-4\nmade hold-4\n");
}

static void
test_concurrency (Fixture *fixture, gconstpointer data)
{
  static const guint bad[] = { 0, 33, G_MAXUINT32 };
  g_autoptr (FerryDBusWorker1) manager = worker_fixture_get_manager (fixture->worker);
  g_autoptr (FerryDBusWorker1) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ferry_dbus_worker1_get_concurrency (manager), >=, 1);
  g_assert_cmpuint (ferry_dbus_worker1_get_concurrency (manager), <=, 2);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      set_concurrency (fixture, bad[i], &error);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_clear_error (&error);
    }

  set_concurrency (fixture, 7, &error);
  g_assert_no_error (error);
  worker_fixture_signal (fixture->worker, SIGTERM);
  worker_fixture_activate (fixture->worker);
  again = worker_fixture_get_manager (fixture->worker);
  g_assert_cmpuint (ferry_dbus_worker1_get_concurrency (again), ==, 7);
}

/* --- cancel, retry, remove --- */

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (FerryDBusImport1) running = NULL;
  g_autofree char *order = NULL;

  set_concurrency (fixture, 1, &error);
  paths = import (fixture, "stubborn-1 hold-2");
  fake_await_line (fixture->worker, "made stubborn-1\n");
  running = worker_fixture_get_import (fixture->worker, paths[0]);

  call (fixture, paths[1], IMPORT ("Cancel"));
  await (fixture, paths[1], "cancelled");
  call (fixture, paths[0], IMPORT ("Cancel"));
  call (fixture, paths[0], IMPORT ("Cancel"));
  await (fixture, paths[0], "copying");
  g_assert_true (ferry_dbus_import1_get_cancelling (running));

  fake_touch (fixture->worker, "undo-", "stubborn-1");
  await (fixture, paths[0], "cancelled");
  g_assert_false (ferry_dbus_import1_get_cancelling (running));
  call_refused (fixture, paths[0], IMPORT ("Cancel"), FERRY_ERROR_INVALID);
  call_refused (fixture, paths[1], IMPORT ("Cancel"), FERRY_ERROR_INVALID);
  order = fake_read_order (fixture->worker);
  g_assert_cmpstr (order, ==, "start stubborn-1\nmade stubborn-1\nundone stubborn-1\n");
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "flaky-1 hold-2");
  g_autoptr (FerryDBusImport1) flaky = NULL;
  g_autoptr (GVariant) no_failure = g_variant_ref_sink (g_variant_new_parsed ("('', '', '', '')"));

  await (fixture, paths[0], "failed");
  fake_await_line (fixture->worker, "made hold-2\n");
  call_refused (fixture, paths[1], IMPORT ("Retry"), FERRY_ERROR_INVALID);
  fake_touch (fixture->worker, "release-", "hold-2");

  call (fixture, paths[0], IMPORT ("Retry"));
  await (fixture, paths[0], "succeeded");
  flaky = worker_fixture_get_import (fixture->worker, paths[0]);
  g_assert_true (g_variant_equal (ferry_dbus_import1_get_failure (flaky), no_failure));
  call_refused (fixture, paths[0], IMPORT ("Retry"), FERRY_ERROR_INVALID);
}

typedef struct
{
  Fixture *fixture;
  guint count;
} ImportCount;

static gboolean
has_imports (gpointer user_data)
{
  const ImportCount *wanted = user_data;

  return worker_fixture_count_imports (wanted->fixture->worker) == wanted->count;
}

static void
await_imports (Fixture *fixture, guint count)
{
  ImportCount wanted = { fixture, count };

  worker_fixture_wait (fixture->worker, has_imports, &wanted, WORKER_WAIT_SECONDS);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "hold-1 ok-2");
  g_autofree char *folder = worker_fixture_dup_import_dir (fixture->worker, paths[0]);

  fake_await_line (fixture->worker, "made hold-1\n");
  call_refused (fixture, paths[0], IMPORT ("Remove"), FERRY_ERROR_INVALID);
  fake_touch (fixture->worker, "release-", "hold-1");
  await (fixture, paths[0], "succeeded");
  await (fixture, paths[1], "succeeded");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));

  call (fixture, paths[0], IMPORT ("Remove"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  await_imports (fixture, 1);
}

/* The journal is all that knows what was left: it is taken back before it is forgotten. */
static void
test_remove_litter (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "litter");
  g_autofree char *folder = worker_fixture_dup_import_dir (fixture->worker, paths[0]);
  g_autofree char *order = NULL;

  await (fixture, paths[0], "failed");
  call (fixture, paths[0], IMPORT ("Remove"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  order = fake_read_order (fixture->worker);
  g_assert_cmpstr (order, ==, "start litter\nrecover litter\n");
}

/* --- restarts --- */

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *order = NULL;

  set_concurrency (fixture, 1, &error);
  paths = import (fixture, "hold-1 ok-2 ok-3");
  fake_await_line (fixture->worker, "made hold-1\n");
  worker_fixture_signal (fixture->worker, SIGKILL);

  worker_fixture_activate (fixture->worker);
  await (fixture, paths[0], "interrupted");
  await (fixture, paths[1], "succeeded");
  await (fixture, paths[2], "succeeded");
  order = fake_read_order (fixture->worker);
  g_assert_nonnull (strstr (order, "recover hold-1\n"));
  g_assert_nonnull (strstr (order, "start ok-2\nstart ok-3\n"));

  fake_touch (fixture->worker, "release-", "hold-1");
  call (fixture, paths[0], IMPORT ("Retry"));
  await (fixture, paths[0], "succeeded");
}

static void
test_terminated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *order = NULL;
  g_autoptr (FerryDBusImport1) interrupted = NULL;
  const char *message;

  set_concurrency (fixture, 2, &error);
  paths = import (fixture, "hold-1 stubborn-2 ok-3");
  fake_await_line (fixture->worker, "made hold-1\n");
  fake_await_line (fixture->worker, "made stubborn-2\n");
  call (fixture, paths[1], IMPORT ("Cancel"));
  fake_touch (fixture->worker, "undo-", "stubborn-2");
  await (fixture, paths[1], "cancelled");
  await (fixture, paths[2], "succeeded");
  worker_fixture_signal (fixture->worker, SIGTERM);

  order = fake_read_order (fixture->worker);
  g_assert_nonnull (strstr (order, "undone hold-1\n"));
  worker_fixture_activate (fixture->worker);
  await (fixture, paths[0], "interrupted");
  await (fixture, paths[1], "cancelled");
  interrupted = worker_fixture_get_import (fixture->worker, paths[0]);
  g_variant_get_child (ferry_dbus_import1_get_failure (interrupted), 1, "&s", &message);
  g_assert_cmpstr (message, !=, "");
  g_clear_pointer (&order, g_free);
  order = fake_read_order (fixture->worker);
  g_assert_null (strstr (order, "recover"));
}

/* Who had cancelled an import before the worker was ended finds it cancelled. */
static void
test_cancelled_then_terminated (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "stubborn");
  GPid pid = worker_fixture_get_pid (fixture->worker);

  fake_await_line (fixture->worker, "made stubborn\n");
  call (fixture, paths[0], IMPORT ("Cancel"));
  g_assert_cmpint (kill (pid, SIGTERM), ==, 0);
  fake_touch (fixture->worker, "undo-", "stubborn");
  worker_fixture_await_name (fixture->worker, FALSE);
  worker_fixture_activate (fixture->worker);
  await (fixture, paths[0], "cancelled");
}

static void
write_import_file (Fixture *fixture, const char *path, const char *name, const char *text)
{
  g_autofree char *folder = worker_fixture_dup_import_dir (fixture->worker, path);
  g_autofree char *file = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) paths = import (fixture, "ok-1 ok-2 ok-3 ok-4");
  g_autofree char *unreadable = worker_fixture_dup_import_dir (fixture->worker, paths[1]);
  g_autofree char *newer = worker_fixture_dup_import_dir (fixture->worker, paths[2]);

  for (guint i = 0; i < 4; i++)
    await (fixture, paths[i], "succeeded");
  worker_fixture_signal (fixture->worker, SIGTERM);
  write_import_file (fixture, paths[0], "state.json", "{\"version\":1,\"sta");
  write_import_file (fixture, paths[1], "plan.json", "");
  write_import_file (fixture, paths[2], "state.json", "{\"version\":2}");

  worker_fixture_activate (fixture->worker);
  await (fixture, paths[0], "interrupted");
  await (fixture, paths[3], "succeeded");
  g_assert_cmpuint (worker_fixture_count_imports (fixture->worker), ==, 2);
  g_assert_true (g_file_test (unreadable, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (newer, G_FILE_TEST_IS_DIR));
}

/* --- what the bus carries --- */

typedef struct
{
  guint progress_signals;
  guint split_changes; /* a State without the Steps that belong to it */
  guint states;
} Heard;

static void
on_properties_changed (GDBusConnection *connection,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  Heard *heard = user_data;
  g_autoptr (GVariant) changed = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) progress = g_variant_lookup_value (changed, "Progress", NULL);
  g_autoptr (GVariant) state = g_variant_lookup_value (changed, "State", NULL);
  g_autoptr (GVariant) steps = g_variant_lookup_value (changed, "Steps", NULL);

  heard->progress_signals += progress != NULL;
  heard->states += state != NULL;
  heard->split_changes += state != NULL && steps == NULL;
}

static gboolean
has_heard_two_states (gpointer user_data)
{
  const Heard *heard = user_data;

  return heard->states >= 2;
}

static void
test_rate (Fixture *fixture, gconstpointer data)
{
  GDBusConnection *connection = worker_fixture_get_connection (fixture->worker);
  Heard heard = { 0 };
  gint64 started_usec = g_get_monotonic_time ();
  g_auto (GStrv) paths = NULL;
  g_autoptr (FerryDBusImport1) job = NULL;
  g_autoptr (FerryProgress) progress = NULL;
  guint limit;
  guint subscription = g_dbus_connection_signal_subscribe (
      connection, FERRY_WORKER_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL,
      "io.github.ferryvm.Ferry.Import1", G_DBUS_SIGNAL_FLAGS_NONE, on_properties_changed, &heard,
      NULL);

  paths = import (fixture, "chatter");
  await (fixture, paths[0], "succeeded");
  worker_fixture_wait (fixture->worker, has_heard_two_states, &heard, WORKER_WAIT_SECONDS);
  g_dbus_connection_signal_unsubscribe (connection, subscription);

  /* Five a second, the one at the beginning and the one at the end. */
  limit = (guint) ((g_get_monotonic_time () - started_usec) * 5 / G_USEC_PER_SEC) + 2;
  g_assert_cmpuint (heard.progress_signals, <=, limit);
  g_assert_cmpuint (heard.progress_signals, >=, 5);
  g_assert_cmpuint (heard.split_changes, ==, 0);

  job = worker_fixture_get_import (fixture->worker, paths[0]);
  progress = ferry_ipc_progress_from_variant (ferry_dbus_import1_get_progress (job),
                                              FERRY_IMPORT_SUCCEEDED);
  g_assert_cmpfloat (progress->fraction, >=, 1.0);
}

/* The bus gives every caller of this test its own user, which is not the owner of this worker. */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = fake_make_plan ("ok");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = worker_fixture_import (fixture->worker, plan, &error);

  g_assert_null (paths);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_clear_error (&error);
  set_concurrency (fixture, 3, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
}

static gboolean
find_text (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;

      if (g_file_get_contents (path, &content, NULL, NULL) && strstr (content, text) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* A password comes by descriptor, serves each attempt, and stands in no file of the journal. */
static void
test_secrets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = fake_make_plan ("secret");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *folder = NULL;

  ferry_plan_source_set_password (&plan->source.password, "wrong-word");
  paths = worker_fixture_import (fixture->worker, plan, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (fixture->worker, paths[0], "failed", WORKER_WAIT_SECONDS);
  folder = worker_fixture_dup_import_dir (fixture->worker, paths[0]);
  g_assert_false (find_text (folder, "wrong-"));

  ferry_plan_source_set_password (&plan->source.password, "right");
  worker_fixture_retry_with (fixture->worker, paths[0], plan);
  worker_fixture_await_state (fixture->worker, paths[0], "succeeded", WORKER_WAIT_SECONDS);
}

/* Keys go the same way; those of a retry replace the ones before. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = fake_make_plan ("encrypted");
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *folder = NULL;

  ferry_plan_add_key (plan->keys, NULL, "wrong-key");
  ferry_plan_add_key (guest->keys, "/dev/sda1", "wrong-own-key");
  paths = worker_fixture_import (fixture->worker, plan, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (fixture->worker, paths[0], "failed", WORKER_WAIT_SECONDS);
  folder = worker_fixture_dup_import_dir (fixture->worker, paths[0]);
  g_assert_false (find_text (folder, "wrong-"));

  g_ptr_array_set_size (guest->keys, 0);
  g_ptr_array_set_size (plan->keys, 0);
  ferry_plan_add_key (plan->keys, NULL, "right-key");
  worker_fixture_retry_with (fixture->worker, paths[0], plan);
  worker_fixture_await_state (fixture->worker, paths[0], "succeeded", WORKER_WAIT_SECONDS);
  g_assert_false (find_text (folder, "right-key"));
}

#define ADD(name, function) ADD_WITH (name, function, NULL)
#define ADD_WITH(name, function, variable)                                                         \
  g_test_add ("/worker/" name, Fixture, variable, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("import", test_import);
  ADD ("bad-plan", test_bad_plan);
  ADD ("journal-unwritable", test_journal_unwritable);
  ADD ("endless", test_endless);
  ADD ("order", test_order);
  ADD ("concurrency", test_concurrency);
  ADD ("cancel", test_cancel);
  ADD ("retry", test_retry);
  ADD ("secrets", test_secrets);
  ADD ("keys", test_keys);
  ADD ("remove", test_remove);
  ADD ("remove-litter", test_remove_litter);
  ADD ("killed", test_killed);
  ADD ("terminated", test_terminated);
  ADD ("cancelled-then-terminated", test_cancelled_then_terminated);
  ADD ("damaged", test_damaged);
  ADD ("rate", test_rate);
  ADD_WITH ("stranger", test_stranger, "FERRY_FAKE_STRANGER");

  return g_test_run ();
}
