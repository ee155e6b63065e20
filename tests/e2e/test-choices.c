/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A person imports two appliances of a folder into a real libvirtd: three networks are mapped, one
 * guest is renamed, one disk is left out. Real window, real worker, real virt-v2v; what came of it is
 * read from the domains, and ferryctl must plan the same. tests/peers/libvirtd/run has started the
 * daemon. */
#include "config.h"
#include "ferry-robot.h"
#include "import-rig.h"

#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>

#define POOL "/var/lib/libvirt/images"
#define BRIDGE "ferrylan"
#define PLAIN "ferry-sample"
#define RENAMED "web-1"
#define MAC "52:54:00:0f:e2:99"

/* Seconds, for both conversions on a loaded machine without KVM. */
#define PATIENCE 800

static char *folder;

static void
make_source (void)
{
  g_autofree char *make = g_test_build_filename (G_TEST_DIST, "sample", "make-appliances", NULL);
  const char *argv[] = { make, folder, NULL };
  const char *add[] = { "ip", "link", "add", BRIDGE, "type", "bridge", NULL };

  import_rig_run (argv, NULL);
  import_rig_run (add, NULL);
}

static void
look (Robot *robot, const char *picture)
{
  robot_screenshot (robot, picture);
  g_assert_cmpuint (robot_audit_names (robot), ==, 0);
}

static void
click (Robot *robot, const char *button)
{
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, button);
}

static void
see (Robot *robot, const char *label)
{
  robot_see (robot, ATSPI_ROLE_LABEL, label);
}

static void
next (Robot *robot)
{
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, "Next", 60);
  click (robot, "Next");
}

/* --- what is imported, and where to --- */

static void
choose_source (Robot *robot)
{
  see (robot, "Step 1 of 5");
  robot_type (robot, "File or Folder", folder);
  see (robot, "2 virtual machines");
  next (robot);
}

static void
choose_destination (Robot *robot)
{
  see (robot, "Step 2 of 5");
  robot_choose (robot, "Destination", "libvirt (KVM)");
  robot_see (robot, ATSPI_ROLE_COMBO_BOX, "Connection");
  see (robot, "Abilities");
  robot_choose (robot, "Storage Pool", "default");
  look (robot, "destination");
  next (robot);
}

static void
choose_guests (Robot *robot)
{
  see (robot, "Step 3 of 5");
  robot_go_to (robot, ATSPI_ROLE_TREE_TABLE, "On Source");
  robot_go_to (robot, ATSPI_ROLE_LIST, "*");
  robot_hold (robot, "Control_L", "a");
  click (robot, "Import the Selected Ones");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Nothing yet*", 20);
  look (robot, "virtual-machines");
  next (robot);
}

/* --- settings --- */

static void
turn_to (Robot *robot, const char *tab)
{
  robot_click (robot, ATSPI_ROLE_PAGE_TAB, tab);
}

/* What both have in common is mapped for both where it is seen that they have it in common. */
static void
map_for_all (Robot *robot)
{
  robot_choose (robot, "Backup", "Bridge " BRIDGE);
  robot_choose (robot, "Storage", "Not connected");
  look (robot, "all");
}

/* The first network goes its way at one guest, and then at the other, too, since it is offered. */
static void
map_at_guest (Robot *robot)
{
  turn_to (robot, "Network");
  robot_choose (robot, "Network", "default");
  see (robot, "Apply to 1 other network adapter on ‘VM Network’?");
  see (robot, "No network is chosen for it yet.");
  see (robot, "1 blocker");
  look (robot, "network-offer");
  click (robot, "Apply");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "1 blocker", 20);
  robot_choose (robot, "MAC Address", "Another…");
  robot_type (robot, "MAC Address", MAC);
  look (robot, "network");
}

static void
leave_disk_out (Robot *robot)
{
  turn_to (robot, "Disks");
  robot_click (robot, ATSPI_ROLE_INVALID, "Import Disk 2");
  see (robot, "2 of 3 disks*");
  look (robot, "disks");
}

static void
change_settings (Robot *robot)
{
  see (robot, "Step 4 of 5");
  robot_click (robot, ATSPI_ROLE_LABEL, "All Virtual Machines");
  map_for_all (robot);
  robot_click (robot, ATSPI_ROLE_LABEL, "three");
  turn_to (robot, "General");
  robot_type (robot, "Name at the Destination", RENAMED);
  map_at_guest (robot);
  leave_disk_out (robot);
  turn_to (robot, "Checks");
  look (robot, "checks");
  next (robot);
}

/* --- the import --- */

static void
review (Robot *robot)
{
  see (robot, "Step 5 of 5");
  see (robot, RENAMED);
  see (robot,
       "‘three’ at the source · 2 disks · 1 left out · default, Bridge " BRIDGE ", Not connected");
  see (robot, PLAIN);
  see (robot, "2 disks · default, Bridge " BRIDGE);
  see (robot, "It does not stop the import");
  /* What is left out is not counted: both are as large as the sample. */
  g_assert_false (robot_sees (robot, ATSPI_ROLE_LABEL, "536.9*"));
  look (robot, "review");
}

/* Between the end of one and the start of the other none is running. */
static void
await_both (Robot *robot)
{
  gint64 until = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;

  while (robot_count (robot, ATSPI_ROLE_IMAGE, "Succeeded*") < 2)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_assert_false (robot_sees (robot, ATSPI_ROLE_IMAGE, "Failed*"));
      g_usleep (G_USEC_PER_SEC / 2);
    }
}

static void
import (Robot *robot)
{
  click (robot, "Import");
  see (robot, "Running");
  await_both (robot);
  look (robot, "finished");
}

/* --- what came of it --- */

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, word)) != NULL; p++)
    n++;

  return n;
}

static void
assert_parts (const char *name, guint n_disks, guint n_nics)
{
  g_autofree char *xml = import_rig_virsh ("dumpxml", name);

  g_assert_cmpuint (count (xml, "device='disk'"), ==, n_disks);
  g_assert_cmpuint (count (xml, "<interface "), ==, n_nics);
}

static void
assert_chosen (void)
{
  static const char *const has[] = {
    "<name>" RENAMED "</name>",
    "<source pool='default' volume='" RENAMED "-sda'",
    "<source pool='default' volume='" RENAMED "-sdb'",
    "<interface type='network'>\\s*<mac address='" MAC "'/>\\s*<source network='default'/>",
    "<interface type='bridge'>\\s*<mac address='00:50:56:0f:e2:02'/>\\s*<source bridge='" BRIDGE
    "'/>",
    "<interface type='user'>\\s*<mac address='00:50:56:0f:e2:03'/>[^/]*/>\\s*<link state='down'/>",
    NULL,
  };
  static const char *const lacks[] = { "three", "sdc", NULL };

  import_rig_assert_domain (RENAMED, has, lacks);
  assert_parts (RENAMED, 2, 3);
}

static void
assert_plain (void)
{
  static const char *const has[] = {
    "<name>" PLAIN "</name>",
    "<source pool='default' volume='" PLAIN "-sda'",
    "<source pool='default' volume='" PLAIN "-sdb'",
    "<mac address='00:50:56:0f:e2:01'/>\\s*<source network='default'/>",
    "<mac address='00:50:56:0f:e2:02'/>\\s*<source bridge='" BRIDGE "'/>",
    NULL,
  };
  static const char *const lacks[] = { "state='down'", "sdc", NULL };

  import_rig_assert_domain (PLAIN, has, lacks);
  assert_parts (PLAIN, 2, 2);
}

static void
assert_disk (const char *name, const char *sample)
{
  g_autofree char *path = g_build_filename (POOL, name, NULL);
  g_autofree char *source = import_rig_sample (sample);
  const char *argv[] = { "qemu-img", "info", "-U", "--output=json", path, NULL };
  GStatBuf info;
  g_autofree char *text = NULL;
  g_autofree char *size = NULL;

  g_assert_cmpint (g_stat (source, &info), ==, 0);
  size = g_strdup_printf ("\"virtual-size\": %" G_GINT64_FORMAT ",", (gint64) info.st_size);
  import_rig_run (argv, &text);
  if (strstr (text, size) == NULL)
    g_error ("%s is not as large as %s:\n%s", path, sample, text);
}

/* The empty one is nowhere, and what came after it took its place. */
static void
assert_disks (void)
{
  guint n = 0;
  g_autoptr (GDir) dir = g_dir_open (POOL, 0, NULL);

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 4);
  assert_disk (RENAMED "-sda", "root.img");
  assert_disk (RENAMED "-sdb", "data.img");
  assert_disk (PLAIN "-sda", "root.img");
  assert_disk (PLAIN "-sdb", "data.img");
  import_rig_assert_same_content (POOL "/" RENAMED "-sdb", "data.img", "/blob.bin");
}

/* --- and ferryctl --- */

static FerryPlan *
plan_by_command (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_FERRYCTL"),
                         "plan",
                         folder,
                         "--all",
                         "--to",
                         "libvirt:qemu:///system,pool=default",
                         "--network",
                         "VM Network=default",
                         "--network",
                         "Backup=bridge:" BRIDGE,
                         "--network",
                         "Storage=none",
                         "--rename",
                         "three=" RENAMED,
                         "--disk",
                         "three:2:out",
                         "--nic",
                         "three:1:mac=" MAC,
                         NULL };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FerryPlan *plan;

  import_rig_run (argv, &text);
  plan = ferry_plan_from_text (text, -1, &error);
  g_assert_no_error (error);

  return plan;
}

/* As the worker has written it down. */
static FerryPlan *
load_carried_out (const char *import)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("XDG_STATE_HOME"), "ferry", "imports", import, "plan.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FerryPlan *plan;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  plan = ferry_plan_from_text (text, -1, &error);
  g_assert_no_error (error);

  return plan;
}

static void
assert_planned (const FerryPlan *plan, const char *import)
{
  g_autoptr (FerryPlan) carried_out = load_carried_out (import);
  const FerryPlanGuest *guest = ferry_plan_get_guest (carried_out, 0);
  g_autofree char *text = ferry_plan_to_text (carried_out);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      g_autoptr (FerryPlan) one = ferry_plan_dup_for_guest (plan, i);
      g_autofree char *expected = ferry_plan_to_text (one);

      if (g_strcmp0 (ferry_plan_get_guest (plan, i)->source->id, guest->source->id) != 0)
        continue;
      g_assert_cmpstr (text, ==, expected);
      return;
    }

  g_error ("ferryctl plans no ‘%s’", guest->source->id);
}

static void
assert_same_plan (void)
{
  g_autoptr (FerryPlan) plan = plan_by_command ();
  g_autofree char *path = g_build_filename (g_getenv ("XDG_STATE_HOME"), "ferry", "imports", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *import;
  guint n = 0;

  g_assert_nonnull (dir);
  g_assert_cmpuint (plan->guests->len, ==, 2);
  for (; (import = g_dir_read_name (dir)) != NULL; n++)
    assert_planned (plan, import);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_choices (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  Robot *robot;

  make_source ();
  robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));
  click (robot, "New Import…");
  choose_source (robot);
  choose_destination (robot);
  choose_guests (robot);
  change_settings (robot);
  review (robot);
  import (robot);
  robot_stop (robot);

  assert_chosen ();
  assert_plain ();
  assert_disks ();
  assert_same_plan ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("ferry-appliances-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/e2e/choices", test_choices);
  status = g_test_run ();

  ferry_tree_remove (folder, NULL);
  g_free (folder);

  return status;
}
