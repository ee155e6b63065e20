/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-window.h"

#include "fake-backend.h"
#include "fake-worker.h"
#include "ferry-provider-editor.h"
#include "ferry-provider-row.h"
#include "ferry-providers-file.h"
#include "ferry-providers-view.h"
#include "ferry-source-form.h"
#include "ferry-trust-dialog.h"
#include "ui-test.h"

#include <glib/gstdio.h>

/* The providers in the main window: what their rows say, and what can be done with them. */

typedef struct
{
  FerryWorkerClient *client;
  FerryProviders *providers;
  GtkWindow *window;
  char *wanted; /* the provider that a wizard was asked for */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fake_backend_reset ();
  fixture->client = ferry_worker_client_new ();
  fixture->providers = ferry_providers_new (fake_backend_get ());
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ui_test_drop (fixture->window);
  g_clear_object (&fixture->providers);
  g_clear_object (&fixture->client);
  g_free (fixture->wanted);
}

static void
on_new_import_from (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ((Fixture *) data)->wanted = g_variant_dup_string (parameter, NULL);
}

static void
add_app_actions (Fixture *fixture)
{
  const GActionEntry entries[] = {
    { "new-import", NULL, NULL, NULL, NULL, { 0 } },
    { "new-import-from", on_new_import_from, "s", NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "app", G_ACTION_GROUP (group));
}

static gpointer
get_part (gpointer widget, const char *name)
{
  GObject *part = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (part);

  return part;
}

static GtkWidget *
get_view (Fixture *fixture)
{
  return get_part (fixture->window, "providers_view");
}

static void
open_window (Fixture *fixture, int width, int height)
{
  fixture->window = ferry_window_new (NULL, fixture->client, fixture->providers);
  add_app_actions (fixture);
  gtk_window_set_default_size (fixture->window, width, height);
  gtk_window_present (fixture->window);
  adw_view_stack_set_visible_child_name (get_part (fixture->window, "pages"), "providers");
  ui_test_settle (fixture->window);
}

static GtkWidget *
find_row_below (GtkWidget *widget, const char *name)
{
  if (FERRY_IS_PROVIDER_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row_below (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get_row (Fixture *fixture, const char *name)
{
  GtkWidget *row = find_row_below (get_view (fixture), name);

  g_assert_nonnull (row);

  return row;
}

static const char *
get_status (Fixture *fixture, const char *name)
{
  return gtk_label_get_label (get_part (get_row (fixture, name), "status"));
}

static const char *
get_button (Fixture *fixture, const char *name)
{
  return gtk_button_get_label (get_part (get_row (fixture, name), "button"));
}

static void
click_button (Fixture *fixture, const char *name)
{
  g_signal_emit_by_name (get_part (get_row (fixture, name), "button"), "clicked");
}

static gboolean
is_at_rest (gpointer data)
{
  FerryConnector *connector =
      ferry_provider_item_get_connector (ferry_provider_row_get_item (FERRY_PROVIDER_ROW (data)));

  return !ferry_connector_is_busy (connector) ||
         ferry_connector_get_state (connector) == FERRY_CONNECTOR_ASKING;
}

static void
test (Fixture *fixture, const char *name)
{
  gtk_widget_activate_action (get_row (fixture, name), "provider.test", NULL);
  ui_test_wait_for (is_at_rest, get_row (fixture, name));
}

static GtkWindow *
find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  return NULL;
}

static GtkWindow *
get_window (GType type)
{
  GtkWindow *window = find_window (type);

  g_assert_nonnull (window);

  return window;
}

static void
shoot (GtkWindow *window, const char *name)
{
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  ui_test_shoot (window, name);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_test_shoot (window, dark);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  open_window (fixture, 1000, 720);
  g_assert_true (ui_test_shows (GTK_WIDGET (fixture->window), "No Providers Yet"));
  shoot (fixture->window, "providers-empty");
  adw_view_stack_set_visible_child_name (get_part (fixture->window, "pages"), "imports");
  ui_test_settle (fixture->window);
  g_assert_true (gtk_widget_get_visible (get_part (fixture->window, "new_button")));
  adw_view_stack_set_visible_child_name (get_part (fixture->window, "pages"), "providers");
  g_assert_false (gtk_widget_get_visible (get_part (fixture->window, "new_button")));
  ui_test_click (GTK_WIDGET (fixture->window), "Add Provider…");
  gtk_window_destroy (get_window (FERRY_TYPE_PROVIDER_EDITOR));
}

static void
add_all (void)
{
  fake_backend_add_vcenter ("Frankfurt vCenter", "vcenter.example.com", "secret");
  fake_backend_add_vcenter ("Branch ESXi", "esx-07.branch.example.com", "wrong");
  fake_backend_add_libvirt ("Xen Lab", "xen+ssh://root@strange.example.com");
  fake_backend_add_libvirt ("This Computer", "qemu:///system");
  fake_backend_add_libvirt ("Old KVM Cluster", "qemu+ssh://ferry@silent.example.com/system");
}

/* Each state in a row of its own, as in the picture of how it should look. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  add_all ();
  fake_backend_set_changed ();
  open_window (fixture, 1000, 720);
  g_assert_cmpstr (get_status (fixture, "Frankfurt vCenter"), ==, "Never tested");
  g_assert_cmpstr (get_button (fixture, "Frankfurt vCenter"), ==, "Test");
  test (fixture, "Frankfurt vCenter");
  g_assert_true (g_str_has_prefix (get_status (fixture, "Frankfurt vCenter"), "Connected today"));
  test (fixture, "Branch ESXi");
  g_assert_cmpstr (get_status (fixture, "Branch ESXi"), ==, "Password rejected");
  g_assert_cmpstr (get_button (fixture, "Branch ESXi"), ==, "Edit…");

  test (fixture, "Xen Lab");
  ui_test_click (GTK_WIDGET (get_window (FERRY_TYPE_TRUST_DIALOG)), "Cancel");
  g_assert_cmpstr (get_button (fixture, "Xen Lab"), ==, "Review…");
  click_button (fixture, "Old KVM Cluster");
  ui_test_settle (fixture->window);
  g_assert_cmpstr (get_button (fixture, "Old KVM Cluster"), ==, "Stop");
  shoot (fixture->window, "providers");
  click_button (fixture, "Old KVM Cluster");
  g_assert_cmpstr (get_status (fixture, "Old KVM Cluster"), ==, "Never tested");

  /* What came of it is remembered. */
  ferry_providers_load (fixture->providers);
  g_assert_cmpstr (get_status (fixture, "Branch ESXi"), ==, "Password rejected");

  click_button (fixture, "Xen Lab");
  ui_test_wait_for (is_at_rest, get_row (fixture, "Xen Lab"));
  ui_test_click (GTK_WIDGET (get_window (FERRY_TYPE_TRUST_DIALOG)), "Trust");
  ui_test_wait_for (is_at_rest, get_row (fixture, "Xen Lab"));
  g_assert_true (g_str_has_prefix (get_status (fixture, "Xen Lab"), "Connected"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  add_all ();
  open_window (fixture, 360, 720);
  test (fixture, "Frankfurt vCenter");
  test (fixture, "Branch ESXi");
  ui_test_settle (fixture->window);
  shoot (fixture->window, "providers-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
}

static gboolean
says_no_keyring (gpointer data)
{
  Fixture *fixture = data;

  return g_str_has_prefix (gtk_label_get_label (get_part (get_view (fixture), "keyring")),
                           "There is no keyring");
}

/* What is said about passwords is true in a session without a keyring, too. */
static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  fake_backend_set_keyring (FAKE_KEYRING_ABSENT);
  add_all ();
  open_window (fixture, 1000, 720);
  ui_test_wait_for (says_no_keyring, fixture);
}

static gpointer
form_part (GtkWindow *editor, const char *name)
{
  return get_part (get_part (editor, "form"), name);
}

static gboolean
can_save (GtkWindow *editor)
{
  return gtk_widget_is_sensitive (ui_test_find (GTK_WIDGET (editor), GTK_TYPE_BUTTON, "Save"));
}

static gboolean
is_kept (gpointer data)
{
  return fake_backend_get_password (data) != NULL;
}

static gboolean
is_forgotten (gpointer data)
{
  return fake_backend_get_password (data) == NULL;
}

static const FerryProvider *
find_provider (Fixture *fixture, const char *name)
{
  FerryProviderItem *item = ferry_providers_find_name (fixture->providers, name);

  g_assert_nonnull (item);

  return ferry_provider_item_get_provider (item);
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  GtkWindow *editor;

  fake_backend_add_libvirt ("Taken", "qemu:///system");
  open_window (fixture, 1000, 720);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-provider", NULL);
  editor = get_window (FERRY_TYPE_PROVIDER_EDITOR);
  g_assert_false (can_save (editor));
  gtk_editable_set_text (form_part (editor, "host_row"), "vc.example.com");
  g_assert_cmpstr (gtk_editable_get_text (get_part (editor, "name_row")), ==, "vc.example.com");
  gtk_editable_set_text (form_part (editor, "user_row"), "root");
  /* Whoever does not want to keep the password is asked for it later. */
  g_assert_true (can_save (editor));
  gtk_editable_set_text (form_part (editor, "password_row"), "secret");
  gtk_editable_set_text (get_part (editor, "name_row"), " taken ");
  g_assert_false (can_save (editor));
  shoot (editor, "provider-editor-taken");
  gtk_editable_set_text (get_part (editor, "name_row"), "Frankfurt");
  g_assert_true (can_save (editor));
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  g_assert_null (find_window (FERRY_TYPE_PROVIDER_EDITOR));

  g_assert_cmpuint (fake_backend_get_n_providers (), ==, 2);
  ui_test_wait_for (is_kept, find_provider (fixture, "Frankfurt")->id);
  g_assert_cmpstr (get_status (fixture, "Frankfurt"), ==, "Never tested");
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id =
      g_strdup (fake_backend_add_vcenter ("Frankfurt", "vc.example.com", "secret"));
  GtkWindow *editor;

  open_window (fixture, 1000, 720);
  test (fixture, "Frankfurt");
  gtk_widget_activate_action (get_row (fixture, "Frankfurt"), "provider.edit", NULL);
  editor = get_window (FERRY_TYPE_PROVIDER_EDITOR);
  shoot (editor, "provider-editor");
  g_assert_cmpstr (gtk_editable_get_text (form_part (editor, "password_row")), ==, "");
  gtk_editable_set_text (get_part (editor, "name_row"), "Main");
  gtk_switch_set_active (form_part (editor, "remember_switch"), FALSE);
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  ui_test_wait_for (is_forgotten, id);
  g_assert_cmpstr (fake_backend_get_provider (id)->name, ==, "Main");
  /* Its server is the same. */
  g_assert_true (g_str_has_prefix (get_status (fixture, "Main"), "Connected"));

  gtk_widget_activate_action (get_row (fixture, "Main"), "provider.edit", NULL);
  editor = get_window (FERRY_TYPE_PROVIDER_EDITOR);
  adw_combo_row_set_selected (get_part (editor, "kind_row"), 2);
  gtk_editable_set_text (form_part (editor, "uri_row"), "qemu:///system");
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  g_assert_cmpstr (get_status (fixture, "Main"), ==, "Never tested");
  g_assert_true (gtk_widget_get_visible (get_part (get_view (fixture), "kvm_group")));
  g_assert_false (gtk_widget_get_visible (get_part (get_view (fixture), "vmware_group")));
}

static void
test_duplicate_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id =
      g_strdup (fake_backend_add_vcenter ("Frankfurt", "vc.example.com", "secret"));
  GtkWindow *editor;
  GtkWindow *dialog;

  open_window (fixture, 1000, 720);
  gtk_widget_activate_action (get_row (fixture, "Frankfurt"), "provider.duplicate", NULL);
  editor = get_window (FERRY_TYPE_PROVIDER_EDITOR);
  g_assert_cmpstr (gtk_editable_get_text (get_part (editor, "name_row")), ==, "Frankfurt 2");
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  g_assert_cmpuint (fake_backend_get_n_providers (), ==, 2);
  g_assert_cmpstr (find_provider (fixture, "Frankfurt 2")->id, !=, id);

  gtk_widget_activate_action (get_row (fixture, "Frankfurt"), "provider.remove", NULL);
  dialog = get_window (ADW_TYPE_MESSAGE_DIALOG);
  ui_test_shoot (dialog, "provider-remove");
  ui_test_click (GTK_WIDGET (dialog), "Remove");
  g_assert_cmpuint (fake_backend_get_n_providers (), ==, 1);
  ui_test_wait_for (is_forgotten, id);
  g_assert_null (find_row_below (get_view (fixture), "Frankfurt"));
}

static void
test_import_from (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id =
      g_strdup (fake_backend_add_vcenter ("Frankfurt", "vc.example.com", "secret"));

  open_window (fixture, 1000, 720);
  gtk_widget_activate_action (get_row (fixture, "Frankfurt"), "provider.import", NULL);
  g_assert_cmpstr (fixture->wanted, ==, id);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("ferry-providers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "providers.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  guint n = 0;

  add_all ();
  open_window (fixture, 1000, 720);
  g_assert_true (ferry_providers_file_write (fixture->providers, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "vcenter.example.com"));
  g_assert_null (strstr (text, "secret"));

  g_assert_true (ferry_providers_file_read (fixture->providers, path, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 5);
  g_assert_true (g_file_set_contents (path, "\x01\xff[[[", -1, NULL));
  g_assert_false (ferry_providers_file_read (fixture->providers, path, &n, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_unlink (path);
  g_rmdir (folder);
}

static void
add_test (const char *path, void (*run) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, run, tear_down);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  add_test ("/providers-view/empty", test_empty);
  add_test ("/providers-view/states", test_states);
  add_test ("/providers-view/narrow", test_narrow);
  add_test ("/providers-view/no-keyring", test_no_keyring);
  add_test ("/providers-view/add", test_add);
  add_test ("/providers-view/edit", test_edit);
  add_test ("/providers-view/duplicate-and-remove", test_duplicate_and_remove);
  add_test ("/providers-view/import-from", test_import_from);
  add_test ("/providers-view/file", test_file);

  return g_test_run ();
}
