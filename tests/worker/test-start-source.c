/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-steps.h"

#include "ferry-error.h"
#include "ferry-record.h"

#include <signal.h>

/* An import that has failed after it had shut its guest down, and the call that starts it again. */
typedef struct
{
  WorkerFixture *worker;
  char *path; /* of the import */
  FerryDBusImport1 *import; /* (owned) */
  gboolean answered;
  GError *error; /* (owned) (nullable): of the answer */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer name)
{
  g_auto (GStrv) paths = NULL;

  fixture->worker = fake_fixture_new ();
  worker_fixture_start_bus (fixture->worker);
  worker_fixture_activate (fixture->worker);
  paths = fake_import (fixture->worker, name);
  fixture->path = g_strdup (paths[0]);
  worker_fixture_await_state (fixture->worker, paths[0],
                              g_str_has_prefix (name, "ok") ? "succeeded" : "failed",
                              WORKER_WAIT_SECONDS);
  fixture->import = worker_fixture_get_import (fixture->worker, paths[0]);
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  g_clear_object (&fixture->import);
  g_clear_error (&fixture->error);
  worker_fixture_free (fixture->worker);
  g_free (fixture->path);
}

/* --- steps --- */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->answered = TRUE;
  ferry_dbus_import1_call_start_source_finish (FERRY_DBUS_IMPORT1 (source), result,
                                               &fixture->error);
}

static void
begin (Fixture *fixture)
{
  GVariant *options = g_variant_new_parsed ("@a{sv} {}");

  ferry_dbus_import1_call_start_source (fixture->import, options, NULL, on_answer, fixture);
  fake_await_line (fixture->worker, "start-source shut\n");
}

static gboolean
has_answer (gpointer user_data)
{
  return ((Fixture *) user_data)->answered;
}

static void
await_answer (Fixture *fixture)
{
  worker_fixture_wait (fixture->worker, has_answer, fixture, WORKER_WAIT_SECONDS);
}

static void
assert_refused (Fixture *fixture, const char *method)
{
  g_autofree char *whole = g_strconcat ("io.github.ferryvm.Ferry.Import1.", method, NULL);
  GVariant *options =
      g_str_equal (method, "StartSource") ? g_variant_new_parsed ("(@a{sv} {},)") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      worker_fixture_call (fixture->worker, fixture->path, whole, options, &error);

  g_assert_null (reply);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static FerryShutDown
read_note (Fixture *fixture)
{
  g_autoptr (FerryRecord) record =
      ferry_record_load (ferry_dbus_import1_get_id (fixture->import), NULL);

  if (record == NULL)
    g_error ("the record is gone");
  g_assert_cmpint (record->state, ==, FERRY_IMPORT_FAILED);

  return record->shut_down;
}

/* --- the tests --- */

/* The bus is answered meanwhile, and nothing else is done with the import. */
static void
test_started (Fixture *fixture, gconstpointer name)
{
  g_assert_true (ferry_dbus_import1_get_startable_at_source (fixture->import));
  begin (fixture);
  assert_refused (fixture, "StartSource");
  assert_refused (fixture, "Retry");
  assert_refused (fixture, "Cancel");
  assert_refused (fixture, "Remove");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  g_assert_false (ferry_dbus_import1_get_cancelling (fixture->import));
  g_assert_false (fixture->answered);

  fake_touch (fixture->worker, "started-", "shut");
  await_answer (fixture);
  g_assert_no_error (fixture->error);
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  g_assert_cmpstr (ferry_dbus_import1_get_state (fixture->import), ==, "failed");
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_STARTED);
  assert_refused (fixture, "StartSource");
}

/* The offer stands until somebody takes it, also for the next worker. */
static void
test_kept (Fixture *fixture, gconstpointer name)
{
  g_autoptr (FerryDBusImport1) later = NULL;

  worker_fixture_signal (fixture->worker, SIGKILL);
  worker_fixture_activate (fixture->worker);
  later = worker_fixture_get_import (fixture->worker, fixture->path);
  g_assert_true (ferry_dbus_import1_get_startable_at_source (later));
}

/* A worker that must go does not wait for a source; what is started there is not known then. */
static void
test_terminated (Fixture *fixture, gconstpointer name)
{
  begin (fixture);
  worker_fixture_signal (fixture->worker, SIGTERM);
  await_answer (fixture);
  g_assert_nonnull (fixture->error);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_DONE);
}

static void
test_password (Fixture *fixture, gconstpointer name)
{
  g_autoptr (FerryPlan) plan = fake_make_plan ("shut-secret");
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set_password (&plan->source.password, "wrong");
  g_assert_false (worker_fixture_call_with (fixture->worker, fixture->path, "StartSource",
                                            plan, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_DONE);

  fake_touch (fixture->worker, "started-", "shut-secret");
  ferry_plan_source_set_password (&plan->source.password, "right");
  worker_fixture_call_with (fixture->worker, fixture->path, "StartSource", plan, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_STARTED);
}

static void
test_nothing_to_start (Fixture *fixture, gconstpointer name)
{
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  assert_refused (fixture, "StartSource");
}

#define ADD(path, name, function)                                                                  \
  g_test_add ("/start-source/" path, Fixture, name, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("started", "shut", test_started);
  ADD ("kept", "shut", test_kept);
  ADD ("terminated", "shut", test_terminated);
  ADD ("password", "shut-secret", test_password);
  ADD ("nothing-to-start/failed", "flaky", test_nothing_to_start);
  ADD ("nothing-to-start/succeeded", "ok", test_nothing_to_start);

  return g_test_run ();
}
