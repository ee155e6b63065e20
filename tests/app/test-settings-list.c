/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-list.h"

#include "ferry-choice.h"
#include "ferry-settings-page.h"
#include "page-test.h"
#include "ui-test.h"

/* The list of guests on the page Settings, and what is set for many at once. */

static void
begin (PageTest *test)
{
  FerryPage *page;

  page_test_init (test);
  page = g_object_new (FERRY_TYPE_SETTINGS_PAGE, "draft", test->draft, NULL);
  ferry_settings_page_set_verifier (FERRY_SETTINGS_PAGE (page), test->verifier);
  page_test_show (test, page);
}

static guint
count_shown (PageTest *test)
{
  return g_list_model_get_n_items (page_test_get (test, "sidebar", "filtered"));
}

static void
select_range (PageTest *test, guint first, guint n)
{
  gtk_selection_model_select_range (page_test_get (test, "sidebar", "selection"), first, n, TRUE);
  page_test_settle (test);
}

static const char *
get_shown (PageTest *test)
{
  return gtk_stack_get_visible_child_name (page_test_get (test, NULL, "stack"));
}

static const char *
get_name (PageTest *test)
{
  return gtk_label_get_label (page_test_get (test, NULL, "name"));
}

/* The entry of the filter with this title; G_MAXUINT: there is none. */
static guint
find_filter (PageTest *test, const char *title)
{
  GListModel *model = gtk_drop_down_get_model (page_test_get (test, "sidebar", "filter_choice"));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FerryChoice) choice = g_list_model_get_item (model, i);
      g_autofree char *own = NULL;

      g_object_get (choice, "title", &own, NULL);
      if (g_str_equal (own, title))
        return i;
    }

  return G_MAXUINT;
}

static void
choose_filter (PageTest *test, const char *title)
{
  guint position = find_filter (test, title);

  g_assert_cmpuint (position, !=, G_MAXUINT);
  gtk_drop_down_set_selected (page_test_get (test, "sidebar", "filter_choice"), position);
  page_test_settle (test);
}

static void
test_selection (void)
{
  PageTest test;

  begin (&test);
  g_assert_cmpuint (count_shown (&test), ==, 6);
  g_assert_cmpstr (get_shown (&test), ==, "all");
  select_range (&test, 3, 1);
  g_assert_cmpstr (get_shown (&test), ==, "guest");
  g_assert_cmpstr (get_name (&test), ==, "mail");
  select_range (&test, 1, 3);
  g_assert_cmpstr (get_shown (&test), ==, "many");
  g_assert_cmpstr (get_name (&test), ==, "3 virtual machines selected");
  page_test_shoot (&test, "settings-many");
  /* All of them, and the entry that stands for them. */
  gtk_widget_activate_action (page_test_get (&test, "sidebar", "list"), "list.select-all", NULL);
  g_assert_cmpstr (get_name (&test), ==, "5 virtual machines selected");
  select_range (&test, 0, 2);
  g_assert_cmpstr (get_shown (&test), ==, "guest");
  select_range (&test, 0, 1);
  g_assert_cmpstr (get_shown (&test), ==, "all");
  page_test_end (&test);
}

static void
test_step (void)
{
  PageTest test;

  begin (&test);
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.previous", NULL);
  g_assert_cmpstr (get_shown (&test), ==, "all");
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.next", NULL);
  g_assert_cmpstr (get_name (&test), ==, "db-prod-01");
  for (guint i = 0; i < 9; i++)
    gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.next", NULL);
  g_assert_cmpstr (get_name (&test), ==, "web-02");
  page_test_end (&test);
}

static void
test_search (void)
{
  PageTest test;
  GtkEditable *search;

  begin (&test);
  search = page_test_get (&test, "sidebar", "search");
  select_range (&test, 3, 1);
  gtk_editable_set_text (search, " WEB");
  page_test_settle (&test);
  g_assert_cmpuint (count_shown (&test), ==, 2);
  /* What was shown stays until another is chosen. */
  g_assert_cmpstr (get_name (&test), ==, "mail");
  gtk_editable_set_text (search, "nothing like it");
  page_test_settle (&test);
  g_assert_cmpuint (count_shown (&test), ==, 0);
  gtk_editable_set_text (search, "");
  g_assert_cmpuint (count_shown (&test), ==, 6);

  /* Who comes from the Review page is to see that guest. */
  gtk_editable_set_text (search, "web");
  ferry_page_show_guest (test.page, "mail");
  page_test_settle (&test);
  g_assert_cmpstr (get_name (&test), ==, "mail");
  g_assert_cmpuint (count_shown (&test), ==, 6);
  page_test_end (&test);
}

static void
test_filter (void)
{
  PageTest test;

  begin (&test);
  g_assert_cmpuint (find_filter (&test, "All (5)"), ==, 0);
  choose_filter (&test, "Name taken at the destination (1)");
  /* That guest, and the entry for all. */
  g_assert_cmpuint (count_shown (&test), ==, 2);
  page_test_shoot (&test, "settings-filter");

  /* It stays while it is edited, even when that was the remedy. */
  select_range (&test, 1, 1);
  g_assert_cmpstr (get_name (&test), ==, "erp-app");
  choose_filter (&test, "With blockers (5)");
  g_assert_cmpuint (count_shown (&test), ==, 6);
  page_test_map_all (&test);
  page_test_settle (&test);
  g_assert_cmpuint (find_filter (&test, "With blockers (5)"), ==, G_MAXUINT);
  g_assert_cmpuint (find_filter (&test, "Network not chosen (5)"), ==, G_MAXUINT);
  g_assert_cmpuint (count_shown (&test), ==, 3);
  select_range (&test, 1, 1);
  g_assert_cmpstr (get_name (&test), ==, "erp-app");
  page_test_end (&test);
}

static void
test_bulk (void)
{
  PageTest test;
  g_autofree char *text = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *network;

  begin (&test);
  text = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  select_range (&test, 2, 2); /* erp-app, mail: both on VM Network */
  network = gtk_widget_get_first_child (page_test_get (&test, "bulk", "networks_box"));
  g_assert_nonnull (network);
  g_assert_null (gtk_widget_get_next_sibling (network));
  adw_combo_row_set_selected (ADW_COMBO_ROW (gtk_widget_get_template_child (network,
                                                                            G_OBJECT_TYPE (network),
                                                                            "combo")),
                              2);
  page_test_settle (&test);
  for (const char *const *id = (const char *const[]){ "erp-app", "mail", NULL }; *id != NULL; id++)
    g_assert_cmpstr (ferry_plan_guest_get_nic (page_test_find_guest (&test, *id), 0)->network.name,
                     ==, "prod-120");
  g_assert_cmpint (ferry_plan_guest_get_nic (page_test_find_guest (&test, "web-01"), 0)
                       ->network.kind,
                   ==, FERRY_NETWORK_UNMAPPED);
  page_test_shoot (&test, "settings-many-undo");

  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.undo", NULL);
  undone = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  g_assert_cmpstr (undone, ==, text);
  /* There is nothing more to be undone. */
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.undo", NULL);

  adw_combo_row_set_selected (page_test_get (&test, "bulk", "format_row"), 2);
  adw_combo_row_set_selected (page_test_get (&test, "bulk", "shut_down_row"), 2);
  g_assert_cmpint (page_test_find_guest (&test, "mail")->format, ==, FERRY_FORMAT_RAW);
  g_assert_true (page_test_find_guest (&test, "erp-app")->shut_down);
  g_assert_false (page_test_find_guest (&test, "web-02")->shut_down);
  page_test_end (&test);
}

static void
test_differences (void)
{
  PageTest test;

  begin (&test);
  page_test_find_guest (&test, "mail")->format = FERRY_FORMAT_RAW;
  ferry_draft_touch (test.draft);
  select_range (&test, 2, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (page_test_get (&test, "bulk", "format_row")), ==,
                    0);
  g_assert_cmpuint (adw_combo_row_get_selected (page_test_get (&test, "bulk", "allocation_row")),
                    ==, 1);
  /* To say that they differ is not to choose anything. */
  adw_combo_row_set_selected (page_test_get (&test, "bulk", "allocation_row"), 0);
  page_test_settle (&test);
  g_assert_cmpint (page_test_find_guest (&test, "mail")->allocation, ==, FERRY_ALLOCATION_SPARSE);
  g_assert_cmpint (page_test_find_guest (&test, "mail")->format, ==, FERRY_FORMAT_RAW);
  page_test_end (&test);
}

static void
test_leave_out (void)
{
  PageTest test;
  g_autofree char *text = NULL;
  g_autofree char *undone = NULL;

  begin (&test);
  text = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  select_range (&test, 2, 3);
  ui_test_click (page_test_get (&test, NULL, "bulk"), "Leave Out of This Import");
  page_test_settle (&test);
  g_assert_cmpuint (count_shown (&test), ==, 3);
  g_assert_cmpuint (ferry_draft_get_plan (test.draft)->guests->len, ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.undo", NULL);
  page_test_settle (&test);
  undone = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  g_assert_cmpstr (undone, ==, text);
  g_assert_cmpuint (count_shown (&test), ==, 6);

  /* With all of them gone nothing is left to go on with. */
  select_range (&test, 0, 6);
  ui_test_click (page_test_get (&test, NULL, "bulk"), "Leave Out of This Import");
  page_test_settle (&test);
  g_assert_false (ferry_page_is_complete (test.page));
  g_assert_cmpuint (count_shown (&test), ==, 1);
  page_test_end (&test);
}

static void
test_narrow (void)
{
  PageTest test;

  begin (&test);
  gtk_window_set_default_size (test.window, 360, 720);
  select_range (&test, 2, 3);
  page_test_shoot (&test, "settings-many-narrow");
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.show-list", NULL);
  page_test_shoot (&test, "settings-list-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (test.window)), <=, 360);
  page_test_end (&test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-list/selection", test_selection);
  g_test_add_func ("/settings-list/step", test_step);
  g_test_add_func ("/settings-list/search", test_search);
  g_test_add_func ("/settings-list/filter", test_filter);
  g_test_add_func ("/settings-list/bulk", test_bulk);
  g_test_add_func ("/settings-list/differences", test_differences);
  g_test_add_func ("/settings-list/leave-out", test_leave_out);
  g_test_add_func ("/settings-list/narrow", test_narrow);

  return g_test_run ();
}
