/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-os-row.h"
#include "ferry-os.h"
#include "settings-test.h"
#include "ui-test.h"

/* The tab General of the Settings page. */

static GtkWindow *
open_general (FerryDestinationKind kind)
{
  GPtrArray *guests = settings_test_list ("web", "mail", NULL);
  GtkWindow *wizard;

  ((FerryGuest *) g_ptr_array_index (guests, 1))->power = FERRY_POWER_RUNNING;
  wizard = settings_test_open (kind, guests);
  settings_test_show (wizard, "web", "general");

  return wizard;
}

static GtkWidget *
get_tab (GtkWindow *wizard)
{
  return settings_test_find (wizard, "FerrySettingsGeneral");
}

static void
test_name (void)
{
  static const char *const bad[] = {
    "", " web", "web ", "a/b", ".web", "-web", "web\ttab", "mail", "erp-app",
  };
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *tab = get_tab (wizard);
  g_autofree char *longest = g_strnfill (240, 'x');
  g_autofree char *too_long = g_strnfill (241, 'x');

  g_assert_null (settings_test_get_problem (tab, "name_problem"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      settings_test_type (tab, "name_row", bad[i]);
      ui_test_settle (wizard);
      g_assert_nonnull (settings_test_get_problem (tab, "name_problem"));
    }
  settings_test_type (tab, "name_row", longest);
  ui_test_settle (wizard);
  g_assert_null (settings_test_get_problem (tab, "name_problem"));
  settings_test_type (tab, "name_row", too_long);
  ui_test_settle (wizard);
  g_assert_nonnull (settings_test_get_problem (tab, "name_problem"));
  settings_test_type (tab, "name_row", "web-2");
  ui_test_settle (wizard);
  g_assert_null (settings_test_get_problem (tab, "name_problem"));
  g_assert_cmpstr (settings_test_get_guest (wizard, "web")->name, ==, "web-2");
  ui_test_drop (wizard);
}

static gboolean
is_loaded (gpointer row)
{
  return ferry_os_row_is_loaded (row);
}

static void
test_system (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  FerryOsRow *row = settings_test_get (get_tab (wizard), "os_row");
  GtkMenuButton *button = settings_test_get (GTK_WIDGET (row), "button");
  GtkLabel *label = settings_test_get (GTK_WIDGET (row), "label");
  FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  GListModel *found = settings_test_get (GTK_WIDGET (row), "filtered");

  g_assert_cmpstr (gtk_label_get_label (label), ==, "As it is found");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "Debian 12 at the source");
  ui_test_wait_for (is_loaded, row);
  if (ferry_os_list ()->len == 0)
    {
      g_test_skip ("osinfo-db is not installed");
      ui_test_drop (wizard);
      return;
    }

  g_assert_cmpuint (g_list_model_get_n_items (found), ==, ferry_os_list ()->len + 1);
  gtk_menu_button_popup (button);
  ui_test_settle (wizard);
  gtk_editable_set_text (settings_test_get (GTK_WIDGET (row), "search"), "server WINDOWS 2019");
  g_signal_emit_by_name (settings_test_get (GTK_WIDGET (row), "search"), "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);
  g_signal_emit_by_name (settings_test_get (GTK_WIDGET (row), "search"), "activate");
  g_assert_cmpstr (guest->os, ==, "win2k19");
  g_assert_nonnull (strstr (gtk_label_get_label (label), "2019"));

  gtk_editable_set_text (settings_test_get (GTK_WIDGET (row), "search"), "no such system");
  g_signal_emit_by_name (settings_test_get (GTK_WIDGET (row), "search"), "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 0);
  g_signal_emit_by_name (settings_test_get (GTK_WIDGET (row), "search"), "activate");
  g_assert_cmpstr (guest->os, ==, "win2k19");
  ui_test_drop (wizard);
}

/* An id that nobody knows stays as it is. */
static void
test_unknown_system (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  FerryOsRow *row = settings_test_get (get_tab (wizard), "os_row");

  settings_test_get_guest (wizard, "web")->os = g_strdup ("plan9");
  settings_test_show (wizard, "web", "general");
  ui_test_wait_for (is_loaded, row);
  g_assert_cmpstr (gtk_label_get_label (settings_test_get (GTK_WIDGET (row), "label")), ==,
                   "plan9");
  ui_test_drop (wizard);
}

static GtkWidget *
get_hardware (GtkWindow *wizard)
{
  return settings_test_get (get_tab (wizard), "hardware");
}

static void
set_number (GtkWindow *wizard, const char *name, guint value)
{
  gtk_spin_button_set_value (settings_test_get (get_hardware (wizard), name), value);
}

static void
assert_cpus (GtkWindow *wizard, guint vcpus, guint sockets, guint cores, guint threads)
{
  const FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");

  g_assert_cmpuint (guest->vcpus, ==, vcpus);
  g_assert_cmpuint (guest->sockets, ==, sockets);
  g_assert_cmpuint (guest->cores, ==, cores);
  g_assert_cmpuint (guest->threads, ==, threads);
}

static void
test_topology (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  GtkSwitch *has_topology = settings_test_get (get_hardware (wizard), "has_topology");
  GtkWidget *vcpus = settings_test_get (get_hardware (wizard), "vcpus");

  assert_cpus (wizard, 4, 1, 4, 1);
  g_assert_true (gtk_switch_get_active (has_topology));
  g_assert_false (gtk_widget_get_sensitive (vcpus));
  set_number (wizard, "sockets", 2);
  assert_cpus (wizard, 8, 2, 4, 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (vcpus)), ==, 8);
  set_number (wizard, "threads", 2);
  assert_cpus (wizard, 16, 2, 4, 2);
  ui_test_settle (wizard);
  ui_test_shoot (wizard, "settings-general");

  /* Without one there is only the number. */
  gtk_switch_set_active (has_topology, FALSE);
  assert_cpus (wizard, 16, 0, 0, 0);
  g_assert_true (gtk_widget_get_sensitive (vcpus));
  set_number (wizard, "vcpus", 6);
  assert_cpus (wizard, 6, 0, 0, 0);
  gtk_switch_set_active (has_topology, TRUE);
  assert_cpus (wizard, 6, 1, 6, 1);

  /* The product has an end. */
  set_number (wizard, "cores", 60000);
  set_number (wizard, "sockets", 60000);
  set_number (wizard, "threads", 60000);
  assert_cpus (wizard, 60000, 1, 60000, 1);
  ui_test_drop (wizard);
}

static void
test_memory (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");

  set_number (wizard, "memory", 1024);
  g_assert_cmpuint (guest->memory_bytes, ==, 1024 * 1024 * 1024);
  settings_test_choose (get_hardware (wizard), "firmware_row", "UEFI");
  g_assert_cmpint (guest->firmware, ==, FERRY_FIRMWARE_UEFI);

  /* What is not in sight is not lost. */
  guest->memory_bytes = 1024 * 1024 * 1024 + 4096;
  settings_test_show (wizard, "web", "general");
  settings_test_choose (get_hardware (wizard), "firmware_row", "BIOS");
  g_assert_cmpuint (guest->memory_bytes, ==, 1024 * 1024 * 1024 + 4096);
  ui_test_drop (wizard);
}

static void
test_power (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *tab = get_tab (wizard);

  g_assert_false (gtk_widget_get_visible (settings_test_get (tab, "shut_down_row")));
  gtk_switch_set_active (settings_test_get (tab, "start"), TRUE);
  g_assert_true (settings_test_get_guest (wizard, "web")->start);

  settings_test_show (wizard, "mail", "general");
  g_assert_true (gtk_widget_get_visible (settings_test_get (tab, "shut_down_row")));
  g_assert_false (settings_test_get_guest (wizard, "mail")->shut_down);
  g_assert_false (gtk_switch_get_active (settings_test_get (tab, "shut_down")));
  gtk_switch_set_active (settings_test_get (tab, "shut_down"), TRUE);
  g_assert_true (settings_test_get_guest (wizard, "mail")->shut_down);
  g_assert_false (settings_test_get_guest (wizard, "mail")->start);
  ui_test_drop (wizard);

  /* Nothing can be started in a folder. */
  wizard = open_general (FERRY_DESTINATION_FOLDER);
  g_assert_false (gtk_widget_get_visible (settings_test_get (get_tab (wizard), "power")));
  ui_test_drop (wizard);
}

static void
add_root (FerryInspection *inside, const char *device, const char *name)
{
  FerryRoot *root = ferry_root_new (device);

  root->name = g_strdup (name);
  g_ptr_array_add (inside->roots, root);
}

static void
test_root (void)
{
  static const char *const bad[] = { "", "sda2", "/dev/", "/dev/sd a", "single", "/dev/sda2;x" };
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  GtkWidget *root = settings_test_get (get_tab (wizard), "root");

  settings_test_choose (root, "root_row", "The first found");
  g_assert_cmpstr (guest->root, ==, "first");
  settings_test_choose (root, "root_row", "On a device…");
  g_assert_cmpstr (guest->root, ==, "/dev/sda1");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      settings_test_type (root, "device_row", bad[i]);
      g_assert_nonnull (settings_test_get_problem (root, "device_note"));
    }
  settings_test_type (root, "device_row", " /dev/vg0/root ");
  g_assert_null (settings_test_get_problem (root, "device_note"));
  g_assert_cmpstr (guest->root, ==, "/dev/vg0/root");

  /* Those that were found have names. */
  guest->source->inside = ferry_inspection_new ();
  add_root (guest->source->inside, "/dev/sda2", "Debian 12");
  add_root (guest->source->inside, "/dev/sdb1", NULL);
  settings_test_show (wizard, "web", "general");
  g_assert_cmpstr (guest->root, ==, "/dev/vg0/root");
  settings_test_choose (root, "root_row", "/dev/sdb1");
  settings_test_choose (root, "root_row", "Debian 12 on /dev/sda2");
  g_assert_cmpstr (guest->root, ==, "/dev/sda2");
  ui_test_drop (wizard);
}

/* Passwords are in memory only; those of single devices come from elsewhere and stay. */
static void
test_key (void)
{
  GtkWindow *wizard = open_general (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *tab = get_tab (wizard);
  FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  const FerryPlanKey *key;
  g_autofree char *text = NULL;

  ferry_plan_add_key (guest->keys, "/dev/sda2", "other");
  settings_test_type (tab, "key_row", "sec");
  settings_test_type (tab, "key_row", "secret");
  g_assert_cmpuint (guest->keys->len, ==, 2);
  key = g_ptr_array_index (guest->keys, 1);
  g_assert_cmpstr (key->key, ==, "secret");
  g_assert_null (key->device);
  text = ferry_plan_to_text (settings_test_get_plan (wizard));
  g_assert_null (strstr (text, "secret"));

  settings_test_show (wizard, "mail", "general");
  g_assert_cmpstr (gtk_editable_get_text (settings_test_get (tab, "key_row")), ==, "");
  settings_test_show (wizard, "web", "general");
  g_assert_cmpstr (gtk_editable_get_text (settings_test_get (tab, "key_row")), ==, "secret");
  settings_test_type (tab, "key_row", "");
  g_assert_cmpuint (guest->keys->len, ==, 1);
  ui_test_drop (wizard);
}

/* What is copied has nothing to convert. */
static void
test_copied (void)
{
  GPtrArray *guests = settings_test_list ("web", NULL);
  GtkWindow *wizard;

  ((FerryGuest *) g_ptr_array_index (guests, 0))->hypervisor = FERRY_HYPERVISOR_KVM;
  wizard = settings_test_open (FERRY_DESTINATION_LIBVIRT, guests);
  settings_test_show (wizard, "web", "general");
  g_assert_false (gtk_widget_get_visible (settings_test_get (get_tab (wizard), "root")));
  ui_test_drop (wizard);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-general/name", test_name);
  g_test_add_func ("/settings-general/system", test_system);
  g_test_add_func ("/settings-general/unknown-system", test_unknown_system);
  g_test_add_func ("/settings-general/topology", test_topology);
  g_test_add_func ("/settings-general/memory", test_memory);
  g_test_add_func ("/settings-general/power", test_power);
  g_test_add_func ("/settings-general/root", test_root);
  g_test_add_func ("/settings-general/key", test_key);
  g_test_add_func ("/settings-general/copied", test_copied);

  return g_test_run ();
}
