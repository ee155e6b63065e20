/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "worker-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* A real ferryctl and a real worker on a bus of their own. What the worker's imports do is told by
 * the names of their guests: tests/worker/fake-worker.c. */

static WorkerFixture *
start_worker (void)
{
  WorkerFixture *worker = worker_fixture_new (g_getenv ("FERRY_TEST_WORKER"));

  g_setenv ("FERRY_FAKE_DIR", worker_fixture_get_dir (worker), TRUE);
  worker_fixture_start_bus (worker);
  worker_fixture_activate (worker);
  return worker;
}

static FerryPlan *
make_plan (const char *name)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new (name, name);
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  disk->capacity_bytes = 1000;
  g_ptr_array_add (guest->disks, disk);
  ferry_plan_set_ova_source (plan, "/srv/appliances/tiny.ova");
  ferry_plan_set_folder_destination (plan, "/srv/guests");
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static void
let_two_run (WorkerFixture *worker)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply =
      worker_fixture_call (worker, FERRY_WORKER_PATH, "org.freedesktop.DBus.Properties.Set",
                           g_variant_new ("(ssv)", "io.github.ferryvm.Ferry.Worker1", "Concurrency",
                                          g_variant_new_uint32 (2)),
                           &error);

  g_assert_no_error (error);
}

/* Queues an import of a guest @name and waits until it is in @state; its object's path. */
static char *
queue_import (WorkerFixture *worker, const char *name, const char *state)
{
  g_autoptr (FerryPlan) plan = make_plan (name);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = worker_fixture_import (worker, plan, &error);

  g_assert_no_error (error);
  worker_fixture_await_state (worker, paths[0], state, WORKER_WAIT_SECONDS);
  return g_strdup (paths[0]);
}

static char *
id_of (const char *path)
{
  return g_strdelimit (g_path_get_basename (path), "_", '-');
}

static void
touch (WorkerFixture *worker, const char *name)
{
  g_autofree char *path = g_build_filename (worker_fixture_get_dir (worker), name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* Every member that ferryctl(1) names is there, whatever its value. */
static void
assert_import_shape (JsonObject *object)
{
  static const char *const members[] = { "id",       "name",         "source",   "destination",
                                         "state",    "cancelling",   "created",  "started",
                                         "ended",    "fraction",     "message",  "rate_bytes",
                                         "disks",    "seconds_left", "warnings", "failure",
                                         "location", "files",        "log" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!json_object_has_member (object, members[i]))
      g_error ("There is no member ‘%s’", members[i]);
}

static void
test_none (void)
{
  G_GNUC_UNUSED g_autoptr (WorkerFixture) worker = start_worker ();
  g_autoptr (FerryctlRun) text = ferryctl_run ("imports", NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("imports", "--json", NULL);
  g_autoptr (FerryctlRun) watch = ferryctl_run ("imports", "--watch", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);

  ferryctl_run_assert (text, 0, "There are no imports.\n", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 0);
  ferryctl_run_assert (watch, 0, NULL, NULL);
}

static void
test_list (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *done = queue_import (worker, "ok", "succeeded");
  G_GNUC_UNUSED g_autofree char *failed = queue_import (worker, "flaky", "failed");
  g_autofree char *id = id_of (done);
  g_autofree char *short_id = g_strndup (id, 8);
  g_autoptr (FerryctlRun) text = ferryctl_run ("imports", NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("imports", "--json", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);
  JsonArray *array = json_node_get_array (node);
  JsonObject *first = json_array_get_object_element (array, 0);
  JsonObject *second = json_array_get_object_element (array, 1);

  ferryctl_run_assert (text, 0, short_id, NULL);
  ferryctl_run_assert (text, 0, "/srv/guests/x", NULL);
  ferryctl_run_assert (text, 0, "It failed.", NULL);
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  assert_import_shape (first);
  assert_import_shape (second);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (first, "state"), ==, "succeeded");
  g_assert_true (json_object_get_null_member (first, "failure"));
  g_assert_true (json_object_get_null_member (second, "location"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (second, "failure"),
                                                  "code"),
                   ==, "Conversion");
}

static void
test_watch_json (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "hold", "copying");
  g_autoptr (FerryctlRun) run = ferryctl_run_start ("imports", "--watch", "--json", NULL);
  g_auto (GStrv) lines = NULL;
  const char *last = NULL;
  guint n_states = 0;

  ferryctl_run_await (run, "\"copying\"");
  touch (worker, "release-hold");
  ferryctl_run_finish (run);
  ferryctl_run_assert (run, 0, "\"succeeded\"", NULL);

  lines = g_strsplit (run->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = parse_json (lines[i]);
      JsonObject *object = json_node_get_object (node);

      assert_import_shape (object);
      if (g_str_equal (json_object_get_string_member (object, "event"), "state"))
        n_states++;
      last = lines[i];
    }
  g_assert_cmpuint (n_states, ==, 2);
  g_assert_nonnull (strstr (last, "\"succeeded\""));
}

/* An import that begins while others are watched is watched too. */
static void
test_watch_lines (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *hold = queue_import (worker, "hold", "copying");
  g_autoptr (FerryctlRun) run = ferryctl_run_start ("imports", "--watch", NULL);
  g_autofree char *chatter = NULL;
  g_auto (GStrv) lines = NULL;

  let_two_run (worker);
  ferryctl_run_await (run, "hold: 50 %, Copying");
  chatter = queue_import (worker, "chatter", "succeeded");
  ferryctl_run_await (run, "chatter: Imported");
  touch (worker, "release-hold");
  ferryctl_run_finish (run);

  ferryctl_run_assert (run, 0, "chatter is now in /srv/guests/x", NULL);
  ferryctl_run_assert (run, 0, "virsh define '/srv/guests/x/chatter.xml'", NULL);
  g_assert_null (strchr (run->out, '\033'));
  g_assert_null (strchr (run->out, '\r'));

  /* Ten per cent at a time, however often the worker tells of it. */
  lines = g_strsplit (run->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), <=, 30);
}

static void
test_cancel (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *path = queue_import (worker, "hold", "copying");
  g_autofree char *id = id_of (path);
  g_autofree char *prefix = g_strndup (id, 6);
  g_autoptr (FerryctlRun) cancel = ferryctl_run ("cancel", prefix, NULL);
  g_autoptr (FerryctlRun) again = ferryctl_run ("cancel", id, NULL);

  ferryctl_run_assert (cancel, 0, "hold: Cancelled", NULL);
  worker_fixture_await_state (worker, path, "cancelled", WORKER_WAIT_SECONDS);
  ferryctl_run_assert (again, 1, NULL, "ferryctl: hold: ");
  g_assert_true (strchr (again->err, '\n') == strrchr (again->err, '\n'));
}

static void
test_retry (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "flaky", "failed");
  g_autoptr (FerryctlRun) retry = ferryctl_run ("retry", "flaky", NULL);
  g_autoptr (FerryctlRun) again = ferryctl_run ("retry", "flaky", NULL);

  ferryctl_run_assert (retry, 0, "flaky is now in /srv/guests/x", NULL);
  ferryctl_run_assert (again, 1, NULL, "ferryctl: flaky: ");
}

/* The fake import "secret" succeeds with the password "right" only. */
static void
test_retry_with_password (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "secret", "failed");
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "ferryctl-password-XXXXXX", NULL);
  int fd = g_mkstemp (file);
  g_autoptr (FerryctlRun) without = NULL;
  g_autoptr (FerryctlRun) with = NULL;

  g_assert_cmpint (write (fd, "right\n", 6), ==, 6);
  g_close (fd, NULL);
  without = ferryctl_run ("retry", "secret", NULL);
  with = ferryctl_run ("retry", "secret", "--password-file", file, NULL);
  g_unlink (file);
  g_assert_cmpint (without->exit_code, !=, 0);
  ferryctl_run_assert (with, 0, "secret is now in /srv/guests/x", NULL);
}

/* The fake import "encrypted" succeeds with the key "right-key" only. */
static void
test_retry_with_key (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "encrypted", "failed");
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "ferryctl-key-XXXXXX", NULL);
  int fd = g_mkstemp (file);
  g_autoptr (FerryctlRun) without = NULL;
  g_autoptr (FerryctlRun) with = NULL;

  g_assert_cmpint (write (fd, "right-key\n", 10), ==, 10);
  g_close (fd, NULL);
  without = ferryctl_run ("retry", "encrypted", NULL);
  with = ferryctl_run ("retry", "encrypted", "--key-file", file, NULL);
  g_unlink (file);
  g_assert_cmpint (without->exit_code, !=, 0);
  ferryctl_run_assert (with, 0, "encrypted is now in /srv/guests/x", NULL);
}

/* What was shut down is offered wherever an import's end is told. */
static void
test_start_source (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "shut", "failed");
  g_autoptr (FerryctlRun) again = ferryctl_run ("retry", "shut", NULL);
  g_autoptr (FerryctlRun) list = ferryctl_run ("imports", NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("imports", "--json", NULL);
  g_autoptr (FerryctlRun) start = NULL;
  g_autoptr (FerryctlRun) twice = NULL;
  g_autoptr (FerryctlRun) after = NULL;

  ferryctl_run_assert (again, 1, "", "shut was shut down at the source; ‘ferryctl start-source");
  ferryctl_run_assert (list, 0, "It failed. Shut down at the source", NULL);
  ferryctl_run_assert (json, 0, "\"startable_at_source\" : true", NULL);

  touch (worker, "started-shut");
  start = ferryctl_run ("start-source", "shut", NULL);
  ferryctl_run_assert (start, 0, "shut runs at the source again.\n", NULL);
  twice = ferryctl_run ("start-source", "shut", NULL);
  ferryctl_run_assert (twice, 1, NULL, "There is nothing to start at the source");
  after = ferryctl_run ("imports", "--json", NULL);
  ferryctl_run_assert (after, 0, "\"startable_at_source\" : false", NULL);
}

static void
test_start_source_with_password (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *file = g_build_filename (worker_fixture_get_dir (worker), "password", NULL);
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "shut-secret", "failed");
  g_autoptr (FerryctlRun) without = NULL;
  g_autoptr (FerryctlRun) with = NULL;

  g_assert_true (g_file_set_contents (file, "right\n", -1, NULL));
  touch (worker, "started-shut-secret");
  without = ferryctl_run ("start-source", "shut-secret", NULL);
  ferryctl_run_assert (without, 1, NULL, "It wants a password.");
  with = ferryctl_run ("start-source", "shut-secret", "--password-file", file, NULL);
  ferryctl_run_assert (with, 0, "runs at the source again", NULL);
}

static void
test_retry_detached (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *path = queue_import (worker, "flaky", "failed");
  g_autoptr (FerryctlRun) retry = ferryctl_run ("retry", "--detach", "flaky", NULL);

  ferryctl_run_assert (retry, 0, NULL, NULL);
  worker_fixture_await_state (worker, path, "succeeded", WORKER_WAIT_SECONDS);
}

static void
test_failure (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "litter", "failed");
  g_autoptr (FerryctlRun) brief = ferryctl_run ("retry", "litter", NULL);
  g_autoptr (FerryctlRun) verbose = ferryctl_run ("retry", "--verbose", "litter", NULL);

  ferryctl_run_assert (brief, 1, "litter: Failed", "ferryctl: litter: It failed. Retry it.\n");
  g_assert_null (strstr (brief->err, "details"));
  ferryctl_run_assert (verbose, 1, "litter: Failed", "Details:\n  details\n");
}

static void
test_log (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "hold", "copying");
  g_autoptr (FerryctlRun) once = ferryctl_run ("log", "hold", NULL);
  g_autoptr (FerryctlRun) follow = ferryctl_run_start ("log", "--follow", "hold", NULL);

  ferryctl_run_assert (once, 0, "copying", NULL);
  ferryctl_run_await (follow, "copying");
  touch (worker, "release-hold");
  ferryctl_run_finish (follow);
  ferryctl_run_assert (follow, 0, "copying", NULL);
}

static void
test_remove (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *first = queue_import (worker, "ok", "succeeded");
  G_GNUC_UNUSED g_autofree char *second = queue_import (worker, "ok", "succeeded");
  G_GNUC_UNUSED g_autofree char *running = queue_import (worker, "hold", "copying");
  g_autofree char *id = id_of (first);
  g_autoptr (FerryctlRun) ambiguous = ferryctl_run ("remove", "ok", NULL);
  g_autoptr (FerryctlRun) done = ferryctl_run ("remove", id, NULL);
  g_autoptr (FerryctlRun) gone = ferryctl_run ("remove", id, NULL);
  g_autoptr (FerryctlRun) runs = ferryctl_run ("remove", "hold", NULL);
  g_autoptr (FerryctlRun) left = ferryctl_run ("imports", "--json", NULL);

  ferryctl_run_assert (ambiguous, 2, NULL, id);
  ferryctl_run_assert (done, 0, NULL, NULL);
  ferryctl_run_assert (gone, 2, NULL, "There is no import");
  ferryctl_run_assert (runs, 1, NULL, "ferryctl: hold: ");
  g_assert_null (strstr (left->out, id));
}

/* One word that is wrong keeps everything from being done. */
static void
test_all_or_none (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "ok", "succeeded");
  g_autoptr (FerryctlRun) run = ferryctl_run ("remove", "ok", "nothing", NULL);

  ferryctl_run_assert (run, 2, NULL, "‘nothing’");
  g_assert_cmpuint (worker_fixture_count_imports (worker), ==, 1);
}

static FerryctlRun *
start_owned (WorkerFixture *worker, const char *name)
{
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, name, "copying");
  g_autoptr (FerryctlRun) cancel = ferryctl_run_start ("cancel", name, NULL);
  g_autofree char *undo = g_strconcat ("undo-", name, NULL);
  FerryctlRun *run;

  touch (worker, undo);
  ferryctl_run_finish (cancel);
  ferryctl_run_assert (cancel, 0, "Cancelled", NULL);
  run = ferryctl_run_start ("retry", name, NULL);
  ferryctl_run_await (run, "Copying");
  return run;
}

static void
test_interrupt (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autoptr (FerryctlRun) run = start_owned (worker, "hold");

  g_subprocess_send_signal (run->child, SIGINT);
  ferryctl_run_finish (run);
  ferryctl_run_assert (run, 3, "hold: Cancelled", "Press Ctrl+C again");
}

static void
test_interrupt_twice (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *undo = g_build_filename (worker_fixture_get_dir (worker), "undo-stubborn", NULL);
  g_autoptr (FerryctlRun) run = start_owned (worker, "stubborn");
  g_autoptr (FerryctlRun) end = NULL;

  g_assert_cmpint (remove (undo), ==, 0);
  g_subprocess_send_signal (run->child, SIGINT);
  ferryctl_run_await (run, "Press Ctrl+C again");
  g_subprocess_send_signal (run->child, SIGINT);
  ferryctl_run_finish (run);
  ferryctl_run_assert (run, 3, "Copying", "goes on cancelling by itself");

  end = ferryctl_run_start ("imports", "--watch", NULL);
  touch (worker, "undo-stubborn");
  ferryctl_run_finish (end);
}

static void
test_interrupt_watching (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *path = queue_import (worker, "hold", "copying");
  g_autoptr (FerryctlRun) run = ferryctl_run_start ("imports", "--watch", NULL);

  ferryctl_run_await (run, "Copying");
  g_subprocess_send_signal (run->child, SIGINT);
  ferryctl_run_finish (run);
  ferryctl_run_assert (run, 0, "Copying", NULL);
  worker_fixture_await_state (worker, path, "copying", WORKER_WAIT_SECONDS);
}

static void
test_killed_worker (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  G_GNUC_UNUSED g_autofree char *path = queue_import (worker, "hold", "copying");
  g_autoptr (FerryctlRun) run = ferryctl_run_start ("imports", "--watch", NULL);
  GPid pid = worker_fixture_get_pid (worker);

  ferryctl_run_await (run, "Copying");
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  ferryctl_run_finish (run);
  ferryctl_run_assert (run, 1, "hold: Interrupted", "is being started again");
  ferryctl_run_assert (run, 1, "hold: Interrupted", "It was interrupted. Retry it.");
}

static void
test_no_bus (void)
{
  g_autofree char *address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (FerryctlRun) run = NULL;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  run = ferryctl_run ("imports", NULL);
  ferryctl_run_assert (run, 4, NULL, "ferryctl: There is no session bus");
  if (address != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

static void
test_no_worker (void)
{
  g_autoptr (WorkerFixture) worker = worker_fixture_new ("/nonexistent/ferry-worker");
  g_autoptr (FerryctlRun) run = NULL;

  worker_fixture_start_bus (worker);
  run = ferryctl_run ("imports", NULL);
  ferryctl_run_assert (run, 4, NULL, "ferryctl: Ferry’s worker cannot be started: ");
}

static void
test_complete (void)
{
  g_autoptr (WorkerFixture) worker = start_worker ();
  g_autofree char *done = queue_import (worker, "ok", "succeeded");
  g_autofree char *running = queue_import (worker, "hold", "copying");
  g_autofree char *done_id = id_of (done);
  g_autofree char *running_id = id_of (running);
  g_autoptr (FerryctlRun) any = ferryctl_run ("complete", "imports", NULL);
  g_autoptr (FerryctlRun) ended = ferryctl_run ("complete", "ended", NULL);
  g_autoptr (FerryctlRun) runs = ferryctl_run ("complete", "running", NULL);

  ferryctl_run_assert (any, 0, done_id, NULL);
  ferryctl_run_assert (any, 0, running_id, NULL);
  ferryctl_run_assert (ended, 0, done_id, NULL);
  g_assert_null (strstr (ended->out, running_id));
  ferryctl_run_assert (runs, 0, running_id, NULL);
  g_assert_null (strstr (runs->out, done_id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/imports/none", test_none);
  g_test_add_func ("/ferryctl/imports/list", test_list);
  g_test_add_func ("/ferryctl/imports/watch-json", test_watch_json);
  g_test_add_func ("/ferryctl/imports/watch-lines", test_watch_lines);
  g_test_add_func ("/ferryctl/imports/cancel", test_cancel);
  g_test_add_func ("/ferryctl/imports/retry", test_retry);
  g_test_add_func ("/ferryctl/imports/retry-with-password", test_retry_with_password);
  g_test_add_func ("/ferryctl/imports/retry-with-key", test_retry_with_key);
  g_test_add_func ("/ferryctl/imports/retry-detached", test_retry_detached);
  g_test_add_func ("/ferryctl/imports/start-source", test_start_source);
  g_test_add_func ("/ferryctl/imports/start-source-with-password",
                   test_start_source_with_password);
  g_test_add_func ("/ferryctl/imports/failure", test_failure);
  g_test_add_func ("/ferryctl/imports/log", test_log);
  g_test_add_func ("/ferryctl/imports/remove", test_remove);
  g_test_add_func ("/ferryctl/imports/all-or-none", test_all_or_none);
  g_test_add_func ("/ferryctl/imports/interrupt", test_interrupt);
  g_test_add_func ("/ferryctl/imports/interrupt-twice", test_interrupt_twice);
  g_test_add_func ("/ferryctl/imports/interrupt-watching", test_interrupt_watching);
  g_test_add_func ("/ferryctl/imports/killed-worker", test_killed_worker);
  g_test_add_func ("/ferryctl/imports/no-bus", test_no_bus);
  g_test_add_func ("/ferryctl/imports/no-worker", test_no_worker);
  g_test_add_func ("/ferryctl/imports/complete", test_complete);

  return g_test_run ();
}
