/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard.h"

#include "fake-backend.h"
#include "fake-worker.h"
#include "ferry-check-row.h"
#include "ferry-destination-page.h"
#include "ferry-guests-page.h"
#include "ferry-path-row.h"
#include "ferry-review-page.h"
#include "ferry-review-row.h"
#include "ferry-settings-page.h"
#include "ferry-source-page.h"
#include "ferry-status-row.h"
#include "ui-test.h"

#include <glib/gstdio.h>

/* The wizard over a made-up source and destination, as far as the worker. */

#define FOLDER 0
#define LIBVIRT 1

static GtkWindow *
open_wizard (void)
{
  g_autoptr (FerryWorkerClient) client = ferry_worker_client_new ();
  g_autoptr (FerryProviders) providers = ferry_providers_new (fake_backend_get ());
  GtkWindow *wizard = ferry_wizard_new (NULL, client, providers);

  gtk_window_present (wizard);

  return wizard;
}

static FerryDraft *
get_draft (GtkWindow *wizard)
{
  return ferry_wizard_get_draft (FERRY_WIZARD (wizard));
}

static FerryPage *
get_page (GtkWindow *wizard)
{
  return ferry_wizard_get_page (FERRY_WIZARD (wizard));
}

static GtkWidget *
find (GtkWindow *wizard, GType type)
{
  GtkWidget *widget = ui_test_find (GTK_WIDGET (get_page (wizard)), type, NULL);

  g_assert_nonnull (widget);

  return widget;
}

static gboolean
is_complete (gpointer wizard)
{
  return ferry_page_is_complete (get_page (wizard));
}

static gboolean
has_bad_status (gpointer wizard)
{
  GtkWidget *row = ui_test_find (GTK_WIDGET (get_page (wizard)), FERRY_TYPE_STATUS_ROW, NULL);

  return row != NULL && ferry_status_row_get_status (FERRY_STATUS_ROW (row)) == FERRY_STATUS_BAD;
}

static gboolean
is_host_known (gpointer wizard)
{
  return ferry_draft_get_host (get_draft (wizard)) != NULL;
}

typedef struct
{
  GtkWindow *wizard;
  GType type;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;

  return G_OBJECT_TYPE (get_page (shown->wizard)) == shown->type;
}

static void
go_next (GtkWindow *wizard, GType next)
{
  Shown shown = { wizard, next };

  ui_test_wait_for (is_complete, wizard);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.next", NULL));
  ui_test_wait_for (is_shown, &shown);
}

static void
type_path (GtkWindow *wizard, const char *path)
{
  gtk_editable_set_text (GTK_EDITABLE (find (wizard, FERRY_TYPE_PATH_ROW)), path);
}

/* To the page Virtual Machines, by way of @kind of destination. */
static void
go_to_guests (GtkWindow *wizard, const char *source, guint kind)
{
  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), source);
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (wizard, ADW_TYPE_COMBO_ROW)), kind);
  if (kind == FOLDER)
    type_path (wizard, "/srv/vms");
  ui_test_wait_for (is_host_known, wizard);
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
}

/* A part of the page's template. */
static gpointer
get_child (GtkWindow *wizard, const char *name)
{
  GtkWidget *page = GTK_WIDGET (get_page (wizard));
  GObject *child = gtk_widget_get_template_child (page, G_OBJECT_TYPE (page), name);

  g_assert_nonnull (child);

  return child;
}

static guint
count_pane (GtkWindow *wizard, const char *name)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (ferry_guest_pane_get_store (get_child (wizard, name))));
}

/* Selects the guests at @first to @last of the list as it is sorted. */
static void
select_range (GtkWindow *wizard, const char *pane, guint first, guint last)
{
  GObject *selection =
      gtk_widget_get_template_child (get_child (wizard, pane), FERRY_TYPE_GUEST_PANE, "selection");

  gtk_selection_model_select_range (GTK_SELECTION_MODEL (selection), first, last - first + 1, TRUE);
}

static const FerryPlanGuest *
find_planned (GtkWindow *wizard, const char *id)
{
  const FerryPlanGuest *guest =
      ferry_plan_find_guest (ferry_draft_get_plan (get_draft (wizard)), id);

  g_assert_nonnull (guest);

  return guest;
}

/* Five chosen guests, as far as the settings. */
static void
go_to_settings (GtkWindow *wizard, guint kind)
{
  go_to_guests (wizard, "/many", kind);
  select_range (wizard, "source_pane", 3, 6);
  gtk_widget_activate_action (GTK_WIDGET (get_page (wizard)), "guests.add", NULL);
  select_range (wizard, "source_pane", 6, 6);
  gtk_widget_activate_action (GTK_WIDGET (get_page (wizard)), "guests.add", NULL);
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 5);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
}

static void
test_source (void)
{
  GtkWindow *wizard = open_wizard ();

  g_assert_false (is_complete (wizard));
  type_path (wizard, "/broken");
  ui_test_wait_for (has_bad_status, wizard);
  g_assert_false (is_complete (wizard));
  ui_test_shoot (wizard, "wizard-source-error");

  type_path (wizard, "/none");
  ui_test_wait_for (has_bad_status, wizard);
  g_assert_false (is_complete (wizard));

  /* What is being read is given up for what is typed next. */
  type_path (wizard, "/slow");
  ui_test_settle (wizard);
  type_path (wizard, " /many ");
  ui_test_wait_for (is_complete, wizard);
  g_assert_true (ui_test_shows (GTK_WIDGET (wizard), "15 virtual machines"));
  ui_test_shoot (wizard, "wizard-source");

  type_path (wizard, "");
  g_assert_false (is_complete (wizard));
  ui_test_drop (wizard);
}

static void
test_closed_while_reading (void)
{
  GtkWindow *wizard = open_wizard ();

  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/slow");
  ui_test_settle (wizard);
  ui_test_drop (wizard);
}

static void
test_destination_folder (void)
{
  GtkWindow *wizard = open_wizard ();

  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/one");
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  type_path (wizard, "/broken");
  ui_test_wait_for (has_bad_status, wizard);
  g_assert_false (is_complete (wizard));
  type_path (wizard, "/srv/vms");
  ui_test_wait_for (is_complete, wizard);
  ui_test_wait_for (is_host_known, wizard);
  ui_test_shoot (wizard, "wizard-destination-folder");
  g_assert_cmpstr (ferry_draft_get_plan (get_draft (wizard))->destination.path, ==, "/srv/vms");
  ui_test_drop (wizard);
}

static void
test_destination_libvirt (void)
{
  GtkWindow *wizard = open_wizard ();
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (wizard));

  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/one");
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  adw_combo_row_set_selected (get_child (wizard, "kind_row"), LIBVIRT);
  ui_test_wait_for (is_complete, wizard);
  g_assert_cmpstr (plan->destination.uri, ==, "qemu:///system");
  /* The first pool cannot be used. */
  g_assert_cmpstr (plan->destination.pool, ==, "vm-data-01");
  ui_test_wait_for (is_host_known, wizard);
  ui_test_shoot (wizard, "wizard-destination");

  adw_combo_row_set_selected (get_child (wizard, "pool_row"), 0);
  g_assert_false (is_complete (wizard));
  adw_combo_row_set_selected (get_child (wizard, "pool_row"), 1);
  g_assert_true (is_complete (wizard));

  adw_combo_row_set_selected (get_child (wizard, "libvirt_row"), 2);
  g_assert_false (is_complete (wizard));
  gtk_editable_set_text (get_child (wizard, "uri_row"), "qemu+ssh://broken/system");
  ui_test_wait_for (has_bad_status, wizard);
  ui_test_shoot (wizard, "wizard-destination-error");
  adw_combo_row_set_selected (get_child (wizard, "format_row"), 1);
  g_assert_cmpint (plan->format, ==, FERRY_FORMAT_RAW);
  ui_test_drop (wizard);
}

static void
test_guests (void)
{
  GtkWindow *wizard = open_wizard ();

  go_to_guests (wizard, "/many", LIBVIRT);
  g_assert_cmpuint (count_pane (wizard, "source_pane"), ==, 15);
  g_assert_false (is_complete (wizard));

  select_range (wizard, "source_pane", 11, 13);
  ui_test_shoot (wizard, "wizard-guests-selected");
  gtk_widget_activate_action (GTK_WIDGET (get_page (wizard)), "guests.add", NULL);
  g_assert_cmpuint (count_pane (wizard, "source_pane"), ==, 12);
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 3);
  g_assert_true (is_complete (wizard));

  select_range (wizard, "chosen_pane", 0, 0);
  g_signal_emit_by_name (get_child (wizard, "chosen_pane"), "moved");
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 2);
  ui_test_shoot (wizard, "wizard-guests");

  /* As people count: web-2 comes before web-10. */
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  g_assert_cmpuint (ferry_draft_get_plan (get_draft (wizard))->guests->len, ==, 2);
  g_assert_cmpstr (ferry_plan_get_guest (ferry_draft_get_plan (get_draft (wizard)), 0)->name, ==,
                   "web-2");

  /* Taken out again after all. */
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  select_range (wizard, "chosen_pane", 0, 0);
  gtk_widget_activate_action (GTK_WIDGET (get_page (wizard)), "guests.remove", NULL);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  g_assert_cmpuint (ferry_draft_get_plan (get_draft (wizard))->guests->len, ==, 1);
  ui_test_drop (wizard);
}

static void
search (GtkWindow *wizard, const char *text)
{
  GObject *entry =
      gtk_widget_get_template_child (get_child (wizard, "source_pane"), FERRY_TYPE_GUEST_PANE,
                                     "search");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* A search that finds nothing is no empty frame. */
static void
test_guests_search (void)
{
  GtkWindow *wizard = open_wizard ();
  GtkWidget *pane;

  go_to_guests (wizard, "/many", LIBVIRT);
  pane = get_child (wizard, "source_pane");
  g_assert_true (ui_test_shows (pane, "3 run and must be shut down first"));
  search (wizard, "no such");
  ui_test_settle (wizard);
  g_assert_true (ui_test_shows (pane, "No virtual machine matches ‘no such’."));
  ui_test_shoot (wizard, "wizard-guests-nothing");
  search (wizard, "web");
  ui_test_settle (wizard);
  g_assert_false (ui_test_shows (pane, "No virtual machine matches ‘no such’."));
  ui_test_drop (wizard);
}

static gboolean
has_focus_in_table (GtkWindow *wizard, const char *pane)
{
  GtkWidget *focus = gtk_window_get_focus (wizard);
  GObject *table =
      gtk_widget_get_template_child (get_child (wizard, pane), FERRY_TYPE_GUEST_PANE, "table");

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (table));
}

/* The row that was moved had the focus: it stays in the list as long as there are others. */
static void
test_guests_focus (void)
{
  GtkWindow *wizard = open_wizard ();

  go_to_guests (wizard, "/many", LIBVIRT);
  select_range (wizard, "source_pane", 0, 0);
  g_signal_emit_by_name (get_child (wizard, "source_pane"), "moved");
  g_assert_true (has_focus_in_table (wizard, "source_pane"));

  select_range (wizard, "source_pane", 0, 13);
  g_signal_emit_by_name (get_child (wizard, "source_pane"), "moved");
  g_assert_cmpuint (count_pane (wizard, "source_pane"), ==, 0);
  g_assert_true (has_focus_in_table (wizard, "chosen_pane"));
  ui_test_drop (wizard);
}

/* An expander row is not stopped at: the row in it that opens it is. */
static gboolean
is_named (GtkWidget *row)
{
  return ADW_IS_EXPANDER_ROW (row) ||
         gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* A row that Tab stops at is spoken by its name: its title alone is not one. */
static void
assert_rows_named (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_focusable (widget) && !is_named (widget))
    g_error ("the row ‘%s’ has no name",
             adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_rows_named (child);
}

static void
test_row_names (void)
{
  GtkWindow *wizard = open_wizard ();

  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/one");
  ui_test_wait_for (is_complete, wizard);
  assert_rows_named (GTK_WIDGET (wizard));
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  type_path (wizard, "/srv/vms");
  ui_test_wait_for (is_host_known, wizard);
  assert_rows_named (GTK_WIDGET (wizard));
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  for (const char *const *tab = (const char *const[]){ "network", "disks", "checks", NULL };
       *tab != NULL; tab++)
    {
      adw_view_stack_set_visible_child_name (get_child (wizard, "tabs"), *tab);
      ui_test_settle (wizard);
      assert_rows_named (GTK_WIDGET (wizard));
    }
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  assert_rows_named (GTK_WIDGET (wizard));
  ui_test_drop (wizard);
}

static void
test_only_guest (void)
{
  GtkWindow *wizard = open_wizard ();

  go_to_guests (wizard, "/one", FOLDER);
  g_assert_cmpuint (count_pane (wizard, "source_pane"), ==, 0);
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 1);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  /* A folder's networks are only names: nothing is left to choose. */
  g_assert_false (ferry_draft_is_blocked (get_draft (wizard), "tiny"));
  ui_test_shoot (wizard, "wizard-settings-one");
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  ui_test_shoot (wizard, "wizard-review-one");
  ui_test_drop (wizard);
}

static void
show_guest (GtkWindow *wizard, const char *id, const char *tab)
{
  ferry_page_show_guest (get_page (wizard), id);
  ferry_settings_page_show_tab (FERRY_SETTINGS_PAGE (get_page (wizard)), tab);
  ui_test_settle (wizard);
}

static gboolean
shows_problem (gpointer wizard)
{
  GtkWidget *tab = get_child (wizard, "general");
  GObject *problem = gtk_widget_get_template_child (tab, G_OBJECT_TYPE (tab), "name_problem");

  return gtk_widget_get_visible (GTK_WIDGET (problem));
}

/* Who is left out on the page Settings is no longer among those to import. */
static void
test_guests_left_out (void)
{
  GtkWindow *wizard = open_wizard ();
  GObject *selection;

  go_to_settings (wizard, LIBVIRT);
  selection = gtk_widget_get_template_child (get_child (wizard, "sidebar"),
                                             g_type_from_name ("FerrySettingsList"), "selection");
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (selection), 1, 3, TRUE);
  ui_test_click (get_child (wizard, "bulk"), "Leave Out of This Import");
  g_assert_cmpuint (ferry_draft_get_plan (get_draft (wizard))->guests->len, ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 2);
  g_assert_cmpuint (count_pane (wizard, "source_pane"), ==, 13);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  g_assert_cmpuint (ferry_draft_get_plan (get_draft (wizard))->guests->len, ==, 2);
  ui_test_drop (wizard);
}

static void
test_settings_general (void)
{
  GtkWindow *wizard = open_wizard ();
  GtkWidget *tab;
  GObject *name;

  go_to_settings (wizard, LIBVIRT);
  ui_test_shoot (wizard, "wizard-settings-all");
  show_guest (wizard, "erp-app", "general");
  tab = get_child (wizard, "general");
  name = gtk_widget_get_template_child (tab, G_OBJECT_TYPE (tab), "name_row");

  /* The destination has one of that name. */
  ui_test_wait_for (shows_problem, wizard);
  g_assert_true (ferry_draft_is_blocked (get_draft (wizard), "erp-app"));
  ui_test_shoot (wizard, "wizard-settings-general");
  gtk_editable_set_text (GTK_EDITABLE (name), "erp-app/2");
  ui_test_settle (wizard);
  g_assert_true (shows_problem (wizard));
  gtk_editable_set_text (GTK_EDITABLE (name), "erp-app-2");
  ui_test_settle (wizard);
  g_assert_false (shows_problem (wizard));
  g_assert_cmpstr (find_planned (wizard, "erp-app")->name, ==, "erp-app-2");
  ui_test_drop (wizard);
}

static void
choose_network (GtkWidget *group, guint index)
{
  GObject *row = gtk_widget_get_template_child (group, G_OBJECT_TYPE (group), "network_row");

  adw_combo_row_set_selected (ADW_COMBO_ROW (row), index);
}

static void
test_settings_network (void)
{
  GtkWindow *wizard = open_wizard ();
  GtkWidget *group;
  const FerryPlanGuest *guest;

  go_to_settings (wizard, LIBVIRT);
  show_guest (wizard, "dns-01", "network");
  guest = find_planned (wizard, "dns-01");
  group = ui_test_find (GTK_WIDGET (get_page (wizard)), g_type_from_name ("FerryNicGroup"), NULL);
  g_assert_nonnull (group);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->network.kind, ==, FERRY_NETWORK_UNMAPPED);

  choose_network (group, 2); /* not chosen yet, default, prod-120, … */
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->network.kind, ==, FERRY_NETWORK_NETWORK);
  g_assert_cmpstr (ferry_plan_guest_get_nic (guest, 0)->network.name, ==, "prod-120");
  ui_test_shoot (wizard, "wizard-settings-network");

  ui_test_click (group, "Apply");
  g_assert_cmpstr (ferry_plan_guest_get_nic (find_planned (wizard, "mail"), 0)->network.name, ==,
                   "prod-120");
  ui_test_drop (wizard);
}

static void
test_settings_mac (void)
{
  GtkWindow *wizard = open_wizard ();
  GtkWidget *group;
  GObject *mac;
  GObject *entry;
  const FerryPlanNic *nic;

  go_to_settings (wizard, LIBVIRT);
  show_guest (wizard, "mail", "network");
  group = ui_test_find (GTK_WIDGET (get_page (wizard)), g_type_from_name ("FerryNicGroup"), NULL);
  mac = gtk_widget_get_template_child (group, G_OBJECT_TYPE (group), "mac_row");
  entry = gtk_widget_get_template_child (group, G_OBJECT_TYPE (group), "mac_entry_row");
  nic = ferry_plan_guest_get_nic (find_planned (wizard, "mail"), 0);

  adw_combo_row_set_selected (ADW_COMBO_ROW (mac), 1);
  g_assert_cmpint (nic->mac_kind, ==, FERRY_MAC_NEW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (mac), 2);
  gtk_editable_set_text (GTK_EDITABLE (entry), "52:54:00:12:34");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "52-54-00-12-34-AB");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_cmpstr (nic->mac, ==, "52:54:00:12:34:ab");
  ui_test_drop (wizard);
}

static gboolean
is_verified (gpointer wizard)
{
  return ferry_draft_is_verified (get_draft (wizard), "mail");
}

static void
test_settings_checks (void)
{
  GtkWindow *wizard = open_wizard ();

  go_to_settings (wizard, LIBVIRT);
  show_guest (wizard, "mail", "disks");
  ui_test_shoot (wizard, "wizard-settings-disks");
  show_guest (wizard, "mail", "checks");
  ui_test_click (get_child (wizard, "checks"), "Verify");
  ui_test_wait_for (is_verified, wizard);
  ui_test_settle (wizard);
  g_assert_true (
      ui_test_shows (get_child (wizard, "checks"), "‘mail’ is not what its manifest says."));
  g_assert_true (ferry_draft_is_blocked (get_draft (wizard), "mail"));
  ui_test_shoot (wizard, "wizard-settings-checks");

  /* The button of a check leads to its remedy. */
  ui_test_click (get_child (wizard, "checks"), "Choose Network…");
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (get_child (wizard, "tabs")), ==,
                   "network");
  ui_test_drop (wizard);
}

static void
map_all (GtkWindow *wizard)
{
  const FerryPlanNetwork network = { .kind = FERRY_NETWORK_NETWORK, .name = (char *) "prod-120" };

  ferry_draft_map_network (get_draft (wizard), "VM Network", &network);
  ferry_draft_map_network (get_draft (wizard), "Backup", &network);
}

static void
test_review (void)
{
  GtkWindow *wizard = open_wizard ();

  go_to_settings (wizard, LIBVIRT);
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  /* None has a network yet. */
  g_assert_false (is_complete (wizard));
  ui_test_shoot (wizard, "wizard-review-blocked");

  map_all (wizard);
  ui_test_wait_for (is_complete, wizard);
  ui_test_shoot (wizard, "wizard-review");

  /* A row leads to the settings of its guest. */
  gtk_widget_activate (find (wizard, FERRY_TYPE_REVIEW_ROW));
  g_assert_true (FERRY_IS_SETTINGS_PAGE (get_page (wizard)));
  ui_test_drop (wizard);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
test_import (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (FakeWorker) worker = fake_worker_new (connection);
  g_autoptr (FerryWorkerClient) client = ferry_worker_client_new ();
  g_autoptr (FerryProviders) providers = ferry_providers_new (fake_backend_get ());
  GtkWindow *wizard = ferry_wizard_new (NULL, client, providers);

  fake_worker_own_name (worker);
  ferry_worker_client_start (client);
  gtk_window_present (wizard);
  g_object_add_weak_pointer (G_OBJECT (wizard), (gpointer *) &wizard);
  go_to_guests (wizard, "/one", FOLDER);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  ui_test_wait_for (is_complete, wizard);
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.next", NULL);

  /* It has nothing left to do: the main window shows what comes of it. */
  ui_test_wait_for (is_gone, &wizard);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (client)), ==, 1);
}

static gboolean
is_narrow (gpointer wizard)
{
  return ferry_page_is_narrow (get_page (wizard));
}

static void
test_narrow (void)
{
  GtkWindow *wizard = open_wizard ();

  gtk_window_set_default_size (wizard, 360, 720);
  ui_test_wait_for (is_narrow, wizard);
  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/many");
  ui_test_wait_for (is_complete, wizard);
  ui_test_shoot (wizard, "wizard-source-narrow");
  go_to_settings (wizard, LIBVIRT);
  ui_test_shoot (wizard, "wizard-settings-all-narrow");
  show_guest (wizard, "dns-01", "network");
  ui_test_shoot (wizard, "wizard-settings-network-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (wizard)), <=, 360);
  show_guest (wizard, "dns-01", "checks");
  ui_test_shoot (wizard, "wizard-settings-checks-narrow");
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  ui_test_shoot (wizard, "wizard-guests-narrow");
  adw_view_stack_set_visible_child_name (get_child (wizard, "tabs"), "chosen");
  ui_test_shoot (wizard, "wizard-guests-chosen-narrow");
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  ui_test_shoot (wizard, "wizard-destination-narrow");
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  map_all (wizard);
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  ui_test_wait_for (is_complete, wizard);
  ui_test_shoot (wizard, "wizard-review-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (wizard)), <=, 360);
  ui_test_drop (wizard);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

static void
test_close (void)
{
  GtkWindow *wizard = open_wizard ();
  GtkWindow *dialog;

  type_path (wizard, "/many");
  gtk_window_close (wizard);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  ui_test_shoot (wizard, "wizard-discard");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (wizard)));
  ui_test_drop (wizard);

  /* What came from outside is no loss. */
  wizard = open_wizard ();
  g_object_add_weak_pointer (G_OBJECT (wizard), (gpointer *) &wizard);
  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), "/many");
  gtk_window_close (wizard);
  g_assert_null (find_dialog ());
  g_assert_null (wizard);
}

static void
test_open_plan (void)
{
  GtkWindow *wizard = open_wizard ();
  g_autofree char *folder = g_dir_make_tmp ("ferry-wizard-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "plan.json", NULL);
  g_autoptr (FerryGuest) guest =
      fake_backend_new_guest ("web-2", "Ubuntu 22.04", 8, 41, "VM Network");
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FerryPlanGuest *planned;

  ferry_plan_set_ova_source (plan, "/many");
  ferry_plan_set_libvirt_destination (plan, "qemu:///session", "vm-data-01");
  planned = ferry_plan_add_guest (plan, guest);
  planned->vcpus = 7;
  planned->sockets = planned->cores = planned->threads = 0;
  text = ferry_plan_to_text (plan);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, &error);
  g_assert_no_error (error);
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
  g_assert_cmpuint (count_pane (wizard, "chosen_pane"), ==, 1);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
  g_assert_cmpuint (find_planned (wizard, "web-2")->vcpus, ==, 7);
  g_assert_cmpstr (ferry_draft_get_plan (get_draft (wizard))->destination.uri, ==,
                   "qemu:///session");

  g_assert_true (g_file_set_contents (path, "{ \"version\": 99 }", -1, NULL));
  g_assert_false (ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  ui_test_drop (wizard);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/wizard/source", test_source);
  g_test_add_func ("/wizard/closed-while-reading", test_closed_while_reading);
  g_test_add_func ("/wizard/destination-folder", test_destination_folder);
  g_test_add_func ("/wizard/destination-libvirt", test_destination_libvirt);
  g_test_add_func ("/wizard/guests", test_guests);
  g_test_add_func ("/wizard/guests/search", test_guests_search);
  g_test_add_func ("/wizard/guests/focus", test_guests_focus);
  g_test_add_func ("/wizard/guests/left-out", test_guests_left_out);
  g_test_add_func ("/wizard/row-names", test_row_names);
  g_test_add_func ("/wizard/only-guest", test_only_guest);
  g_test_add_func ("/wizard/settings-general", test_settings_general);
  g_test_add_func ("/wizard/settings-network", test_settings_network);
  g_test_add_func ("/wizard/settings-mac", test_settings_mac);
  g_test_add_func ("/wizard/settings-checks", test_settings_checks);
  g_test_add_func ("/wizard/review", test_review);
  g_test_add_func ("/wizard/import", test_import);
  g_test_add_func ("/wizard/narrow", test_narrow);
  g_test_add_func ("/wizard/close", test_close);
  g_test_add_func ("/wizard/open-plan", test_open_plan);

  return g_test_run ();
}
