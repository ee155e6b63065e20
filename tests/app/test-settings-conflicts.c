/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-conflict-dialog.h"
#include "ferry-wizard.h"
#include "settings-test.h"
#include "ui-test.h"

/* What is asked when names are taken. The made-up destination has an "erp-app". */

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (FERRY_IS_CONFLICT_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

/* Three guests, whose names are changed to those after the page was left; then it is entered again. */
static GtkWindow *
open_with_names (const char *first, const char *second, const char *third)
{
  GtkWindow *wizard = settings_test_open (FERRY_DESTINATION_LIBVIRT,
                                          settings_test_list ("1", "2", "3", NULL));
  const char *const names[] = { first, second, third };
  const char *const ids[] = { "1", "2", "3" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      FerryPlanGuest *guest = settings_test_get_guest (wizard, ids[i]);

      g_free (guest->name);
      guest->name = g_strdup (names[i]);
    }
  g_assert_null (find_dialog ());
  ferry_page_enter (ferry_wizard_get_page (FERRY_WIZARD (wizard)));
  ui_test_settle (wizard);

  return wizard;
}

static void
respond (GtkWidget *dialog, const char *response)
{
  ui_test_click (dialog, g_str_equal (response, "apply") ? "Continue" : "Decide Later");
}

static gboolean
can_apply (GtkWidget *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "apply");
}

static void
test_rename (void)
{
  GtkWindow *wizard = open_with_names ("web", "erp-app", "git");
  GtkWidget *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (settings_test_get (dialog, "name_row")), ==,
                   "erp-app_Copy");
  g_assert_false (gtk_widget_get_visible (settings_test_get (dialog, "all_group")));
  ui_test_shoot (GTK_WINDOW (dialog), "settings-conflict");
  settings_test_type (dialog, "name_row", "web");
  g_assert_false (can_apply (dialog));
  g_assert_nonnull (settings_test_get_problem (dialog, "name_note"));
  settings_test_type (dialog, "name_row", "erp-app");
  g_assert_false (can_apply (dialog));
  settings_test_type (dialog, "name_row", "a/b");
  g_assert_false (can_apply (dialog));
  settings_test_type (dialog, "name_row", "erp-2");
  g_assert_true (can_apply (dialog));
  respond (dialog, "apply");
  g_assert_cmpstr (settings_test_get_guest (wizard, "2")->name, ==, "erp-2");
  g_assert_null (find_dialog ());
  ui_test_drop (wizard);
}

static void
test_skip (void)
{
  GtkWindow *wizard = open_with_names ("web", "erp-app", "web");
  GtkWidget *dialog = find_dialog ();

  gtk_check_button_set_active (settings_test_get (dialog, "skip"), TRUE);
  g_assert_false (gtk_widget_get_visible (settings_test_get (dialog, "name_row")));
  respond (dialog, "apply");
  g_assert_null (ferry_plan_find_guest (settings_test_get_plan (wizard), "2"));

  /* And the next one. */
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (settings_test_get (dialog, "name_row")), ==, "web_Copy");
  respond (dialog, "later");
  g_assert_cmpstr (settings_test_get_guest (wizard, "3")->name, ==, "web");

  /* Nobody is asked twice. */
  ferry_page_enter (ferry_wizard_get_page (FERRY_WIZARD (wizard)));
  g_assert_null (find_dialog ());
  ui_test_drop (wizard);
}

static void
test_all (void)
{
  GtkWindow *wizard = open_with_names ("erp-app", "erp-app", "git");
  GtkWidget *dialog = find_dialog ();

  gtk_switch_set_active (settings_test_get (dialog, "all"), TRUE);
  ui_test_shoot (GTK_WINDOW (dialog), "settings-conflict-all");
  settings_test_type (dialog, "suffix_row", "");
  g_assert_false (can_apply (dialog));
  settings_test_type (dialog, "suffix_row", "/x");
  g_assert_false (can_apply (dialog));
  g_assert_nonnull (settings_test_get_problem (dialog, "suffix_note"));
  settings_test_type (dialog, "suffix_row", "-kvm");
  g_assert_true (can_apply (dialog));
  respond (dialog, "apply");
  g_assert_cmpstr (settings_test_get_guest (wizard, "1")->name, ==, "erp-app-kvm");
  g_assert_cmpstr (settings_test_get_guest (wizard, "2")->name, ==, "erp-app-kvm2");
  g_assert_cmpstr (settings_test_get_guest (wizard, "3")->name, ==, "git");
  g_assert_null (find_dialog ());
  ui_test_drop (wizard);
}

static void
test_skip_all (void)
{
  GtkWindow *wizard = open_with_names ("erp-app", "erp-app", "erp-app");
  GtkWidget *dialog = find_dialog ();

  gtk_switch_set_active (settings_test_get (dialog, "all"), TRUE);
  gtk_check_button_set_active (settings_test_get (dialog, "skip"), TRUE);
  respond (dialog, "apply");
  g_assert_cmpuint (settings_test_get_plan (wizard)->guests->len, ==, 0);
  g_assert_false (ferry_page_is_complete (ferry_wizard_get_page (FERRY_WIZARD (wizard))));
  ui_test_drop (wizard);
}

/* The wizard may go while it asks. */
static void
test_closed (void)
{
  GtkWindow *wizard = open_with_names ("erp-app", "web", "git");

  g_assert_nonnull (find_dialog ());
  ui_test_drop (wizard);
  g_assert_null (find_dialog ());
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-conflicts/rename", test_rename);
  g_test_add_func ("/settings-conflicts/skip", test_skip);
  g_test_add_func ("/settings-conflicts/all", test_all);
  g_test_add_func ("/settings-conflicts/skip-all", test_skip_all);
  g_test_add_func ("/settings-conflicts/closed", test_closed);

  return g_test_run ();
}
