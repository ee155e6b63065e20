/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "fake-backend.h"
#include "ferry-map-dialog.h"
#include "ferry-saved-maps.h"
#include "ferry-storing-row.h"
#include "ferry-wizard.h"
#include "settings-test.h"
#include "ui-test.h"

#include <glib/gstdio.h>

/* "All Virtual Machines" on the Settings page. */

/* "Web" and "Mail", which runs; disks in "ssd-02", and one of Mail's in "slow". */
static GtkWindow *
open_defaults (FerryDestinationKind kind)
{
  GPtrArray *guests = settings_test_list ("Web", "Mail", NULL);
  FerryGuest *mail = g_ptr_array_index (guests, 1);
  FerryDisk *disk = ferry_disk_copy (ferry_guest_get_disk (mail, 0));
  GtkWindow *wizard;

  g_free (disk->storage);
  disk->storage = g_strdup ("slow");
  g_ptr_array_add (mail->disks, disk);
  mail->power = FERRY_POWER_RUNNING;
  wizard = settings_test_open (kind, guests);
  settings_test_show (wizard, NULL, NULL);

  return wizard;
}

static GtkWidget *
get_page (GtkWindow *wizard)
{
  return settings_test_find (wizard, "FerrySettingsDefaults");
}

static GtkWidget *
get_part (GtkWindow *wizard, const char *name)
{
  return settings_test_get (get_page (wizard), name);
}

static const char *
get_name (GtkWindow *wizard, const char *id)
{
  return settings_test_get_guest (wizard, id)->name;
}

static void
test_names (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *names = get_part (wizard, "names");
  GtkLabel *preview = settings_test_get (names, "preview");

  g_assert_cmpstr (gtk_label_get_label (preview), ==, "Web → Web\nMail → Mail");
  settings_test_type (names, "pattern_row", "kvm-{name}-{n}");
  g_assert_cmpstr (get_name (wizard, "Web"), ==, "kvm-Web-1");
  gtk_switch_set_active (settings_test_get (names, "lower_case"), TRUE);
  settings_test_type (names, "find_row", "Ma");
  settings_test_type (names, "replace_row", "sma");
  g_assert_cmpstr (gtk_label_get_label (preview), ==, "Web → kvm-web-1\nMail → kvm-smail-2");
  g_assert_cmpstr (get_name (wizard, "Mail"), ==, "kvm-smail-2");
  ui_test_settle (wizard);
  ui_test_shoot (wizard, "settings-all");
  ui_test_drop (wizard);
}

/* What is wrong is told at the field, and changes no name. */
static void
test_bad_pattern (void)
{
  static const char *const bad[] = {
    "", "same", "{name", "{nam}", "{name}{x}", "/{name}", "{name} ", ".{n}", "-{name}",
  };
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *names = get_part (wizard, "names");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      settings_test_type (names, "pattern_row", "ok-{name}");
      g_assert_null (settings_test_get_problem (names, "pattern_note"));
      settings_test_type (names, "pattern_row", bad[i]);
      g_assert_nonnull (settings_test_get_problem (names, "pattern_note"));
      g_assert_cmpstr (settings_test_get_plan (wizard)->name_rule.pattern, ==, "ok-{name}");
      g_assert_cmpstr (get_name (wizard, "Web"), ==, "ok-Web");
    }
  ui_test_drop (wizard);
}

static void
test_power (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  AdwActionRow *row = settings_test_get (get_page (wizard), "shut_down_row");

  g_assert_false (settings_test_get_guest (wizard, "Mail")->shut_down);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "This changes the source"));
  gtk_switch_set_active (settings_test_get (get_page (wizard), "shut_down"), TRUE);
  g_assert_true (settings_test_get_guest (wizard, "Mail")->shut_down);
  g_assert_true (settings_test_get_plan (wizard)->shut_down);
  ui_test_settle (wizard);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "1 of 1"));

  gtk_switch_set_active (settings_test_get (get_page (wizard), "start"), TRUE);
  settings_test_get_guest (wizard, "Web")->start = FALSE;
  ferry_draft_touch (settings_test_get_draft (wizard));
  ui_test_settle (wizard);
  row = settings_test_get (get_page (wizard), "start_row");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "1 of 2"));
  ui_test_drop (wizard);

  wizard = open_defaults (FERRY_DESTINATION_FOLDER);
  g_assert_false (gtk_widget_get_visible (get_part (wizard, "start_row")));
  g_assert_false (gtk_widget_get_visible (get_part (wizard, "pool_row")));
  g_assert_false (gtk_widget_get_visible (get_part (wizard, "storage_maps")));
  ui_test_drop (wizard);
}

static void
choose_storing (GtkWindow *wizard, guint index, const char *title)
{
  GtkWidget *row = ui_test_find (get_part (wizard, "storage_maps"), FERRY_TYPE_STORING_ROW, NULL);
  GListModel *model;

  for (; index > 0; index--)
    row = gtk_widget_get_next_sibling (row);
  model = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *text = NULL;

      g_object_get (item, "title", &text, NULL);
      if (g_str_equal (text, title))
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
    }
}

static void
test_storage (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  const FerryPlan *plan = settings_test_get_plan (wizard);
  const FerryPlanGuest *mail = settings_test_get_guest (wizard, "Mail");

  /* In the order of their names: slow, ssd-02. */
  choose_storing (wizard, 0, "vm-fast");
  g_assert_cmpstr (ferry_plan_get_storage (plan, mail, 0), ==, "vm-data-01");
  g_assert_cmpstr (ferry_plan_get_storage (plan, mail, 1), ==, "vm-fast");
  g_assert_cmpstr (ferry_plan_find_storing (plan, "slow"), ==, "vm-fast");
  ui_test_settle (wizard);

  settings_test_choose (get_page (wizard), "pool_row", "vm-fast");
  g_assert_cmpstr (ferry_plan_get_storage (plan, mail, 0), ==, "vm-fast");
  ui_test_settle (wizard);
  choose_storing (wizard, 0, "As for all: vm-fast");
  g_assert_null (ferry_plan_find_storing (plan, "slow"));
  g_assert_null (ferry_plan_guest_get_disk (mail, 1)->storage);
  ui_test_drop (wizard);
}

static gboolean
has_path_problem (gpointer conversion)
{
  return settings_test_get_problem (conversion, "path_note") != NULL;
}

static void
test_drivers (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *conversion = get_part (wizard, "conversion");
  const FerryPlan *plan = settings_test_get_plan (wizard);
  AdwActionRow *row = settings_test_get (conversion, "drivers_row");

  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "/usr/share/virtio-win"));
  settings_test_choose (conversion, "drivers_row", "From a path…");
  g_assert_true (has_path_problem (conversion));
  settings_test_type (conversion, "path_row", "/no/such/drivers.iso");
  ui_test_wait_for (has_path_problem, conversion);
  g_assert_cmpstr (plan->drivers, ==, "/no/such/drivers.iso");
  settings_test_type (conversion, "path_row", g_get_tmp_dir ());
  ui_test_settle (wizard);
  g_assert_false (has_path_problem (conversion));
  g_assert_cmpstr (plan->drivers, ==, g_get_tmp_dir ());
  settings_test_choose (conversion, "drivers_row", "Installed ones");
  g_assert_null (plan->drivers);
  g_assert_false (gtk_widget_get_visible (settings_test_get (conversion, "path_row")));
  ui_test_drop (wizard);
}

static void
test_block_driver (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *conversion = get_part (wizard, "conversion");
  const FerryPlan *plan = settings_test_get_plan (wizard);
  FerryHostFacts *host = ferry_host_facts_new ();

  g_assert_false (gtk_widget_get_sensitive (settings_test_get (conversion, "block_row")));
  g_strfreev (host->words);
  host->words = g_strsplit ("virt-v2v-2.0 block-driver-option", " ", -1);
  ferry_draft_take_host (settings_test_get_draft (wizard), host);
  ui_test_settle (wizard);
  g_assert_true (gtk_widget_get_sensitive (settings_test_get (conversion, "block_row")));
  settings_test_choose (conversion, "block_row", "VirtIO SCSI");
  g_assert_cmpstr (plan->block_driver, ==, "virtio-scsi");
  settings_test_choose (conversion, "block_row", "Automatic");
  g_assert_null (plan->block_driver);
  ui_test_drop (wizard);
}

static void
test_key (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  const FerryPlan *plan = settings_test_get_plan (wizard);

  settings_test_type (get_part (wizard, "conversion"), "key_row", "secret");
  g_assert_cmpuint (plan->keys->len, ==, 1);
  g_assert_cmpstr (((FerryPlanKey *) g_ptr_array_index (plan->keys, 0))->key, ==, "secret");
  settings_test_type (get_part (wizard, "conversion"), "key_row", "");
  g_assert_cmpuint (plan->keys->len, ==, 0);
  ui_test_drop (wizard);
}

static void
map_web (GtkWindow *wizard, const char *name)
{
  const FerryPlanNetwork network = { .kind = FERRY_NETWORK_NETWORK, .name = (char *) name };

  ferry_draft_map_network (settings_test_get_draft (wizard), "VM Network", &network);
}

static const char *
get_network (GtkWindow *wizard)
{
  return ferry_plan_guest_get_nic (settings_test_get_guest (wizard, "Web"), 0)->network.name;
}

static gboolean
is_offered (GtkWindow *wizard, const char *text)
{
  return gtk_revealer_get_reveal_child (
             settings_test_get (get_part (wizard, "network_maps"), "offer")) &&
         ui_test_shows (get_part (wizard, "network_maps"), text);
}

static void
test_saved_map (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *maps = get_part (wizard, "network_maps");
  GMenuModel *menu;

  map_web (wizard, "prod-120");
  ferry_saved_maps_save (FERRY_SAVED_MAPS (maps), "lab_1");
  g_assert_true (is_offered (wizard, "‘lab_1’ was saved"));
  ui_test_drop (wizard);

  /* The next import from there to there. */
  wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  maps = get_part (wizard, "network_maps");
  g_assert_null (get_network (wizard));
  g_assert_true (is_offered (wizard, "Apply the map ‘lab_1’?"));
  ui_test_shoot (wizard, "settings-all-map");
  ui_test_click (maps, "Apply");
  g_assert_cmpstr (get_network (wizard), ==, "prod-120");
  g_assert_true (is_offered (wizard, "2 network adapters were changed."));
  ui_test_click (maps, "Close");

  /* There is nothing to suggest when all is as it says. */
  ferry_page_enter (ferry_wizard_get_page (FERRY_WIZARD (wizard)));
  g_assert_false (gtk_revealer_get_reveal_child (settings_test_get (maps, "offer")));

  menu = gtk_menu_button_get_menu_model (settings_test_get (maps, "button"));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  gtk_widget_activate_action (maps, "map.remove", "s", "lab_1");
  menu = gtk_menu_button_get_menu_model (settings_test_get (maps, "button"));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 1);
  ui_test_drop (wizard);
}

static void
test_map_file (void)
{
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  FerrySavedMaps *networks = FERRY_SAVED_MAPS (get_part (wizard, "network_maps"));
  FerrySavedMaps *storages = FERRY_SAVED_MAPS (get_part (wizard, "storage_maps"));
  g_autofree char *folder = g_dir_make_tmp ("ferry-map-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lab.json", NULL);

  map_web (wizard, "prod-120");
  ferry_saved_maps_export (networks, path);
  map_web (wizard, "default");
  ferry_saved_maps_import (networks, path);
  g_assert_cmpstr (get_network (wizard), ==, "prod-120");
  g_assert_true (is_offered (wizard, "‘lab’ was applied"));

  /* What is wrong is said, and changes nothing. */
  ferry_saved_maps_import (storages, path);
  g_assert_true (ui_test_shows (GTK_WIDGET (storages), "Not Possible"));
  g_assert_true (g_file_set_contents (path, "{ \"kind\": 7", -1, NULL));
  ferry_saved_maps_import (networks, path);
  g_assert_true (is_offered (wizard, "Not Possible"));
  ferry_saved_maps_import (networks, "/no/such/file.json");
  g_assert_true (is_offered (wizard, "Not Possible"));
  ferry_saved_maps_export (networks, "/no/such/folder/file.json");
  g_assert_true (is_offered (wizard, "Not Possible"));
  g_assert_cmpstr (get_network (wizard), ==, "prod-120");

  gtk_widget_activate_action (GTK_WIDGET (networks), "map.remove", "s", "lab");
  ui_test_drop (wizard);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_map_name (void)
{
  g_autoptr (GPtrArray) maps = ferry_maps_load (NULL);
  g_autofree char *too_long = g_strnfill (121, 'x');
  GtkWindow *wizard = open_defaults (FERRY_DESTINATION_LIBVIRT);
  GtkWindow *dialog = ferry_map_dialog_new (wizard, maps, FERRY_MAP_NETWORK);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  gtk_window_present (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (message, "save"));
  settings_test_type (GTK_WIDGET (dialog), "name_row", too_long);
  g_assert_nonnull (settings_test_get_problem (GTK_WIDGET (dialog), "name_note"));
  g_assert_false (adw_message_dialog_get_response_enabled (message, "save"));
  settings_test_type (GTK_WIDGET (dialog), "name_row", "  Lab ");
  g_assert_null (settings_test_get_problem (GTK_WIDGET (dialog), "name_note"));
  g_assert_true (adw_message_dialog_get_response_enabled (message, "save"));
  ui_test_drop (dialog);
  ui_test_drop (wizard);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-defaults/names", test_names);
  g_test_add_func ("/settings-defaults/bad-pattern", test_bad_pattern);
  g_test_add_func ("/settings-defaults/power", test_power);
  g_test_add_func ("/settings-defaults/storage", test_storage);
  g_test_add_func ("/settings-defaults/drivers", test_drivers);
  g_test_add_func ("/settings-defaults/block-driver", test_block_driver);
  g_test_add_func ("/settings-defaults/key", test_key);
  g_test_add_func ("/settings-defaults/saved-map", test_saved_map);
  g_test_add_func ("/settings-defaults/map-file", test_map_file);
  g_test_add_func ("/settings-defaults/map-name", test_map_name);

  return g_test_run ();
}
