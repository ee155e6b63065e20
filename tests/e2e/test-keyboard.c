/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The same import without a mouse. The robot only presses keys here, from the empty main window to
 * the guest, and cancels the import once and tries it again on the way; it looks at the window to
 * know where the focus is, as a person does. */
#include "config.h"
#include "ferry-robot.h"

#include <gio/gio.h>

#define NAME "typed"

static char *destination;

static void
see (Robot *robot, AtspiRole role, const char *name)
{
  g_object_unref (robot_find (robot, role, name, 60));
}

static void
press_button (Robot *robot, const char *name)
{
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, name, 60);
  robot_go_to (robot, ATSPI_ROLE_PUSH_BUTTON, name);
  robot_press (robot, "space");
}

static void
look_at_shortcuts (Robot *robot)
{
  robot_hold (robot, "Control_L", "question");
  see (robot, ATSPI_ROLE_LABEL, "New import");
  robot_screenshot (robot, "shortcuts");
  robot_press (robot, "Escape");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "New import", 20);
}

static void
choose_source (Robot *robot)
{
  g_autofree char *ova
      = g_build_filename (g_getenv ("FERRY_SAMPLE_DIR"), "ferry-sample.ova", NULL);

  see (robot, ATSPI_ROLE_LABEL, "Step 1 of 5");
  robot_go_to (robot, ATSPI_ROLE_TEXT, "File or Folder");
  robot_write (robot, ova);
  see (robot, ATSPI_ROLE_LABEL, "1 virtual machine");
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, "Next", 60);
  robot_screenshot (robot, "source");
  robot_press (robot, "Return"); /* in an entry: Next */
}

/* To libvirt and back to the folder: the row opens with Space, and arrows choose. */
static void
choose_destination (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Step 2 of 5");
  robot_go_to (robot, ATSPI_ROLE_COMBO_BOX, "Destination");
  robot_press (robot, "space");
  robot_press (robot, "Down");
  robot_press (robot, "Return");
  see (robot, ATSPI_ROLE_COMBO_BOX, "Connection");
  robot_press (robot, "space");
  robot_press (robot, "Up");
  robot_press (robot, "Return");

  robot_go_to (robot, ATSPI_ROLE_TEXT, "Folder");
  robot_write (robot, destination);
  see (robot, ATSPI_ROLE_LABEL, "Abilities");
  robot_screenshot (robot, "destination");
  press_button (robot, "Next");
}

/* Past the titles of the columns, which can be chosen too. */
static void
go_to_row (Robot *robot, const char *table)
{
  robot_go_to (robot, ATSPI_ROLE_TREE_TABLE, table);
  robot_go_to (robot, ATSPI_ROLE_LIST, "*");
  g_assert_true (robot_has_focus (robot, ATSPI_ROLE_TREE_TABLE, table));
}

/* The one guest is chosen already: out it goes by Return, and back by the arrow between the lists. */
static void
choose_guests (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Step 3 of 5");
  go_to_row (robot, "To Import");
  robot_press (robot, "Return");
  see (robot, ATSPI_ROLE_LABEL, "Nothing yet*");
  robot_screenshot (robot, "nothing-chosen");

  go_to_row (robot, "On Source");
  robot_press (robot, "space");
  press_button (robot, "Import the Selected Ones");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Nothing yet*", 20);
  robot_screenshot (robot, "virtual-machines");
  press_button (robot, "Next");
}

static void
change_settings (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Step 4 of 5");
  robot_go_to (robot, ATSPI_ROLE_TEXT, "Name at the Destination");
  robot_write (robot, NAME);
  robot_go_to (robot, ATSPI_ROLE_INVALID, "Network");
  robot_press (robot, "space");
  robot_screenshot (robot, "network");
  robot_go_to (robot, ATSPI_ROLE_INVALID, "Disks");
  robot_press (robot, "space");
  robot_screenshot (robot, "disks");
  press_button (robot, "Next");
}

static void
start_import (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Step 5 of 5");
  see (robot, ATSPI_ROLE_LABEL, NAME);
  robot_screenshot (robot, "review");
  press_button (robot, "Import");
  see (robot, ATSPI_ROLE_LABEL, "Running");
}

static void
cancel_import (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Converting operating system*");
  press_button (robot, "Cancel importing " NAME);
  see (robot, ATSPI_ROLE_LABEL, "Cancel Importing*");
  robot_screenshot (robot, "question");
  robot_hold (robot, "Alt_L", "c"); /* “_Cancel Import” */
  see (robot, ATSPI_ROLE_LABEL, "Finished");
  see (robot, ATSPI_ROLE_IMAGE, "Cancelled*");
  robot_screenshot (robot, "cancelled");
}

static void
retry_import (Robot *robot)
{
  press_button (robot, "Retry");
  see (robot, ATSPI_ROLE_LABEL, "Running");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Running", 400);
  see (robot, ATSPI_ROLE_IMAGE, "Succeeded*");
  robot_screenshot (robot, "succeeded");
}

static void
assert_imported (void)
{
  g_autofree char *xml = g_build_filename (destination, NAME, NAME ".xml", NULL);
  g_autoptr (GDir) dir = g_dir_open (destination, 0, NULL);

  g_assert_true (g_file_test (xml, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (g_dir_read_name (dir), ==, NAME);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_keyboard (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  Robot *robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));

  robot_go_to (robot, ATSPI_ROLE_PUSH_BUTTON, "New Import…");
  robot_screenshot (robot, "empty");
  look_at_shortcuts (robot);
  robot_press (robot, "Return");
  choose_source (robot);
  choose_destination (robot);
  choose_guests (robot);
  change_settings (robot);
  start_import (robot);
  cancel_import (robot);
  retry_import (robot);
  robot_stop (robot);
  assert_imported ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *remove[] = { "rm", "-rf", NULL, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  destination = g_dir_make_tmp ("ferry-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/e2e/keyboard", test_keyboard);
  status = g_test_run ();

  remove[2] = destination;
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (destination);

  return status;
}
