/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A real libvirtd, locally and over ssh, which tests/peers/libvirtd/run has started. */
#include "config.h"
#include "ferry-source-libvirt.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "web é"
#define UUID "11111111-2222-3333-4444-555555555551"
#define RUNNING_UUID "11111111-2222-3333-4444-555555555552"

/* @dir: of the test's own; @config: Ferry's configuration */
typedef struct
{
  char *dir;
  char *ssh_dir;
} Fixture;

static void
run (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
run (const char *format, ...)
{
  g_autofree char *script = NULL;
  const char *argv[] = { "bash", "-euc", NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list args;

  va_start (args, format);
  script = g_strdup_vprintf (format, args);
  va_end (args);
  argv[2] = script;
  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("failed: %s", script);
}

/* Raw and qcow2, volumes of a pool and in none, whole and with a parent. */
static void
make_disks (const char *dir)
{
  run ("cd /var/lib/libvirt/images; truncate -s 200M raw.img\n"
       "dd if=/dev/urandom of=raw.img bs=1M count=20 seek=50 conv=notrunc status=none\n"
       "printf END | dd of=raw.img bs=1 seek=209715197 conv=notrunc status=none\n"
       "cd '%s'; qemu-img create -q -f qcow2 disk.qcow2 100M\n"
       "qemu-io -f qcow2 -c 'write -q -P 7 10M 3M' disk.qcow2\n"
       "qemu-img create -q -f qcow2 -b disk.qcow2 -F qcow2 child.qcow2\n"
       "qemu-img create -q -f qcow2 -b raw.img -F raw /var/lib/libvirt/images/child\n"
       "cp --sparse=always /var/lib/libvirt/images/raw.img loose.raw; truncate -s 60M loose.raw\n"
       "cp disk.qcow2 /var/lib/libvirt/images/\n"
       "virsh -q pool-refresh default",
       dir);
}

static void
define_guests (const char *dir)
{
  run ("cd '%s'; cat > web.xml <<E\n"
       "<domain type='qemu'><name>" NAME "</name><uuid>" UUID "</uuid>"
       "<memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type arch='x86_64'>hvm</type></os><devices>"
       "<disk type='file'><driver name='qemu' type='raw'/>"
       "<source file='/var/lib/libvirt/images/raw.img'/><target dev='vda' bus='virtio'/></disk>"
       "<disk type='file'><driver name='qemu' type='qcow2'/><source file='$PWD/disk.qcow2'/>"
       "<target dev='vdb' bus='virtio'/></disk>"
       "<disk type='file'><driver name='qemu' type='qcow2'/><source file='$PWD/child.qcow2'/>"
       "<target dev='vdc' bus='virtio'/></disk>"
       "<disk type='volume'><driver name='qemu' type='raw'/>"
       "<source pool='default' volume='raw.img'/><target dev='vdd' bus='virtio'/></disk>"
       "<disk type='file'><driver name='qemu' type='qcow2'/>"
       "<source file='/var/lib/libvirt/images/child'/><target dev='vde' bus='virtio'/></disk>"
       "<disk type='file'><driver name='qemu' type='raw'/><source file='$PWD/loose.raw'/>"
       "<target dev='vdf' bus='virtio'/></disk>"
       "<interface type='network'><source network='default'/></interface></devices></domain>\nE\n"
       "virsh -q define web.xml\n"
       "virsh -q create <(echo \"<domain type='qemu'><name>running</name>"
       "<uuid>" RUNNING_UUID "</uuid><memory unit='MiB'>16</memory>"
       "<os><type arch='x86_64'>hvm</type></os></domain>\")",
       dir);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *helpers = g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", NULL);
  g_autofree char *config = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-libvirtd-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->ssh_dir = g_strdup (g_getenv ("FERRY_TEST_SSH_DIR"));
  config = g_build_filename (fixture->dir, "config", NULL);
  g_setenv ("FERRY_LIBEXECDIR", helpers, TRUE);
  g_setenv ("FERRY_CONFIG_DIR", config, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  run ("rm -f ~root/.ssh/*");
  make_disks (fixture->dir);
  define_guests (fixture->dir);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  run ("virsh -q destroy running; virsh -q undefine '" NAME "'; rm -f /var/lib/libvirt/images/*");
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
  g_free (fixture->ssh_dir);
}

static FerrySource *
open_uri (const char *uri)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  ferry_plan_source_set (&source->uri, uri);

  return ferry_source_libvirt_new (source);
}

static FerrySource *
open_ssh (Fixture *fixture, const char *key, const char *more)
{
  g_autofree char *uri =
      g_strdup_printf ("qemu+ssh://root@127.0.0.1:%s/system?keyfile=%s/%s%s",
                       g_getenv ("FERRY_TEST_SSH_PORT"), fixture->ssh_dir, key, more);

  return open_uri (uri);
}

/* --- whom to trust --- */

static FerryTrustQuestion *
examine (FerrySource *source)
{
  FerryTrustQuestion *question = NULL;
  g_autoptr (GError) error = NULL;

  ferry_source_examine (source, &question, NULL, &error);
  g_assert_no_error (error);

  return question;
}

static void
assert_fails (FerrySource *source, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_source_list (source, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
}

static void
assert_works (FerrySource *source)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = ferry_source_test (source, NULL, &error);

  g_assert_no_error (error);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, "QEMU"));
  g_assert_true (g_str_has_suffix (sentence, " · 2 virtual machines"));
}

static void
trust (FerrySource *source)
{
  g_autoptr (FerryTrustQuestion) question = examine (source);
  g_autoptr (GError) error = NULL;

  if (question != NULL)
    ferry_trust_accept (question, &error);
  g_assert_no_error (error);
}

static char *
dup_fingerprint (Fixture *fixture, const char *key)
{
  g_autofree char *path = g_build_filename (fixture->ssh_dir, key, NULL);
  const char *argv[] = { "ssh-keygen", "-l", "-f", path, NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                               NULL, NULL, NULL));
  words = g_strsplit (out, " ", 3);

  return g_strdup (words[1]);
}

static void
test_unknown_host_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "");
  g_autoptr (FerrySource) careless = open_ssh (fixture, "key", "&no_verify=1&command=/usr/bin/ssh");
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autofree char *fingerprint = dup_fingerprint (fixture, "host_key.pub");
  g_autofree char *home = g_build_filename (fixture->ssh_dir, "home_hosts", NULL);
  g_autoptr (GError) error = NULL;

  assert_fails (source, FERRY_ERROR_CERTIFICATE);
  assert_fails (careless, FERRY_ERROR_CERTIFICATE);
  g_assert_false (g_file_test (home, G_FILE_TEST_EXISTS));

  question = examine (source);
  g_assert_nonnull (question);
  g_assert_cmpstr (question->fingerprint, ==, fingerprint);
  g_assert_null (question->known_fingerprint);
  g_assert_cmpstr (question->key_type, ==, "ED25519");
  g_assert_true (ferry_trust_accept (question, &error));
  g_assert_null (examine (source));
  assert_works (source);
  g_assert_false (g_file_test (home, G_FILE_TEST_EXISTS));
}

/* What the user trusts by ssh itself is trusted, hashed or not. */
static void
test_host_key_of_user (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "");

  run ("cd '%s'; (printf '[127.0.0.1]:2222 '; cat host_key.pub) > home_hosts; "
       "ssh-keygen -q -H -f ~root/.ssh/known_hosts",
       fixture->ssh_dir);
  g_assert_null (examine (source));
  assert_works (source);
}

static void
test_changed_host_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "&no_verify=1");
  g_autofree char *shown = dup_fingerprint (fixture, "host_key.pub");
  g_autofree char *known = dup_fingerprint (fixture, "other_key.pub");
  g_autofree char *config = g_build_filename (fixture->dir, "config", NULL);
  static const char *const files[] = { "'%s'/known_hosts", "~root/.ssh/known_hosts" };
  g_autoptr (GError) error = NULL;

  run ("mkdir -p '%s'", config);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = i == 0 ? g_strdup_printf ("'%s'/known_hosts", config)
                                     : g_strdup (files[i]);
      g_autoptr (FerryTrustQuestion) question = NULL;

      run ("rm -f '%s'/known_hosts; (printf '[127.0.0.1]:2222 '; cat '%s'/other_key.pub) > %s",
           config, fixture->ssh_dir, file);
      question = examine (source);
      g_assert_nonnull (question);
      g_assert_cmpstr (question->fingerprint, ==, shown);
      g_assert_cmpstr (question->known_fingerprint, ==, known);
      assert_fails (source, FERRY_ERROR_CERTIFICATE);
      g_assert_true (ferry_trust_accept (question, &error));
      g_assert_null (examine (source));
      assert_works (source);
    }
}

static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "other_key", "");

  trust (source);
  assert_fails (source, FERRY_ERROR_AUTH);
}

/* --- guests --- */

/* @is_local: what is in no pool can be read only then, unless it is raw */
static void
check_guests (FerrySource *source, gboolean is_local)
{
  const char *const ids[] = { UUID, RUNNING_UUID, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = ferry_source_list (source, NULL, &error);
  g_autoptr (GPtrArray) read = NULL;
  const FerryGuest *guest;
  const FerryDisk *disk;

  g_assert_no_error (error);
  g_assert_cmpuint (listed->len, ==, 2);
  guest = g_ptr_array_index (listed, 0);
  g_assert_cmpstr (guest->name, ==, "running");
  g_assert_cmpint (guest->power, ==, FERRY_POWER_RUNNING);
  guest = g_ptr_array_index (listed, 1);
  g_assert_cmpstr (guest->name, ==, NAME);
  g_assert_cmpint (guest->power, ==, FERRY_POWER_OFF);
  g_assert_cmpint (guest->hypervisor, ==, FERRY_HYPERVISOR_KVM);

  read = ferry_source_read_many (source, ids, NULL, NULL, &error);
  g_assert_no_error (error);
  guest = g_ptr_array_index (read, 1);
  g_assert_cmpint (guest->power, ==, FERRY_POWER_RUNNING);
  guest = g_ptr_array_index (read, 0);
  g_assert_cmpuint (guest->disks->len, ==, 6);
  g_assert_cmpuint (guest->memory_bytes, ==, 64 << 20);
  g_assert_cmpint (guest->firmware, ==, FERRY_FIRMWARE_BIOS);
  g_assert_cmpint (guest->n_snapshots, ==, 0);
  disk = ferry_guest_get_disk (guest, 0);
  g_assert_cmpuint (disk->capacity_bytes, ==, 200 << 20);
  g_assert_cmpint (disk->used_bytes, >=, 20 << 20);
  g_assert_cmpint (disk->used_bytes, <, 30 << 20);
  g_assert_cmpstr (disk->storage, ==, "default");
  disk = ferry_guest_get_disk (guest, 1);
  g_assert_null (disk->storage);
  g_assert_cmpuint (disk->capacity_bytes, ==, 100 << 20);
  g_assert_cmpint (disk->flags, ==, 0);
  disk = ferry_guest_get_disk (guest, 2);
  g_assert_cmpint (disk->flags, ==, is_local ? FERRY_DISK_HAS_PARENT : 0);
  g_assert_true (ferry_checks_have (guest->checks, "disk.no-pool") == !is_local);
  disk = ferry_guest_get_disk (guest, 3);
  g_assert_cmpstr (disk->file, ==, "default/raw.img");
  g_assert_cmpstr (disk->storage, ==, "default");
  g_assert_cmpuint (disk->capacity_bytes, ==, 200 << 20);
  disk = ferry_guest_get_disk (guest, 4);
  g_assert_cmpint (disk->flags, ==, FERRY_DISK_HAS_PARENT);
  g_assert_cmpstr (disk->storage, ==, "default");
}

static void
assert_same (const char *one, const char *other)
{
  run ("cmp '%s' '%s'", one, other);
}

/* Holes are kept: it takes no more room than the data. */
static void
assert_sparse (const char *path, goffset most)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_blocks * 512, <, most);
}

static void
download (FerrySource *source, guint disk, const char *path, const char *original)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = ferry_source_read (source, UUID, NULL, &error);
  FerryDownload what = { guest, disk, path, NULL };

  g_assert_no_error (error);
  g_unlink (path);
  g_file_set_contents (path, "", 0, NULL);
  ferry_source_download (source, &what, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same (path, original);
}

static void
check_downloads (Fixture *fixture, FerrySource *source, gboolean is_local)
{
  g_autofree char *to = g_build_filename (fixture->dir, "to", NULL);
  g_autofree char *qcow2 = g_build_filename (fixture->dir, "disk.qcow2", NULL);
  g_autofree char *loose = g_build_filename (fixture->dir, "loose.raw", NULL);

  download (source, 0, to, "/var/lib/libvirt/images/raw.img");
  assert_sparse (to, 30 << 20);
  if (is_local)
    download (source, 1, to, qcow2);
  download (source, 3, to, "/var/lib/libvirt/images/raw.img");
  assert_sparse (to, 30 << 20);
  download (source, 5, to, loose);
  assert_sparse (to, 20 << 20);
}

static void
test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_uri ("qemu:///system");

  assert_works (source);
  check_guests (source, TRUE);
  check_downloads (fixture, source, TRUE);
}

/* By its socket, so that all goes through the daemon: as of one of another computer. */
static void
test_socket (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source =
      open_uri ("qemu+unix:///system?socket=/run/libvirt/libvirt-sock");

  check_guests (source, FALSE);
  check_downloads (fixture, source, FALSE);
}

static void
test_ssh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "");

  trust (source);
  assert_works (source);
  check_guests (source, FALSE);
  check_downloads (fixture, source, FALSE);
}

static void
cancel_at_once (guint64 done, guint64 total, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "");
  g_autofree char *to = g_build_filename (fixture->dir, "to", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FerryMonitor monitor = { cancel_at_once, cancellable };
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;
  FerryDownload what = { .path = to };
  struct stat info;

  trust (source);
  guest = ferry_source_read (source, UUID, NULL, &error);
  g_assert_no_error (error);
  what.guest = guest;
  g_file_set_contents (to, "", 0, NULL);
  g_assert_false (ferry_source_download (source, &what, &monitor, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (stat (to, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, 200 << 20);
  /* Nothing of it goes on. */
  run ("sleep 0.3; ! pgrep -x 'ssh|ferry-ssh' >/dev/null");
}

static void
test_no_space (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_ssh (fixture, "key", "");
  g_autofree char *small = g_build_filename (fixture->dir, "small", NULL);
  g_autofree char *to = g_build_filename (small, "to", NULL);
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;
  FerryDownload what = { .path = to };

  trust (source);
  run ("mkdir '%s'; mount -t tmpfs -o size=8M ferry-test '%s'; touch '%s'", small, small, to);
  guest = ferry_source_read (source, UUID, NULL, &error);
  g_assert_no_error (error);
  what.guest = guest;
  g_assert_false (ferry_source_download (source, &what, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NO_SPACE);
  run ("umount '%s'", small);
}

/* There is no Xen here, but what nbdkit is told to read one's disk with does read it: a stand-in
 * describes a guest of Xen whose disk is a file of the host. */
static void
test_serve (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("xen+ssh://root@127.0.0.1:%s?keyfile=%s/key",
                                          g_getenv ("FERRY_TEST_SSH_PORT"), fixture->ssh_dir);
  g_autoptr (FerrySource) source = open_uri (uri);
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) locations = NULL;
  g_autofree char *arguments = NULL;
  g_autoptr (GError) error = NULL;
  const FerryDiskLocation *location;
  const FerryPrivateFile *file;

  run ("cd '%s'; cat > ferry-libvirt-helper <<'E'\n#!/bin/sh\n"
       "echo '{\"item\":\"domain\",\"index\":0,\"name\":\"x\",\"uuid\":\"" UUID "\",\"xml\":"
       "\"<domain type=\\\"xen\\\"><name>x</name><uuid>" UUID "</uuid><devices><disk>"
       "<source file=\\\"/var/lib/libvirt/images/raw.img\\\"/></disk></devices></domain>\"}'\n"
       "echo '{\"item\":\"done\"}'\nE\nchmod +x ferry-libvirt-helper",
       fixture->dir);
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
  trust (source);
  guest = ferry_source_read (source, UUID, NULL, &error);
  g_assert_no_error (error);
  locations = ferry_source_prepare (source, guest, fixture->dir, NULL, NULL, &error);
  g_assert_no_error (error);

  location = g_ptr_array_index (locations, 0);
  file = g_ptr_array_index (location->files, 0);
  g_file_set_contents (file->path, file->text, -1, &error);
  g_assert_no_error (error);
  arguments = g_strjoinv (" ", location->serve);
  run ("nbdkit -r %s --run 'qemu-img compare -f raw -F raw $uri /var/lib/libvirt/images/raw.img'",
       arguments);
  run ("echo > '%s'; ! nbdkit -r %s --run 'qemu-img info $uri' 2>/dev/null", file->path, arguments);
}

/* --- names and passwords --- */

static FerrySource *
open_tcp (const char *user, const char *password)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  ferry_plan_source_set (&source->uri, "qemu+tcp://127.0.0.1/system");
  ferry_plan_source_set (&source->user, user);
  ferry_plan_source_set_password (&source->password, password);

  return ferry_source_libvirt_new (source);
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) right = open_tcp ("ferry", "top secret");
  g_autoptr (FerrySource) wrong = open_tcp ("ferry", "wrong");
  g_autoptr (FerrySource) nobody = open_tcp ("nobody", "top secret");
  g_autoptr (FerrySource) none = open_tcp (NULL, NULL);

  if (g_getenv ("FERRY_TEST_SASL") == NULL)
    {
      g_test_skip ("saslpasswd2 is not installed");
      return;
    }
  assert_works (right);
  assert_fails (wrong, FERRY_ERROR_AUTH);
  assert_fails (nobody, FERRY_ERROR_AUTH);
  assert_fails (none, FERRY_ERROR_AUTH);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/source-libvirtd/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("unknown-host-key", test_unknown_host_key);
  ADD ("host-key-of-user", test_host_key_of_user);
  ADD ("changed-host-key", test_changed_host_key);
  ADD ("no-key", test_no_key);
  ADD ("local", test_local);
  ADD ("socket", test_socket);
  ADD ("ssh", test_ssh);
  ADD ("cancel", test_cancel);
  ADD ("no-space", test_no_space);
  ADD ("serve", test_serve);
  ADD ("password", test_password);

  return g_test_run ();
}
