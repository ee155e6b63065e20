/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The sample appliance into a real libvirtd, which tests/peers/libvirtd/run has started. */
#include "config.h"

#include "import-rig.h"

#include <string.h>

#define NAME "ferry-sample"

static FerryPlan *
plan_into_pool (ImportRig *rig)
{
  FerryPlan *plan = import_rig_plan (rig, NAME);

  ferry_plan_set_libvirt_destination (plan, g_getenv ("FERRY_TEST_LIBVIRT_URI"), "default");

  return plan;
}

static void
assert_defined (void)
{
  g_autofree char *names = import_rig_virsh ("list", "--all");
  g_autofree char *xml = import_rig_virsh ("dumpxml", NAME);
  const char *expected[] = { "<name>" NAME "</name>", "00:50:56:0f:e2:01", "00:50:56:0f:e2:02",
                             "<source network='default'", "<interface type='user'>", "<link state='down'/>",
                             "dev='vda' bus='virtio'", "dev='vdb' bus='virtio'" };

  g_assert_nonnull (strstr (names, NAME));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (xml, expected[i]) == NULL)
      g_error ("the domain has no %s:\n%s", expected[i], xml);
}

/* Started by libvirt, it must get as far as running; that it boots is read from its own disk. */
static void
assert_starts (void)
{
  g_autofree char *state = NULL;

  g_free (import_rig_virsh ("start", NAME));
  state = import_rig_virsh ("domstate", NAME);
  g_assert_cmpstr (state, ==, "running");
  g_free (import_rig_virsh ("destroy", NAME));
}

static void
assert_boots (void)
{
  g_autofree char *boot = g_test_build_filename (G_TEST_DIST, "sample", "boot", NULL);
  g_autofree char *disk = g_build_filename (g_getenv ("FERRY_TEST_POOL_DIR"), NAME "-sda", NULL);
  const char *argv[] = { boot, disk, "qcow2", "virtio", NULL };
  g_autofree char *console = NULL;

  import_rig_run (argv, &console);
  g_assert_nonnull (strstr (console, "FERRY-SAMPLE-BOOTED root=/dev/vda1"));
}

static void
test_import (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = plan_into_pool (rig);
  g_autofree char *import = import_rig_start (rig, plan);

  import_rig_assert_succeeded (rig, import);
  import_rig_assert_clean (rig);
  assert_defined ();
  assert_boots ();
  assert_starts ();
}

/* The name is taken now: found before anything is made, and what is there stays as it is. */
static void
test_name_taken (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = plan_into_pool (rig);
  g_autofree char *before = import_rig_virsh ("dumpxml", NAME);
  g_autofree char *import = import_rig_start (rig, plan);
  g_autofree char *after = NULL;

  worker_fixture_await_state (rig->fixture, import, "failed", 60);
  after = import_rig_virsh ("dumpxml", NAME);
  g_assert_cmpstr (after, ==, before);
  import_rig_assert_clean (rig);
}

static void
test_cancel_copying (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (IMPORT_RIG_SLOW);
  g_autoptr (FerryPlan) plan = plan_into_pool (rig);
  g_autofree char *before = import_rig_virsh ("vol-list", "default");
  g_autofree char *import = NULL;
  g_autofree char *names = NULL;
  g_autofree char *after = NULL;
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autoptr (GError) error = NULL;

  g_free (guest->name);
  guest->name = g_strdup ("cancelled");
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "copying", IMPORT_RIG_PATIENCE);
  ferry_dbus_import1_call_cancel_sync (worker_fixture_get_import (rig->fixture, import), NULL,
                                       &error);
  g_assert_no_error (error);
  worker_fixture_await_state (rig->fixture, import, "cancelled", 60);

  import_rig_assert_clean (rig);
  names = import_rig_virsh ("list", "--all");
  g_assert_null (strstr (names, "cancelled"));
  after = import_rig_virsh ("vol-list", "default");
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/libvirt", test_import);
  g_test_add_func ("/import/libvirt/name-taken", test_name_taken);
  g_test_add_func ("/import/libvirt/cancel/copying", test_cancel_copying);

  return g_test_run ();
}
