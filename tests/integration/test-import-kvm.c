/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A guest of a real libvirtd, over a real ssh, copied by the real worker into a folder and into
 * libvirt. There is no virt-v2v here. tests/peers/libvirtd/run has started the daemons. */
#include "config.h"

#include "import-rig.h"

#include "ferry-error.h"
#include "ferry-source-libvirt.h"
#include "ferry-tree.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UUID "11111111-2222-3333-4444-555555555551"
#define POOL "/var/lib/libvirt/images"

static void
shell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
shell (const char *format, ...)
{
  g_autofree char *script = NULL;
  const char *argv[] = { "bash", "-euc", NULL, NULL };
  va_list args;

  va_start (args, format);
  script = g_strdup_vprintf (format, args);
  va_end (args);
  argv[2] = script;
  g_test_message ("%s", script);
  import_rig_run (argv, NULL);
}

/* @config: Ferry's configuration; @before: what the pool has */
typedef struct
{
  char *config;
  ImportRig *rig;
} Fixture;

static void
define_guest (void)
{
  shell ("truncate -s 1M /run/libvirt/medium.iso; cat > /run/libvirt/web.xml <<E\n"
         "<domain type='qemu'><name>web</name><uuid>" UUID "</uuid><description>Old</description>"
         "<memory unit='MiB'>64</memory><vcpu cpuset='0'>2</vcpu>"
         "<os><type arch='x86_64' machine='pc-q35-7.1'>hvm</type></os><devices>"
         "<disk type='file'><driver name='qemu' type='raw' cache='none'/>"
         "<source file='" POOL "/one.img'/><target dev='sda' bus='sata'/>"
         "<serial>serial-1</serial></disk>"
         "<disk type='file' device='cdrom'><source file='/run/libvirt/medium.iso'/>"
         "<target dev='sdb' bus='sata'/><readonly/></disk>"
         "<disk type='volume'><driver name='qemu' type='qcow2'/>"
         "<source pool='default' volume='two.qcow2'/><target dev='vda' bus='virtio'/></disk>"
         "<interface type='network'><mac address='52:54:00:11:22:33'/><source network='default'/>"
         "<model type='e1000'/></interface>"
         "<interface type='network'><source network='stopped'/><model type='virtio'/></interface>"
         "<graphics type='vnc' listen='0.0.0.0' port='5999'/>"
         "<serial type='file'><source path='/run/serial'/></serial>"
         "</devices></domain>\nE\nvirsh -q define /run/libvirt/web.xml");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->config = g_dir_make_tmp ("ferry-config-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_CONFIG_DIR", fixture->config, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  shell ("cd " POOL "; truncate -s 200M one.img\n"
         "dd if=/dev/urandom of=one.img bs=1M count=20 seek=50 conv=notrunc status=none\n"
         "printf END | dd of=one.img bs=1 seek=209715197 conv=notrunc status=none\n"
         "qemu-img create -q -f qcow2 two.qcow2 100M\n"
         "qemu-io -f qcow2 -c 'write -q -P 7 10M 3M' two.qcow2\n"
         "virsh -q pool-refresh default");
  define_guest ();
  fixture->rig = import_rig_new_bare ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  import_rig_free (fixture->rig);
  shell ("for name in $(virsh list --all --name); do virsh -q destroy $name 2>/dev/null || true; "
         "virsh -q undefine $name; done; rm -f " POOL "/*");
  g_assert_true (ferry_tree_remove (fixture->config, NULL));
  g_free (fixture->config);
}

static FerryPlanSource *
make_source (gboolean over_ssh)
{
  FerryPlanSource *source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  source->uri = over_ssh ? g_strdup_printf ("qemu+ssh://root@127.0.0.1:%s/system?keyfile=%s/key",
                                            g_getenv ("FERRY_TEST_SSH_PORT"),
                                            g_getenv ("FERRY_TEST_SSH_DIR"))
                         : g_strdup ("qemu:///system");

  return source;
}

static void
trust (FerrySource *source)
{
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  ferry_source_examine (source, &question, NULL, &error);
  g_assert_no_error (error);
  if (question != NULL)
    ferry_trust_accept (question, &error);
  g_assert_no_error (error);
}

static FerryPlan *
make_plan_from (Fixture *fixture, const FerryPlanSource *from, const char *name, FerryFormat format)
{
  g_autoptr (FerrySource) source = ferry_source_libvirt_new (from);
  g_autoptr (FerryGuest) guest = NULL;
  FerryPlan *plan = ferry_plan_new ();
  FerryPlanNetwork network = { FERRY_NETWORK_NETWORK, (char *) "default" };
  FerryPlanGuest *planned;
  g_autoptr (GError) error = NULL;

  trust (source);
  guest = ferry_source_read (source, UUID, NULL, &error);
  g_assert_no_error (error);
  ferry_plan_set_source (plan, from);
  ferry_plan_set_folder_destination (plan, fixture->rig->destination);
  ferry_plan_set_mapping (plan, "default", &network);
  ferry_plan_set_mapping (plan, "stopped", &(FerryPlanNetwork){ FERRY_NETWORK_NONE, NULL });
  plan->format = format;
  planned = ferry_plan_add_guest (plan, guest);
  g_assert_true (ferry_plan_guest_is_copied (planned));
  g_free (planned->name);
  planned->name = g_strdup (name);

  return plan;
}

static FerryPlan *
make_plan (Fixture *fixture, gboolean over_ssh, const char *name, FerryFormat format)
{
  g_autoptr (FerryPlanSource) from = make_source (over_ssh);

  return make_plan_from (fixture, from, name, format);
}

static void
assert_same (const char *one, const char *format, const char *original, const char *original_format)
{
  const char *argv[] = { "qemu-img", "compare", "-U", "-f", format,   "-F",
                         original_format, one,  original, NULL };

  import_rig_run (argv, NULL);
}

static guint64
get_allocated (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return (guint64) info.st_blocks * 512;
}

static void
assert_has (const char *xml, const char *text)
{
  if (strstr (xml, text) == NULL)
    g_error ("there is no %s in\n%s", text, xml);
}

static void
assert_has_not (const char *xml, const char *text)
{
  if (strstr (xml, text) != NULL)
    g_error ("there is %s in\n%s", text, xml);
}

static void
check_description (const char *xml)
{
  static const char *const there[] = {
    "52:54:00:11:22:33", "<serial>serial-1</serial>",   "e1000",
    "bus='sata'",        "cache='none'",                "device='cdrom'",
    "<link state='down'", "<source network='default'",
  };
  static const char *const gone[] = { "0.0.0.0", "5999", "/run/serial", "cpuset", "one.img",
                                      "two.qcow2", "medium.iso" };
  g_autofree char *plain = g_strdelimit (g_strdup (xml), "\"", '\'');

  for (guint i = 0; i < G_N_ELEMENTS (there); i++)
    assert_has (plain, there[i]);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    assert_has_not (plain, gone[i]);
}

static char *
path_in (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->rig->destination, "web", name, NULL);
}

static void
import (Fixture *fixture, const FerryPlan *plan)
{
  g_autofree char *path = import_rig_start (fixture->rig, plan);

  import_rig_assert_succeeded (fixture->rig, path);
}

/* --- into a folder --- */

static void
check_folder (Fixture *fixture, const char *format)
{
  g_autofree char *one_name = g_strdup_printf ("web-sda.%s", format);
  g_autofree char *two_name = g_strdup_printf ("web-sdb.%s", format);
  g_autofree char *one = path_in (fixture, one_name);
  g_autofree char *two = path_in (fixture, two_name);
  g_autofree char *description = path_in (fixture, "web.xml");
  g_autofree char *xml = NULL;

  assert_same (one, format, POOL "/one.img", "raw");
  assert_same (two, format, POOL "/two.qcow2", "qcow2");
  g_assert_cmpuint (get_allocated (one), <, 30 << 20);
  g_assert_cmpuint (get_allocated (two), <, 10 << 20);
  g_assert_true (g_file_get_contents (description, &xml, NULL, NULL));
  check_description (xml);
  assert_has (xml, one);
  assert_has (xml, UUID);
}

static void
test_folder_raw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_RAW);

  import (fixture, plan);
  check_folder (fixture, "raw");
}

static void
test_folder_qcow2 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_QCOW2);

  import (fixture, plan);
  check_folder (fixture, "qcow2");
}

static void
test_preallocated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, FALSE, "web", FERRY_FORMAT_RAW);
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autofree char *one = path_in (fixture, "web-sda.raw");
  g_autofree char *two = path_in (fixture, "web-sdb.raw");

  guest->allocation = FERRY_ALLOCATION_PREALLOCATED;
  import (fixture, plan);
  assert_same (one, "raw", POOL "/one.img", "raw");
  assert_same (two, "raw", POOL "/two.qcow2", "qcow2");
  g_assert_cmpuint (get_allocated (one), >=, 200 << 20);
  g_assert_cmpuint (get_allocated (two), >=, 100 << 20);
}

/* --- into libvirt --- */

/* Its UUID and its machine are another's there, or of another QEMU. */
static void
test_libvirt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "copy", FERRY_FORMAT_QCOW2);
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autofree char *xml = NULL;
  g_autofree char *state = NULL;

  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "default");
  guest->memory_bytes = 96 << 20;
  guest->vcpus = 1;
  g_free (guest->description);
  guest->description = g_strdup ("New & better");
  guest->start = TRUE;
  import (fixture, plan);

  assert_same (POOL "/copy-sda", "qcow2", POOL "/one.img", "raw");
  assert_same (POOL "/copy-sdb", "qcow2", POOL "/two.qcow2", "qcow2");
  g_assert_cmpuint (get_allocated (POOL "/copy-sda"), <, 30 << 20);
  xml = import_rig_virsh ("dumpxml", "copy");
  assert_has (xml, "volume='copy-sda'");
  assert_has (xml, "New &amp; better");
  assert_has (xml, "<memory unit='KiB'>98304</memory>");
  assert_has (xml, "machine='pc-q35-7.1'");
  assert_has_not (xml, UUID);
  state = import_rig_virsh ("domstate", "copy");
  g_assert_cmpstr (state, ==, "running");
  import_rig_assert_clean (fixture->rig);
}

/* What can be chosen: the first disk alone, raw and full, in a pool of its own. */
static void
test_choices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "copy", FERRY_FORMAT_QCOW2);
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, 0);
  g_autofree char *xml = NULL;

  shell ("mkdir /var/lib/libvirt/fast; virsh -q pool-create-as fast dir --target "
         "/var/lib/libvirt/fast");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "default");
  disk->storage = g_strdup ("fast");
  disk->format = FERRY_FORMAT_RAW;
  disk->allocation = FERRY_ALLOCATION_PREALLOCATED;
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  guest->os = g_strdup ("debian11");
  ferry_plan_guest_get_nic (guest, 0)->model = g_strdup ("virtio");
  ferry_plan_guest_get_nic (guest, 0)->connected = FALSE;
  import (fixture, plan);

  assert_same ("/var/lib/libvirt/fast/copy-sda", "raw", POOL "/one.img", "raw");
  g_assert_cmpuint (get_allocated ("/var/lib/libvirt/fast/copy-sda"), >=, 200 << 20);
  g_assert_false (g_file_test (POOL "/copy-sda", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (POOL "/copy-sdb", G_FILE_TEST_EXISTS));
  xml = import_rig_virsh ("dumpxml", "copy");
  assert_has (xml, "<source pool='fast' volume='copy-sda'/>");
  assert_has (xml, "http://debian.org/debian/11");
  assert_has_not (xml, "sdb' bus='virtio'");
  assert_has_not (xml, "vda");
  assert_has_not (xml, "e1000");
  import_rig_assert_clean (fixture->rig);
  shell ("virsh -q pool-destroy fast; rm -r /var/lib/libvirt/fast");
}

/* Each in a pool of its own and of another format; the second is booted from. */
static void
test_two_pools (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, FALSE, "copy", FERRY_FORMAT_QCOW2);
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, 1);
  g_autofree char *xml = NULL;
  const char *boot;

  shell ("mkdir /var/lib/libvirt/fast; virsh -q pool-create-as fast dir --target "
         "/var/lib/libvirt/fast");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "default");
  disk->storage = g_strdup ("fast");
  disk->format = FERRY_FORMAT_RAW;
  guest->boot_disk = 1;
  import (fixture, plan);

  assert_same (POOL "/copy-sda", "qcow2", POOL "/one.img", "raw");
  assert_same ("/var/lib/libvirt/fast/copy-sdb", "raw", POOL "/two.qcow2", "qcow2");
  xml = import_rig_virsh ("dumpxml", "copy");
  assert_has (xml, "<source pool='default' volume='copy-sda'/>");
  assert_has (xml, "<source pool='fast' volume='copy-sdb'/>");
  boot = g_strstr_len (xml, -1, "<boot order='1'/>");
  g_assert_nonnull (boot);
  g_assert_true (boot > strstr (xml, "copy-sdb"));
  assert_has_not (xml, "<boot dev");
  import_rig_assert_clean (fixture->rig);
  shell ("virsh -q pool-destroy fast; rm -r /var/lib/libvirt/fast");
}

/* --- ends that are not good leave nothing, and what was there stays --- */

static void
assert_fails (Fixture *fixture, const FerryPlan *plan, const char *why)
{
  g_autofree char *path = import_rig_start (fixture->rig, plan);
  FerryDBusImport1 *proxy;
  g_autofree char *failure = NULL;

  worker_fixture_await_state (fixture->rig->fixture, path, "failed", 60);
  proxy = worker_fixture_get_import (fixture->rig->fixture, path);
  failure = g_variant_print (ferry_dbus_import1_get_failure (proxy), FALSE);
  if (strstr (failure, why) == NULL)
    g_error ("it failed for another reason than ‘%s’: %s", why, failure);
  import_rig_assert_clean (fixture->rig);
}

static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_QCOW2);

  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "default");
  assert_fails (fixture, plan, "is taken");
  shell ("virsh domuuid web | grep " UUID "; [ \"$(ls " POOL " | sort | xargs)\" = 'one.img two.qcow2' ]");
}

static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_QCOW2);

  shell ("rm '%s/known_hosts'", fixture->config);
  assert_fails (fixture, plan, "not trusted");
}

static void
test_running (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_QCOW2);

  shell ("virsh -q destroy web 2>/dev/null || true; virsh -q net-start stopped; virsh -q start web; "
         "virsh -q net-destroy stopped");
  assert_fails (fixture, plan, "It is running");
}

static void
cancel_while_copying (Fixture *fixture, FerryPlan *plan)
{
  g_autofree char *path = import_rig_start (fixture->rig, plan);
  g_autoptr (GError) error = NULL;

  worker_fixture_await_state (fixture->rig->fixture, path, "copying", 60);
  ferry_dbus_import1_call_cancel_sync (worker_fixture_get_import (fixture->rig->fixture, path),
                                       NULL, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (fixture->rig->fixture, path, "cancelled", 20);
  import_rig_assert_clean (fixture->rig);
}

static void
make_large (void)
{
  shell ("dd if=/dev/urandom of=" POOL "/one.img bs=1M count=500 status=none");
}

static void
test_cancel_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = NULL;

  make_large ();
  plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_RAW);
  cancel_while_copying (fixture, plan);
}

static void
test_cancel_libvirt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = NULL;

  make_large ();
  plan = make_plan (fixture, TRUE, "copy", FERRY_FORMAT_RAW);
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "default");
  cancel_while_copying (fixture, plan);
  shell ("if virsh -q dominfo copy 2>/dev/null; then exit 1; fi; [ \"$(ls " POOL " | sort | xargs)\" = 'one.img two.qcow2' ]");
}

/* Nobody sees the password: no process list, no environment, no journal, no log. */
static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlanSource) from = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *path = NULL;

  if (g_getenv ("FERRY_TEST_SASL") == NULL)
    {
      g_test_skip ("saslpasswd2 is not installed");
      return;
    }
  make_large ();
  ferry_plan_source_set (&from->uri, "qemu+tcp://127.0.0.1/system");
  ferry_plan_source_set (&from->user, "ferry");
  ferry_plan_source_set_password (&from->password, "top secret");
  plan = make_plan_from (fixture, from, "web", FERRY_FORMAT_RAW);
  path = import_rig_start (fixture->rig, plan);
  worker_fixture_await_state (fixture->rig->fixture, path, "copying", 60);
  shell ("pgrep -x ferry-libvirt-h >/dev/null\n"
         "! grep -laz 'top [s]ecret' /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null");
  import_rig_assert_succeeded (fixture->rig, path);
  shell ("! grep -ra 'top [s]ecret' '%s' '%s/web/web.xml'",
         worker_fixture_get_dir (fixture->rig->fixture), fixture->rig->destination);
}

/* What a guest wrote into its own disk must not have a file of this computer read. */
static void
test_parent_appears (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = make_plan (fixture, TRUE, "web", FERRY_FORMAT_RAW);

  shell ("cd " POOL "; rm two.qcow2; qemu-img create -q -f qcow2 -b /etc/passwd -F raw two.qcow2 100M");
  assert_fails (fixture, plan, "differs from another");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/import-kvm/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  shell ("for tool in virt-v2v nbdkit; do "
         "if path=$(command -v $tool); then mount --bind /dev/null $path; fi; done");
  ADD ("folder/raw", test_folder_raw);
  ADD ("folder/qcow2", test_folder_qcow2);
  ADD ("folder/preallocated", test_preallocated);
  ADD ("libvirt", test_libvirt);
  ADD ("choices", test_choices);
  ADD ("two-pools", test_two_pools);
  ADD ("name-taken", test_name_taken);
  ADD ("untrusted", test_untrusted);
  ADD ("running", test_running);
  ADD ("cancel/folder", test_cancel_folder);
  ADD ("cancel/libvirt", test_cancel_libvirt);
  ADD ("parent-appears", test_parent_appears);
  ADD ("password", test_password);

  return g_test_run ();
}
