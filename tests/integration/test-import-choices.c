/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Two guests in one plan, and what can be chosen for them, into a real libvirtd that
 * tests/peers/libvirtd/run has started. */
#include "config.h"

#include "import-rig.h"

#include "ferry-json.h"
#include "ferry-source-ova.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#define MAIN_POOL "/var/lib/libvirt/images"
#define FAST_POOL "/var/lib/libvirt/fast"

/* @folder: with the sample appliance, and one with a third disk and a third network */
typedef struct
{
  char *folder;
  ImportRig *rig;
} Fixture;

static void
make_second_pool (void)
{
  const char *argv[] = { "virsh", "-q",       "-c",     g_getenv ("FERRY_TEST_LIBVIRT_URI"),
                         "pool-create-as", "fast", "dir", "--target", FAST_POOL, NULL };

  g_assert_cmpint (g_mkdir_with_parents (FAST_POOL, 0755), ==, 0);
  import_rig_run (argv, NULL);
}

static void
make_appliances (const char *folder)
{
  g_autofree char *make = g_test_build_filename (G_TEST_DIST, "sample", "make-appliances", NULL);
  const char *argv[] = { make, folder, NULL };

  import_rig_run (argv, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("ferry-appliances-XXXXXX", &error);
  g_assert_no_error (error);
  make_appliances (fixture->folder);
  make_second_pool ();
  fixture->rig = import_rig_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  import_rig_free (fixture->rig);
  g_free (import_rig_virsh ("pool-destroy", "fast"));
  g_assert_true (ferry_tree_remove (FAST_POOL, NULL));
  g_assert_true (ferry_tree_remove (fixture->folder, NULL));
  g_free (fixture->folder);
}

/* --- the plan --- */

static FerryPlan *
make_plan (Fixture *fixture)
{
  g_autoptr (FerrySource) source = ferry_source_ova_new (fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);
  FerryPlan *plan = ferry_plan_new ();

  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 2);
  ferry_plan_set_ova_source (plan, fixture->folder);
  ferry_plan_set_libvirt_destination (plan, g_getenv ("FERRY_TEST_LIBVIRT_URI"), "default");
  ferry_plan_set_mapping (plan, "VM Network",
                          &(FerryPlanNetwork){ FERRY_NETWORK_NETWORK, (char *) "default" });
  ferry_plan_set_mapping (plan, "Backup",
                          &(FerryPlanNetwork){ FERRY_NETWORK_NETWORK, (char *) "stopped" });
  ferry_plan_set_mapping (plan, "Storage", &(FerryPlanNetwork){ FERRY_NETWORK_NONE, NULL });
  for (guint i = 0; i < guests->len; i++)
    ferry_plan_add_guest (plan, g_ptr_array_index (guests, i));

  return plan;
}

static FerryPlanGuest *
get_guest (const FerryPlan *plan, guint n_disks)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (ferry_plan_get_guest (plan, i)->source->disks->len == n_disks)
      return ferry_plan_get_guest (plan, i);

  g_assert_not_reached ();
}

/* The middle disk stays behind; the last one goes to another pool as raw, and is booted from. */
static void
choose (FerryPlanGuest *guest)
{
  FerryPlanDisk *last = ferry_plan_guest_get_disk (guest, 2);
  FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, 0);

  g_free (guest->name);
  guest->name = g_strdup ("web é 1");
  guest->os = g_strdup ("debian11");
  guest->sockets = 2;
  guest->cores = guest->threads = 1;
  guest->boot_disk = 2;
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  last->storage = g_strdup ("fast");
  last->format = FERRY_FORMAT_RAW;
  last->allocation = FERRY_ALLOCATION_PREALLOCATED;
  nic->model = g_strdup ("e1000e");
  nic->mac_kind = FERRY_MAC_FIXED;
  nic->mac = g_strdup ("52:54:00:0f:e2:99");
  ferry_plan_guest_get_nic (guest, 1)->connected = FALSE;
}

/* --- what comes of it --- */

static void
assert_chosen (void)
{
  static const char *const has[] = {
    "<source pool='default' volume='web é 1-sda'",
    "<driver name='qemu' type='raw'[^>]*/>\\s*<source pool='fast' volume='web é 1-sdb'/>"
    "[^k]*<target dev='vdb' bus='virtio'/>\\s*<boot order='1'/>",
    "<libosinfo:os id=\"http://debian.org/debian/11\"/>",
    "<topology sockets='2' dies='1' cores='1' threads='1'/>",
    "<mac address='52:54:00:0f:e2:99'/>\\s*<source network='default'/>\\s*<model type='e1000e'/>",
    "<mac address='00:50:56:0f:e2:02'/>\\s*<source network='stopped'/>\\s*<model type='virtio'/>"
    "\\s*<link state='down'/>",
    "<interface type='user'>\\s*<mac address='00:50:56:0f:e2:03'/>[^/]*/>\\s*<link state='down'/>",
    NULL,
  };
  static const char *const lacks[] = { "<boot dev", "sdc", NULL };

  import_rig_assert_domain ("web é 1", has, lacks);
}

static void
assert_plain (void)
{
  static const char *const has[] = {
    "<source pool='default' volume='plain-sda'", "<source pool='default' volume='plain-sdb'",
    "<source network='default'", "<source network='stopped'", NULL,
  };
  static const char *const lacks[] = { "state='down'", "<boot order", "pool='fast'", NULL };

  import_rig_assert_domain ("plain", has, lacks);
}

static void
assert_image (const char *path, const char *format, guint64 capacity_bytes)
{
  const char *argv[] = { "qemu-img", "info", "-U", "--output=json", path, NULL };
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *info;

  import_rig_run (argv, &text);
  node = ferry_json_parse (text, -1, NULL);
  g_assert_nonnull (node);
  info = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (info, "format"), ==, format);
  g_assert_cmpint (json_object_get_int_member (info, "virtual-size"), ==, (gint64) capacity_bytes);
}

static guint64
get_allocated (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return (guint64) info.st_blocks * 512;
}

static void
assert_data (const char *path)
{
  g_autofree char *sample = import_rig_sample ("data.img");
  g_autofree char *copy = g_build_filename (FAST_POOL, "source", NULL);
  const char *cp[] = { "cp", "--sparse=always", sample, copy, NULL };
  g_autofree char *after = import_rig_digest (path, "raw", "/blob.bin");
  g_autofree char *before = NULL;

  import_rig_run (cp, NULL);
  before = import_rig_digest (copy, "raw", "/blob.bin");
  g_assert_cmpint (g_unlink (copy), ==, 0);
  g_assert_cmpstr (after, ==, before);
}

static void
test_two_guests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture);
  FerryPlanGuest *plain = get_guest (plan, 2);
  g_auto (GStrv) imports = NULL;
  g_autoptr (GError) error = NULL;

  choose (get_guest (plan, 3));
  g_free (plain->name);
  plain->name = g_strdup ("plain");
  imports = worker_fixture_import (fixture->rig->fixture, plan, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (imports), ==, 2);
  for (guint i = 0; i < 2; i++)
    import_rig_assert_succeeded (fixture->rig, imports[i]);

  import_rig_assert_clean (fixture->rig);
  assert_chosen ();
  assert_plain ();
  assert_image (MAIN_POOL "/web é 1-sda", "qcow2", 192 << 20);
  assert_image (FAST_POOL "/web é 1-sdb", "raw", 256 << 20);
  g_assert_cmpuint (get_allocated (FAST_POOL "/web é 1-sdb"), >=, 256 << 20);
  assert_data (FAST_POOL "/web é 1-sdb");
  g_free (import_rig_virsh ("undefine", "web é 1"));
  g_free (import_rig_virsh ("undefine", "plain"));
}

/* --- ends that are not good --- */

static char *
list_volumes (void)
{
  g_autofree char *main_volumes = NULL;
  g_autofree char *fast_volumes = NULL;

  g_free (import_rig_virsh ("pool-refresh", "default"));
  g_free (import_rig_virsh ("pool-refresh", "fast"));
  main_volumes = import_rig_virsh ("vol-list", "default");
  fast_volumes = import_rig_virsh ("vol-list", "fast");

  return g_strconcat (main_volumes, "\n", fast_volumes, NULL);
}

static void
assert_nothing_left (Fixture *fixture, const char *volumes_before)
{
  g_autofree char *volumes = list_volumes ();
  g_autofree char *names = import_rig_virsh ("list", "--all");

  import_rig_assert_clean (fixture->rig);
  g_assert_cmpstr (volumes, ==, volumes_before);
  g_assert_null (strstr (names, "web é 1"));
}

static char *
start_first (Fixture *fixture)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture);
  char *import;

  choose (get_guest (plan, 3));
  ferry_plan_remove_guest (plan, get_guest (plan, 2)->source->id);
  import = import_rig_start (fixture->rig, plan);
  worker_fixture_await_state (fixture->rig->fixture, import, "converting", IMPORT_RIG_PATIENCE);
  g_assert_true (g_file_test (FAST_POOL "/web é 1-sdb", G_FILE_TEST_EXISTS));

  return import;
}

/* Nothing of it is left in either pool, nor a domain: the next worker sees to that, and so does Cancel
 * when it has been retried. */
static void
test_killed_and_cancelled (Fixture *fixture, gconstpointer data)
{
  WorkerFixture *worker = fixture->rig->fixture;
  g_autofree char *before = list_volumes ();
  g_autofree char *import = start_first (fixture);
  g_autoptr (GError) error = NULL;

  worker_fixture_signal (worker, SIGKILL);
  worker_fixture_await_name (worker, FALSE);
  worker_fixture_activate (worker);
  worker_fixture_await_state (worker, import, "interrupted", 60);
  assert_nothing_left (fixture, before);

  ferry_dbus_import1_call_retry_sync (worker_fixture_get_import (worker, import), NULL, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (worker, import, "converting", IMPORT_RIG_PATIENCE);
  ferry_dbus_import1_call_cancel_sync (worker_fixture_get_import (worker, import), NULL, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (worker, import, "cancelled", 60);
  assert_nothing_left (fixture, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import/choices/killed-and-cancelled", Fixture, NULL, set_up,
              test_killed_and_cancelled, tear_down);
  g_test_add ("/import/choices/two-guests", Fixture, NULL, set_up, test_two_guests, tear_down);

  return g_test_run ();
}
