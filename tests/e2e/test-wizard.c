/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A person imports the sample appliance: through all five pages, watches the bars, and finds the
 * guest. Real window, real worker, real virt-v2v; a picture of each page. */
#include "config.h"
#include "ferry-robot.h"

#include <gio/gio.h>

#define NAME "clicked"

static char *destination;

static Robot *
start (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL, NULL };
  g_autofree char *ova
      = g_build_filename (g_getenv ("FERRY_SAMPLE_DIR"), "ferry-sample.ova", NULL);

  argv[1] = ova;

  return robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));
}

static void
assert_named (Robot *robot)
{
  g_assert_cmpuint (robot_audit_names (robot), ==, 0);
}

static void
next (Robot *robot)
{
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Next");
}

/* Every field of the Settings page has a name, and what is there is to be looked at. */
static void
go_through_tabs (Robot *robot)
{
  static const char *const tabs[][2] = {
    { "Network", "Cable Connected" },
    { "Disks", "For All Its Disks" },
    { "General", "Firmware" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_autofree char *picture = g_ascii_strdown (tabs[i][0], -1);

      robot_click (robot, ATSPI_ROLE_PAGE_TAB, tabs[i][0]);
      g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, tabs[i][1], 30));
      robot_screenshot (robot, picture);
      assert_named (robot);
    }
}

static void
go_through_pages (Robot *robot)
{
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "1 virtual machine", 30));
  robot_screenshot (robot, "source");
  assert_named (robot);
  next (robot);

  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Step 2 of 5", 30));
  robot_type (robot, "Folder", destination);
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Abilities", 60));
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, "Next", 60);
  robot_screenshot (robot, "destination");
  assert_named (robot);
  next (robot);

  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Step 3 of 5", 30));
  robot_screenshot (robot, "virtual-machines");
  assert_named (robot);
  next (robot);

  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Step 4 of 5", 30));
  robot_type (robot, "Name at the Destination", NAME);
  robot_screenshot (robot, "settings");
  assert_named (robot);
  go_through_tabs (robot);
  next (robot);

  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Step 5 of 5", 30));
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, NAME, 30));
  robot_screenshot (robot, "review");
  assert_named (robot);
}

/* The bar of the running import moves, and never back. */
static void
watch_bar (Robot *robot)
{
  double last = 0;
  gboolean moved = FALSE;
  gboolean pictured = FALSE;

  for (guint i = 0; i < 4000 && robot_sees (robot, ATSPI_ROLE_LABEL, "Running"); i++)
    {
      double value = robot_try_value (robot, NAME);

      if (value >= 0)
        {
          g_assert_cmpfloat (value, >=, last);
          moved |= value > last && value > 0.05 && value < 1;
          last = value;
        }
      if (moved && !pictured)
        {
          robot_screenshot (robot, "running");
          pictured = TRUE;
        }
    }
  g_assert_true (moved);
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Finished", 30));
  g_object_unref (robot_find (robot, ATSPI_ROLE_IMAGE, "Succeeded*", 30));
}

static void
test_wizard (void)
{
  Robot *robot = start ();
  g_autofree char *xml = NULL;

  go_through_pages (robot);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Import");
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, "Running", 60));
  watch_bar (robot);
  robot_screenshot (robot, "finished");
  assert_named (robot);
  robot_stop (robot);

  xml = g_build_filename (destination, NAME, NAME ".xml", NULL);
  g_assert_true (g_file_test (xml, G_FILE_TEST_IS_REGULAR));

  /* Closed and opened again, it is still there. */
  robot = start ();
  g_object_unref (robot_find (robot, ATSPI_ROLE_LABEL, NAME, 30));
  robot_stop (robot);
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
  g_test_add_func ("/e2e/wizard", test_wizard);
  status = g_test_run ();

  remove[2] = destination;
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (destination);

  return status;
}
