/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
/* The main window over a worker with made-up imports, in all its states and sizes. */
#include "config.h"

#include "fake-backend.h"
#include "fake-worker.h"
#include "ferry-error-window.h"
#include "ferry-import-row.h"
#include "ferry-imports-view.h"
#include "ferry-log-window.h"
#include "ferry-password-dialog.h"
#include "ferry-preferences.h"
#include "ferry-window.h"
#include "ferry-worker-client.h"
#include "ui-test.h"

typedef struct
{
  GDBusConnection *connection;
  FakeWorker *worker;
  FerryWorkerClient *client;
  GtkWindow *window;
} Fixture;

static gboolean
is_loaded (gpointer data)
{
  return ferry_worker_client_is_loaded (data);
}

/* So that buttons with actions of the application are not insensitive. */
static void
add_app_actions (GtkWindow *window)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("new-import", NULL);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "app", G_ACTION_GROUP (group));
}

static void
open_window (Fixture *fixture, int width, int height)
{
  g_autoptr (FerryProviders) providers = ferry_providers_new (fake_backend_get ());

  fixture->window = ferry_window_new (NULL, fixture->client, providers);
  add_app_actions (fixture->window);
  gtk_window_set_default_size (fixture->window, width, height);
  gtk_window_present (fixture->window);
  ui_test_settle (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  fixture->worker = fake_worker_new (fixture->connection);
  if (data == NULL)
    fake_worker_add_gallery (fixture->worker);
  fake_worker_own_name (fixture->worker);
  fixture->client = ferry_worker_client_new ();
  ferry_worker_client_start (fixture->client);
  ui_test_wait_for (is_loaded, fixture->client);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    ui_test_drop (fixture->window);
  g_clear_object (&fixture->client);
  fake_worker_free (fixture->worker);
  g_clear_object (&fixture->connection);
}

static GtkWidget *
find_row_below (GtkWidget *root, const char *name)
{
  GtkWidget *child;

  if (FERRY_IS_IMPORT_ROW (root))
    return ui_test_shows (root, name) ? root : NULL;

  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_row_below (child, name);

      if (row != NULL)
        return row;
    }

  return NULL;
}

static GtkWidget *
find_row (Fixture *fixture, const char *name)
{
  GtkWidget *row = find_row_below (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (row);

  return row;
}

static const char *
get_state_word (Fixture *fixture, const char *name)
{
  FerryImportRow *row = FERRY_IMPORT_ROW (find_row (fixture, name));

  return ferry_import_state_to_word (
      ferry_import_item_get_facts (ferry_import_row_get_item (row))->state);
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  open_window (fixture, 1000, 1150);
  window = GTK_WIDGET (fixture->window);
  ui_test_shoot (fixture->window, "imports");

  g_assert_true (ui_test_shows (window, "Running"));
  g_assert_true (ui_test_shows (window, "Queued"));
  g_assert_true (ui_test_shows (window, "Finished"));
  g_assert_true (ui_test_shows (window, "3 imports · 186\302\240MB/s"));
  g_assert_true (ui_test_shows (find_row (fixture, "db-prod-01"),
                                "176 of 340\302\240GB · 24\302\240min left"));
  g_assert_true (ui_test_shows (find_row (fixture, "mail"), "Estimating…"));
  g_assert_true (ui_test_shows (find_row (fixture, "wiki"), "Starts when a slot is free"));
}

static void
test_open_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  open_window (fixture, 1000, 1150);
  row = find_row (fixture, "db-prod-01");
  ui_test_click (row, "go-down-symbolic");
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "legacy-crm")), TRUE);
  ui_test_shoot (fixture->window, "imports-open");

  g_assert_true (ui_test_shows (row, "116 of 200\302\240GB · 112\302\240MB/s"));
  g_assert_true (ui_test_shows (row, "Done in 9:12"));
  g_assert_true (ui_test_shows (row, "Waiting"));
  g_assert_true (ui_test_shows (row, "3:41"));
  g_assert_true (ui_test_shows (row, "The guest agent will be installed at first start."));

  ui_test_click (row, "go-up-symbolic");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_false (ui_test_shows (row, "Waiting"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 360, 720);
  ui_test_shoot (fixture->window, "imports-narrow");
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "db-prod-01")), TRUE);
  ui_test_shoot (fixture->window, "imports-narrow-open");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  g_assert_false (ui_test_shows (find_row (fixture, "db-prod-01"), "→"));
  g_assert_true (ui_test_shows (find_row (fixture, "db-prod-01"), "24\302\240min left"));

  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "db-prod-01")), FALSE);
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "legacy-crm")), TRUE);
  gtk_widget_grab_focus (find_row (fixture, "build-02"));
  ui_test_shoot (fixture->window, "imports-narrow-failed");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
}

static void
test_dark (Fixture *fixture, gconstpointer data)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  open_window (fixture, 1000, 1150);
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "db-prod-01")), TRUE);
  ui_test_shoot (fixture->window, "imports-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_small (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 1000, 720);
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "db-prod-01")), TRUE);
  ui_test_shoot (fixture->window, "imports-1000x720");
}

/* A row that opens below the edge is brought into view. */
static void
test_scrolls (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t bounds;
  GtkWidget *row, *window;

  open_window (fixture, 1000, 720);
  window = GTK_WIDGET (fixture->window);
  row = find_row (fixture, "legacy-crm");
  g_assert_true (gtk_widget_compute_bounds (row, window, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >, (float) gtk_widget_get_height (window));

  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (row), TRUE);
  ui_test_settle (fixture->window);
  ui_test_settle (fixture->window);
  g_assert_true (gtk_widget_compute_bounds (row, window, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     (float) gtk_widget_get_height (window));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 1000, 720);
  ui_test_shoot (fixture->window, "imports-empty");
  g_assert_true (ui_test_shows (GTK_WIDGET (fixture->window), "Bring Your Virtual Machines Over"));
}

typedef struct
{
  Fixture *fixture;
  const char *name;
  const char *state;
} Expected;

static gboolean
is_in_state (gpointer data)
{
  const Expected *expected = data;

  return g_strcmp0 (get_state_word (expected->fixture, expected->name), expected->state) == 0;
}

/* A row that moves to another group takes along that it is open, and the focus, and can be used. */
static void
test_retry_moves_row (Fixture *fixture, gconstpointer data)
{
  Expected expected = { fixture, "legacy-crm", "queued" };
  GtkWidget *row, *list, *focus;

  open_window (fixture, 1000, 1150);
  row = find_row (fixture, "legacy-crm");
  list = gtk_widget_get_parent (row);
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (row), TRUE);
  gtk_widget_grab_focus (row);
  gtk_widget_activate_action (row, "import.retry", NULL);
  ui_test_wait_for (is_in_state, &expected);

  ui_test_settle (fixture->window);
  row = find_row (fixture, "legacy-crm");
  g_assert_true (gtk_widget_is_sensitive (ui_test_find (row, GTK_TYPE_BUTTON, "go-up-symbolic")));
  g_assert_true (gtk_widget_is_sensitive (ui_test_find (row, GTK_TYPE_BUTTON, "Cancel Import")));
  g_assert_true (gtk_widget_get_parent (row) != list);
  g_assert_true (ferry_import_row_get_expanded (FERRY_IMPORT_ROW (row)));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (focus == row);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
test_cancel_asks (Fixture *fixture, gconstpointer data)
{
  Expected expected = { fixture, "db-prod-01", "cancelled" };

  open_window (fixture, 1000, 720);
  ui_test_click (find_row (fixture, "db-prod-01"), "process-stop-symbolic");
  g_assert_nonnull (find_dialog ());
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==,
                   "Cancel Importing ‘db-prod-01’?");
  ui_test_shoot (GTK_WINDOW (find_dialog ()), "cancel");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  g_assert_cmpstr (get_state_word (fixture, "db-prod-01"), ==, "copying");

  ui_test_click (find_row (fixture, "db-prod-01"), "process-stop-symbolic");
  adw_message_dialog_response (find_dialog (), "cancel-import");
  ui_test_wait_for (is_in_state, &expected);
  g_assert_true (ui_test_shows (find_row (fixture, "db-prod-01"), "db-prod-01"));
}

static void
add_locked_out (Fixture *fixture)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("vault", FERRY_IMPORT_FAILED);

  fake_facts_fail (facts, FERRY_ERROR_AUTH,
                   "‘vc.example.com’ refused the user name or the password.");
  fake_worker_add (fixture->worker, fake_import_new (facts));
}

/* Without the password it would fail again. */
static void
test_retry_asks_password (Fixture *fixture, gconstpointer data)
{
  Expected expected = { fixture, "vault", "queued" };
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  add_locked_out (fixture);
  open_window (fixture, 1000, 1150);
  gtk_widget_activate_action (find_row (fixture, "vault"), "import.retry", NULL);
  dialog = find_dialog ();
  g_assert_true (FERRY_IS_PASSWORD_DIALOG (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "retry"));
  entry = ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "sesame");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "retry"));
  ui_test_shoot (GTK_WINDOW (dialog), "password");
  adw_message_dialog_response (dialog, "retry");
  ui_test_wait_for (is_in_state, &expected);
}

static void
add_shut_down (Fixture *fixture)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("shop", FERRY_IMPORT_FAILED);

  fake_facts_fail (facts, FERRY_ERROR_NO_SPACE, "The disk is full.");
  facts->startable = TRUE;
  fake_worker_add (fixture->worker, fake_import_new (facts));
}

static void
add_encrypted (Fixture *fixture)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("safe", FERRY_IMPORT_FAILED);

  fake_facts_fail (facts, FERRY_ERROR_KEY,
                   "A disk of the virtual machine is encrypted, and no key was given for it.");
  fake_worker_add (fixture->worker, fake_import_new (facts));
}

/* The same for a key, of which no more than one line makes sense. */
static void
test_retry_asks_key (Fixture *fixture, gconstpointer data)
{
  Expected expected = { fixture, "safe", "queued" };
  g_autofree char *longer = g_strnfill (600, 'x');
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  add_encrypted (fixture);
  open_window (fixture, 1000, 1150);
  gtk_widget_activate_action (find_row (fixture, "safe"), "import.retry", NULL);
  dialog = find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Key for the Disks of ‘safe’");
  entry = ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry)), ==,
                   "Passphrase or Recovery Key");
  gtk_editable_set_text (GTK_EDITABLE (entry), longer);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "retry"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "sesame");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "retry"));
  ui_test_shoot (GTK_WINDOW (dialog), "key");
  adw_message_dialog_response (dialog, "retry");
  ui_test_wait_for (is_in_state, &expected);
}

static gboolean
has_no_finished (gpointer data)
{
  Fixture *fixture = data;

  return !ui_test_shows (GTK_WIDGET (fixture->window), "Finished");
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 1000, 720);
  ui_test_click (GTK_WIDGET (fixture->window), "Clear");
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (find_dialog (), "clear");
  ui_test_wait_for (has_no_finished, fixture);
  g_assert_true (ui_test_shows (GTK_WIDGET (fixture->window), "db-prod-01"));
}

static gboolean
says_kept (gpointer data)
{
  Fixture *fixture = data;

  return ui_test_shows (GTK_WIDGET (fixture->window),
                        "1 import stays: its virtual machine is shut down at the source");
}

static gboolean
is_cleared (gpointer data)
{
  return !ui_test_shows (GTK_WIDGET (((Fixture *) data)->window), "legacy-crm");
}

/* What can start a guest again that Ferry has shut down is not cleared with the rest. */
static void
test_clear_keeps_shut_down (Fixture *fixture, gconstpointer data)
{
  add_shut_down (fixture);
  open_window (fixture, 1000, 1150);
  ui_test_click (GTK_WIDGET (fixture->window), "Clear");
  adw_message_dialog_response (find_dialog (), "clear");
  ui_test_wait_for (says_kept, fixture);
  ui_test_wait_for (is_cleared, fixture);
  g_assert_true (ui_test_shows (GTK_WIDGET (fixture->window), "shop"));
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
      return l->data;

  return NULL;
}

static void
test_error_window (Fixture *fixture, gconstpointer data)
{
  Expected expected = { fixture, "legacy-crm", "queued" };
  GtkWindow *window;
  GtkWidget *details;

  open_window (fixture, 1000, 1150);
  ui_test_click (find_row (fixture, "legacy-crm"), "Show Error");
  window = find_window (FERRY_TYPE_ERROR_WINDOW);
  g_assert_nonnull (window);
  g_assert_true (ui_test_shows (GTK_WIDGET (window), "There Is Not Enough Space"));
  ui_test_shoot (window, "error");
  details = ui_test_find (GTK_WIDGET (window), ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (details), TRUE);
  ui_test_shoot (window, "error-details");

  ui_test_click (GTK_WIDGET (window), "Retry");
  ui_test_wait_for (is_in_state, &expected);
  g_assert_null (find_window (FERRY_TYPE_ERROR_WINDOW));
}

static gboolean
is_asked (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
says_started (gpointer data)
{
  Fixture *fixture = data;

  return ui_test_shows (GTK_WIDGET (fixture->window), "‘shop’ runs at the source again");
}

static gboolean
offers_no_start (gpointer data)
{
  return ui_test_find (find_row (data, "shop"), GTK_TYPE_BUTTON, "Start at Source") == NULL;
}

/* From the window that tells of the failure; the password that the worker wants is asked for. */
static void
test_start_source (Fixture *fixture, gconstpointer data)
{
  GtkWindow *error_window;
  GtkWidget *entry;

  add_shut_down (fixture);
  open_window (fixture, 1000, 1150);
  ui_test_click (find_row (fixture, "shop"), "Show Error");
  error_window = find_window (FERRY_TYPE_ERROR_WINDOW);
  g_assert_nonnull (error_window);
  ui_test_shoot (error_window, "error-shut-down");
  ui_test_click (GTK_WIDGET (error_window), "Start at Source");
  ui_test_wait_for (is_asked, NULL);
  g_assert_true (FERRY_IS_PASSWORD_DIALOG (find_dialog ()));
  entry = ui_test_find (GTK_WIDGET (find_dialog ()), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "sesame");
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (find_row (fixture, "shop")), TRUE);
  g_assert_false (offers_no_start (fixture));
  adw_message_dialog_response (find_dialog (), "retry");
  ui_test_wait_for (says_started, fixture);
  ui_test_wait_for (offers_no_start, fixture);
}

static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;
  GtkWidget *spin;

  open_window (fixture, 1000, 720);
  window = ferry_preferences_new (fixture->window, fixture->client);
  gtk_window_present (window);
  ui_test_shoot (window, "preferences");
  spin = ui_test_find (GTK_WIDGET (window), GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 5);
  while (ferry_worker_client_get_concurrency (fixture->client) != 5)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_worker_get_concurrency (fixture->worker), ==, 5);
  ui_test_drop (window);
}

static gboolean
has_web (gpointer data)
{
  Fixture *fixture = data;

  return ui_test_shows (GTK_WIDGET (fixture->window), "web");
}

/* The first import of a window that had none can be used as those that were there before it. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", FERRY_IMPORT_COPYING);

  open_window (fixture, 1000, 720);
  fake_worker_add (fixture->worker, fake_import_new (facts));
  ui_test_wait_for (has_web, fixture);
  ui_test_settle (fixture->window);
  ui_test_click (find_row (fixture, "web"), "go-down-symbolic");
  g_assert_true (ferry_import_row_get_expanded (FERRY_IMPORT_ROW (find_row (fixture, "web"))));
}

typedef void (*TestFunc) (Fixture *fixture, gconstpointer data);

static void
add (const char *path, const char *data, TestFunc test)
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  add ("/imports-view/groups", NULL, test_groups);
  add ("/imports-view/open-row", NULL, test_open_row);
  add ("/imports-view/narrow", NULL, test_narrow);
  add ("/imports-view/dark", NULL, test_dark);
  add ("/imports-view/small", NULL, test_small);
  add ("/imports-view/scrolls", NULL, test_scrolls);
  add ("/imports-view/empty", "empty", test_empty);
  add ("/imports-view/first", "empty", test_first);
  add ("/imports-view/retry-moves-row", NULL, test_retry_moves_row);
  add ("/imports-view/cancel-asks", NULL, test_cancel_asks);
  add ("/imports-view/retry-asks-password", NULL, test_retry_asks_password);
  add ("/imports-view/retry-asks-key", NULL, test_retry_asks_key);
  add ("/imports-view/clear", NULL, test_clear);
  add ("/imports-view/clear-keeps-shut-down", NULL, test_clear_keeps_shut_down);
  add ("/imports-view/error-window", NULL, test_error_window);
  add ("/imports-view/start-source", NULL, test_start_source);
  add ("/imports-view/preferences", NULL, test_preferences);

  return g_test_run ();
}
