/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A look into disks with the real qemu-img, but a stand-in for the program that starts an appliance. */
#include "config.h"

#include "ferry-error.h"
#include "ferry-inspect.h"
#include "ferry-leftovers.h"
#include "ferry-tree.h"
#include "two-disk-ova.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY "open [s]esame, 'please'"

static const char answer[] = "{\\\"inside\\\":{\\\"roots\\\":[{\\\"device\\\":\\\"/dev/sda1\\\"}],"
                             "\\\"encrypted\\\":[\\\"/dev/sdb1\\\"]}}";

typedef struct
{
  char *dir;
  char *tmp;
  FerryPlan *plan;
  FerryGuest *guest;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-inspect-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->tmp = g_build_filename (fixture->dir, "tmp", NULL);
  g_assert_cmpint (g_mkdir (fixture->tmp, 0700), ==, 0);
  g_setenv ("FERRY_TMPDIR", fixture->tmp, TRUE);
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
  g_setenv ("FERRY_CACHE_DIR", fixture->dir, TRUE);
  g_setenv ("FERRY_KVM", "absent", TRUE);
  g_setenv ("FERRY_TEST_NOTES", fixture->dir, TRUE);
  fixture->plan = two_disk_ova_new (fixture->dir, &fixture->guest);
}

/* Whatever became of the look, nothing of it is left. */
static void
assert_clean (Fixture *fixture)
{
  g_autoptr (GDir) tmp = g_dir_open (fixture->tmp, 0, NULL);

  g_assert_nonnull (tmp);
  g_assert_null (g_dir_read_name (tmp));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  assert_clean (fixture);
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  ferry_guest_free (fixture->guest);
  ferry_plan_free (fixture->plan);
  g_free (fixture->dir);
  g_free (fixture->tmp);
}

/* The stand-in runs @script in its folder for notes, with what it was given at $@. */
static void
put_helper (Fixture *fixture, const char *script)
{
  g_autofree char *path = g_build_filename (fixture->dir, "ferry-guestfs-helper", NULL);
  g_autofree char *text =
      g_strdup_printf ("#!/bin/sh\ncd \"$FERRY_TEST_NOTES\" || exit 9\n%s\n", script);

  g_assert_true (
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
}

static char *
read_note (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_look (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf ("for disk; do qemu-img info --output=human \"$disk\" "
                                             "| sed -n 's/^image: //p' >> disks; done\n"
                                             "stat -c %%a \"$(dirname \"$1\")\" > mode\nenv > "
                                             "environment\ncat > keys\necho \"%s\"\n",
                                             answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = NULL;
  g_autofree char *disks = NULL;
  g_autofree char *environment = NULL;
  g_autofree char *mode = NULL;
  g_auto (GStrv) lines = NULL;

  put_helper (fixture, script);
  inspection = ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ferry_inspection_get_root (inspection, 0)->device, ==, "/dev/sda1");
  g_assert_cmpstr (inspection->encrypted[0], ==, "/dev/sdb1");
  disks = read_note (fixture, "disks");
  lines = g_strsplit (g_strchomp (disks), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  mode = read_note (fixture, "mode");
  g_assert_cmpstr (mode, ==, "700\n");
  environment = read_note (fixture, "environment");
  g_assert_nonnull (strstr (environment, "LIBGUESTFS_BACKEND=direct\n"));
  g_assert_nonnull (strstr (environment, "LIBGUESTFS_BACKEND_SETTINGS=force_tcg\n"));
}

static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf ("echo \"$#\" > count; echo \"%s\"", answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = NULL;
  g_autofree char *count = NULL;
  FerryPlanGuest *planned = ferry_plan_add_guest (fixture->plan, fixture->guest);

  put_helper (fixture, script);
  ferry_plan_guest_get_disk (planned, 0)->included = FALSE;
  inspection = ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error);
  g_assert_no_error (error);
  count = read_note (fixture, "count");
  g_assert_cmpstr (count, ==, "1\n");
}

static char *
make_folder (Fixture *fixture, int pid, const char *end)
{
  g_autofree char *name = g_strdup_printf ("ferry-%u-look-%d%s", (guint) geteuid (), pid, end);
  char *path = g_build_filename (fixture->tmp, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);

  return path;
}

/* One whose process was killed: the next look ends what it had started, and removes its files. */
static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  const char *gone_argv[] = { "sleep", "0.5", NULL };
  const char *orphan_argv[] = { "sleep", "600", NULL };
  g_autoptr (GSubprocess) gone = g_subprocess_newv (gone_argv, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  int pid = atoi (g_subprocess_get_identifier (gone));
  g_autofree char *marker = g_strdup_printf ("look-%d-0-serve", pid);
  g_autoptr (GSubprocess) orphan = NULL;
  g_autofree char *stale = NULL;
  g_autofree char *ours = make_folder (fixture, (int) getpid (), "-77");
  g_autofree char *other = make_folder (fixture, 1, "x");
  g_autoptr (FerryInspection) inspection = NULL;

  g_subprocess_wait (gone, NULL, NULL);
  stale = make_folder (fixture, pid, "-0");
  g_subprocess_launcher_setenv (launcher, "FERRY_IMPORT", marker, TRUE);
  orphan = g_subprocess_launcher_spawnv (launcher, orphan_argv, NULL);
  put_helper (fixture, "echo '{}'");
  inspection = ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, NULL);
  g_subprocess_wait (orphan, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (orphan));
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (ours), ==, 0);
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

/* In no argument, no variable, no file; nobody but the one who needs it has it. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script =
      g_strdup_printf ("cat > keys\n"
                       "grep -laz 'open [[]s]esame' /proc/[0-9]*/cmdline /proc/[0-9]*/environ > "
                       "leaks 2>/dev/null\n"
                       "grep -rl 'open [[]s]esame' \"$(dirname \"$1\")\" >> leaks\necho \"%s\"",
                       answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *leaks = NULL;
  FerryPlanGuest *planned = ferry_plan_add_guest (fixture->plan, fixture->guest);

  put_helper (fixture, script);
  ferry_plan_add_key (fixture->plan->keys, NULL, KEY);
  ferry_plan_add_key (planned->keys, "/dev/sdb1", "of its own");
  inspection = ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error);
  g_assert_no_error (error);
  keys = read_note (fixture, "keys");
  g_assert_cmpstr (keys, ==, "/dev/sdb1 of its own\n- " KEY "\n");
  leaks = read_note (fixture, "leaks");
  g_assert_cmpstr (leaks, ==, "");
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  if (total == 0)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const FerryMonitor monitor = { on_part, cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = NULL;

  put_helper (fixture, "sleep 600 & sleep 600");
  inspection = ferry_inspect_guest (fixture->plan, fixture->guest, &monitor, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (inspection);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *script;
    FerryError code;
  } cases[] = {
    { "exit 3", FERRY_ERROR_CONVERSION },
    { "kill -9 $$", FERRY_ERROR_CONVERSION },
    { "echo garbage", FERRY_ERROR_INVALID },
    { "true", FERRY_ERROR_INVALID },
    { "head -c 3000000 /dev/zero | tr '\\0' a", FERRY_ERROR_INVALID },
    { "echo '{\"error\": \"guestfs_launch failed\"}'", FERRY_ERROR_CONVERSION },
    { "echo '{\"error\": \"No space left on device\"}'", FERRY_ERROR_NO_SPACE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      put_helper (fixture, cases[i].script);
      g_assert_null (ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error));
      g_test_message ("%s: %s", cases[i].script, error->message);
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
      assert_clean (fixture);
    }
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) blank = ferry_guest_new ("web", "web");

  g_assert_null (ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_clear_error (&error);
  g_assert_null (ferry_inspect_guest (fixture->plan, blank, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture->guest->hypervisor = FERRY_HYPERVISOR_KVM;
  g_assert_null (ferry_inspect_guest (fixture->plan, fixture->guest, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

/* --- the answer --- */

static void
test_parse_several (void)
{
  const char *text =
      "{\"inside\":{\"roots\":["
      "{\"device\":\"/dev/sda1\",\"name\":\"Windows Server 2019 Standard\",\"os\":\"win2k19\","
      "\"family\":\"windows\",\"arch\":\"x86_64\",\"hibernated\":true,\"free_bytes\":1024},"
      "{\"device\":\"/dev/fedora/root\",\"name\":\"Fedora\\u001b[31m 36\\n(Server)\","
      "\"family\":\"linux\"},"
      "{\"device\":\"btrfsvol:/dev/sdb2/root\",\"name\":\" \"}],\"encrypted\":[]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = ferry_inspect_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (inspection->roots->len, ==, 3);
  g_assert_true (ferry_inspection_get_root (inspection, 0)->hibernated);
  g_assert_cmpstr (ferry_inspection_get_root (inspection, 1)->name, ==, "Fedora [31m 36 (Server)");
  g_assert_cmpint (ferry_inspection_get_root (inspection, 1)->free_bytes, ==, -1);
  g_assert_null (ferry_inspection_get_root (inspection, 2)->name);
}

/* libguestfs only tells "12.0" of a Debian; libosinfo's database may be missing. */
static void
test_parse_names_debian (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection =
      ferry_inspect_parse ("{\"inside\":{\"roots\":[{\"device\":\"/dev/"
                           "sda1\",\"name\":\"11.0\",\"os\":\"debian11\"},"
                           "{\"device\":\"/dev/sda2\",\"name\":\"1.0\",\"os\":\"nobody-knows\"}]}}",
                           &error);
  const char *name;

  g_assert_no_error (error);
  name = ferry_inspection_get_root (inspection, 0)->name;
  g_assert_true (g_str_has_prefix (name, "Debian") || g_str_equal (name, "11.0"));
  g_assert_cmpstr (ferry_inspection_get_root (inspection, 1)->name, ==, "1.0");
}

static void
test_parse_long_name (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *text =
      g_strdup_printf ("{\"inside\":{\"roots\":[{\"device\":\"/dev/sda1\",\"name\":\"%s\"}]}}",
                       name);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inspection = ferry_inspect_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (ferry_inspection_get_root (inspection, 0)->name), ==, 100);
}

static void
test_parse_garbage (void)
{
  static const char *const cases[] = {
    "",
    "[]",
    "7",
    "<operatingsystems/>",
    "{\"inside\":[]}",
    "{\"inside\":{\"roots\":[{}]}}",
    "{\"inside\":{\"roots\":[{\"device\":\"\"}]}}",
    "{\"inside\":{\"roots\":[{\"device\":\"/dev/sda1\\nrm\"}]}}",
    "{\"inside\":{\"encrypted\":[\"\\u001b[2J\"]}}",
    "{\"inside\":{\"encrypted\":[7]}}",
    "{\"error\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ferry_inspect_parse (cases[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

static void
test_parse_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_inspect_parse ("{}", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONVERSION);
  g_clear_error (&error);
  g_assert_null (ferry_inspect_parse ("{\"error\":\"no\\nkernel\"}", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONVERSION);
  g_assert_nonnull (strstr (error->message, "no kernel"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/inspect/look", test_look);
  ADD ("/inspect/left-out", test_left_out);
  ADD ("/inspect/leftovers", test_leftovers);
  ADD ("/inspect/keys", test_keys);
  ADD ("/inspect/cancel", test_cancel);
  ADD ("/inspect/fails", test_fails);
  ADD ("/inspect/refuses", test_refuses);
  g_test_add_func ("/inspect/parse/several", test_parse_several);
  g_test_add_func ("/inspect/parse/names-debian", test_parse_names_debian);
  g_test_add_func ("/inspect/parse/long-name", test_parse_long_name);
  g_test_add_func ("/inspect/parse/garbage", test_parse_garbage);
  g_test_add_func ("/inspect/parse/error", test_parse_error);

  return g_test_run ();
}
