/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A person saves a source, tests it, and starts an import from it; and one meets a vCenter that
 * nobody trusts yet. Real windows, real libvirt with its test driver, VMware's own simulator, and a
 * picture of each step. */
#include "config.h"
#include "ferry-robot.h"
#include "vcenter-peer.h"

#include <gio/gio.h>

#define NAME "Test Driver"

static void
assert_named (Robot *robot)
{
  g_assert_cmpuint (robot_audit_names (robot), ==, 0);
}

static void
see (Robot *robot, AtspiRole role, const char *name)
{
  g_object_unref (robot_find (robot, role, name, 30));
}

static void
add_provider (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, "Bring Your Virtual Machines Over");
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Add Provider…");
  see (robot, ATSPI_ROLE_LABEL, "Not tested yet");
  robot_choose (robot, "Source", "KVM");
  robot_type (robot, "Address", "test:///default");
  robot_type (robot, "Name of the Provider", NAME);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Test Connection");
  see (robot, ATSPI_ROLE_LABEL, "Connected");
  robot_screenshot (robot, "provider-editor");
  assert_named (robot);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Save");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Not tested yet", 10);
}

static void
test_provider (Robot *robot)
{
  see (robot, ATSPI_ROLE_LABEL, NAME);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Test " NAME);
  see (robot, ATSPI_ROLE_LABEL, "Connected today,*");
  robot_screenshot (robot, "providers");
  assert_named (robot);
}

static void
import_from (Robot *robot)
{
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "More Actions for " NAME);
  robot_click (robot, ATSPI_ROLE_INVALID, "New Import from Here…");
  see (robot, ATSPI_ROLE_LABEL, "Step 1 of 5");
  robot_screenshot (robot, "provider-source");
  assert_named (robot);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Next");
  see (robot, ATSPI_ROLE_LABEL, "Step 2 of 5");
}

static void
test_providers (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  Robot *robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));

  add_provider (robot);
  test_provider (robot);
  import_from (robot);
  robot_stop (robot);

  /* Still there the next time. */
  robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));
  robot_click (robot, ATSPI_ROLE_INVALID, "Providers");
  see (robot, ATSPI_ROLE_LABEL, NAME);
  see (robot, ATSPI_ROLE_LABEL, "Connected today,*");
  robot_stop (robot);
}

static gint64
count_logins (VcenterPeer *peer)
{
  g_autofree char *stats = vcenter_peer_command (peer, "stats");

  return vcenter_peer_get_count (stats, "Login");
}

static void
type_source (Robot *robot, const FerryPlanSource *source)
{
  see (robot, ATSPI_ROLE_LABEL, "Bring Your Virtual Machines Over");
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "New Import…");
  see (robot, ATSPI_ROLE_LABEL, "Step 1 of 5");
  robot_choose (robot, "Source", "VMware vCenter or ESXi");
  robot_type (robot, "Address", source->host);
  robot_type (robot, "User Name", source->user);
  robot_type (robot, "Password", source->password);
}

/* Nothing is sent to it before the user has looked at its certificate. */
static void
test_trust (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  g_autoptr (VcenterPeer) peer = vcenter_peer_start ("-guests 10");
  g_autoptr (FerryPlanSource) source = NULL;
  Robot *robot;

  if (peer == NULL)
    return;

  source = vcenter_peer_make_source (peer);
  robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));
  type_source (robot, source);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Test Connection");
  see (robot, ATSPI_ROLE_LABEL, "Trust This Server?");
  robot_screenshot (robot, "trust");
  assert_named (robot);
  g_assert_cmpint (count_logins (peer), ==, 0);

  /* Enter is no consent. */
  robot_press (robot, "Return");
  see (robot, ATSPI_ROLE_LABEL, "Certificate not trusted");
  g_assert_cmpint (count_logins (peer), ==, 0);

  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Next");
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Trust*");
  see (robot, ATSPI_ROLE_LABEL, "Step 2 of 5");
  g_assert_cmpint (count_logins (peer), >, 0);
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Back");
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, "Test Again");
  see (robot, ATSPI_ROLE_LABEL, "VMware*");
  robot_screenshot (robot, "connected");
  robot_stop (robot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/e2e/providers", test_providers);
  g_test_add_func ("/e2e/trust", test_trust);

  return g_test_run ();
}
