/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A guest of VMware's simulator into a folder, by the real worker, the real nbdkit and the real
 * virt-v2v. Its password is looked for wherever somebody else could see it, while the import runs and
 * afterwards. */
#include "config.h"

#include "import-rig.h"
#include "vcenter-peer.h"

#include "ferry-source-vsphere.h"

#define PASSWORD "Zq7-for-nobody-else"

/* --- the import --- */

static FerryGuest *
read_guest (const FerryPlanSource *plan_source, const char *name)
{
  g_autoptr (FerrySource) source = ferry_source_vsphere_new (plan_source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);
  FerryGuest *guest = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < guests->len && guest == NULL; i++)
    {
      const FerryGuest *listed = g_ptr_array_index (guests, i);

      if (g_str_equal (listed->name, name))
        guest = ferry_source_read (source, listed->id, NULL, &error);
    }
  g_assert_no_error (error);
  g_assert_nonnull (guest);

  return guest;
}

static FerryPlan *
make_plan_of (ImportRig *rig, VcenterPeer *peer, const char *name)
{
  g_autoptr (FerryPlanSource) source = vcenter_peer_make_source (peer);
  FerryPlanNetwork network = { FERRY_NETWORK_NETWORK, (char *) "default" };
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = NULL;

  ferry_plan_source_set_password (&source->password, PASSWORD);
  guest = read_guest (source, name);
  ferry_plan_set_source (plan, source);
  ferry_plan_set_folder_destination (plan, rig->destination);
  ferry_plan_set_mapping (plan, "*", &network);
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static FerryPlan *
make_plan (ImportRig *rig, VcenterPeer *peer)
{
  return make_plan_of (rig, peer, "tiny");
}

static VcenterPeer *
start_peer (void)
{
  g_autofree char *image = import_rig_sample ("root.img");
  g_autofree char *options = g_strdup_printf ("-image '%s' -password " PASSWORD, image);
  VcenterPeer *peer = vcenter_peer_start (options);

  if (peer != NULL)
    vcenter_peer_trust (peer);

  return peer;
}

static void
test_import (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  g_autoptr (ImportRig) rig = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  g_autofree char *disk = NULL;

  if (peer == NULL)
    return;
  rig = import_rig_new (NULL);
  plan = make_plan (rig, peer);
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "converting", IMPORT_RIG_PATIENCE);
  vcenter_peer_assert_hidden (peer, PASSWORD);
  worker_fixture_await_state (rig->fixture, import, "copying", IMPORT_RIG_PATIENCE);
  vcenter_peer_assert_hidden (peer, PASSWORD);
  import_rig_assert_succeeded (rig, import);

  disk = g_build_filename (rig->destination, "tiny", "tiny-sda.qcow2", NULL);
  import_rig_assert_same_content (disk, "root.img", "/etc/hostname");
  vcenter_peer_assert_in_no_file (PASSWORD, worker_fixture_get_dir (rig->fixture));
  vcenter_peer_assert_in_no_file (PASSWORD, rig->destination);
}

/* Cancelled while the disk is read: nbdkit is gone too, and so is the file with the password. */
static void
test_cancel (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  g_autoptr (ImportRig) rig = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  g_autoptr (GError) error = NULL;

  if (peer == NULL)
    return;
  rig = import_rig_new (NULL);
  plan = make_plan (rig, peer);
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "converting", IMPORT_RIG_PATIENCE);
  ferry_dbus_import1_call_cancel_sync (worker_fixture_get_import (rig->fixture, import), NULL,
                                       &error);
  g_assert_no_error (error);
  worker_fixture_await_state (rig->fixture, import, "cancelled", 60);
  import_rig_assert_clean (rig);
  vcenter_peer_assert_in_no_file (PASSWORD, worker_fixture_get_dir (rig->fixture));
}

static void
assert_power (VcenterPeer *peer, const char *expected)
{
  g_autofree char *power = vcenter_peer_command (peer, "power web01");

  g_assert_cmpstr (power, ==, expected);
}

/* One that runs is shut down, by its tools, before it is converted; and runs again when that was in vain
 * and the user says so. The worker still has the password. */
static void
test_shut_down (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  g_autoptr (FerryPlan) nothing = ferry_plan_new ();
  g_autoptr (ImportRig) rig = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  FerryDBusImport1 *proxy;
  g_autoptr (GError) error = NULL;

  if (peer == NULL)
    return;
  rig = import_rig_new (NULL);
  plan = make_plan_of (rig, peer, "web01");
  ferry_plan_get_guest (plan, 0)->shut_down = TRUE;
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "converting", IMPORT_RIG_PATIENCE);
  assert_power (peer, "poweredOff");
  proxy = worker_fixture_get_import (rig->fixture, import);
  ferry_dbus_import1_call_cancel_sync (proxy, NULL, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (rig->fixture, import, "cancelled", 60);
  import_rig_assert_clean (rig);
  g_assert_true (ferry_dbus_import1_get_startable_at_source (proxy));

  worker_fixture_call_with (rig->fixture, import, "StartSource", nothing, &error);
  g_assert_no_error (error);
  assert_power (peer, "poweredOn");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (proxy));
  vcenter_peer_assert_in_no_file (PASSWORD, worker_fixture_get_dir (rig->fixture));
}

/* The password is changed between plan and import: that is what the import says, and retried with the
 * right one it goes on. */
static void
test_password (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  g_autoptr (ImportRig) rig = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  g_autofree char *code = NULL;

  if (peer == NULL)
    return;
  rig = import_rig_new (NULL);
  plan = make_plan (rig, peer);
  ferry_plan_source_set_password (&plan->source.password, "of yesterday");
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "failed", IMPORT_RIG_PATIENCE);
  g_variant_get (ferry_dbus_import1_get_failure (worker_fixture_get_import (rig->fixture, import)),
                 "(s&s&s&s)", &code, NULL, NULL, NULL);
  g_assert_cmpstr (code, ==, "Auth");
  import_rig_assert_clean (rig);

  ferry_plan_source_set_password (&plan->source.password, PASSWORD);
  worker_fixture_retry_with (rig->fixture, import, plan);
  worker_fixture_await_state (rig->fixture, import, "converting", IMPORT_RIG_PATIENCE);
}

/* The server shows another certificate than the one that was accepted: it gets no password. */
static void
test_certificate (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  g_autoptr (ImportRig) rig = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *stats = NULL;
  g_autofree char *code = NULL;

  if (peer == NULL)
    return;
  rig = import_rig_new (NULL);
  plan = make_plan (rig, peer);
  answer = vcenter_peer_command (peer, "renew");
  g_free (vcenter_peer_command (peer, "stats"));
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "failed", IMPORT_RIG_PATIENCE);
  g_variant_get (ferry_dbus_import1_get_failure (worker_fixture_get_import (rig->fixture, import)),
                 "(s&s&s&s)", &code, NULL, NULL, NULL);
  g_assert_cmpstr (code, ==, "Certificate");
  stats = vcenter_peer_command (peer, "stats");
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-vsphere/certificate", test_certificate);
  g_test_add_func ("/import-vsphere/password", test_password);
  g_test_add_func ("/import-vsphere/cancel", test_cancel);
  g_test_add_func ("/import-vsphere/shut-down", test_shut_down);
  g_test_add_func ("/import-vsphere/import", test_import);

  return g_test_run ();
}
