/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-checks.h"

#include "ferry-settings-page.h"
#include "ferry-settings-remedy.h"
#include "page-test.h"
#include "ui-test.h"

#include <string.h>

/* The tab Checks: what was found, and the button that mends it. */

static void
begin (PageTest *test, const char *id)
{
  FerryPage *page;

  page_test_init (test);
  page = g_object_new (FERRY_TYPE_SETTINGS_PAGE, "draft", test->draft, NULL);
  ferry_settings_page_set_verifier (FERRY_SETTINGS_PAGE (page), test->verifier);
  page_test_show (test, page);
  ferry_page_show_guest (page, id);
  page_test_settle (test);
}

/* A finding as a source's reader makes them. */
static void
find (PageTest *test, const char *id, FerryRemedy remedy, int part)
{
  FerryPlanGuest *guest = page_test_find_guest (test, id);
  FerryCheck *check =
      ferry_check_new ("test.finding", FERRY_SEVERITY_BLOCKER, "Do something.", "It is so.");

  ferry_check_set_remedy (check, remedy, part);
  g_ptr_array_add (guest->source->checks, check);
  ferry_draft_touch (test->draft);
  page_test_settle (test);
}

static const char *
get_tab (PageTest *test)
{
  return adw_view_stack_get_visible_child_name (page_test_get (test, NULL, "tabs"));
}

/* The button of a remedy, as the row for @id has it. */
static void
press (PageTest *test, const char *id, FerryRemedy remedy, int part)
{
  gtk_widget_activate_action (GTK_WIDGET (test->page), "settings.remedy", "(ssi)", id,
                              ferry_remedy_to_word (remedy), part);
  page_test_settle (test);
}

static void
test_rename (void)
{
  PageTest test;
  GtkWidget *name;
  GtkWidget *focus;

  begin (&test, "erp-app");
  g_assert_cmpstr (get_tab (&test), ==, "checks");
  page_test_shoot (&test, "settings-checks");
  g_assert_true (
      ui_test_shows (GTK_WIDGET (test.window),
                     "Passed: power state, memory and CPUs, disks, snapshots, firmware"));
  ui_test_click (page_test_get (&test, NULL, "checks"), "Rename…");
  page_test_settle (&test);
  g_assert_cmpstr (get_tab (&test), ==, "general");
  name = page_test_get (&test, "general", "name_row");
  focus = gtk_window_get_focus (test.window);
  g_assert_true (focus != NULL && (focus == name || gtk_widget_is_ancestor (focus, name)));
  page_test_end (&test);
}

static void
test_network (void)
{
  PageTest test;
  GtkWidget *focus;

  begin (&test, "mail");
  ui_test_click (page_test_get (&test, NULL, "checks"), "Choose Network…");
  page_test_settle (&test);
  g_assert_cmpstr (get_tab (&test), ==, "network");
  focus = gtk_window_get_focus (test.window);
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, g_type_from_name ("FerryNicGroup")));
  page_test_end (&test);
}

/* What needs no further choice is done, and can be undone. */
static void
test_apply (void)
{
  PageTest test;
  FerryPlanGuest *guest;
  g_autofree char *text = NULL;
  g_autofree char *undone = NULL;

  begin (&test, "mail");
  text = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  press (&test, "mail", FERRY_REMEDY_LEAVE_OUT_DISK, 0);
  guest = page_test_find_guest (&test, "mail");
  g_assert_false (ferry_plan_guest_get_disk (guest, 0)->included);
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.undo", NULL);
  undone = ferry_plan_to_text (ferry_draft_get_plan (test.draft));
  g_assert_cmpstr (undone, ==, text);

  press (&test, "mail", FERRY_REMEDY_NEW_MAC, 0);
  guest = page_test_find_guest (&test, "mail");
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->mac_kind, ==, FERRY_MAC_NEW);
  guest->start = TRUE;
  press (&test, "mail", FERRY_REMEDY_DO_NOT_START, -1);
  g_assert_false (page_test_find_guest (&test, "mail")->start);

  /* Parts that it does not have, and guests that the plan does not have. */
  press (&test, "mail", FERRY_REMEDY_LEAVE_OUT_DISK, 7);
  press (&test, "mail", FERRY_REMEDY_NEW_MAC, -1);
  press (&test, "nobody", FERRY_REMEDY_NEW_MAC, 0);
  press (&test, "nobody", FERRY_REMEDY_LEAVE_OUT, -1);
  g_assert_cmpuint (ferry_draft_get_plan (test.draft)->guests->len, ==, 5);

  press (&test, "mail", FERRY_REMEDY_LEAVE_OUT, -1);
  g_assert_null (ferry_plan_find_guest (ferry_draft_get_plan (test.draft), "mail"));
  gtk_widget_activate_action (GTK_WIDGET (test.page), "settings.undo", NULL);
  g_assert_nonnull (ferry_plan_find_guest (ferry_draft_get_plan (test.draft), "mail"));
  page_test_end (&test);
}

/* The one whose heading begins with that; what else is asked on this page is not of interest. */
static GtkWindow *
find_dialog (const char *heading)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window) &&
          g_str_has_prefix (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (window)), heading))
        return window;
    }

  return NULL;
}

/* It changes the source: not without the user's word. */
static void
test_shut_down (void)
{
  PageTest test;
  GtkWindow *dialog;

  begin (&test, "web-02");
  find (&test, "web-02", FERRY_REMEDY_SHUT_DOWN, -1);
  ui_test_click (page_test_get (&test, NULL, "checks"), "Shut Down First");
  dialog = find_dialog ("Shut Down");
  g_assert_nonnull (dialog);
  g_assert_false (page_test_find_guest (&test, "web-02")->shut_down);
  ui_test_settle (dialog);
  ui_test_shoot (dialog, "settings-shut-down");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_assert_false (page_test_find_guest (&test, "web-02")->shut_down);

  press (&test, "web-02", FERRY_REMEDY_SHUT_DOWN, -1);
  dialog = find_dialog ("Shut Down");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "shut-down");
  g_assert_true (page_test_find_guest (&test, "web-02")->shut_down);
  page_test_end (&test);
}

static gboolean
is_looked_into (gpointer data)
{
  return page_test_find_guest (data, "mail")->source->inside != NULL;
}

static void
test_look (void)
{
  PageTest test;

  begin (&test, "mail");
  g_assert_false (gtk_widget_get_mapped (page_test_get (&test, "checks", "keys")));
  ui_test_click (page_test_get (&test, "checks", "look_row"), "Look");
  ui_test_wait_for (is_looked_into, &test);
  page_test_settle (&test);
  g_assert_true (ui_test_shows (GTK_WIDGET (test.window), "Debian 12 on /dev/sda1"));
  page_test_end (&test);

  /* Closed while it looks. */
  begin (&test, "mail");
  ui_test_click (page_test_get (&test, "checks", "look_row"), "Look");
  page_test_end (&test);
}

static const char *
get_key (const GPtrArray *keys)
{
  return keys->len > 0 ? ((const FerryPlanKey *) g_ptr_array_index (keys, 0))->key : NULL;
}

/* What is encrypted is told, and its key is asked for; no plan in a file has it. */
static void
test_keys (void)
{
  PageTest test;
  FerryPlan *plan;
  FerryPlanGuest *guest;
  g_autofree char *text = NULL;

  begin (&test, "mail");
  plan = ferry_draft_get_plan (test.draft);
  guest = page_test_find_guest (&test, "mail");
  guest->source->inside = ferry_inspection_new ();
  ferry_inspection_add_encrypted (guest->source->inside, "/dev/sda3");
  ferry_draft_touch (test.draft);
  page_test_settle (&test);
  g_assert_true (ui_test_shows (GTK_WIDGET (test.window), "/dev/sda3 is encrypted"));
  gtk_editable_set_text (page_test_get (&test, "checks", "keys"), "open sesame");
  g_assert_cmpstr (get_key (guest->keys), ==, "open sesame");
  g_assert_null (get_key (plan->keys));
  page_test_shoot (&test, "settings-keys");
  text = ferry_plan_to_text (plan);
  g_assert_null (strstr (text, "sesame"));

  gtk_switch_set_active (page_test_get (&test, "checks", "everywhere"), TRUE);
  g_assert_cmpstr (get_key (plan->keys), ==, "open sesame");
  /* Another one shows it, too; one of its own does not change that of all. */
  ferry_page_show_guest (test.page, "erp-app");
  page_test_settle (&test);
  g_assert_cmpstr (gtk_editable_get_text (page_test_get (&test, "checks", "keys")), ==,
                   "open sesame");
  g_assert_null (get_key (page_test_find_guest (&test, "erp-app")->keys));
  ferry_plan_add_key (page_test_find_guest (&test, "erp-app")->keys, NULL, "another");
  ferry_page_show_guest (test.page, "erp-app");
  gtk_editable_set_text (page_test_get (&test, "checks", "keys"), "yet another");
  g_assert_cmpstr (get_key (plan->keys), ==, "open sesame");
  g_assert_cmpstr (get_key (page_test_find_guest (&test, "erp-app")->keys), ==, "yet another");

  ferry_page_show_guest (test.page, "mail");
  gtk_editable_set_text (page_test_get (&test, "checks", "keys"), "");
  g_assert_null (get_key (plan->keys));
  g_assert_null (get_key (page_test_find_guest (&test, "mail")->keys));
  page_test_end (&test);
}

static void
on_jump (FerryPage *page, const char *name, const char *id, gpointer data)
{
  g_free (*(char **) data);
  *(char **) data = g_strdup (name);
}

static void
test_places (void)
{
  static const struct
  {
    FerryRemedy remedy;
    const char *page;
  } jumps[] = {
    { FERRY_REMEDY_CHOOSE_GUESTS, "guests" },    { FERRY_REMEDY_CHOOSE_DESTINATION, "destination" },
    { FERRY_REMEDY_CHOOSE_HOST, "destination" }, { FERRY_REMEDY_CHOOSE_STORAGE, "destination" },
    { FERRY_REMEDY_CHOOSE_SOURCE, "source" },
  };
  PageTest test;
  g_autofree char *got = NULL;

  begin (&test, "mail");
  g_signal_connect (test.page, "jump", G_CALLBACK (on_jump), &got);
  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      press (&test, "", jumps[i].remedy, -1);
      g_assert_cmpstr (got, ==, jumps[i].page);
      g_clear_pointer (&got, g_free);
    }

  press (&test, "mail", FERRY_REMEDY_CHOOSE_STORAGE, 0);
  g_assert_null (got);
  g_assert_cmpstr (get_tab (&test), ==, "disks");
  press (&test, "", FERRY_REMEDY_CHOOSE_NETWORK, -1);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (page_test_get (&test, NULL, "stack")), ==,
                   "all");
  page_test_end (&test);
}

/* Every remedy leads somewhere or does something. */
static void
test_all_remedies (void)
{
  g_autoptr (FerryGuest) source = ferry_guest_new ("a", "a");
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  FerryPlanGuest *guest;

  g_ptr_array_add (source->disks, ferry_disk_new ("Hard disk 1"));
  g_ptr_array_add (source->nics, ferry_nic_new ("Network adapter 1"));
  guest = ferry_plan_add_guest (plan, source);
  for (int i = FERRY_REMEDY_CHOOSE_GUESTS; i <= FERRY_REMEDY_CHOOSE_SOURCE; i++)
    {
      g_autofree char *done = ferry_remedy_apply ((FerryRemedy) i, guest, 0);
      const FerryRemedyPlace *place = ferry_remedy_get_place ((FerryRemedy) i, TRUE);

      g_assert_true ((done != NULL) + (place != NULL) + (i == FERRY_REMEDY_LEAVE_OUT) == 1);
      g_assert_null (ferry_remedy_apply ((FerryRemedy) i, NULL, 0));
    }
  g_assert_null (ferry_remedy_get_place (FERRY_REMEDY_NONE, TRUE));
}

static void
test_narrow (void)
{
  PageTest test;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  begin (&test, "erp-app");
  page_test_shoot (&test, "settings-checks-dark");
  /* The tabs go below when it is narrow, and only then it can be as narrow as that. */
  for (guint i = 0; i < 2; i++)
    {
      gtk_window_set_default_size (test.window, 360, 720);
      page_test_settle (&test);
    }
  page_test_shoot (&test, "settings-checks-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (test.window)), <=, 360);
  page_test_end (&test);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-checks/rename", test_rename);
  g_test_add_func ("/settings-checks/network", test_network);
  g_test_add_func ("/settings-checks/apply", test_apply);
  g_test_add_func ("/settings-checks/shut-down", test_shut_down);
  g_test_add_func ("/settings-checks/look", test_look);
  g_test_add_func ("/settings-checks/keys", test_keys);
  g_test_add_func ("/settings-checks/places", test_places);
  g_test_add_func ("/settings-checks/all-remedies", test_all_remedies);
  g_test_add_func ("/settings-checks/narrow", test_narrow);

  return g_test_run ();
}
