/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-file.h"

#include "fake-backend.h"
#include "ferry-destination-page.h"
#include "ferry-guests-page.h"
#include "ferry-path-row.h"
#include "ferry-review-page.h"
#include "ferry-settings-page.h"
#include "ferry-status-row.h"
#include "ferry-wizard.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* Plans that are opened in the wizard, and those that it makes. */

static GtkWindow *
open_wizard (const FerryBackend *backend)
{
  g_autoptr (FerryWorkerClient) client = ferry_worker_client_new ();
  g_autoptr (FerryProviders) providers = ferry_providers_new (backend);
  GtkWindow *wizard = ferry_wizard_new (NULL, client, providers);

  gtk_window_present (wizard);

  return wizard;
}

static FerryPage *
get_page (GtkWindow *wizard)
{
  return ferry_wizard_get_page (FERRY_WIZARD (wizard));
}

static FerryDraft *
get_draft (GtkWindow *wizard)
{
  return ferry_wizard_get_draft (FERRY_WIZARD (wizard));
}

static gpointer
get_part (gpointer widget, const char *name)
{
  GObject *part = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (part);

  return part;
}

static gboolean
is_complete (gpointer wizard)
{
  return ferry_page_is_complete (get_page (wizard));
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
  ui_test_settle (wizard);
}

static gboolean
is_host_known (gpointer wizard)
{
  return ferry_draft_get_host (get_draft (wizard)) != NULL;
}

static gboolean
is_destination_known (gpointer wizard)
{
  return ferry_draft_get_destination (get_draft (wizard)) != NULL;
}

/* Through all pages with Next. */
static void
walk (GtkWindow *wizard)
{
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  ui_test_wait_for (is_host_known, wizard);
  ui_test_wait_for (is_destination_known, wizard);
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
}

/* --- which files are plans --- */

static void
assert_plan (const char *folder, const char *name, const char *text, gboolean is_plan)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (ferry_plan_file_is_plan (path) == is_plan);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_is_plan (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ferry-plan-file-XXXXXX", NULL);

  assert_plan (folder, "a.json", "", TRUE);
  assert_plan (folder, "a.ferry-plan", "x", TRUE);
  assert_plan (folder, "a.ferry-plan.json", "{", TRUE);
  assert_plan (folder, "appliance.plan", " \n\t{ \"version\" : 1 }", TRUE);
  assert_plan (folder, "appliance.plan", "web.ovf", FALSE);
  assert_plan (folder, "empty", "", FALSE);
  assert_plan (folder, "spaces",
               "                                                               "
               "                                       {",
               FALSE);
  assert_plan (folder, "{.ova", "{.ovf", FALSE);
  g_assert_false (ferry_plan_file_is_plan (folder));
  g_assert_false (ferry_plan_file_is_plan ("/nowhere/at/all"));
  g_assert_false (ferry_plan_file_is_plan ("/dev/zero"));
  g_rmdir (folder);
}

/* --- opening one --- */

static FerryPlanGuest *
add_guest (FerryPlan *plan, const char *name)
{
  g_autoptr (FerryGuest) guest = fake_backend_new_guest (name, "Ubuntu 22.04", 8, 41, "VM Network");

  return ferry_plan_add_guest (plan, guest);
}

/* Something chosen of everything that can be chosen. */
static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();
  const FerryPlanNetwork network = { .kind = FERRY_NETWORK_BRIDGE, .name = (char *) "br0" };
  FerryPlanGuest *guest;
  FerryPlanNic *nic;
  FerryPlanDisk *disk;

  ferry_plan_set_ova_source (plan, "/many");
  ferry_plan_set_libvirt_destination (plan, "qemu:///session", "vm-data-01");
  plan->drivers = g_strdup ("/srv/virtio-win.iso");
  plan->block_driver = g_strdup ("virtio-scsi");
  plan->format = FERRY_FORMAT_RAW;
  plan->shut_down = TRUE;
  g_free (plan->name_rule.pattern);
  plan->name_rule.pattern = g_strdup ("new-{name}-{n}");
  plan->name_rule.lower_case = TRUE;
  ferry_plan_set_mapping (plan, "*", &network);
  ferry_plan_set_storing (plan, "datastore1", "vm-data-01");
  /* Not in the order that the wizard would put them into. */
  add_guest (plan, "web-2");
  guest = add_guest (plan, "mail");
  guest->os = g_strdup ("debian12");
  guest->sockets = 2;
  guest->cores = 2;
  guest->root = (g_free (guest->root), g_strdup ("/dev/sda2"));
  guest->format = FERRY_FORMAT_QCOW2;
  guest->allocation = FERRY_ALLOCATION_PREALLOCATED;
  guest->start = TRUE;
  guest->boot_disk = 0;
  disk = ferry_plan_guest_get_disk (guest, 0);
  disk->storage = g_strdup ("vm-data-01");
  disk->format = FERRY_FORMAT_RAW;
  disk->allocation = FERRY_ALLOCATION_SPARSE;
  nic = ferry_plan_guest_get_nic (guest, 0);
  nic->mac_kind = FERRY_MAC_FIXED;
  nic->mac = g_strdup ("52:54:00:12:34:56");
  nic->model = g_strdup ("e1000e");
  nic->connected = FALSE;
  nic->address.ip = g_strdup ("192.0.2.7");
  nic->address.prefix = 24;
  nic->address.gateway = g_strdup ("192.0.2.1");
  nic->address.dns = g_strdupv ((char *[]){ (char *) "192.0.2.53", NULL });

  return plan;
}

static char *
write_plan (const char *folder, const FerryPlan *plan)
{
  char *path = g_build_filename (folder, "a.ferry-plan.json", NULL);
  g_autofree char *text = ferry_plan_to_text (plan);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

/* Opened, looked at on every page, and saved again. */
static void
assert_unchanged (FerryPlan *plan)
{
  g_autofree char *folder = g_dir_make_tmp ("ferry-plan-file-XXXXXX", NULL);
  g_autofree char *path = write_plan (folder, plan);
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autofree char *saved = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *wizard = open_wizard (fake_backend_get ());

  ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, &error);
  g_assert_no_error (error);
  walk (wizard);
  for (guint i = 0; i < plan->guests->len; i++)
    for (const char *const *tab =
             (const char *const[]){ "general", "network", "disks", "checks", NULL };
         *tab != NULL; tab++)
      {
        ferry_page_show_guest (get_page (wizard), ferry_plan_get_guest (plan, i)->source->id);
        ferry_settings_page_show_tab (FERRY_SETTINGS_PAGE (get_page (wizard)), *tab);
        ui_test_settle (wizard);
      }
  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  saved = ferry_plan_to_text (ferry_draft_get_plan (get_draft (wizard)));
  g_assert_cmpstr (saved, ==, text);
  ui_test_drop (wizard);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_unchanged (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();

  assert_unchanged (plan);
  ferry_plan_set_folder_destination (plan, "/srv/vms");
  assert_unchanged (plan);
}

/* That what is gone is told; names are asked about, too. */
static GtkWindow *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window) &&
          g_str_equal (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (window)),
                       "Not There Any More"))
        return window;
    }

  return NULL;
}

/* What is no longer there is told, not dropped or replaced in silence. */
static void
test_gone (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autofree char *folder = g_dir_make_tmp ("ferry-plan-file-XXXXXX", NULL);
  g_autofree char *path = NULL;
  GtkWindow *wizard = open_wizard (fake_backend_get ());
  GtkWindow *dialog;

  add_guest (plan, "gone-1");
  add_guest (plan, "gone-2");
  ferry_plan_set_libvirt_destination (plan, "qemu:///session", "old-pool");
  path = write_plan (folder, plan);
  g_assert_true (ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, NULL));
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  ui_test_settle (dialog);
  ui_test_shoot (dialog, "plan-gone-guests");
  g_assert_true (ui_test_shows (GTK_WIDGET (dialog),
                                "‘new-gone-1-3’, ‘new-gone-2-4’ of the plan cannot be found at the "
                                "source any more, and will "
                                "not be imported. Look whether this is the right source."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  ui_test_wait_for (is_destination_known, wizard);
  ui_test_settle (wizard);
  g_assert_true (ui_test_shows (GTK_WIDGET (wizard), "There is no storage pool ‘old-pool’"));
  ui_test_shoot (wizard, "plan-gone-pool");
  g_assert_cmpuint (ferry_draft_get_plan (get_draft (wizard))->guests->len, ==, 2);
  ui_test_drop (wizard);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_bad (void)
{
  static const char *const texts[] = { "", "{", "[]", "{ \"version\": 99 }", "\xff\xfe" };
  g_autofree char *folder = g_dir_make_tmp ("ferry-plan-file-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.json", NULL);
  GtkWindow *wizard = open_wizard (fake_backend_get ());

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_false (ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, &error));
      g_assert_nonnull (error);
    }
  g_unlink (path);
  g_assert_false (ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, NULL));
  ui_test_drop (wizard);
  g_rmdir (folder);
}

/* --- the same as ferryctl's --- */

static char *
make_with_ferryctl (const char *const *arguments)
{
  g_autoptr (FerryctlRun) run = ferryctl_run_startv (arguments);

  ferryctl_run_finish (run);
  if (run->exit_code != 0)
    g_error ("ferryctl: %s", run->err);

  return g_strdup (run->out);
}

/* As far as the settings, with the sample's folder as the destination. */
static void
go_to_settings (GtkWindow *wizard, const char *source, const char *destination)
{
  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), source);
  go_next (wizard, FERRY_TYPE_DESTINATION_PAGE);
  adw_combo_row_set_selected (get_part (get_page (wizard), "kind_row"), 0);
  gtk_editable_set_text (get_part (get_page (wizard), "folder_row"),
                         destination + strlen ("folder:"));
  ui_test_wait_for (is_host_known, wizard);
  go_next (wizard, FERRY_TYPE_GUESTS_PAGE);
  if (g_file_test (source, G_FILE_TEST_IS_DIR))
    {
      gtk_selection_model_select_all (
          get_part (get_part (get_page (wizard), "source_pane"), "selection"));
      gtk_widget_activate_action (GTK_WIDGET (get_page (wizard)), "guests.add", NULL);
    }
  go_next (wizard, FERRY_TYPE_SETTINGS_PAGE);
}

static char *
finish_wizard (GtkWindow *wizard)
{
  char *text;

  go_next (wizard, FERRY_TYPE_REVIEW_PAGE);
  text = ferry_plan_to_text (ferry_draft_get_plan (get_draft (wizard)));
  ui_test_drop (wizard);

  return text;
}

static void
test_equal_one (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *ova = ferryctl_sample_add (sample, "web.ova", "web");
  g_autofree char *theirs = make_with_ferryctl (
      (const char *const[]){ "plan", ova, "--to", sample->destination, "--name", "web-new",
                             "--network", "VM Network=bridge:br7", "--mac", "new", "--format",
                             "raw", "--allocation", "preallocated", "--memory", "3G", NULL });
  g_autofree char *ours = NULL;
  GtkWindow *wizard = open_wizard (ferry_backend_get_real ());
  GtkWidget *page;
  GtkWidget *group;

  go_to_settings (wizard, ova, sample->destination);
  page = GTK_WIDGET (get_page (wizard));
  gtk_editable_set_text (get_part (get_part (page, "general"), "name_row"), "web-new");
  gtk_spin_button_set_value (get_part (get_part (get_part (page, "general"), "hardware"), "memory"),
                             3072);
  ferry_settings_page_show_tab (FERRY_SETTINGS_PAGE (page), "network");
  ui_test_settle (wizard);
  group = ui_test_find (page, g_type_from_name ("FerryNicGroup"), NULL);
  adw_combo_row_set_selected (get_part (group, "mac_row"), 1);
  /* For all of them: what is chosen there is chosen for those that are added, too. */
  gtk_widget_activate_action (page, "settings.previous", NULL);
  ui_test_settle (wizard);
  adw_combo_row_set_selected (get_part (get_part (page, "defaults"), "format_row"), 1);
  adw_combo_row_set_selected (get_part (get_part (page, "defaults"), "allocation_row"), 1);
  group = ui_test_find (page, g_type_from_name ("FerryMapGroup"), NULL);
  adw_combo_row_set_selected (get_part (group, "combo"), 1);
  gtk_editable_set_text (get_part (group, "entry"), "br7");
  ui_test_settle (wizard);
  ours = finish_wizard (wizard);
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_equal_many (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *folder = ferryctl_sample_dup_path (sample, "appliances");
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;
  GtkWindow *wizard;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_free (ferryctl_sample_add (sample, "appliances/b.ova", "db"));
  g_free (ferryctl_sample_add (sample, "appliances/a.ova", "web"));
  theirs = make_with_ferryctl (
      (const char *const[]){ "plan", folder, "--all", "--to", sample->destination, NULL });
  wizard = open_wizard (ferry_backend_get_real ());
  go_to_settings (wizard, folder, sample->destination);
  ours = finish_wizard (wizard);
  g_assert_cmpstr (ours, ==, theirs);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/plan-file/is-plan", test_is_plan);
  g_test_add_func ("/plan-file/unchanged", test_unchanged);
  g_test_add_func ("/plan-file/gone", test_gone);
  g_test_add_func ("/plan-file/bad", test_bad);
  g_test_add_func ("/plan-file/equal-one", test_equal_one);
  g_test_add_func ("/plan-file/equal-many", test_equal_many);

  return g_test_run ();
}
