/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-capture.h"
#include "ferry-error.h"
#include "ferry-host-facts.h"
#include "ferry-kernel.h"
#include "ferry-kvm.h"
#include "ferry-tree.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Everything of this computer that the host looks at is replaced by a folder of the test's own. */
typedef struct
{
  char *dir;
  char *tools;
  char *tmp;
  FerryHost *host;
} Fixture;

static char *
make_folder (Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cache = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-host-XXXXXX", NULL);
  fixture->tools = make_folder (fixture, "tools");
  fixture->tmp = make_folder (fixture, "tmp");
  cache = make_folder (fixture, "cache");
  g_setenv ("FERRY_TOOL_PATH", fixture->tools, TRUE);
  g_setenv ("FERRY_TMPDIR", fixture->tmp, TRUE);
  g_setenv ("FERRY_CACHE_DIR", cache, TRUE);
  g_setenv ("LIBGUESTFS_CACHEDIR", fixture->tmp, TRUE);
  g_setenv ("FERRY_KVM", "broken", TRUE);
  fixture->host = ferry_host_local_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "FERRY_TOOL_PATH", "FERRY_TMPDIR", "FERRY_CACHE_DIR",
                                       "LIBGUESTFS_CACHEDIR", "FERRY_KVM", "LIBGUESTFS_HV",
                                       "LIBGUESTFS_PATH", "SUPERMIN_KERNEL" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  g_object_unref (fixture->host);
  ferry_tree_remove (fixture->dir, NULL);
  g_free (fixture->dir);
  g_free (fixture->tools);
  g_free (fixture->tmp);
}

static void
make_file (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
make_tool (Fixture *fixture, const char *name, const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);

  make_file (fixture->tools, name, text, 0755);
}

/* --- running --- */

static void
assert_has_line (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (!g_strv_contains ((const char *const *) lines, line))
    g_error ("‘%s’ is not in ‘%s’", line, text);
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "env", NULL };
  const char *const more[] = { "TMPDIR=/srv/x", "LC_ALL=xx", "A=b=c", NULL };
  const FerryCommand command = { .argv = argv, .environment = more, .marker = "the-id" };
  g_auto (FerryCapture) capture = { NULL, NULL, 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path_start = g_strconcat ("\nPATH=", fixture->tools, ":", NULL);
  g_autofree char *text = NULL;

  g_setenv ("FERRY_TEST_VARIABLE", "passed", TRUE);
  g_setenv ("SOME_SECRET", "x", TRUE);
  g_setenv ("LANG", "de_DE.UTF-8", TRUE);
  g_setenv ("LIBGUESTFS_DEBUG", "1", TRUE);
  g_assert_true (ferry_capture_run (fixture->host, &command, &capture, NULL, &error));
  g_assert_no_error (error);
  g_unsetenv ("SOME_SECRET");
  g_unsetenv ("LANG");
  g_unsetenv ("LIBGUESTFS_DEBUG");

  assert_has_line (capture.output, "FERRY_IMPORT=the-id");
  assert_has_line (capture.output, "FERRY_TEST_VARIABLE=passed");
  assert_has_line (capture.output, "TMPDIR=/srv/x");
  assert_has_line (capture.output, "LC_ALL=xx");
  assert_has_line (capture.output, "A=b=c");
  text = g_strconcat ("\n", capture.output, NULL);
  g_assert_nonnull (strstr (text, path_start));
  g_assert_nonnull (strstr (text, "/usr/sbin"));
  g_assert_null (strstr (text, "SECRET"));
  g_assert_null (strstr (text, "LANG="));
  g_assert_null (strstr (text, "LIBGUESTFS_DEBUG"));
  g_assert_null (strstr (text, "FERRY_TOOL_PATH"));
}

/* A tool of the test stands before one of the system, and is found without a shell. */
static void
test_tool_path (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "cat", "a b", NULL };
  const FerryCommand command = { .argv = argv };
  g_auto (FerryCapture) capture = { NULL, NULL, 1 };
  g_autoptr (GError) error = NULL;

  make_tool (fixture, "cat", "echo \"mine $# $1\"; echo err >&2; exit 3");
  g_assert_true (ferry_capture_run (fixture->host, &command, &capture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (capture.output, ==, "mine 1 a b\n");
  g_assert_cmpstr (capture.errors, ==, "err\n");
  g_assert_cmpint (capture.exit_status, ==, 3);
}

static void
test_missing_tool (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "no-such-tool-of-anybody", NULL };
  const FerryCommand command = { .argv = argv };
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_false (ferry_host_run (fixture->host, &command, &status, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_assert_nonnull (strstr (error->message, argv[0]));
}

static void
test_end_marked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marker = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_host_end_marked (fixture->host, marker, &error));
  g_assert_no_error (error);
}

/* What is captured is bounded and valid. */
static void
test_capture_much (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = {
    "sh", "-c", "printf 'a\\377'; head -c 5000000 /dev/zero | tr '\\0' x", NULL
  };
  const FerryCommand command = { .argv = argv };
  g_auto (FerryCapture) capture = { NULL, NULL, 1 };

  g_assert_true (ferry_capture_run (fixture->host, &command, &capture, NULL, NULL));
  g_assert_true (g_utf8_validate (capture.output, -1, NULL));
  g_assert_cmpuint (strlen (capture.output), <, 1024 * 1024 + 10);
}

/* --- work folders --- */

static void
test_work_dir (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = ferry_host_make_work_dir (fixture->host, "id-1", &error);
  g_autofree char *second = ferry_host_make_work_dir (fixture->host, "id-1", &error);
  g_autofree char *expected = g_strdup_printf ("%s/ferry-%u-id-1", fixture->tmp, geteuid ());
  g_autofree char *inner = g_build_filename (first, "a", "b", NULL);
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpint (stat (first, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0700);

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  g_assert_true (ferry_host_remove_work_dir (fixture->host, first, &error));
  g_assert_true (ferry_host_remove_work_dir (fixture->host, second, &error));
  g_assert_true (ferry_host_remove_work_dir (fixture->host, first, &error)); /* gone: fine */
  g_assert_no_error (error);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
}

static void
assert_not_removed (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_host_remove_work_dir (fixture->host, path, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

static void
test_not_a_work_dir (Fixture *fixture, gconstpointer data)
{
  g_autofree char *prefix = g_strdup_printf ("ferry-%u-", geteuid ());
  g_autofree char *link = g_build_filename (fixture->tmp, prefix, NULL);
  g_autofree char *file_name = g_strconcat (prefix, "file", NULL);
  g_autofree char *file = g_build_filename (fixture->tmp, file_name, NULL);
  g_autofree char *up = g_strdup_printf ("%s/x/../%sy", fixture->tmp, prefix);
  g_autofree char *up_target = g_strdup_printf ("tmp/%sy", prefix);
  g_autofree char *made = make_folder (fixture, up_target);
  g_autofree char *x = make_folder (fixture, "tmp/x");

  assert_not_removed (fixture, "/");
  assert_not_removed (fixture, fixture->tmp);
  assert_not_removed (fixture, up);
  g_assert_cmpint (symlink (fixture->tools, link), ==, 0);
  assert_not_removed (fixture, link);
  make_file (fixture->tmp, file_name, "x", 0600);
  assert_not_removed (fixture, file);
  g_assert_true (g_file_test (fixture->tools, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (made, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (x, G_FILE_TEST_IS_DIR));
}

static void
assert_not_made (Fixture *fixture, const char *id, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ferry_host_make_work_dir (fixture->host, id, &error);

  g_assert_null (path);
  g_assert_error (error, FERRY_ERROR, (int) code);
}

static void
test_no_work_dir (Fixture *fixture, gconstpointer data)
{
  assert_not_made (fixture, "../x", FERRY_ERROR_INVALID);
  assert_not_made (fixture, "a/b", FERRY_ERROR_INVALID);
  assert_not_made (fixture, "", FERRY_ERROR_INVALID);
  g_setenv ("FERRY_TMPDIR", "/nonexistent/folder", TRUE);
  assert_not_made (fixture, "id", FERRY_ERROR_NOT_FOUND);
  g_setenv ("FERRY_TMPDIR", "/tmp/a b", TRUE);
  assert_not_made (fixture, "id", FERRY_ERROR_INVALID);
  g_setenv ("FERRY_TMPDIR", "/tmp/é", TRUE);
  assert_not_made (fixture, "id", FERRY_ERROR_INVALID);
  g_setenv ("FERRY_TMPDIR",
            "/tmp/a-very-long-name-of-a-folder/a-very-long-name-of-a-folder/"
            "a-very-long-name-of-a-folder",
            TRUE);
  assert_not_made (fixture, "id", FERRY_ERROR_INVALID);
  if (geteuid () != 0)
    {
      g_setenv ("FERRY_TMPDIR", "/", TRUE);
      assert_not_made (fixture, "id", FERRY_ERROR_PERMISSION);
    }
}

/* --- facts --- */

static void
test_versions (void)
{
  static const char *const cases[][2] = {
    { "virt-v2v 2.2.0\n", "2.2.0" },
    { "virt-v2v 2.4.0rhel=9,release=4.el9_4\n", "2.4.0" },
    { "virt-v2v 2.10.\n", "2.10" },
    { "virt-v2v \n", NULL },
    { "something 1.0", NULL },
    { "virt-v2v", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *version = ferry_host_facts_parse_version (cases[i][0]);

      g_assert_cmpstr (version, ==, cases[i][1]);
    }
}

static void
test_words (void)
{
  static const char *const expected[] = { "virt-v2v", "input:ova", "io/oo", NULL };
  g_auto (GStrv) words = ferry_host_facts_parse_words ("virt-v2v\n\n input:ova \r\nio/oo");
  g_auto (GStrv) none = ferry_host_facts_parse_words ("");

  g_assert_cmpstrv (words, (char **) expected);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static FerryHostFacts *
inspect (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  FerryHostFacts *facts = ferry_host_inspect (fixture->host, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (facts);
  return facts;
}

/* An nbdkit that has two plugins and something else in their folder. */
static void
make_plugins (Fixture *fixture)
{
  static const char *const files[]
      = { "nbdkit-curl-plugin.so", "nbdkit-vddk-plugin.so", "nbdkit--plugin.so", "README" };
  g_autofree char *script = g_strdup_printf ("echo name=nbdkit; echo plugindir=%s", fixture->tmp);

  make_tool (fixture, "nbdkit", script);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->tmp, files[i], NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
}

static void
test_inspect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryHostFacts) facts = NULL;

  make_tool (fixture, "virt-v2v",
             "case $1 in --version) echo virt-v2v 2.8.1;; "
             "--machine-readable) echo virt-v2v; echo output:disk;; esac");
  make_plugins (fixture);
  make_tool (fixture, "nbdcopy", "");
  make_tool (fixture, "qemu-img", "");
  g_setenv ("FERRY_KVM", "works", TRUE);
  g_setenv ("VIRTIO_WIN", fixture->tmp, TRUE);
  g_setenv ("VIRT_TOOLS_DATA_DIR", fixture->tmp, TRUE);
  facts = inspect (fixture);
  g_unsetenv ("VIRTIO_WIN");
  g_unsetenv ("VIRT_TOOLS_DATA_DIR");

  g_assert_cmpstr (facts->virt_v2v_version, ==, "2.8.1");
  g_assert_true (ferry_host_facts_has_word (facts, "output:disk"));
  g_assert_false (ferry_host_facts_has_word (facts, "output:local"));
  g_assert_true (facts->has_nbdkit && facts->has_nbdcopy && facts->has_qemu_img);
  g_assert_true (ferry_host_facts_has_plugin (facts, "curl"));
  g_assert_true (ferry_host_facts_has_plugin (facts, "vddk"));
  g_assert_cmpuint (g_strv_length (facts->nbdkit_plugins), ==, 2);
  g_assert_cmpint (facts->kvm, ==, FERRY_KVM_WORKS);
  g_assert_cmpstr (facts->user, ==, g_get_user_name ());
  g_assert_cmpstr (facts->tmp_dir, ==, fixture->tmp);
  g_assert_cmpstr (facts->cache_dir, ==, fixture->tmp);
  g_assert_cmpuint (facts->tmp_free_bytes, >, 0);
  g_assert_cmpuint (facts->cache_free_bytes, >, 0);
  g_assert_true (facts->has_virtio_win);
  g_assert_cmpstr (facts->virtio_win, ==, fixture->tmp);
  g_assert_false (facts->has_rhsrvany);
  g_assert_cmpint (facts->behind_seconds, >=, 0);
}

/* A virt-v2v that does not even start is as good as none. */
static void
test_inspect_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryHostFacts) facts = NULL;

  make_tool (fixture, "virt-v2v", "echo cannot open shared object file >&2; exit 127");
  g_setenv ("FERRY_TMPDIR", "/nonexistent", TRUE);
  facts = inspect (fixture);
  g_assert_null (facts->virt_v2v_version);
  g_assert_cmpuint (g_strv_length (facts->words), ==, 0);
  g_assert_cmpuint (facts->tmp_free_bytes, ==, 0);
}

static void
test_inspect_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (FerryHostFacts) facts = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  facts = inspect (fixture);
  g_setenv ("PATH", path, TRUE);
  g_assert_null (facts->virt_v2v_version);
  g_assert_false (facts->has_nbdkit || facts->has_nbdcopy || facts->has_qemu_img);
}

static void
test_inspect_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ferry_host_inspect (fixture->host, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- the appliance's kernel --- */

static void
assert_kernel (Fixture *fixture, const char *expected)
{
  g_autofree char *kernel = ferry_kernel_find (fixture->dir);

  if (expected == NULL)
    g_assert_null (kernel);
  else
    g_assert_true (kernel != NULL && g_str_has_suffix (kernel, expected));
}

static void
make_modules (Fixture *fixture, const char *version)
{
  g_autofree char *name = g_build_filename ("lib", "modules", version, NULL);
  g_autofree char *folder = make_folder (fixture, name);

  make_file (folder, "modules.dep", "", 0644);
}

static void
test_kernel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *boot = NULL;
  g_autofree char *modules = NULL;
  g_autofree char *fixed = NULL;

  assert_kernel (fixture, NULL);
  boot = make_folder (fixture, "boot");
  make_file (boot, "vmlinuz-6.9.0", "", 0644);
  make_file (boot, "initrd.img-6.9.0", "", 0644);
  assert_kernel (fixture, NULL); /* no modules */
  make_modules (fixture, "6.9.0");
  assert_kernel (fixture, "/boot/vmlinuz-6.9.0");
  make_file (boot, "vmlinuz-6.10.0", "", 0644);
  make_modules (fixture, "6.10.0");
  assert_kernel (fixture, "/boot/vmlinuz-6.10.0");
  make_modules (fixture, "6.11.0");
  modules = make_folder (fixture, "lib/modules/6.11.0");
  make_file (modules, "vmlinuz", "", 0644);
  assert_kernel (fixture, "/lib/modules/6.11.0/vmlinuz");

  /* As Ubuntu has them. */
  if (geteuid () != 0)
    {
      make_file (modules, "vmlinuz", "", 0);
      assert_kernel (fixture, "/boot/vmlinuz-6.10.0");
      make_file (modules, "vmlinuz", "", 0644);
    }

  g_setenv ("SUPERMIN_KERNEL", "/nonexistent", TRUE);
  assert_kernel (fixture, "vmlinuz");
  fixed = make_folder (fixture, "appliance");
  g_setenv ("LIBGUESTFS_PATH", fixed, TRUE);
  assert_kernel (fixture, "vmlinuz");
  make_file (fixed, "README.fixed", "", 0644);
  make_file (fixed, "kernel", "", 0644);
  assert_kernel (fixture, "/appliance/kernel");
}

/* --- KVM --- */

static FerryKvm
probe (Fixture *fixture)
{
  g_autofree char *kernel = g_build_filename (fixture->dir, "kernel", NULL);
  g_autoptr (GError) error = NULL;
  FerryKvm kvm = FERRY_KVM_ABSENT;

  g_assert_true (ferry_kvm_probe (fixture->host, kernel, &kvm, NULL, &error));
  g_assert_no_error (error);
  return kvm;
}

static void
test_kvm_override (Fixture *fixture, gconstpointer data)
{
  g_setenv ("FERRY_KVM", "works", TRUE);
  g_assert_cmpint (probe (fixture), ==, FERRY_KVM_WORKS);
  g_setenv ("FERRY_KVM", "broken", TRUE);
  g_assert_cmpint (probe (fixture), ==, FERRY_KVM_BROKEN);
  g_setenv ("FERRY_KVM", "absent", TRUE);
  g_assert_cmpint (probe (fixture), ==, FERRY_KVM_ABSENT);
}

static guint
count_starts (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "starts", NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &text, &length, NULL) ? (guint) length : 0;
}

static const struct
{
  const char *name;
  const char *script; /* of qemu */
  FerryKvm kvm;
} kvm_cases[] = {
  { "starts", "echo 'Kernel panic - not syncing: VFS: Unable to mount'' root fs on x'; sleep 300",
    FERRY_KVM_WORKS },
  { "dies-late", "echo 'Linux version 6'; echo 'KVM internal error. Suberror: 1' >&2; sleep 300",
    FERRY_KVM_BROKEN },
  { "crashes", "kill -ABRT $$", FERRY_KVM_BROKEN },
  { "refuses", "echo 'failed to initialize kvm: Permission denied' >&2; exit 1",
    FERRY_KVM_BROKEN },
};

/* Asked once, and again only when something changes. */
static void
test_kvm (Fixture *fixture, gconstpointer data)
{
  const guint *i = data;
  g_autofree char *script =
    g_strdup_printf ("printf x >> '%s/starts'\n%s", fixture->dir, kvm_cases[*i].script);
  g_autofree char *qemu = g_build_filename (fixture->tools, "my-qemu", NULL);
  gint64 before = g_get_monotonic_time ();

  if (access ("/dev/kvm", R_OK | W_OK) != 0)
    {
      g_test_skip ("no /dev/kvm");
      return;
    }

  g_unsetenv ("FERRY_KVM");
  g_setenv ("LIBGUESTFS_HV", qemu, TRUE);
  make_tool (fixture, "my-qemu", script);
  make_file (fixture->dir, "kernel", "", 0644);
  g_assert_cmpint (probe (fixture), ==, kvm_cases[*i].kvm);
  g_assert_cmpint (probe (fixture), ==, kvm_cases[*i].kvm);
  g_assert_cmpuint (count_starts (fixture), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 8 * G_USEC_PER_SEC);

  make_file (fixture->dir, "kernel", "another one", 0644);
  g_assert_cmpint (probe (fixture), ==, kvm_cases[*i].kvm);
  g_assert_cmpuint (count_starts (fixture), ==, 2);
}

static void
test_kvm_without_qemu (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("FERRY_KVM");
  g_setenv ("LIBGUESTFS_HV", "/nonexistent/qemu", TRUE);
  g_assert_cmpint (probe (fixture), !=, FERRY_KVM_WORKS);
  g_assert_cmpuint (count_starts (fixture), ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  static const guint numbers[] = { 0, 1, 2, 3 };

  g_test_init (&argc, &argv, NULL);

  ADD ("/host-local/environment", test_environment);
  ADD ("/host-local/tool-path", test_tool_path);
  ADD ("/host-local/missing-tool", test_missing_tool);
  ADD ("/host-local/end-marked", test_end_marked);
  ADD ("/host-local/capture-much", test_capture_much);
  ADD ("/host-local/work-dir/made", test_work_dir);
  ADD ("/host-local/work-dir/not-one", test_not_a_work_dir);
  ADD ("/host-local/work-dir/none", test_no_work_dir);
  g_test_add_func ("/host-local/facts/versions", test_versions);
  g_test_add_func ("/host-local/facts/words", test_words);
  ADD ("/host-local/facts/all", test_inspect);
  ADD ("/host-local/facts/broken", test_inspect_broken);
  ADD ("/host-local/facts/nothing", test_inspect_nothing);
  ADD ("/host-local/facts/cancelled", test_inspect_cancelled);
  ADD ("/host-local/kernel", test_kernel);
  ADD ("/host-local/kvm/override", test_kvm_override);
  for (guint i = 0; i < G_N_ELEMENTS (kvm_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/host-local/kvm/", kvm_cases[i].name, NULL);

      g_test_add (path, Fixture, &numbers[i], set_up, test_kvm, tear_down);
    }
  ADD ("/host-local/kvm/without-qemu", test_kvm_without_qemu);

  return g_test_run ();
}
