/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-page.h"

#include "page-test.h"
#include "ui-test.h"

#include <adwaita.h>
#include <string.h>

/* What the page Review says before an import begins. */

static void
begin (PageTest *test)
{
  FerryPage *page;

  page_test_init (test);
  page = g_object_new (FERRY_TYPE_REVIEW_PAGE, "draft", test->draft, NULL);
  ferry_review_page_set_verifier (FERRY_REVIEW_PAGE (page), test->verifier);
  page_test_show (test, page);
}

static guint
count_rows (PageTest *test, const char *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (page_test_get (test, NULL, list), (int) n) != NULL)
    n++;

  return n;
}

static const char *
get_label (PageTest *test, const char *name)
{
  return gtk_label_get_label (page_test_get (test, NULL, name));
}

static void
test_blocked (void)
{
  PageTest test;

  begin (&test);
  g_assert_cmpuint (count_rows (&test, "guests"), ==, 0);
  g_assert_cmpuint (count_rows (&test, "blocked"), ==, 5);
  g_assert_cmpstr (get_label (&test, "number_guests"), ==, "0");
  g_assert_false (ferry_page_is_complete (test.page));

  /* One has a name that is taken, one runs. */
  page_test_map_all (&test);
  page_test_settle (&test);
  g_assert_cmpuint (count_rows (&test, "guests"), ==, 3);
  g_assert_cmpuint (count_rows (&test, "blocked"), ==, 2);
  g_assert_cmpstr (get_label (&test, "number_guests_caption"), ==,
                   "of 5 virtual machines, 3 disks");
  g_assert_cmpstr (get_label (&test, "blocked_label"), ==, "2 Will Not Be Imported");
  page_test_shoot (&test, "review-blocked");
  page_test_end (&test);
}

static gboolean
knows_pools (gpointer data)
{
  PageTest *test = data;

  return ferry_draft_get_destination (test->draft)->storages->len > 0;
}

/* What the destination has is asked again: it may be another than when the settings were made. */
static void
test_asked_again (void)
{
  PageTest test;

  begin (&test);
  ferry_draft_take_destination (test.draft, ferry_destination_facts_new ());
  ferry_page_enter (test.page);
  ui_test_wait_for (knows_pools, &test);
  page_test_end (&test);
}

static void
make_ready (PageTest *test)
{
  FerryPlanGuest *guest = page_test_find_guest (test, "erp-app");

  page_test_map_all (test);
  g_free (guest->name);
  guest->name = g_strdup ("erp-app-2");
  guest->start = TRUE;
  page_test_find_guest (test, "web-02")->source->power = FERRY_POWER_OFF;
  page_test_find_guest (test, "mail")->source->n_snapshots = 2;
  ferry_draft_touch (test->draft);
  page_test_settle (test);
}

static void
add_storage (PageTest *test)
{
  FerryStorage *storage = ferry_storage_new ("vm-data-02", "dir");

  storage->usable = TRUE;
  storage->free_bytes = storage->total_bytes = 500 * G_GUINT64_CONSTANT (1000000000);
  g_ptr_array_add (ferry_draft_get_destination (test->draft)->storages, storage);
}

static void
test_numbers (void)
{
  PageTest test;

  begin (&test);
  make_ready (&test);
  g_assert_cmpuint (count_rows (&test, "blocked"), ==, 0);
  g_assert_cmpuint (count_rows (&test, "guests"), ==, 5);
  g_assert_cmpstr (get_label (&test, "number_guests"), ==, "5");
  g_assert_cmpstr (get_label (&test, "number_guests_caption"), ==, "virtual machines, 5 disks");
  g_assert_cmpstr (get_label (&test, "number_left_caption"), ==, "left on vm-data-01");
  g_assert_true (g_str_has_prefix (get_label (&test, "number_time_caption"), "a first guess, at "));
  g_assert_true (ui_test_shows (GTK_WIDGET (test.window), "1 warning remains"));
  g_assert_true (ui_test_shows (GTK_WIDGET (test.window), "It does not stop the import"));
  g_assert_true (
      ui_test_shows (GTK_WIDGET (test.window),
                     "‘erp-app’ at the source · 1 disk · prod-120 · starts after import"));
  g_assert_false (gtk_widget_get_visible (page_test_get (&test, NULL, "storages")));
  adw_expander_row_set_expanded (page_test_get (&test, NULL, "warnings"), TRUE);
  gtk_window_set_default_size (test.window, 1000, 900);
  page_test_shoot (&test, "review");

  /* More than one storage is listed, each with what is left there. */
  g_free (ferry_plan_guest_get_disk (page_test_find_guest (&test, "mail"), 0)->storage);
  ferry_plan_guest_get_disk (page_test_find_guest (&test, "mail"), 0)->storage =
      g_strdup ("vm-data-02");
  add_storage (&test);
  ferry_draft_touch (test.draft);
  page_test_settle (&test);
  g_assert_true (gtk_widget_get_visible (page_test_get (&test, NULL, "storages")));
  page_test_shoot (&test, "review-storages");
  page_test_end (&test);
}

/* The size is that of the disks which are imported. */
static void
test_left_out (void)
{
  PageTest test;

  begin (&test);
  make_ready (&test);
  g_assert_false (ui_test_shows (GTK_WIDGET (test.window), "No disk"));
  ferry_plan_guest_get_disk (page_test_find_guest (&test, "erp-app"), 0)->included = FALSE;
  ferry_draft_touch (test.draft);
  page_test_settle (&test);
  g_assert_true (ui_test_shows (GTK_WIDGET (test.window), "No disk"));
  page_test_end (&test);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_copy (void)
{
  PageTest test;
  g_autofree char *text = NULL;

  begin (&test);
  make_ready (&test);
  gtk_widget_activate_action (GTK_WIDGET (test.page), "review.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (test.page)), NULL, on_read,
                                 &text);
  ui_test_wait_for (is_set, &text);
  g_assert_nonnull (strstr (text, "ferryctl import import.ferry-plan.json\n"));
  g_assert_nonnull (strstr (text, "erp-app-2.xml"));
  page_test_end (&test);
}

static void
test_many (void)
{
  PageTest test;
  FerryPlan *plan;

  begin (&test);
  make_ready (&test);
  plan = ferry_draft_get_plan (test.draft);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("more-%02u", i);
      g_autoptr (FerryGuest) guest = ferry_guest_copy (ferry_plan_get_guest (plan, 0)->source);

      g_free (guest->id);
      g_free (guest->name);
      guest->id = g_strdup (name);
      guest->name = g_strdup (name);
      g_clear_pointer (&((FerryNic *) g_ptr_array_index (guest->nics, 0))->mac, g_free);
      ferry_plan_add_guest (plan, guest);
    }
  ferry_draft_touch (test.draft);
  /* The first ones at once, all of them in the end. */
  while (count_rows (&test, "guests") + count_rows (&test, "blocked") < 45)
    g_main_context_iteration (NULL, TRUE);
  page_test_settle (&test);
  g_assert_cmpuint (count_rows (&test, "guests") + count_rows (&test, "blocked"), ==, 45);
  page_test_end (&test);
}

static void
on_jump (FerryPage *page, const char *name, const char *id, gpointer data)
{
  char **got = data;

  g_free (*got);
  *got = g_strdup_printf ("%s %s", name, id);
}

static void
test_jump (void)
{
  PageTest test;
  g_autofree char *got = NULL;

  begin (&test);
  g_signal_connect (test.page, "jump", G_CALLBACK (on_jump), &got);
  gtk_widget_activate (
      GTK_WIDGET (gtk_list_box_get_row_at_index (page_test_get (&test, NULL, "blocked"), 1)));
  g_assert_cmpstr (got, ==, "settings erp-app");
  page_test_end (&test);
}

static void
test_looks (void)
{
  PageTest test;

  begin (&test);
  make_ready (&test);
  gtk_window_set_default_size (test.window, 360, 900);
  g_object_set (test.page, "narrow", TRUE, NULL);
  page_test_shoot (&test, "review-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (test.window)), <=, 360);
  page_test_end (&test);
}

static void
test_dark (void)
{
  PageTest test;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  begin (&test);
  page_test_map_all (&test);
  page_test_shoot (&test, "review-dark");
  page_test_end (&test);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/review/blocked", test_blocked);
  g_test_add_func ("/review/asked-again", test_asked_again);
  g_test_add_func ("/review/numbers", test_numbers);
  g_test_add_func ("/review/left-out", test_left_out);
  g_test_add_func ("/review/copy", test_copy);
  g_test_add_func ("/review/many", test_many);
  g_test_add_func ("/review/jump", test_jump);
  g_test_add_func ("/review/looks", test_looks);
  g_test_add_func ("/review/dark", test_dark);

  return g_test_run ();
}
