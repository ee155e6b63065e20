/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "vcenter-peer.h"

#include <string.h>

/* VMware's own simulator as vCenter and as ESXi host. */

static void
assert_list_fails (VcenterRig *rig, FerryError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (rig->source, NULL, &error);

  g_assert_null (guests);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

/* --- browsing --- */

static void
test_list (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *stats = NULL;
  const FerryGuest *web, *twin;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  guests = vcenter_rig_list (&rig);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpuint (guests->len, ==, 13);
  web = vcenter_find (guests, "web01");
  g_assert_cmpstr (web->place, ==, "DC0/DC0_C0/DC0_C0_H0");
  g_assert_cmpstr (web->folder, ==, "Web/Production");
  g_assert_cmpint (web->power, ==, FERRY_POWER_RUNNING);
  g_assert_cmpint (web->hypervisor, ==, FERRY_HYPERVISOR_VMWARE);
  g_assert_cmpstr (web->os_id, ==, "rhel8_64Guest");
  g_assert_cmpuint (web->memory_bytes, ==, 1024 * 1024 * 1024);
  g_assert_cmpuint (web->vcpus, ==, 2);
  g_assert_cmpuint (ferry_guest_get_capacity_bytes (web), ==, 64 << 20);
  g_assert_cmpuint (ferry_guest_get_used_bytes (web, NULL), ==, 5 << 20);
  g_assert_null (vcenter_find (guests, "db01")->folder);
  g_assert_cmpint (vcenter_find (guests, "db01")->power, ==, FERRY_POWER_OFF);
  g_assert_nonnull (vcenter_find (guests, VCENTER_ODD_NAME));
  twin = vcenter_find (guests, "twin-b");
  g_assert_true (
      ferry_checks_have (vcenter_find (guests, "twin-a")->checks, "guest.uuid-duplicate"));
  g_assert_true (ferry_checks_have (twin->checks, "guest.uuid-duplicate"));
  g_assert_false (ferry_checks_have (web->checks, "guest.uuid-duplicate"));
  g_assert_true (ferry_checks_have (vcenter_find (guests, "golden")->checks, "guest.template"));
  g_assert_cmpuint (ferry_checks_count (vcenter_find (guests, "golden")->checks,
                                        FERRY_SEVERITY_BLOCKER),
                    ==, 0);
  g_assert_true (ferry_checks_have (vcenter_find (guests, "lost")->checks, "guest.unreadable"));
  g_assert_cmpint (vcenter_peer_get_count (stats, "RetrievePropertiesEx"), ==, 1);
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 1);
  /* One that asked for the certificate, and one for all the rest. */
  g_assert_cmpint (vcenter_peer_get_count (stats, "connections"), ==, 2);
}

/* What lies above the guests need not be seen. */
static void
test_hidden_folders (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *stats = NULL;

  if (!vcenter_rig_start_trusted (&rig, "-hidden"))
    return;
  guests = vcenter_rig_list (&rig);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpuint (guests->len, ==, 13);
  g_assert_cmpstr (vcenter_find (guests, "web01")->place, ==, "DC0/DC0_C0/DC0_C0_H0");
  g_assert_cmpint (vcenter_peer_get_count (stats, "CreateContainerView"), ==, 1);
  g_assert_cmpint (vcenter_peer_get_count (stats, "DestroyView"), ==, 1);
}

/* Logging out is not waited for, but happens. */
static void
test_log_out (void)
{
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  for (guint i = 0; i < 5; i++)
    g_ptr_array_unref (vcenter_rig_list (&rig));
  for (guint i = 0;; i++)
    {
      g_autofree char *stats = vcenter_peer_command (rig.peer, "stats");

      if (vcenter_peer_get_count (stats, "sessions") == 0)
        break;
      g_assert_cmpuint (i, <, 100);
      g_usleep (20000);
    }
}

static void
test_read_disks (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryGuest) db = NULL;
  g_autoptr (FerryGuest) web = NULL;
  g_autoptr (FerryGuest) snap = NULL;
  g_autoptr (FerryGuest) rdm = NULL;
  g_autoptr (FerryGuest) shared = NULL;
  g_autoptr (FerryGuest) sealed = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  db = vcenter_rig_read (&rig, "db01");
  web = vcenter_rig_read (&rig, "web01");
  snap = vcenter_rig_read (&rig, "snap");
  rdm = vcenter_rig_read (&rig, "rdm");
  shared = vcenter_rig_read (&rig, "shared");
  sealed = vcenter_rig_read (&rig, "sealed");

  g_assert_cmpuint (db->disks->len, ==, 3);
  g_assert_cmpint (ferry_guest_get_disk (db, 0)->bus, ==, FERRY_BUS_SATA);
  g_assert_cmpint (ferry_guest_get_disk (db, 1)->bus, ==, FERRY_BUS_NVME);
  g_assert_cmpint (ferry_guest_get_disk (db, 2)->bus, ==, FERRY_BUS_IDE);
  g_assert_cmpint (ferry_guest_get_disk (db, 0)->flags, ==, 0);
  g_assert_cmpint (ferry_guest_get_disk (db, 1)->flags, ==, FERRY_DISK_INDEPENDENT);
  g_assert_cmpstr (ferry_guest_get_disk (db, 1)->file, ==, "[LocalDS_0] db01/db01_1.vmdk");
  g_assert_cmpstr (ferry_guest_get_disk (db, 1)->storage, ==, "LocalDS_0");
  g_assert_cmpstr (ferry_guest_get_disk (db, 1)->name, ==, "Hard disk 2");
  g_assert_cmpuint (ferry_guest_get_disk (web, 0)->capacity_bytes, ==, 64 << 20);
  g_assert_cmpint (ferry_guest_get_disk (web, 0)->used_bytes, ==, (5 << 20) + 500);
  g_assert_cmpint (ferry_guest_get_disk (web, 0)->bus, ==, FERRY_BUS_SCSI);
  g_assert_cmpint (snap->n_snapshots, ==, 3);
  g_assert_cmpint (web->n_snapshots, ==, 0);
  g_assert_cmpint (ferry_guest_get_disk (snap, 0)->flags, ==, FERRY_DISK_HAS_PARENT);
  g_assert_true (ferry_checks_have (snap->checks, "disk.has-parent"));
  g_assert_cmpint (ferry_guest_get_disk (rdm, 1)->flags, ==,
                   FERRY_DISK_RDM | FERRY_DISK_INDEPENDENT);
  g_assert_cmpint (ferry_guest_get_disk (shared, 0)->flags, ==, FERRY_DISK_SHARED);
  g_assert_cmpint (ferry_guest_get_disk (sealed, 0)->flags, ==, FERRY_DISK_ENCRYPTED);
}

static void
test_read_rest (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryGuest) db = NULL;
  g_autoptr (FerryGuest) web = NULL;
  g_autoptr (FerryGuest) secure = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  db = vcenter_rig_read (&rig, "db01");
  web = vcenter_rig_read (&rig, "web01");
  secure = vcenter_rig_read (&rig, "secure");

  g_assert_cmpuint (db->nics->len, ==, 2);
  g_assert_cmpstr (ferry_guest_get_nic (db, 0)->network, ==, "DC0_DVPG0");
  g_assert_cmpstr (ferry_guest_get_nic (db, 1)->network, ==, "VM Network");
  g_assert_cmpstr (ferry_guest_get_nic (db, 0)->model, ==, "vmxnet3");
  g_assert_cmpstr (ferry_guest_get_nic (db, 1)->model, ==, "e1000e");
  g_assert_cmpstr (ferry_guest_get_nic (db, 1)->mac, ==, "00:50:56:00:02:01");
  g_assert_cmpstr (db->place, ==, "DC0/DC0_C0/DC0_C0_H1");
  g_assert_cmpstr (web->description, ==, "Front end\nof the shop");
  g_assert_cmpstr (web->folder, ==, "Web/Production");
  g_assert_cmpint (web->tools, ==, FERRY_TRUTH_YES);
  g_assert_cmpint (db->tools, ==, FERRY_TRUTH_NO);
  g_assert_cmpint (web->firmware, ==, FERRY_FIRMWARE_BIOS);
  g_assert_cmpint (web->secure_boot, ==, FERRY_TRUTH_NO);
  g_assert_cmpint (web->tpm, ==, FERRY_TRUTH_NO);
  g_assert_cmpint (secure->firmware, ==, FERRY_FIRMWARE_UEFI);
  g_assert_cmpint (secure->secure_boot, ==, FERRY_TRUTH_YES);
  g_assert_cmpint (secure->tpm, ==, FERRY_TRUTH_YES);
  g_assert_cmpuint (web->sockets * web->cores * web->threads, ==, web->vcpus);
  g_assert_cmpuint (strlen (web->uuid), ==, 36);
}

static void
on_part (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  *(guint64 *) data = done;
}

/* One round trip for all of them; those that are gone or cannot be read are there, too. */
static void
test_read_many (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autofree char *stats = NULL;
  guint64 done = 0;
  FerryMonitor monitor = { .part = on_part, .user_data = &done };
  g_autoptr (GError) error = NULL;
  const char *ids[5] = { NULL };

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  guests = vcenter_rig_list (&rig);
  ids[0] = vcenter_find (guests, "web01")->id;
  ids[1] = vcenter_find (guests, "lost")->id;
  ids[2] = "vm-<&\"none";
  ids[3] = vcenter_find (guests, "db01")->id;
  g_free (vcenter_peer_command (rig.peer, "remove web01"));
  g_free (vcenter_peer_command (rig.peer, "stats"));
  read = ferry_source_read_many (rig.source, ids, &monitor, NULL, &error);
  g_assert_no_error (error);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpuint (read->len, ==, 4);
  g_assert_cmpuint (done, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((FerryGuest *) read->pdata[i])->id, ==, ids[i]);
  g_assert_true (ferry_checks_have (((FerryGuest *) read->pdata[0])->checks, "guest.gone"));
  g_assert_true (ferry_checks_have (((FerryGuest *) read->pdata[1])->checks, "guest.unreadable"));
  g_assert_true (ferry_checks_have (((FerryGuest *) read->pdata[2])->checks, "guest.gone"));
  g_assert_cmpstr (((FerryGuest *) read->pdata[3])->name, ==, "db01");
  g_assert_cmpint (vcenter_peer_get_count (stats, "RetrievePropertiesEx"), ==, 1);
  g_assert_null (ferry_source_read (rig.source, ids[0], NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_thousand (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (!vcenter_rig_start_trusted (&rig, "-guests 1000"))
    return;
  guests = vcenter_rig_list (&rig);
  g_assert_cmpuint (guests->len, ==, 1000);
  for (guint i = 0; i < 250; i++)
    g_ptr_array_add (ids, ((FerryGuest *) guests->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  read = ferry_source_read_many (rig.source, (const char *const *) ids->pdata, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 250);
  for (guint i = 0; i < 250; i++)
    {
      const FerryGuest *guest = read->pdata[i];

      g_assert_cmpstr (guest->id, ==, ids->pdata[i]);
      g_assert_cmpuint (guest->disks->len, ==, 1);
      g_assert_cmpuint (guest->checks->len, ==, 0);
    }
}

/* More objects than are asked for at once. */
static void
test_pages (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *stats = NULL;

  if (!vcenter_rig_start_trusted (&rig, "-guests 4500"))
    return;
  guests = vcenter_rig_list (&rig);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpuint (guests->len, ==, 4500);
  g_assert_cmpint (vcenter_peer_get_count (stats, "ContinueRetrievePropertiesEx"), ==, 2);
}

static void
assert_test_says (VcenterRig *rig, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = ferry_source_test (rig->source, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, sentence);
}

static void
test_test (void)
{
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, "-datacenters 2"))
    return;
  assert_test_says (&rig, "VMware vCenter Server 7.0.3 · 2 data centers · 6 hosts · "
                          "13 virtual machines");
}

static void
test_narrow (void)
{
  static const struct
  {
    const char *datacenter, *cluster, *esx;
    guint n;
  } cases[] = {
    { "DC0", NULL, NULL, 13 },       { "/DC0/", NULL, NULL, 13 },
    { "F0/DC1", NULL, NULL, 0 },     { "DC1", NULL, NULL, 0 },
    { NULL, "DC0_C0", NULL, 13 },    { NULL, NULL, "DC0_C0_H1", 2 },
    { "DC0", NULL, "DC0_C0_H1", 2 }, { "DC0", "DC0_C0", "DC0_C0/DC0_C0_H0", 11 },
    { NULL, NULL, "DC0_H0", 0 },
  };
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, "-datacenters 2"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) guests = NULL;

      ferry_plan_source_set (&rig.settings->datacenter, cases[i].datacenter);
      ferry_plan_source_set (&rig.settings->cluster, cases[i].cluster);
      ferry_plan_source_set (&rig.settings->esx, cases[i].esx);
      vcenter_rig_renew (&rig);
      guests = vcenter_rig_list (&rig);
      g_assert_cmpuint (guests->len, ==, cases[i].n);
    }
}

static void
test_narrow_nowhere (void)
{
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, "-datacenters 2"))
    return;
  ferry_plan_source_set (&rig.settings->datacenter, "C0");
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_NOT_FOUND, "DC0, F0/DC1");
  ferry_plan_source_set (&rig.settings->datacenter, NULL);
  ferry_plan_source_set (&rig.settings->cluster, "nowhere");
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_NOT_FOUND, "DC0_C0");
  ferry_plan_source_set (&rig.settings->cluster, NULL);
  ferry_plan_source_set (&rig.settings->esx, "esx9");
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_NOT_FOUND, "DC0_C0_H1");
}

static void
test_esxi (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (FerryGuest) web = NULL;

  if (!vcenter_rig_start_trusted (&rig, "-esx"))
    return;
  guests = vcenter_rig_list (&rig);
  g_assert_cmpuint (guests->len, ==, 13);
  web = vcenter_rig_read (&rig, "web01");
  g_assert_cmpstr (web->place, ==, "localhost.localdomain");
  g_assert_cmpuint (web->disks->len, ==, 1);
  assert_test_says (&rig, "VMware ESXi 7.0.3 · 13 virtual machines");
}

/* --- trust --- */

static void
test_unknown_certificate (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *stats = NULL;

  if (!vcenter_rig_start (&rig, ""))
    return;
  assert_list_fails (&rig, FERRY_ERROR_CERTIFICATE, "not trusted");
  g_assert_true (ferry_source_examine (rig.source, &question, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (question);
  g_assert_null (question->known_fingerprint);
  g_assert_nonnull (strstr (question->subject, "Ferry's test vCenter"));
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpint (vcenter_peer_get_count (stats, "RetrieveServiceContent"), ==, 0);
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 0);
}

static void
test_changed_certificate (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (FerryTrustQuestion) none = NULL;
  g_autofree char *stats = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  g_assert_true (ferry_source_examine (rig.source, &none, NULL, NULL));
  g_assert_null (none);
  g_free (vcenter_peer_command (rig.peer, "renew"));
  g_free (vcenter_peer_command (rig.peer, "stats"));
  g_assert_true (ferry_source_examine (rig.source, &question, NULL, NULL));
  g_assert_nonnull (question);
  g_assert_nonnull (question->known_fingerprint);
  assert_list_fails (&rig, FERRY_ERROR_CERTIFICATE, question->fingerprint);
  assert_list_fails (&rig, FERRY_ERROR_CERTIFICATE, question->known_fingerprint);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 0);
}

static void
test_no_verify (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (FerryTrustQuestion) question = NULL;

  if (!vcenter_rig_start (&rig, ""))
    return;
  rig.settings->verify = FALSE;
  vcenter_rig_renew (&rig);
  guests = vcenter_rig_list (&rig);
  g_assert_cmpuint (guests->len, ==, 13);
  g_assert_true (ferry_source_examine (rig.source, &question, NULL, NULL));
  g_assert_null (question);
}

/* Accepted, but of no use to who reads the disks: told before. */
static void
test_other_name (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryGuest) web = NULL;

  if (!vcenter_rig_start_trusted (&rig, "-names vc.example,vc2.example"))
    return;
  web = vcenter_rig_read (&rig, "web01");
  g_assert_true (ferry_checks_have (web->checks, "source.certificate-unusable"));
  rig.settings->transport = FERRY_TRANSPORT_VDDK;
  vcenter_rig_renew (&rig);
  g_clear_pointer (&web, ferry_guest_free);
  web = vcenter_rig_read (&rig, "web01");
  g_assert_false (ferry_checks_have (web->checks, "source.certificate-unusable"));
}

/* --- trouble --- */

static void
test_wrong_password (void)
{
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  ferry_plan_source_set_password (&rig.settings->password, "<&\"'>wrong");
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_AUTH, "password");
  ferry_plan_source_set_password (&rig.settings->password, NULL);
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_AUTH, "password");
}

static void
test_silent (void)
{
  g_auto (VcenterRig) rig = { NULL };
  gint64 began_usec;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  g_free (vcenter_peer_command (rig.peer, "silent"));
  g_setenv ("FERRY_VSPHERE_TIMEOUT", "1", TRUE);
  began_usec = g_get_monotonic_time ();
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_CONNECTION, "does not answer");
  g_unsetenv ("FERRY_VSPHERE_TIMEOUT");
  g_assert_cmpint (g_get_monotonic_time () - began_usec, <, 5 * G_USEC_PER_SEC);
  g_free (vcenter_peer_command (rig.peer, "loud"));
}

static gpointer
cancel_soon_in_thread (gpointer cancellable)
{
  g_usleep (300000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 began_usec;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  g_free (vcenter_peer_command (rig.peer, "silent"));
  began_usec = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_soon_in_thread, cancellable);
  guests = ferry_source_list (rig.source, cancellable, &error);
  g_thread_join (thread);
  g_assert_null (guests);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began_usec, <, 2 * G_USEC_PER_SEC);
  g_free (vcenter_peer_command (rig.peer, "loud"));
}

static void
test_cut (void)
{
  static const char *const methods[] = { "RetrieveServiceContent", "Login",
                                         "RetrievePropertiesEx" };
  g_auto (VcenterRig) rig = { NULL };

  if (!vcenter_rig_start_trusted (&rig, "-guests 100"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *command = g_strconcat ("cut ", methods[i], NULL);

      g_free (vcenter_peer_command (rig.peer, command));
      assert_list_fails (&rig, FERRY_ERROR_CONNECTION, "broke off");
    }
  g_ptr_array_unref (vcenter_rig_list (&rig));
}

static void
test_expired_session (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *stats = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  g_free (vcenter_peer_command (rig.peer, "expire"));
  guests = vcenter_rig_list (&rig);
  stats = vcenter_peer_command (rig.peer, "stats");
  g_assert_cmpuint (guests->len, ==, 13);
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 2);
}

static void
test_nobody_there (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autofree char *host = NULL;
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  if (!vcenter_rig_start (&rig, ""))
    return;
  host = g_strdup_printf ("127.0.0.1:%u", rig.peer->port);
  g_clear_pointer (&rig.peer, vcenter_peer_stop);
  assert_list_fails (&rig, FERRY_ERROR_CONNECTION, "refuses");
  g_assert_false (ferry_source_examine (rig.source, &question, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
  ferry_plan_source_set (&rig.settings->host, "no-such-host.invalid");
  vcenter_rig_renew (&rig);
  assert_list_fails (&rig, FERRY_ERROR_NOT_FOUND, "no-such-host.invalid");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vcenter/list", test_list);
  g_test_add_func ("/vcenter/hidden-folders", test_hidden_folders);
  g_test_add_func ("/vcenter/log-out", test_log_out);
  g_test_add_func ("/vcenter/read/disks", test_read_disks);
  g_test_add_func ("/vcenter/read/rest", test_read_rest);
  g_test_add_func ("/vcenter/read/many", test_read_many);
  g_test_add_func ("/vcenter/thousand", test_thousand);
  g_test_add_func ("/vcenter/pages", test_pages);
  g_test_add_func ("/vcenter/test", test_test);
  g_test_add_func ("/vcenter/narrow", test_narrow);
  g_test_add_func ("/vcenter/narrow-nowhere", test_narrow_nowhere);
  g_test_add_func ("/vcenter/esxi", test_esxi);
  g_test_add_func ("/vcenter/trust/unknown", test_unknown_certificate);
  g_test_add_func ("/vcenter/trust/changed", test_changed_certificate);
  g_test_add_func ("/vcenter/trust/no-verify", test_no_verify);
  g_test_add_func ("/vcenter/trust/other-name", test_other_name);
  g_test_add_func ("/vcenter/trouble/wrong-password", test_wrong_password);
  g_test_add_func ("/vcenter/trouble/silent", test_silent);
  g_test_add_func ("/vcenter/trouble/cancel", test_cancel);
  g_test_add_func ("/vcenter/trouble/cut", test_cut);
  g_test_add_func ("/vcenter/trouble/expired-session", test_expired_session);
  g_test_add_func ("/vcenter/trouble/nobody-there", test_nobody_there);

  return g_test_run ();
}
