/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Beside a real libvirtd: run by tests/peers/libvirtd/run as root with qemu:///system, and with
 * FERRY_TEST_SESSION=1 as another user with qemu:///session. */
#include "config.h"
#include "ferry-target-libvirt.h"
#include "target-fixture.h"

#include "ferry-domain-xml.h"
#include "ferry-error.h"
#include "ferry-libvirt-client.h"
#include "ferry-tree.h"
#include "ferry-undo.h"

#include <glib/gstdio.h>
#include <grp.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534

static const char *uri;
static const char *pool_dir;

typedef struct
{
  TargetFixture base;
  FerryTarget *target;
} Fixture;

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* No processes are noted there, so no host is asked. */
  ferry_undo_all (fixture->base.record, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->base.record->undo->len, ==, 0);
}

static char **
list_domains (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_libvirt_inspect (uri, NULL, &error);

  g_assert_no_error (error);

  return g_steal_pointer (&facts->guest_names);
}

static guint
count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open (pool_dir, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;

  return count;
}

static void
assert_nothing_left (void)
{
  g_auto (GStrv) domains = list_domains ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) volumes = NULL;

  g_assert_cmpuint (g_strv_length (domains), ==, 0);
  g_assert_cmpuint (count_files (), ==, 0);
  ferry_libvirt_refresh_pool (uri, "default", NULL, &error);
  g_assert_no_error (error);
  volumes = ferry_libvirt_list_volumes (uri, "default", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (volumes), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  target_fixture_set_up (&fixture->base, NULL);
  g_assert_true (ferry_record_clear_undo (fixture->base.record, NULL));
  fixture->target = ferry_target_libvirt_new (uri, "default");
}

/* Each test takes back all that it made; whatever is left then is a fault of undo. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  undo (fixture);
  assert_nothing_left ();
  g_clear_object (&fixture->target);
  target_fixture_tear_down (&fixture->base, NULL);
}

static FerryOutput *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  FerryOutput *output = ferry_target_begin (fixture->target, &fixture->base.run, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (output);

  return output;
}

static void
define (const char *xml)
{
  g_autoptr (GError) error = NULL;

  ferry_libvirt_define_domain (uri, xml, NULL, &error);
  g_assert_no_error (error);
}

/* begin, and what virt-v2v leaves: disks, and either a domain or, where libvirt does not take it,
 * a file in its temporary folder. */
static FerryOutput *
convert (Fixture *fixture, gboolean can_define)
{
  FerryOutput *output = begin (fixture);
  g_autofree char *xml = target_fixture_make_xml (&fixture->base, output);

  target_fixture_make_disks (&fixture->base, output);
  if (!can_define || !ferry_libvirt_define_domain (uri, xml, NULL, NULL))
    target_fixture_write (fixture->base.work_dir, "v2vlibvirt70dbcc.xml", xml);

  return output;
}

/* What the next worker reads in the journal if this one is ended now. */
static gboolean
stays_after_crash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) record = ferry_record_load (fixture->base.record->id, &error);
  FerryTargetRun run = { .record = record, .guest = fixture->base.guest };

  g_assert_no_error (error);

  return ferry_target_is_published (fixture->target, &run) && record->undo->len == 0;
}

static void
finish (Fixture *fixture, const FerryOutput *output)
{
  FerryRecord *record = fixture->base.record;
  g_autoptr (FerryRecord) before = ferry_record_copy (record);
  g_autoptr (GError) error = NULL;
  GPtrArray *undo;

  g_assert_false (stays_after_crash (fixture));
  ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (stays_after_crash (fixture));

  /* For tear_down, which takes it all back. */
  undo = record->undo;
  record->undo = before->undo;
  before->undo = undo;
}

static char *
read_domain (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *xml = ferry_libvirt_read_domain (uri, fixture->base.guest->name, NULL, &error);

  g_assert_no_error (error);

  return xml;
}

static void
test_inspect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_target_inspect (fixture->target, NULL, &error);
  const FerryStorage *storage;

  g_assert_no_error (error);
  g_test_message ("%s", facts->version);
  g_assert_nonnull (strstr (facts->version, "QEMU"));
  storage = ferry_destination_facts_find_storage (facts, "default");
  g_assert_true (storage->usable);
  g_assert_cmpstr (storage->path, ==, pool_dir);
  g_assert_cmpuint (storage->free_bytes, <=, storage->total_bytes);
  if (g_getenv ("FERRY_TEST_NO_KVM") != NULL)
    g_assert_false (facts->has_kvm);
  if (g_getenv ("FERRY_TEST_SESSION") != NULL)
    return;

  storage = ferry_destination_facts_find_storage (facts, "stopped");
  g_assert_false (storage->usable);
  g_assert_nonnull (strstr (storage->why_not, "pool-start"));
  g_assert_true (g_strv_contains ((const char *const *) facts->networks, "default"));
  g_assert_true (g_strv_contains ((const char *const *) facts->networks, "stopped"));
  g_assert_true (g_strv_contains ((const char *const *) facts->bridges, "ferrytest0"));
}

static void
test_begin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);

  g_assert_cmpstr (output->mode, ==, "libvirt");
  g_assert_cmpstr (output->connection, ==, uri);
  g_assert_cmpstr (output->storage, ==, "default");
  g_assert_cmpuint (g_strv_length (output->disk_paths), ==, 2);
  g_assert_true (g_str_has_prefix (output->disk_paths[1], pool_dir));
  g_assert_cmpuint (count_files (), ==, 2);
  g_assert_cmpuint (fixture->base.record->undo->len, ==, 5);
}

static void
assert_not_begun (Fixture *fixture, FerryTarget *target, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_target_begin (target, &fixture->base.run, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  undo (fixture);
}

static void
test_no_pool (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTarget) missing = ferry_target_libvirt_new (uri, "missing");
  g_autoptr (FerryTarget) stopped = ferry_target_libvirt_new (uri, "stopped");

  assert_not_begun (fixture, missing, FERRY_ERROR_NOT_FOUND);
  if (g_getenv ("FERRY_TEST_SESSION") == NULL)
    assert_not_begun (fixture, stopped, FERRY_ERROR_UNSUPPORTED);
}

/* What was there before stays, undo or not. */
static void
test_disk_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("%s-sdb", fixture->base.guest->name);
  g_autofree char *path = g_build_filename (pool_dir, name, NULL);
  g_autofree char *text = NULL;

  target_fixture_write (pool_dir, name, "precious");
  assert_not_begun (fixture, fixture->target, FERRY_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
  g_assert_cmpuint (count_files (), ==, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static char *
make_strange_xml (Fixture *fixture)
{
  return g_markup_printf_escaped ("<domain type='qemu'><name>%s</name><memory>65536</memory>"
                                  "<os><type arch='x86_64'>hvm</type></os></domain>",
                                  fixture->base.guest->name);
}

static void
end_strange (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) domains = list_domains ();

  g_assert_cmpuint (g_strv_length (domains), ==, 1);
  ferry_libvirt_undefine_domain (uri, fixture->base.guest->name, &error);
  g_assert_no_error (error);
}

static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *xml = make_strange_xml (fixture);

  define (xml);
  assert_not_begun (fixture, fixture->target, FERRY_ERROR_EXISTS);
  end_strange (fixture);
}

/* A virt-v2v that finds the name taken ends well and leaves its XML. */
static void
test_name_taken_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture, FALSE);
  g_autofree char *xml = make_strange_xml (fixture);
  g_autoptr (GError) error = NULL;

  define (xml);
  g_assert_false (ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_EXISTS);
  undo (fixture);
  end_strange (fixture);
}

static void
assert_imported (Fixture *fixture, const FerryOutput *output, gboolean with_kvm)
{
  g_autofree char *xml = read_domain (fixture);
  gboolean has_vsock = g_access ("/dev/vhost-vsock", F_OK) == 0;
  g_autofree char *location = g_strdup_printf ("%s %s", uri, fixture->base.guest->name);

  g_test_message ("%s", xml);
  g_assert_nonnull (strstr (xml, with_kvm ? "<domain type='kvm'" : "<domain type='qemu'"));
  g_assert_nonnull (strstr (xml, "<description>From &lt;the&gt; old &amp; slow “cluster”<"));
  g_assert_nonnull (strstr (xml, "<link state='down'/>"));
  g_assert_nonnull (strstr (xml, "<source network='default'/>"));
  if (!has_vsock)
    g_assert_null (strstr (xml, "<vsock"));
  g_assert_cmpstr (fixture->base.record->location, ==, location);
  g_assert_cmpuint (g_strv_length (fixture->base.record->files), ==, 2);
  g_assert_cmpstr (fixture->base.record->files[1], ==, output->disk_paths[1]);
  g_assert_cmpuint (fixture->base.record->warnings->len, ==, 0);
}

/* --- several pools --- */

static void
run_virsh (const char *command, const char *name, const char *folder)
{
  const char *argv[] = { "virsh", "-q", "-c", uri,        command,
                         name,    folder != NULL ? "dir" : NULL, "--target", folder, NULL };

  target_fixture_run_tool (argv);
}

/* The second disk in a pool of its own, raw. */
static char *
make_second_pool (Fixture *fixture)
{
  char *folder = g_dir_make_tmp ("ferry second é XXXXXX", NULL);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (fixture->base.guest, 1);

  g_assert_nonnull (folder);
  run_virsh ("pool-create-as", "second", folder);
  disk->storage = g_strdup ("second");
  disk->format = FERRY_FORMAT_RAW;

  return folder;
}

static void
end_second_pool (Fixture *fixture, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) volumes = NULL;

  undo (fixture);
  ferry_libvirt_refresh_pool (uri, "second", NULL, &error);
  g_assert_no_error (error);
  volumes = ferry_libvirt_list_volumes (uri, "second", NULL, &error);
  g_assert_cmpuint (g_strv_length (volumes), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  run_virsh ("pool-destroy", "second", NULL);
}

static void
test_two_pools (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_second_pool (fixture);
  g_autoptr (FerryOutput) output = begin (fixture);
  g_autofree char *xml = target_fixture_make_xml (&fixture->base, output);
  g_autofree char *name = g_strconcat (fixture->base.guest->name, ".xml", NULL);
  g_autofree char *defined = NULL;

  g_assert_cmpstr (output->mode, ==, "local");
  g_assert_true (g_str_has_prefix (output->storage, fixture->base.work_dir));
  g_assert_true (g_str_has_prefix (output->disk_paths[0], pool_dir));
  g_assert_true (g_str_has_prefix (output->disk_paths[1], folder));
  target_fixture_make_disks (&fixture->base, output);
  target_fixture_write (output->storage, name, xml);
  finish (fixture, output);
  defined = read_domain (fixture);
  g_test_message ("%s", defined);
  g_assert_nonnull (strstr (defined, "<source pool='default' volume='"));
  g_assert_nonnull (strstr (defined, "<driver name='qemu' type='raw'/>"));
  g_assert_nonnull (strstr (defined, "<source pool='second' volume='"));
  g_assert_cmpstr (fixture->base.record->files[1], ==, output->disk_paths[1]);
  end_second_pool (fixture, folder);
}

/* Nothing of it is left in either pool, also when virt-v2v has left nothing. */
static void
test_two_pools_unfinished (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_second_pool (fixture);
  g_autoptr (FerryOutput) output = begin (fixture);
  g_autoptr (GError) error = NULL;

  target_fixture_make_disks (&fixture->base, output);
  g_assert_false (ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONVERSION);
  g_assert_false (stays_after_crash (fixture));
  end_second_pool (fixture, folder);
}

/* All in one pool that is not the destination's own: virt-v2v is told of that one. */
static void
test_other_pool (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_second_pool (fixture);
  g_autoptr (FerryOutput) output = NULL;

  ferry_plan_guest_get_disk (fixture->base.guest, 0)->storage = g_strdup ("second");
  output = begin (fixture);
  g_assert_cmpstr (output->mode, ==, "libvirt");
  g_assert_cmpstr (output->storage, ==, "second");
  g_assert_cmpuint (count_files (), ==, 0);
  end_second_pool (fixture, folder);
}

static void
test_no_second_pool (Fixture *fixture, gconstpointer data)
{
  ferry_plan_guest_get_disk (fixture->base.guest, 1)->storage = g_strdup ("missing");
  assert_not_begun (fixture, fixture->target, FERRY_ERROR_NOT_FOUND);
}

/* Whether virt-v2v could define the domain or not, whether KVM works or not: the end is the same. */
static void
test_finish (Fixture *fixture, gconstpointer data)
{
  gboolean can_define = GPOINTER_TO_INT (data) & 1;
  gboolean has_kvm = GPOINTER_TO_INT (data) & 2;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_libvirt_inspect (uri, NULL, &error);
  g_autoptr (FerryOutput) output = convert (fixture, can_define);

  g_assert_no_error (error);
  fixture->base.run.has_kvm = has_kvm;
  finish (fixture, output);
  assert_imported (fixture, output, has_kvm && facts->has_kvm);
}

/* Redefining keeps the domain that is there: the same UUID. */
static void
test_redefine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);
  g_autofree char *xml = target_fixture_make_xml (&fixture->base, output);
  g_autoptr (GString) emulated = g_string_new (xml);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *uuid;
  g_autofree char *uuid_element = NULL;

  target_fixture_make_disks (&fixture->base, output);
  g_string_replace (emulated, "type='kvm'", "type='qemu'", 1);
  define (emulated->str);
  before = read_domain (fixture);
  uuid = strstr (before, "<uuid>");
  uuid_element = g_strndup (uuid, strlen ("<uuid>") + 36);

  fixture->base.guest->memory_bytes = 300 * 1024 * 1024 + 5;
  fixture->base.guest->vcpus = 1;
  finish (fixture, output);
  after = read_domain (fixture);
  g_assert_nonnull (strstr (after, uuid_element));
  g_assert_nonnull (strstr (after, "<memory unit='KiB'>307201</memory>"));
  g_assert_nonnull (strstr (after, ">1</vcpu>"));
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture, TRUE);
  g_autoptr (GError) error = NULL;

  if (g_getenv ("FERRY_TEST_SESSION") != NULL)
    ferry_plan_network_set (&ferry_plan_guest_get_nic (fixture->base.guest, 0)->network,
                            FERRY_NETWORK_NONE, NULL);
  fixture->base.guest->start = TRUE;
  finish (fixture, output);
  for (guint i = 0; i < fixture->base.record->warnings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (fixture->base.record->warnings, i));
  g_assert_cmpuint (fixture->base.record->warnings->len, ==, 0);

  /* It runs: undo must stop it first, and starting it once more is refused. */
  g_assert_false (ferry_libvirt_start_domain (uri, fixture->base.guest->name, NULL, &error));
  g_assert_nonnull (error);
}

/* A guest that cannot start is imported all the same. */
static void
test_start_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture, TRUE);

  ferry_plan_network_set (&ferry_plan_guest_get_nic (fixture->base.guest, 0)->network,
                          FERRY_NETWORK_NETWORK, "no such network");
  fixture->base.guest->start = TRUE;
  finish (fixture, output);
  g_assert_nonnull (fixture->base.record->location);
  g_assert_cmpuint (fixture->base.record->warnings->len, ==, 1);
}

static void
assert_finish_fails (Fixture *fixture, const FerryOutput *output, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_null (fixture->base.record->location);
}

static void
test_no_domain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);

  target_fixture_make_disks (&fixture->base, output);
  assert_finish_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

static void
test_disk_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture, TRUE);

  g_unlink (output->disk_paths[1]);
  assert_finish_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

/* Only reserved, never written: what a virt-v2v that wrote elsewhere would leave. */
static void
test_disk_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture, TRUE);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (output->disk_paths[0], "", 0, &error);
  g_assert_no_error (error);
  assert_finish_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

/* A file that libvirt has not seen yet: cancelled in the middle of the copy. */
static void
test_half_made (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);

  target_fixture_make_disks (&fixture->base, output);
}

/* Two imports of one name at once: the second is refused and takes nothing from the first. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);
  g_autofree char *journal = g_strdup (g_getenv ("FERRY_STATE_DIR"));
  TargetFixture other = { NULL };
  g_autoptr (GError) error = NULL;

  target_fixture_set_up (&other, NULL);
  g_assert_null (ferry_target_begin (fixture->target, &other.run, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_EXISTS);
  g_assert_cmpuint (other.record->undo->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_file_test (output->disk_paths[i], G_FILE_TEST_IS_REGULAR));
  target_fixture_tear_down (&other, NULL);
  g_setenv ("FERRY_STATE_DIR", journal, TRUE);
}

/* --- as somebody else --- */

static void
set_folder (const char *variable, const char *parent, const char *name)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_setenv (variable, path, TRUE);
}

/* Becomes a user without rights, with a home, a libvirt and a pool of their own. */
static gboolean
become_nobody (const char *home)
{
  g_autofree char *helper =
      g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", "ferry-libvirt-helper", NULL);
  const char *const pool[] = {
    "virsh",    "-q", "-c", "qemu:///session", "pool-create-as", "default", "dir",
    "--target", NULL, NULL
  };
  const char **argv = g_memdup2 (pool, sizeof pool);

  g_assert_cmpint (chown (home, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (setgroups (0, NULL), ==, 0);
  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
  if (g_access (helper, X_OK) != 0)
    return FALSE;

  g_setenv ("HOME", home, TRUE);
  set_folder ("XDG_RUNTIME_DIR", home, "run");
  set_folder ("XDG_CACHE_HOME", home, "cache");
  set_folder ("XDG_CONFIG_HOME", home, "config");
  set_folder ("XDG_DATA_HOME", home, "data");
  set_folder ("FERRY_TEST_POOL_DIR", home, "pool");
  argv[8] = g_getenv ("FERRY_TEST_POOL_DIR");
  target_fixture_run_tool (argv);
  g_free (argv);
  g_setenv ("FERRY_TEST_LIBVIRT_URI", "qemu:///session", TRUE);

  return TRUE;
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/target-libvirt/" name, Fixture, GINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *home = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("FERRY_TEST_SESSION") != NULL)
    {
      home = g_dir_make_tmp ("ferry-nobody-XXXXXX", NULL);
      if (!become_nobody (home))
        {
          g_print ("1..0 # SKIP another user may not read the build folder\n");
          return 0;
        }
    }
  uri = g_getenv ("FERRY_TEST_LIBVIRT_URI");
  pool_dir = g_getenv ("FERRY_TEST_POOL_DIR");
  if (uri == NULL || pool_dir == NULL)
    {
      g_print ("1..0 # SKIP run it with tests/peers/libvirtd/run\n");
      return 0;
    }

  ADD ("inspect", 0, test_inspect);
  ADD ("begin", 0, test_begin);
  ADD ("no-pool", 0, test_no_pool);
  ADD ("disk-taken", 0, test_disk_taken);
  ADD ("name-taken", 0, test_name_taken);
  ADD ("name-taken-meanwhile", 0, test_name_taken_meanwhile);
  ADD ("finish/left-xml", 0, test_finish);
  ADD ("finish/defined", 1, test_finish);
  ADD ("finish/left-xml/kvm", 2, test_finish);
  ADD ("finish/defined/kvm", 3, test_finish);
  ADD ("redefine", 0, test_redefine);
  ADD ("start", 0, test_start);
  ADD ("start-fails", 0, test_start_fails);
  ADD ("no-domain", 0, test_no_domain);
  ADD ("disk-missing", 0, test_disk_missing);
  ADD ("disk-empty", 0, test_disk_empty);
  ADD ("half-made", 0, test_half_made);
  ADD ("twice", 0, test_twice);
  ADD ("two-pools", 0, test_two_pools);
  ADD ("two-pools/unfinished", 0, test_two_pools_unfinished);
  ADD ("other-pool", 0, test_other_pool);
  ADD ("no-second-pool", 0, test_no_second_pool);

  status = g_test_run ();
  if (home != NULL)
    ferry_tree_remove (home, NULL);

  return status;
}
