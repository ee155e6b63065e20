/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard.h"

#include "fake-backend.h"
#include "ferry-destination-page.h"
#include "ferry-guests-page.h"
#include "ferry-name-dialog.h"
#include "ferry-settings-page.h"
#include "ferry-source-form.h"
#include "ferry-source-page.h"
#include "ferry-status-row.h"
#include "ferry-trust-dialog.h"
#include "ui-test.h"

/* The page Source with live sources: filling it in, testing, trusting, and what comes of Next. */

enum
{
  VMWARE,
  XEN,
  KVM,
  OVA,
};

typedef struct
{
  FerryProviders *providers;
  GtkWindow *wizard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fake_backend_reset ();
  fixture->providers = ferry_providers_new (fake_backend_get ());
}

static void
open_wizard (Fixture *fixture)
{
  ferry_providers_load (fixture->providers);
  fixture->wizard = ferry_wizard_new (NULL, NULL, fixture->providers);
  gtk_window_set_default_size (fixture->wizard, 1000, 940);
  gtk_window_present (fixture->wizard);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ui_test_drop (fixture->wizard);
  g_clear_object (&fixture->providers);
}

static FerryPage *
get_page (Fixture *fixture)
{
  return ferry_wizard_get_page (FERRY_WIZARD (fixture->wizard));
}

static gpointer
get_part (GtkWidget *widget, const char *name)
{
  GObject *part = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (part);

  return part;
}

static gpointer
page_part (Fixture *fixture, const char *name)
{
  return get_part (GTK_WIDGET (get_page (fixture)), name);
}

static gpointer
form_part (Fixture *fixture, const char *name)
{
  return get_part (page_part (fixture, "form"), name);
}

static void
type (Fixture *fixture, const char *row, const char *text)
{
  gtk_editable_set_text (form_part (fixture, row), text);
}

static const char *
get_text (Fixture *fixture, const char *row)
{
  return gtk_editable_get_text (form_part (fixture, row));
}

static void
choose_kind (Fixture *fixture, guint kind)
{
  adw_combo_row_set_selected (page_part (fixture, "kind_row"), kind);
}

static void
fill_in (Fixture *fixture, const char *host)
{
  choose_kind (fixture, VMWARE);
  type (fixture, "host_row", host);
  type (fixture, "user_row", "administrator@vsphere.local");
  type (fixture, "password_row", "secret");
}

static gboolean
is_complete (Fixture *fixture)
{
  return ferry_page_is_complete (get_page (fixture));
}

static FerryConnector *
get_connector (Fixture *fixture)
{
  return ferry_source_form_get_connector (page_part (fixture, "form"));
}

static gboolean
is_at_rest (gpointer data)
{
  FerryConnector *connector = get_connector (data);

  return !ferry_connector_is_busy (connector) ||
         ferry_connector_get_state (connector) == FERRY_CONNECTOR_ASKING;
}

static gboolean
is_destination (gpointer data)
{
  return FERRY_IS_DESTINATION_PAGE (get_page (data));
}

static gboolean
is_guests (gpointer data)
{
  return FERRY_IS_GUESTS_PAGE (get_page (data));
}

static gboolean
is_settings (gpointer data)
{
  return FERRY_IS_SETTINGS_PAGE (get_page (data));
}

static void
test_connection (Fixture *fixture)
{
  g_signal_emit_by_name (form_part (fixture, "status_row"), "again");
  ui_test_wait_for (is_at_rest, fixture);
}

static FerryStatus
get_status (Fixture *fixture)
{
  return ferry_status_row_get_status (form_part (fixture, "status_row"));
}

static const char *
get_status_text (Fixture *fixture)
{
  return ferry_status_row_get_text (form_part (fixture, "status_row"));
}

static void
next (Fixture *fixture)
{
  g_assert_true (is_complete (fixture));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.next", NULL));
}

static GtkWindow *
find_dialog (GType type)
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
get_dialog (GType type)
{
  GtkWindow *dialog = find_dialog (type);

  g_assert_nonnull (dialog);

  return dialog;
}

static void
shoot (Fixture *fixture, const char *name)
{
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  ui_test_shoot (fixture->wizard, name);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_test_shoot (fixture->wizard, dark);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

/* Next may be pressed when what is typed can be right, and not before. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  open_wizard (fixture);
  choose_kind (fixture, VMWARE);
  g_assert_false (is_complete (fixture));
  type (fixture, "host_row", "vc.example.com");
  type (fixture, "user_row", "root");
  g_assert_false (is_complete (fixture));
  type (fixture, "password_row", "secret");
  g_assert_true (is_complete (fixture));

  type (fixture, "host_row", "<hostname>");
  g_assert_false (is_complete (fixture));
  g_assert_true (gtk_widget_has_css_class (form_part (fixture, "host_row"), "error"));
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "problem")));
  shoot (fixture, "source-vmware-problem");
  type (fixture, "host_row", "vc.example.com");
  g_assert_false (gtk_widget_has_css_class (form_part (fixture, "host_row"), "error"));
  g_assert_true (is_complete (fixture));

  choose_kind (fixture, XEN);
  g_assert_false (is_complete (fixture));
  type (fixture, "uri_row", "xen+ssh://root@xen-03");
  g_assert_true (is_complete (fixture));
  g_assert_false (gtk_widget_get_visible (form_part (fixture, "user_row")));
  shoot (fixture, "source-xen");
  choose_kind (fixture, KVM);
  g_assert_cmpstr (get_text (fixture, "uri_row"), ==, "");
  type (fixture, "uri_row", "qemu+tcp://host/system");
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "user_row")));
  shoot (fixture, "source-kvm");

  /* What was typed is still there. */
  choose_kind (fixture, VMWARE);
  g_assert_cmpstr (get_text (fixture, "host_row"), ==, "vc.example.com");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "secret");
  choose_kind (fixture, OVA);
  g_assert_false (is_complete (fixture));
  choose_kind (fixture, XEN);
  g_assert_cmpstr (get_text (fixture, "uri_row"), ==, "xen+ssh://root@xen-03");
}

static gboolean
knows_places (gpointer data)
{
  return gtk_widget_get_parent (get_part (form_part (data, "datacenter_row"), "button")) != NULL;
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  open_wizard (fixture);
  fill_in (fixture, "vc.example.com");
  shoot (fixture, "source-vmware");
  test_connection (fixture);
  g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_GOOD);
  ui_test_wait_for (knows_places, fixture);
  type (fixture, "datacenter_row", "Berlin");
  shoot (fixture, "source-vmware-connected");
  /* That narrows the view, and says nothing against the connection. */
  g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_GOOD);
  type (fixture, "user_row", "root");
  g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_IDLE);
  g_assert_false (knows_places (fixture));
}

static void
test_failures (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *host;
    const char *title;
  } cases[] = {
    { "nowhere.example.com", "Not found" },
    { "refused.example.com", "No connection" },
  };

  open_wizard (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fill_in (fixture, cases[i].host);
      test_connection (fixture);
      g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_BAD);
      g_assert_cmpstr (get_status_text (fixture), ==, cases[i].title);
    }
  fill_in (fixture, "vc.example.com");
  type (fixture, "password_row", "wrong");
  test_connection (fixture);
  g_assert_cmpstr (get_status_text (fixture), ==, "Password rejected");
  shoot (fixture, "source-vmware-rejected");

  /* Next stays, and says the same. */
  next (fixture);
  ui_test_wait_for (is_at_rest, fixture);
  g_assert_true (FERRY_IS_SOURCE_PAGE (get_page (fixture)));
  g_assert_false (ferry_page_is_applying (get_page (fixture)));
  g_assert_cmpstr (get_status_text (fixture), ==, "Password rejected");
  g_assert_true (is_complete (fixture));
}

static gboolean
is_connecting (gpointer data)
{
  return ferry_connector_get_state (get_connector (data)) == FERRY_CONNECTOR_CONNECTING;
}

static void
test_silent (Fixture *fixture, gconstpointer data)
{
  open_wizard (fixture);
  fill_in (fixture, "silent.example.com");
  g_signal_emit_by_name (form_part (fixture, "status_row"), "again");
  ui_test_wait_for (is_connecting, fixture);
  g_assert_false (is_complete (fixture));
  ui_test_shoot (fixture->wizard, "source-vmware-testing");
  g_signal_emit_by_name (form_part (fixture, "status_row"), "again");
  g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_IDLE);

  next (fixture);
  ui_test_wait_for (is_connecting, fixture);
  ui_test_shoot (fixture->wizard, "source-vmware-applying");
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.stop", NULL);
  g_assert_cmpint (ferry_connector_get_state (get_connector (fixture)), ==, FERRY_CONNECTOR_IDLE);
  g_assert_true (is_complete (fixture));
}

static void
answer (const char *button)
{
  ui_test_click (GTK_WIDGET (get_dialog (FERRY_TYPE_TRUST_DIALOG)), button);
}

static void
test_trust (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;

  open_wizard (fixture);
  fill_in (fixture, "strange.example.com");
  test_connection (fixture);
  dialog = get_dialog (FERRY_TYPE_TRUST_DIALOG);
  g_assert_false (is_complete (fixture));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  g_assert_cmpstr (adw_message_dialog_get_close_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  ui_test_shoot (dialog, "trust-certificate");
  ui_test_shoot (fixture->wizard, "source-vmware-asking");
  ui_test_click (GTK_WIDGET (dialog), "edit-copy-symbolic");
  answer ("Cancel");
  g_assert_cmpstr (get_status_text (fixture), ==, "Certificate not trusted");
  g_assert_cmpuint (fake_backend_get_n_logins (), ==, 0);

  /* Next asks as well. */
  next (fixture);
  ui_test_wait_for (is_at_rest, fixture);
  answer ("Trust");
  ui_test_wait_for (is_destination, fixture);
  g_assert_cmpuint (fake_backend_get_n_logins (), ==, 1);
}

static void
test_trust_changed (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;

  open_wizard (fixture);
  fake_backend_set_changed ();
  fill_in (fixture, "strange.example.com");
  test_connection (fixture);
  dialog = get_dialog (FERRY_TYPE_TRUST_DIALOG);
  g_assert_cmpint (adw_message_dialog_get_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                                               "trust"),
                   ==, ADW_RESPONSE_DESTRUCTIVE);
  ui_test_shoot (dialog, "trust-certificate-changed");

  /* Typing gives the question up. */
  type (fixture, "host_row", "vc.example.com");
  g_assert_null (find_dialog (FERRY_TYPE_TRUST_DIALOG));

  choose_kind (fixture, XEN);
  type (fixture, "uri_row", "xen+ssh://root@strange");
  test_connection (fixture);
  gtk_window_set_default_size (get_dialog (FERRY_TYPE_TRUST_DIALOG), 340, 400);
  ui_test_shoot (get_dialog (FERRY_TYPE_TRUST_DIALOG), "trust-host-key-changed");
  answer ("Trust");
  ui_test_wait_for (is_at_rest, fixture);
  g_assert_cmpint (get_status (fixture), ==, FERRY_STATUS_GOOD);
}

static void
test_paste (Fixture *fixture, gconstpointer data)
{
  open_wizard (fixture);
  choose_kind (fixture, VMWARE);
  type (fixture, "password_row", "secret");
  type (fixture, "host_row",
        "vpx://administrator%40vsphere.local@vc.example.com/Berlin/esx-01?no_verify=1");
  g_assert_cmpstr (get_text (fixture, "host_row"), ==, "vc.example.com");
  g_assert_cmpstr (get_text (fixture, "user_row"), ==, "administrator@vsphere.local");
  g_assert_cmpstr (get_text (fixture, "datacenter_row"), ==, "Berlin");
  g_assert_cmpstr (get_text (fixture, "esx_row"), ==, "esx-01");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "secret");
  g_assert_true (gtk_switch_get_active (form_part (fixture, "verify_switch")));
  g_assert_true (is_complete (fixture));
}

static gboolean
is_host_known (gpointer data)
{
  Fixture *fixture = data;

  return ferry_draft_get_host (ferry_wizard_get_draft (FERRY_WIZARD (fixture->wizard))) != NULL;
}

/* Only what the conversion host can do can be chosen. */
static void
test_transport (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *row;

  open_wizard (fixture);
  fill_in (fixture, "vc.example.com");
  ui_test_wait_for (is_host_known, fixture);
  adw_expander_row_set_expanded (form_part (fixture, "advanced_row"), TRUE);
  row = form_part (fixture, "transport_row");
  adw_combo_row_set_selected (row, FERRY_TRANSPORT_VDDK - 1);
  g_assert_false (is_complete (fixture));
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "nbdkit-vddk-plugin"));
  gtk_switch_set_active (form_part (fixture, "verify_switch"), FALSE);
  shoot (fixture, "source-vmware-advanced");
  adw_combo_row_set_selected (row, FERRY_TRANSPORT_SSH - 1);
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "ssh_user_row")));
  g_assert_true (is_complete (fixture));
  adw_combo_row_set_selected (row, FERRY_TRANSPORT_HTTPS - 1);
  g_assert_true (is_complete (fixture));
}

static void
test_provider (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id =
      g_strdup (fake_backend_add_vcenter ("Frankfurt vCenter", "vc.example.com", "secret"));
  FerryPlan *plan;

  open_wizard (fixture);
  choose_kind (fixture, VMWARE);
  type (fixture, "host_row", "typed.example.com");
  adw_combo_row_set_selected (page_part (fixture, "provider_row"), 1);
  g_assert_cmpstr (get_text (fixture, "host_row"), ==, "vc.example.com");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_true (is_complete (fixture));
  g_assert_false (gtk_widget_get_visible (form_part (fixture, "save_button")));
  shoot (fixture, "source-vmware-provider");

  adw_combo_row_set_selected (page_part (fixture, "provider_row"), 0);
  g_assert_cmpstr (get_text (fixture, "host_row"), ==, "typed.example.com");
  adw_combo_row_set_selected (page_part (fixture, "provider_row"), 1);

  /* Its password is for its server only. */
  type (fixture, "host_row", "vc.evil.example.com");
  g_assert_false (is_complete (fixture));
  type (fixture, "host_row", "vc.example.com");
  g_assert_true (is_complete (fixture));

  next (fixture);
  ui_test_wait_for (is_destination, fixture);
  plan = ferry_draft_get_plan (ferry_wizard_get_draft (FERRY_WIZARD (fixture->wizard)));
  g_assert_cmpstr (plan->source.provider, ==, id);
  /* For the worker. */
  g_assert_cmpstr (plan->source.password, ==, "secret");
}

static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  fake_backend_add_vcenter ("Frankfurt vCenter", "vc.example.com", "secret");
  fake_backend_set_keyring (FAKE_KEYRING_LOCKED);
  open_wizard (fixture);
  choose_kind (fixture, VMWARE);
  adw_combo_row_set_selected (page_part (fixture, "provider_row"), 1);
  next (fixture);
  ui_test_wait_for (is_at_rest, fixture);
  g_assert_cmpstr (get_status_text (fixture), ==, "Password needed");
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "keyring_note")));
  g_assert_false (is_complete (fixture));
  shoot (fixture, "source-vmware-no-keyring");

  type (fixture, "password_row", "secret");
  next (fixture);
  ui_test_wait_for (is_destination, fixture);
}

static gboolean
is_kept (gpointer data)
{
  return fake_backend_get_password (data) != NULL;
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;
  FerryProviderItem *item;
  const FerryProvider *provider;

  open_wizard (fixture);
  choose_kind (fixture, VMWARE);
  g_assert_false (gtk_widget_get_visible (form_part (fixture, "save_button")));
  fill_in (fixture, "vc.example.com");
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "save_button")));
  g_signal_emit_by_name (form_part (fixture, "save_button"), "clicked");
  dialog = get_dialog (FERRY_TYPE_NAME_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (get_part (GTK_WIDGET (dialog), "name_row")), ==,
                   "vc.example.com");
  gtk_editable_set_text (get_part (GTK_WIDGET (dialog), "name_row"), "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save"));
  gtk_editable_set_text (get_part (GTK_WIDGET (dialog), "name_row"), "Frankfurt vCenter");
  ui_test_shoot (dialog, "source-save-provider");
  ui_test_click (GTK_WIDGET (dialog), "Save");

  item = ferry_providers_find_name (fixture->providers, "frankfurt vcenter");
  g_assert_nonnull (item);
  provider = ferry_provider_item_get_provider (item);
  ui_test_wait_for (is_kept, provider->id);
  g_assert_cmpstr (fake_backend_get_password (provider->id), ==, "secret");
  g_assert_null (fake_backend_get_provider (provider->id)->source.password);
  g_assert_cmpuint (adw_combo_row_get_selected (page_part (fixture, "provider_row")), ==, 1);
  g_assert_false (gtk_widget_get_visible (form_part (fixture, "save_button")));
  type (fixture, "datacenter_row", "Berlin");
  g_assert_true (gtk_widget_get_visible (form_part (fixture, "save_button")));
}

static void
select_all (Fixture *fixture)
{
  GtkWidget *pane = page_part (fixture, "source_pane");

  gtk_selection_model_select_all (get_part (pane, "selection"));
  gtk_widget_activate_action (GTK_WIDGET (get_page (fixture)), "guests.add", NULL);
}

/* Names first, everything for the chosen ones, and what is gone stays with the reason. */
static void
test_read (Fixture *fixture, gconstpointer data)
{
  FerryDraft *draft;
  FerryPlanGuest *gone;

  open_wizard (fixture);
  fill_in (fixture, "slowly.example.com");
  next (fixture);
  ui_test_wait_for (is_destination, fixture);
  draft = ferry_wizard_get_draft (FERRY_WIZARD (fixture->wizard));
  g_assert_cmpuint (ferry_draft_get_guests (draft)->len, ==, 15);
  adw_combo_row_set_selected (page_part (fixture, "kind_row"), 1);
  while (!is_complete (fixture))
    g_main_context_iteration (NULL, TRUE);
  next (fixture);
  ui_test_wait_for (is_guests, fixture);
  ui_test_shoot (fixture->wizard, "guests-live");
  /* The names alone have no sizes. */
  g_assert_null (gtk_column_view_column_get_column_view (
      get_part (page_part (fixture, "source_pane"), "memory_column")));
  g_assert_nonnull (gtk_column_view_column_get_column_view (
      get_part (page_part (fixture, "source_pane"), "place_column")));
  select_all (fixture);
  next (fixture);
  for (guint i = 0; i < 40; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (20 * 1000);
    }
  ui_test_shoot (fixture->wizard, "guests-live-reading");
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.stop", NULL);
  g_assert_true (is_guests (fixture));

  next (fixture);
  ui_test_wait_for (is_settings, fixture);
  gone = ferry_plan_find_guest (ferry_draft_get_plan (draft), "backup-gw");
  g_assert_nonnull (gone);
  g_assert_true (ferry_draft_is_blocked (draft, "backup-gw"));
  g_assert_cmpuint (ferry_plan_find_guest (ferry_draft_get_plan (draft), "mail")
                        ->source->disks->len,
                    >, 0);
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  fake_backend_add_vcenter ("Frankfurt vCenter", "vc.example.com", "secret");
  open_wizard (fixture);
  gtk_window_set_default_size (fixture->wizard, 360, 940);
  choose_kind (fixture, VMWARE);
  adw_combo_row_set_selected (page_part (fixture, "provider_row"), 1);
  adw_expander_row_set_expanded (form_part (fixture, "advanced_row"), TRUE);
  test_connection (fixture);
  shoot (fixture, "source-vmware-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->wizard)), <=, 360);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  open_wizard (fixture);
  fill_in (fixture, "silent.example.com");
  g_signal_emit_by_name (form_part (fixture, "status_row"), "again");
  ui_test_wait_for (is_connecting, fixture);
  ui_test_drop (fixture->wizard);

  open_wizard (fixture);
  fill_in (fixture, "strange.example.com");
  test_connection (fixture);
  g_assert_nonnull (find_dialog (FERRY_TYPE_TRUST_DIALOG));
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

  add_test ("/source-form/typing", test_typing);
  add_test ("/source-form/good", test_good);
  add_test ("/source-form/failures", test_failures);
  add_test ("/source-form/silent", test_silent);
  add_test ("/source-form/trust", test_trust);
  add_test ("/source-form/trust-changed", test_trust_changed);
  add_test ("/source-form/paste", test_paste);
  add_test ("/source-form/transport", test_transport);
  add_test ("/source-form/provider", test_provider);
  add_test ("/source-form/no-keyring", test_no_keyring);
  add_test ("/source-form/save", test_save);
  add_test ("/source-form/read", test_read);
  add_test ("/source-form/narrow", test_narrow);
  add_test ("/source-form/closed", test_closed);

  return g_test_run ();
}
