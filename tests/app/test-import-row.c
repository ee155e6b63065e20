/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
/* One row and its windows, over an object that is not on any bus. */
#include "config.h"

#include "fake-worker.h"
#include "ferry-disk-bar.h"
#include "ferry-import-row.h"
#include "ferry-import-text.h"
#include "ferry-log-window.h"
#include "ui-test.h"

#include <glib/gstdio.h>

typedef struct
{
  FerryImportFacts *facts;
  FerryDBusImport1 *import;
  FerryImportItem *item;
  GtkWindow *window;
  GtkWidget *row;
  guint changes;
} Fixture;

static void
on_changed (Fixture *fixture)
{
  fixture->changes++;
}

static void
make_window (Fixture *fixture)
{
  GtkWidget *list = gtk_list_box_new ();

  fixture->row = ferry_import_row_new (fixture->item);
  gtk_list_box_append (GTK_LIST_BOX (list), fixture->row);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 800, 500);
  gtk_window_set_child (fixture->window, list);
  gtk_window_present (fixture->window);
  ui_test_settle (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->facts = fake_facts_new ("web", FERRY_IMPORT_COPYING);
  fake_facts_add_disk (fixture->facts, "web-1.vmdk", 10e9, 20e9);
  fixture->facts->progress->disk = 0;
  fixture->facts->progress->fraction = 0.5;
  fixture->facts->progress->seconds_left = 600;
  fixture->import = fake_import_new (fixture->facts);
  fixture->item = ferry_import_item_new (NULL, fixture->import);
  g_signal_connect_swapped (fixture->item, "changed", G_CALLBACK (on_changed), fixture);
  make_window (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->item, fixture);
  ui_test_drop (fixture->window);
  g_clear_object (&fixture->item);
  g_clear_object (&fixture->import);
  ferry_import_facts_free (fixture->facts);
}

static gboolean
has_changed (gpointer data)
{
  return ((Fixture *) data)->changes > 0;
}

/* Shows the fixture's facts and waits until the row has them. */
static void
show (Fixture *fixture)
{
  fixture->changes = 0;
  fake_import_show (fixture->import, fixture->facts);
  ui_test_wait_for (has_changed, fixture);
}

static double
get_fraction (Fixture *fixture)
{
  GtkWidget *bar = ui_test_find (fixture->row, GTK_TYPE_PROGRESS_BAR, NULL);

  return gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar));
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpfloat_with_epsilon (get_fraction (fixture), 0.5, 0.001);
  g_assert_true (ui_test_shows (fixture->row, "Copying disk 1 of 1"));
  g_assert_true (ui_test_shows (fixture->row, "10.0 of 20.0\302\240GB · 10\302\240min left"));

  fixture->facts->progress->fraction = 0.75;
  fixture->facts->progress->rate_bytes = 55500000;
  show (fixture);
  g_assert_cmpfloat_with_epsilon (get_fraction (fixture), 0.75, 0.001);
  g_assert_true (ui_test_shows (fixture->row, "Copying disk 1 of 1 · 55.5\302\240MB/s"));
}

/* One message of the worker changes many properties; the row hears of it once. */
static void
test_changes_once (Fixture *fixture, gconstpointer data)
{
  fixture->facts->progress->fraction = 0.9;
  fixture->facts->cancelling = TRUE;
  fixture->facts->started_usec++;
  show (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_true (ui_test_shows (fixture->row, "Cancelling…"));
  g_assert_false (gtk_widget_is_sensitive (
      ui_test_find (fixture->row, GTK_TYPE_BUTTON, "process-stop-symbolic")));
}

static void
test_details_in_place (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar;

  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (fixture->row), TRUE);
  bar = ui_test_find (fixture->row, FERRY_TYPE_DISK_BAR, NULL);
  g_assert_nonnull (bar);
  g_assert_true (ui_test_shows (bar, "50\302\240%"));

  ((FerryDiskProgress *) g_ptr_array_index (fixture->facts->progress->disks, 0))->done_bytes
      = 15000000000;
  fake_facts_add_disk (fixture->facts, "web-2.vmdk", 0, 1e9);
  show (fixture);
  g_assert_true (ui_test_find (fixture->row, FERRY_TYPE_DISK_BAR, NULL) == bar);
  g_assert_true (ui_test_shows (bar, "75\302\240%"));
  g_assert_true (ui_test_shows (fixture->row, "web-2.vmdk"));

  g_ptr_array_set_size (fixture->facts->progress->disks, 1);
  show (fixture);
  g_assert_false (ui_test_shows (fixture->row, "web-2.vmdk"));
  g_assert_true (ui_test_find (fixture->row, FERRY_TYPE_DISK_BAR, NULL) == bar);
}

/* Opening hides the stop button; the focus must not go with it. */
static void
test_focus_stays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *stop = ui_test_find (fixture->row, GTK_TYPE_BUTTON, "process-stop-symbolic");
  GtkWidget *focus;

  gtk_widget_grab_focus (stop);
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (fixture->row), TRUE);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, fixture->row));
  g_assert_true (focus == ui_test_find (fixture->row, GTK_TYPE_BUTTON, "go-up-symbolic"));

  fixture->facts->progress->fraction = 0.6;
  show (fixture);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == focus);
  g_assert_true (ferry_import_row_get_expanded (FERRY_IMPORT_ROW (fixture->row)));
}

static const char *
get_main_button (Fixture *fixture)
{
  static const char *const labels[]
      = { "Show Error", "Start at Source", "Show Warnings", "Open Folder", "Copy Start Command" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (ui_test_find (fixture->row, GTK_TYPE_BUTTON, labels[i]) != NULL)
      return labels[i];

  return NULL;
}

static void
end (Fixture *fixture, FerryImportState state, const char *location)
{
  fixture->facts->state = state;
  fixture->facts->ended_usec = g_get_real_time ();
  g_free (fixture->facts->location);
  fixture->facts->location = g_strdup (location);
  show (fixture);
}

static void
test_buttons (Fixture *fixture, gconstpointer data)
{
  g_assert_null (get_main_button (fixture));
  g_assert_null (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Retry"));

  end (fixture, FERRY_IMPORT_SUCCEEDED, "/srv/guests/web");
  g_assert_cmpstr (get_main_button (fixture), ==, "Open Folder");
  g_assert_null (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Retry"));
  g_assert_null (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "process-stop-symbolic"));

  end (fixture, FERRY_IMPORT_SUCCEEDED, "qemu:///system web");
  g_assert_cmpstr (get_main_button (fixture), ==, "Copy Start Command");

  end (fixture, FERRY_IMPORT_CANCELLED, "");
  g_assert_null (get_main_button (fixture));
  g_assert_nonnull (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Retry"));

  fake_facts_fail (fixture->facts, FERRY_ERROR_NO_SPACE, "Full.");
  end (fixture, FERRY_IMPORT_FAILED, "");
  g_assert_cmpstr (get_main_button (fixture), ==, "Show Error");
  g_assert_nonnull (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Retry"));
}

/* In the row where there is nothing else to tell, in its details, and in the error window. */
static void
test_start_source (Fixture *fixture, gconstpointer data)
{
  FerryImportRow *row = FERRY_IMPORT_ROW (fixture->row);
  g_autofree char *outcome = NULL;

  fixture->facts->startable = TRUE;
  end (fixture, FERRY_IMPORT_CANCELLED, "");
  g_assert_cmpstr (get_main_button (fixture), ==, "Start at Source");
  outcome = ferry_import_text_outcome (fixture->facts, g_get_real_time ());
  g_assert_true (g_str_has_suffix (outcome, "Shut down at the source"));
  g_assert_true (ui_test_shows (fixture->row, outcome));

  fake_facts_fail (fixture->facts, FERRY_ERROR_NO_SPACE, "Full.");
  end (fixture, FERRY_IMPORT_FAILED, "");
  g_assert_cmpstr (get_main_button (fixture), ==, "Show Error");
  g_assert_null (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Start at Source"));
  ferry_import_row_set_expanded (row, TRUE);
  g_assert_nonnull (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Start at Source"));

  fixture->facts->startable = FALSE;
  show (fixture);
  g_assert_null (ui_test_find (fixture->row, GTK_TYPE_BUTTON, "Start at Source"));
}

static int
get_width (Fixture *fixture)
{
  int width;

  gtk_widget_measure (fixture->row, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width;
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  end (fixture, FERRY_IMPORT_SUCCEEDED, "/srv/guests/web");
  ferry_import_row_set_narrow (FERRY_IMPORT_ROW (fixture->row), TRUE);
  g_assert_null (get_main_button (fixture));
  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (fixture->row), TRUE);
  g_assert_cmpstr (get_main_button (fixture), ==, "Open Folder");

  /* Opened details follow, whichever came first. */
  g_assert_cmpint (get_width (fixture), <=, 360);
  ferry_import_row_set_narrow (FERRY_IMPORT_ROW (fixture->row), FALSE);
  g_assert_cmpint (get_width (fixture), >, 360);
  ferry_import_row_set_narrow (FERRY_IMPORT_ROW (fixture->row), TRUE);
  g_assert_cmpint (get_width (fixture), <=, 360);
}

/* What a guest is called is text, not markup. */
static void
test_markup (Fixture *fixture, gconstpointer data)
{
  FerryImportFacts *facts = fake_facts_new ("<b>a & b</b>", FERRY_IMPORT_QUEUED);
  FerryDBusImport1 *import = fake_import_new (facts);
  FerryImportItem *item = ferry_import_item_new (NULL, import);
  GtkWidget *row = g_object_ref_sink (ferry_import_row_new (item));

  g_assert_true (ui_test_shows (row, "<b>a & b</b>"));
  g_object_unref (row);
  g_object_unref (item);
  g_object_unref (import);
  ferry_import_facts_free (facts);
}

static GtkWindow *
find_log_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (FERRY_IS_LOG_WINDOW (l->data))
      return l->data;

  return NULL;
}

typedef struct
{
  GtkWindow *window;
  const char *text;
} Log;

static gboolean
has_text (gpointer data)
{
  const Log *log = data;
  GtkWidget *view = ui_test_find (GTK_WIDGET (log->window), GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *text = NULL;
  GtkTextIter start, stop;

  gtk_text_buffer_get_bounds (buffer, &start, &stop);
  text = gtk_text_buffer_get_text (buffer, &start, &stop, TRUE);

  return g_strcmp0 (text, log->text) == 0;
}

static void
append (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  fputs (text, file);
  fclose (file);
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("ferry-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  Log log = { 0 };

  g_free (fixture->facts->log_path);
  fixture->facts->log_path = g_strdup (path);
  show (fixture);
  gtk_widget_activate_action (fixture->row, "import.show-log", NULL);
  log.window = find_log_window ();
  g_assert_nonnull (log.window);
  g_assert_true (ui_test_shows (GTK_WIDGET (log.window), "No Log Yet"));

  /* Half a line, and half a character of it, wait for their other half. */
  append (path, "first line\nsecond \303");
  log.text = "first line\n";
  ui_test_wait_for (has_text, &log);
  append (path, "\251\nbad \377 byte\nend");
  log.text = "first line\nsecond é\nbad \357\277\275 byte\n";
  ui_test_wait_for (has_text, &log);
  ui_test_shoot (log.window, "log");

  end (fixture, FERRY_IMPORT_SUCCEEDED, "");
  log.text = "first line\nsecond é\nbad \357\277\275 byte\nend";
  ui_test_wait_for (has_text, &log);

  ui_test_drop (log.window);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_import_item_act_finish (FERRY_IMPORT_ITEM (source), result, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
  *(gboolean *) user_data = TRUE;
}

static void
test_no_worker (Fixture *fixture, gconstpointer data)
{
  gboolean refused = FALSE;

  ferry_import_item_act (fixture->item, FERRY_IMPORT_ACTION_CANCEL, NULL, on_refused, &refused);
  ui_test_wait_for (is_set, &refused);
}

/* A worker that sends nonsense gets no row; one that leaves takes nothing with it. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryDBusImport1) empty = ferry_dbus_import1_skeleton_new ();
  g_autoptr (FerryImportItem) none = NULL;

  none = ferry_import_item_new (NULL, empty);
  g_assert_null (none);

  ferry_dbus_import1_set_state (fixture->import, "dreaming");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (ferry_import_item_get_facts (fixture->item)->state, ==, FERRY_IMPORT_COPYING);

  ferry_import_item_attach (fixture->item, NULL);
  g_assert_true (ui_test_shows (fixture->row, "web"));
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

  add ("/import-row/progress", test_progress);
  add ("/import-row/changes-once", test_changes_once);
  add ("/import-row/details-in-place", test_details_in_place);
  add ("/import-row/focus-stays", test_focus_stays);
  add ("/import-row/buttons", test_buttons);
  add ("/import-row/start-source", test_start_source);
  add ("/import-row/narrow", test_narrow);
  add ("/import-row/markup", test_markup);
  add ("/import-row/log", test_log);
  add ("/import-row/no-worker", test_no_worker);
  add ("/import-row/nonsense", test_nonsense);

  return g_test_run ();
}
