/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"
#include "worker-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* From an appliance to the worker. What the worker does with it is told by the names of the guests:
 * tests/worker/fake-worker.c. */

typedef struct
{
  FerryctlSample *sample;
  WorkerFixture *worker;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sample = ferryctl_sample_new ();
  fixture->worker = worker_fixture_new (g_getenv ("FERRY_TEST_WORKER"));
  g_setenv ("FERRY_FAKE_DIR", worker_fixture_get_dir (fixture->worker), TRUE);
  worker_fixture_start_bus (fixture->worker);
  worker_fixture_activate (fixture->worker);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  worker_fixture_free (fixture->worker);
  ferryctl_sample_free (fixture->sample);
}

static guint
count_imports (Fixture *fixture)
{
  return worker_fixture_count_imports (fixture->worker);
}

static gboolean
has_import (gpointer user_data)
{
  return count_imports (user_data) == 1;
}

static void
test_source (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "ok web");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("import", path, "--to", fixture->sample->destination, NULL);

  ferryctl_run_assert (run, 0, "ok web: Imported", "");
  ferryctl_run_assert (run, 0, "ok web is now in /srv/guests/x", "");
  ferryctl_run_assert (run, 0, "&& virsh start 'ok web'", "");
  worker_fixture_wait (fixture->worker, has_import, fixture, WORKER_WAIT_SECONDS);
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "web");
  g_autoptr (FerryctlRun) plan = ferryctl_run ("plan", path, "--to", fixture->sample->destination,
                                               "--name", "ok renamed", NULL);
  g_autofree char *file = ferryctl_sample_write (fixture->sample, "plan.json", plan->out);
  g_autoptr (FerryctlRun) run = ferryctl_run ("import", file, NULL);

  ferryctl_run_assert (run, 0, "ok renamed: Imported", "");
}

static void
test_detach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "ok");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("import", path, "--detach", "-t", fixture->sample->destination, NULL);
  g_autofree char *id = g_strchomp (g_strdup (run->out));
  g_autofree char *object = ferry_ipc_dup_import_path (id);

  ferryctl_run_assert (run, 0, "-", "");
  g_assert_true (g_uuid_string_is_valid (id));
  worker_fixture_await_state (fixture->worker, object, "succeeded", WORKER_WAIT_SECONDS);
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "flaky");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("import", path, "--json", "--to", fixture->sample->destination, NULL);
  g_auto (GStrv) lines = NULL;
  gboolean ended = FALSE;

  ferryctl_run_assert (run, 1, "{", NULL);
  lines = g_strsplit (run->out, "\n", -1);
  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      const char *event;

      g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
      event = json_object_get_string_member (json_node_get_object (node), "event");
      if (g_str_equal (event, "check"))
        g_assert_true (json_object_has_member (json_node_get_object (node), "advice"));
      else
        ended = g_str_equal (json_object_get_string_member (json_node_get_object (node), "state"),
                             "failed");
    }
  g_assert_true (ended);
}

static void
test_blocked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = ferryctl_sample_add_broken (fixture->sample, "a.ova", "broken");
  G_GNUC_UNUSED g_autofree char *good = ferryctl_sample_add (fixture->sample, "b.ova", "ok");
  g_autoptr (FerryctlRun) one =
      ferryctl_run ("import", broken, "--to", fixture->sample->destination, NULL);
  g_autoptr (FerryctlRun) all = ferryctl_run ("import", fixture->sample->dir, "--all", "--to",
                                              fixture->sample->destination, NULL);

  ferryctl_run_assert (one, 1, NULL, "Blocker: broken: ");
  ferryctl_run_assert (one, 1, NULL, "ferryctl: Nothing is imported: ");
  ferryctl_run_assert (all, 1, NULL, "--skip-blocked");
  g_assert_cmpuint (count_imports (fixture), ==, 0);
  g_assert_true (ferryctl_sample_is_untouched (fixture->sample));
}

static void
test_skip_blocked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = ferryctl_sample_add_broken (fixture->sample, "a.ova", "broken");
  G_GNUC_UNUSED g_autofree char *good = ferryctl_sample_add (fixture->sample, "b.ova", "ok");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("import", fixture->sample->dir, "--all", "--skip-blocked", "--to",
                    fixture->sample->destination, NULL);
  g_autoptr (FerryctlRun) none =
      ferryctl_run ("import", broken, "--skip-blocked", "--to", fixture->sample->destination, NULL);

  ferryctl_run_assert (run, 0, "ok: Imported", "1 virtual machine is left out");
  ferryctl_run_assert (none, 1, NULL, "Nothing is imported");
  worker_fixture_wait (fixture->worker, has_import, fixture, WORKER_WAIT_SECONDS);
}

/* What virt-v2v would only notice after an hour. */
static void
test_no_destination (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "ok");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("import", path, "--to", "folder:/proc/nothing/here", NULL);

  ferryctl_run_assert (run, 1, NULL, "Blocker: ");
  ferryctl_run_assert (run, 1, NULL, "/proc/nothing/here");
  g_assert_cmpuint (count_imports (fixture), ==, 0);
}

static void
test_no_tools (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_add (fixture->sample, "web.ova", "ok");
  g_autofree char *search = g_strdup (g_getenv ("PATH"));
  g_autoptr (FerryctlRun) run = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_setenv ("FERRY_TOOL_PATH", "/nonexistent", TRUE);
  run = ferryctl_run ("import", path, "--to", fixture->sample->destination, NULL);
  g_setenv ("PATH", search, TRUE);

  ferryctl_run_assert (run, 1, NULL, "virt-v2v");
  g_assert_cmpuint (count_imports (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/ferryctl/import/source", test_source },
    { "/ferryctl/import/plan", test_plan },
    { "/ferryctl/import/detach", test_detach },
    { "/ferryctl/import/json", test_json },
    { "/ferryctl/import/blocked", test_blocked },
    { "/ferryctl/import/skip-blocked", test_skip_blocked },
    { "/ferryctl/import/no-destination", test_no_destination },
    { "/ferryctl/import/no-tools", test_no_tools },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
