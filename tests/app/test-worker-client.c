/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
/* The client's list against a worker that comes, goes and comes back. */
#include "config.h"

#include "fake-worker.h"
#include "ferry-import-item.h"
#include "ferry-worker-client.h"
#include "ui-test.h"

typedef struct
{
  GDBusConnection *connection;
  FakeWorker *worker;
  FerryWorkerClient *client;
  guint ended;
} Fixture;

static void
on_ended (Fixture *fixture)
{
  fixture->ended++;
}

static gboolean
is_loaded (gpointer data)
{
  return ferry_worker_client_is_loaded (((Fixture *) data)->client);
}

static gboolean
has_problem (gpointer data)
{
  return ferry_worker_client_get_problem (((Fixture *) data)->client) != NULL;
}

static gboolean
has_no_problem (gpointer data)
{
  return !has_problem (data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  fixture->client = ferry_worker_client_new ();
  g_signal_connect_swapped (fixture->client, "ended", G_CALLBACK (on_ended), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  g_clear_pointer (&fixture->worker, fake_worker_free);
  g_clear_object (&fixture->connection);
}

static void
start_worker (Fixture *fixture)
{
  fixture->worker = fake_worker_new (fixture->connection);
}

static FerryDBusImport1 *
add_import (Fixture *fixture, const char *name, FerryImportState state, gint64 created_usec)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new (name, state);

  facts->created_usec = created_usec;

  return fake_worker_add (fixture->worker, fake_import_new (facts));
}

/* Only now can anybody find it: the real one, too, has its imports before it has its name. */
static void
show_worker (Fixture *fixture)
{
  fake_worker_own_name (fixture->worker);
}

static void
start_client (Fixture *fixture)
{
  ferry_worker_client_start (fixture->client);
  ui_test_wait_for (is_loaded, fixture);
}

/* The names of all items, as they stand: "a b c" */
static char *
list_names (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->client);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FerryImportItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                              ferry_import_item_get_facts (item)->name);
    }

  return g_string_free (names, FALSE);
}

typedef struct
{
  Fixture *fixture;
  const char *names;
} Expected;

static gboolean
has_names (gpointer data)
{
  const Expected *expected = data;
  g_autofree char *names = list_names (expected->fixture);

  return g_strcmp0 (names, expected->names) == 0;
}

static void
wait_for_names (Fixture *fixture, const char *names)
{
  Expected expected = { fixture, names };

  ui_test_wait_for (has_names, &expected);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  start_worker (fixture);
  add_import (fixture, "second", FERRY_IMPORT_QUEUED, 2);
  add_import (fixture, "third", FERRY_IMPORT_SUCCEEDED, 3);
  add_import (fixture, "first", FERRY_IMPORT_COPYING, 1);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first second third");
  g_assert_cmpuint (ferry_worker_client_get_active (fixture->client), ==, 2);
  g_assert_cmpuint (ferry_worker_client_get_concurrency (fixture->client), ==, 2);

  add_import (fixture, "fourth", FERRY_IMPORT_QUEUED, 4);
  wait_for_names (fixture, "first second third fourth");
}

static gboolean
has_ended (gpointer data)
{
  return ((Fixture *) data)->ended > 0;
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  FerryDBusImport1 *import;

  start_worker (fixture);
  import = add_import (fixture, "first", FERRY_IMPORT_COPYING, 1);
  add_import (fixture, "old", FERRY_IMPORT_FAILED, 0);
  show_worker (fixture);
  start_client (fixture);
  g_assert_cmpuint (fixture->ended, ==, 0);

  ferry_dbus_import1_set_state (import, "succeeded");
  ui_test_wait_for (has_ended, fixture);
  g_assert_cmpuint (fixture->ended, ==, 1);
  g_assert_cmpuint (ferry_worker_client_get_active (fixture->client), ==, 0);
}

static void
test_no_worker (Fixture *fixture, gconstpointer data)
{
  ferry_worker_client_start (fixture->client);
  ui_test_wait_for (has_problem, fixture);
  g_assert_false (ferry_worker_client_is_loaded (fixture->client));

  /* Trying again finds it. */
  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_QUEUED, 1);
  show_worker (fixture);
  start_client (fixture);
  ui_test_wait_for (has_no_problem, fixture);
  wait_for_names (fixture, "first");
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (FerryImportItem) item
      = g_list_model_get_item (G_LIST_MODEL (((Fixture *) data)->client), 0);

  return item != NULL && !ferry_import_item_is_attached (item);
}

static void
stop_worker (Fixture *fixture)
{
  g_clear_pointer (&fixture->worker, fake_worker_free);
  ui_test_wait_for (is_gone, fixture);
}

/* An idle worker leaves: nothing changes. What was removed until it is back is gone then. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryImportItem) before = NULL;
  g_autoptr (FerryImportItem) after = NULL;

  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_SUCCEEDED, 1);
  add_import (fixture, "second", FERRY_IMPORT_FAILED, 2);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first second");
  before = g_list_model_get_item (G_LIST_MODEL (fixture->client), 1);

  stop_worker (fixture);
  wait_for_names (fixture, "first second");
  g_assert_false (has_problem (fixture));

  start_worker (fixture);
  add_import (fixture, "second", FERRY_IMPORT_QUEUED, 2);
  show_worker (fixture);
  wait_for_names (fixture, "second");
  after = g_list_model_get_item (G_LIST_MODEL (fixture->client), 0);
  g_assert_true (before == after);
  g_assert_cmpint (ferry_import_item_get_facts (after)->state, ==, FERRY_IMPORT_QUEUED);
}

/* One that dies with imports under way is asked for at once; there is none to be had here. */
static void
test_dies (Fixture *fixture, gconstpointer data)
{
  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_COPYING, 1);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first");

  stop_worker (fixture);
  ui_test_wait_for (has_problem, fixture);
  wait_for_names (fixture, "first");

  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_INTERRUPTED, 1);
  show_worker (fixture);
  ferry_worker_client_start (fixture->client);
  ui_test_wait_for (has_no_problem, fixture);
  ui_test_wait_for (has_ended, fixture);
}

/* Something that has its name, but no imports to tell of, is not taken for a worker without any. */
static void
test_says_nothing (Fixture *fixture, gconstpointer data)
{
  guint owner_id =
      g_bus_own_name_on_connection (fixture->connection, FERRY_WORKER_NAME,
                                    G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);

  ferry_worker_client_start (fixture->client);
  ui_test_wait_for (has_problem, fixture);
  g_assert_false (ferry_worker_client_is_loaded (fixture->client));
  g_bus_unown_name (owner_id);

  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_SUCCEEDED, 1);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first");
  g_assert_false (has_problem (fixture));
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (guint msec)
{
  gboolean over = FALSE;

  g_timeout_add (msec, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
start_worker_with_many (Fixture *fixture)
{
  start_worker (fixture);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("guest%u", i);

      add_import (fixture, name, FERRY_IMPORT_SUCCEEDED, i);
    }
  show_worker (fixture);
}

/* At whatever moment of the start, and whether it comes back or not. */
static void
test_leaves_meanwhile (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    {
      g_clear_object (&fixture->client);
      fixture->client = ferry_worker_client_new ();
      start_worker_with_many (fixture);
      ferry_worker_client_start (fixture->client);
      run_for ((guint) g_test_rand_int_range (0, 8));
      g_clear_pointer (&fixture->worker, fake_worker_free);
      if (i % 2 == 0)
        start_worker_with_many (fixture);
      run_for ((guint) g_test_rand_int_range (0, 4));
      g_clear_pointer (&fixture->worker, fake_worker_free);
    }
}

typedef struct
{
  gboolean done;
  GError *error;
} Answer;

static gboolean
is_answered (gpointer data)
{
  return ((Answer *) data)->done;
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  ferry_worker_client_import_plan_finish (FERRY_WORKER_CLIENT (source), result, &answer->error);
  answer->done = TRUE;
}

static void
import_plan (Fixture *fixture, const char *path, Answer *answer)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, path);
  ferry_plan_set_folder_destination (plan, "/srv/guests");
  ferry_worker_client_import_plan (fixture->client, plan, NULL, on_imported, answer);
  ui_test_wait_for (is_answered, answer);
}

static void
test_import_plan (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  start_worker (fixture);
  show_worker (fixture);
  import_plan (fixture, "/srv/web.ova", &answer);
  g_assert_no_error (answer.error);
  ui_test_wait_for (is_loaded, fixture);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->client)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_import_refused (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  start_worker (fixture);
  show_worker (fixture);
  import_plan (fixture, "/srv/refuse.ova", &answer);
  g_assert_error (answer.error, FERRY_ERROR, FERRY_ERROR_NO_SPACE);
  g_assert_cmpstr (answer.error->message, ==, "The journal has no space left.");
  g_clear_error (&answer.error);
}

static void
test_import_without_worker (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  import_plan (fixture, "/srv/web.ova", &answer);
  g_assert_error (answer.error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
  g_clear_error (&answer.error);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  ferry_import_item_act_finish (FERRY_IMPORT_ITEM (source), result, &answer->error);
  answer->done = TRUE;
}

static void
act (Fixture *fixture, FerryImportAction action, Answer *answer)
{
  g_autoptr (FerryImportItem) item
      = g_list_model_get_item (G_LIST_MODEL (fixture->client), 0);

  *answer = (Answer) { 0 };
  ferry_import_item_act (item, action, NULL, on_acted, answer);
  ui_test_wait_for (is_answered, answer);
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  Answer answer;

  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_COPYING, 1);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first");

  act (fixture, FERRY_IMPORT_ACTION_CANCEL, &answer);
  g_assert_no_error (answer.error);
  ui_test_wait_for (has_ended, fixture);
  act (fixture, FERRY_IMPORT_ACTION_RETRY, &answer);
  g_assert_no_error (answer.error);
  act (fixture, FERRY_IMPORT_ACTION_REMOVE, &answer);
  g_assert_no_error (answer.error);
  wait_for_names (fixture, "");
}

static void
test_action_refused (Fixture *fixture, gconstpointer data)
{
  Answer answer;

  start_worker (fixture);
  add_import (fixture, "first", FERRY_IMPORT_SUCCEEDED, 1);
  show_worker (fixture);
  start_client (fixture);
  wait_for_names (fixture, "first");

  act (fixture, FERRY_IMPORT_ACTION_RETRY, &answer);
  g_assert_error (answer.error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpstr (answer.error->message, ==, "It has succeeded.");
  g_clear_error (&answer.error);
}

typedef void (*TestFunc) (Fixture *fixture, gconstpointer data);

static void
add (const char *path, TestFunc test)
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  add ("/worker-client/list", test_list);
  add ("/worker-client/ended", test_ended);
  add ("/worker-client/no-worker", test_no_worker);
  add ("/worker-client/comes-back", test_comes_back);
  add ("/worker-client/dies", test_dies);
  add ("/worker-client/says-nothing", test_says_nothing);
  add ("/worker-client/leaves-meanwhile", test_leaves_meanwhile);
  add ("/worker-client/import-plan", test_import_plan);
  add ("/worker-client/import-refused", test_import_refused);
  add ("/worker-client/import-without-worker", test_import_without_worker);
  add ("/worker-client/actions", test_actions);
  add ("/worker-client/action-refused", test_action_refused);

  return g_test_run ();
}
