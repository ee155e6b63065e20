/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "fake-backend.h"
#include "ferry-settings-text.h"
#include "settings-test.h"
#include "ui-test.h"

/* The tab Disks of the Settings page. */

#define GB (G_GUINT64_CONSTANT (1000) * 1000 * 1000)

/* "web" with three disks, "mail" with one. */
static GtkWindow *
open_disks (FerryDestinationKind kind)
{
  GPtrArray *guests = settings_test_list ("web", "mail", NULL);
  FerryGuest *web = g_ptr_array_index (guests, 0);
  GtkWindow *wizard;

  for (guint i = 0; i < 2; i++)
    {
      FerryDisk *disk = ferry_disk_copy (ferry_guest_get_disk (web, 0));

      disk->capacity_bytes = (i == 0 ? 150 : 20) * GB;
      g_ptr_array_add (web->disks, disk);
    }
  wizard = settings_test_open (kind, guests);
  settings_test_show (wizard, "web", "disks");

  return wizard;
}

/* The group of disk @index: the tab's groups are the children of a box. */
static GtkWidget *
get_group (GtkWindow *wizard, guint index)
{
  GtkWidget *tab = settings_test_find (wizard, "FerrySettingsDisks");
  GtkWidget *group = gtk_widget_get_first_child (settings_test_get (tab, "disks"));

  for (guint i = 0; i < index; i++)
    group = gtk_widget_get_next_sibling (group);
  g_assert_nonnull (group);

  return group;
}

static const char *
get_subtitle (GtkWindow *wizard, guint index)
{
  return adw_expander_row_get_subtitle (settings_test_get (get_group (wizard, index), "expander"));
}

static void
test_included (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  const FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  GtkWidget *third = get_group (wizard, 2);

  gtk_switch_set_active (settings_test_get (third, "included"), FALSE);
  g_assert_false (ferry_plan_guest_includes (guest, 2));
  ui_test_settle (wizard);
  g_assert_nonnull (strstr (get_subtitle (wizard, 2), "not imported"));
  g_assert_false (gtk_widget_get_sensitive (settings_test_get (third, "format_row")));
  g_assert_nonnull (strstr (gtk_label_get_label (settings_test_get (
                                settings_test_find (wizard, "FerrySettingsDisks"), "sum")),
                            "2 of 3 disks"));
  ui_test_shoot (wizard, "settings-disks");

  gtk_switch_set_active (settings_test_get (third, "included"), TRUE);
  ui_test_settle (wizard);
  g_assert_true (gtk_widget_get_sensitive (settings_test_get (third, "format_row")));
  ui_test_drop (wizard);
}

static void
test_storage (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  const FerryPlan *plan = settings_test_get_plan (wizard);
  const FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  GtkWidget *second = get_group (wizard, 1);

  g_assert_null (ferry_plan_guest_get_disk (guest, 1)->storage);
  settings_test_choose (second, "storage_row", "vm-fast");
  g_assert_cmpstr (ferry_plan_get_storage (plan, guest, 1), ==, "vm-fast");
  ui_test_settle (wizard);
  g_assert_nonnull (strstr (get_subtitle (wizard, 1), "vm-fast"));
  settings_test_choose (second, "storage_row", "As for all: vm-data-01");
  g_assert_null (ferry_plan_guest_get_disk (guest, 1)->storage);
  ui_test_drop (wizard);

  /* A folder is one place only. */
  wizard = open_disks (FERRY_DESTINATION_FOLDER);
  g_assert_false (gtk_widget_get_visible (settings_test_get (get_group (wizard, 0),
                                                             "storage_row")));
  ui_test_drop (wizard);
}

/* One that is no longer there stays in sight: it must not become another one by being looked at. */
static void
test_storage_gone (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (settings_test_get_guest (wizard, "web"), 0);

  disk->storage = g_strdup ("gone");
  settings_test_show (wizard, "web", "disks");
  ferry_draft_touch (settings_test_get_draft (wizard));
  ui_test_settle (wizard);
  g_assert_cmpstr (disk->storage, ==, "gone");
  settings_test_choose (get_group (wizard, 0), "storage_row", "gone");
  g_assert_cmpstr (disk->storage, ==, "gone");
  ui_test_drop (wizard);
}

static void
test_format (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  const FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");
  GtkWidget *first = get_group (wizard, 0);

  settings_test_choose (first, "format_row", "raw");
  settings_test_choose (first, "allocation_row", "Preallocated");
  g_assert_cmpint (ferry_plan_guest_get_format (guest, 0), ==, FERRY_FORMAT_RAW);
  g_assert_cmpint (ferry_plan_guest_get_allocation (guest, 0), ==, FERRY_ALLOCATION_PREALLOCATED);
  g_assert_cmpint (ferry_plan_guest_get_format (guest, 1), ==, FERRY_FORMAT_QCOW2);

  /* What holds for all its disks holds for those without a choice of their own. */
  settings_test_choose (settings_test_find (wizard, "FerrySettingsDisks"), "format_row", "raw");
  ui_test_settle (wizard);
  settings_test_choose (first, "format_row", "As for all: raw");
  g_assert_cmpint (ferry_plan_guest_get_disk (guest, 0)->format, ==, 0);
  g_assert_cmpint (ferry_plan_guest_get_format (guest, 1), ==, FERRY_FORMAT_RAW);
  ui_test_drop (wizard);
}

static gboolean
has_badge (GtkWindow *wizard, guint index)
{
  return gtk_widget_get_visible (settings_test_get (get_group (wizard, index), "boot_badge"));
}

static void
test_boot (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *tab = settings_test_find (wizard, "FerrySettingsDisks");
  const FerryPlanGuest *guest = settings_test_get_guest (wizard, "web");

  g_assert_true (has_badge (wizard, 0));
  settings_test_choose (tab, "boot_row", "Disk 2");
  g_assert_cmpint (guest->boot_disk, ==, 1);
  ui_test_settle (wizard);
  g_assert_true (has_badge (wizard, 1));
  g_assert_false (has_badge (wizard, 0));

  /* Left out, it boots nothing; brought back, it is what was chosen. */
  gtk_switch_set_active (settings_test_get (get_group (wizard, 1), "included"), FALSE);
  ui_test_settle (wizard);
  g_assert_true (has_badge (wizard, 0));
  gtk_switch_set_active (settings_test_get (get_group (wizard, 1), "included"), TRUE);
  ui_test_settle (wizard);
  g_assert_true (has_badge (wizard, 1));
  settings_test_choose (tab, "boot_row", "The first one");
  g_assert_cmpint (guest->boot_disk, ==, -1);
  ui_test_drop (wizard);
}

static void
test_space (void)
{
  GtkWindow *wizard = open_disks (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *tab = settings_test_find (wizard, "FerrySettingsDisks");
  GtkWidget *space = settings_test_get (tab, "space");

  g_assert_nonnull (ui_test_find (space, g_type_from_name ("FerrySpaceRow"), NULL));
  g_assert_false (ui_test_shows (space, "What is to be imported does not fit here."));
  /* 250 GB of room that is taken at once, where there are 200. */
  for (guint i = 0; i < 3; i++)
    {
      settings_test_choose (get_group (wizard, i), "storage_row", "vm-fast");
      settings_test_choose (get_group (wizard, i), "allocation_row", "Preallocated");
    }
  ui_test_settle (wizard);
  g_assert_true (ui_test_shows (space, "What is to be imported does not fit here."));
  gtk_switch_set_active (settings_test_get (get_group (wizard, 1), "included"), FALSE);
  ui_test_settle (wizard);
  g_assert_false (ui_test_shows (space, "What is to be imported does not fit here."));
  ui_test_drop (wizard);
}

static void
test_none (void)
{
  GPtrArray *guests = settings_test_list ("pxe", NULL);
  GtkWindow *wizard;

  g_ptr_array_set_size (((FerryGuest *) g_ptr_array_index (guests, 0))->disks, 0);
  wizard = settings_test_open (FERRY_DESTINATION_LIBVIRT, guests);
  settings_test_show (wizard, "pxe", "disks");
  g_assert_true (ui_test_shows (settings_test_find (wizard, "FerrySettingsDisks"),
                                "This virtual machine has no disk."));
  ui_test_drop (wizard);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-disks/included", test_included);
  g_test_add_func ("/settings-disks/storage", test_storage);
  g_test_add_func ("/settings-disks/storage-gone", test_storage_gone);
  g_test_add_func ("/settings-disks/format", test_format);
  g_test_add_func ("/settings-disks/boot", test_boot);
  g_test_add_func ("/settings-disks/space", test_space);
  g_test_add_func ("/settings-disks/none", test_none);

  return g_test_run ();
}
