/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The sample appliance into qemu:///session of an ordinary user without KVM (tests/peers/user/run).
 * virt-v2v 2.2 cannot define such a guest: it says so in a warning, and ends with 0. */
#include "config.h"

#include "import-rig.h"

#include <string.h>
#include <unistd.h>

#define NAME "in-session"

/* A session has no networks of its own. */
static FerryPlan *
plan_into_session (ImportRig *rig)
{
  FerryPlan *plan = import_rig_plan (rig, NAME);

  ferry_plan_set_libvirt_destination (plan, g_getenv ("FERRY_TEST_LIBVIRT_URI"), "default");
  ferry_plan_apply_mapping (plan, "VM Network", &(FerryPlanNetwork){ FERRY_NETWORK_NONE, NULL });

  return plan;
}

/* Only where virt-v2v did not do it itself was Ferry's own way tested: newer ones may. */
static void
tell_who_defined (FerryDBusImport1 *import)
{
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (ferry_dbus_import1_get_log_path (import), &log, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("defined by %s",
                  strstr (log, "could not define libvirt domain") != NULL ? "Ferry" : "virt-v2v");
}

static void
assert_defined (void)
{
  g_autofree char *names = import_rig_virsh ("list", "--all");
  g_autofree char *xml = import_rig_virsh ("dumpxml", NAME);

  g_assert_nonnull (strstr (names, NAME));
  if (strstr (xml, "<domain type='qemu'") == NULL)
    g_error ("the domain is not emulated:\n%s", xml);
}

static gboolean
is_off (gpointer user_data)
{
  g_autofree char *state = import_rig_virsh ("domstate", NAME);

  return g_str_equal (state, "shut off");
}

/* The sample switches itself off when it has booted; one that did not would run for ever. */
static void
assert_boots (ImportRig *rig)
{
  const char *argv[] = { "virsh", "-q", "-c", g_getenv ("FERRY_TEST_LIBVIRT_URI"),
                         "domstate", NAME, "--reason", NULL };
  g_autofree char *state = NULL;
  g_autofree char *reason = NULL;

  g_free (import_rig_virsh ("start", NAME));
  state = import_rig_virsh ("domstate", NAME);
  g_assert_cmpstr (state, ==, "running");
  worker_fixture_wait (rig->fixture, is_off, NULL, IMPORT_RIG_PATIENCE);
  import_rig_run (argv, &reason);
  g_assert_cmpstr (g_strstrip (reason), ==, "shut off (shutdown)");
}

static void
test_session (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = plan_into_session (rig);
  g_autofree char *import = import_rig_start (rig, plan);
  g_autofree char *disk = g_build_filename (g_getenv ("FERRY_TEST_POOL_DIR"), NAME "-sda", NULL);

  g_assert_cmpuint (geteuid (), !=, 0);
  import_rig_assert_succeeded (rig, import);
  import_rig_assert_clean (rig);
  tell_who_defined (worker_fixture_get_import (rig->fixture, import));
  assert_defined ();
  import_rig_assert_same_content (disk, "root.img", "/root/blob.bin");
  assert_boots (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/session", test_session);

  return g_test_run ();
}
