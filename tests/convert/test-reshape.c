/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-reshape.h"

#include "ferry-error.h"
#include "ferry-tree.h"
#include "ferry-undo.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)

typedef struct
{
  char *dir;
  FerryPlan *plan;
  FerryPlanGuest *guest; /* of the record's plan */
  FerryRecord *record;
  FerryHost *host;
  char **paths;
} Fixture;

/* Three disks of 1, 2 and 4 MiB, made for VMware. */
static FerryPlanGuest *
add_guest (FerryPlan *plan)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("web", "web");

  for (guint i = 0; i < 3; i++)
    {
      FerryDisk *disk = ferry_disk_new ("disk");

      disk->capacity_bytes = MIB << i;
      g_ptr_array_add (guest->disks, disk);
    }

  return ferry_plan_add_guest (plan, guest);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;

  fixture->dir = g_dir_make_tmp ("ferry reshape é XXXXXX", &error);
  g_assert_no_error (error);
  state = g_build_filename (fixture->dir, ".state", NULL);
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  fixture->plan = ferry_plan_new ();
  ferry_plan_set_ova_source (fixture->plan, "/srv/web.ova");
  ferry_plan_set_libvirt_destination (fixture->plan, "qemu:///system", "images");
  add_guest (fixture->plan);
  fixture->record = ferry_record_create (fixture->plan, &error);
  g_assert_no_error (error);
  fixture->guest = ferry_plan_get_guest (fixture->record->plan, 0);
  fixture->host = ferry_host_local_new ();
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("web-sd%c", (char) ('a' + i));
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_strv_builder_add (paths, path);
    }
  fixture->paths = g_strv_builder_end (paths);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_clear_object (&fixture->host);
  g_clear_pointer (&fixture->record, ferry_record_free);
  g_clear_pointer (&fixture->plan, ferry_plan_free);
  g_strfreev (fixture->paths);
  g_free (fixture->dir);
}

static void
choose (FerryPlanGuest *guest, guint index, FerryFormat format, FerryAllocation allocation)
{
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  disk->format = format;
  disk->allocation = allocation;
}

static void
test_one_for_all (Fixture *fixture, gconstpointer data)
{
  FerryPlanGuest *guest = fixture->guest;

  g_assert_cmpint (ferry_reshape_get_format (guest), ==, FERRY_FORMAT_QCOW2);
  g_assert_cmpint (ferry_reshape_get_allocation (guest), ==, FERRY_ALLOCATION_SPARSE);
  g_assert_false (ferry_reshape_is_needed (guest));

  /* 4 MiB of raw outweigh 3 of qcow2. */
  choose (guest, 2, FERRY_FORMAT_RAW, 0);
  g_assert_cmpint (ferry_reshape_get_format (guest), ==, FERRY_FORMAT_RAW);
  g_assert_true (ferry_reshape_is_needed (guest));
  ferry_plan_guest_get_disk (guest, 2)->included = FALSE;
  g_assert_cmpint (ferry_reshape_get_format (guest), ==, FERRY_FORMAT_QCOW2);
  g_assert_false (ferry_reshape_is_needed (guest));

  guest->allocation = FERRY_ALLOCATION_PREALLOCATED;
  g_assert_cmpint (ferry_reshape_get_allocation (guest), ==, FERRY_ALLOCATION_PREALLOCATED);
  choose (guest, 0, 0, FERRY_ALLOCATION_SPARSE);
  g_assert_cmpint (ferry_reshape_get_allocation (guest), ==, FERRY_ALLOCATION_SPARSE);
}

/* Of two alike the one that the guest's disks have by default. */
static void
test_draw (Fixture *fixture, gconstpointer data)
{
  FerryPlanGuest *guest = fixture->guest;

  ((FerryDisk *) ferry_guest_get_disk (guest->source, 1))->capacity_bytes = MIB;
  ferry_plan_guest_get_disk (guest, 2)->included = FALSE;
  choose (guest, 0, FERRY_FORMAT_RAW, 0);
  g_assert_cmpint (ferry_reshape_get_format (guest), ==, FERRY_FORMAT_QCOW2);
  guest->format = FERRY_FORMAT_RAW;
  choose (guest, 0, FERRY_FORMAT_QCOW2, 0);
  g_assert_cmpint (ferry_reshape_get_format (guest), ==, FERRY_FORMAT_RAW);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  FerryPlan *plan = fixture->plan;
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  FerryDisk *disk = (FerryDisk *) ferry_guest_get_disk (guest->source, 0);

  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, NULL), ==, 0);
  choose (guest, 0, FERRY_FORMAT_RAW, 0);
  g_assert_cmpuint (ferry_reshape_get_bytes (guest, 0), ==, MIB);
  disk->used_bytes = 5;
  g_assert_cmpuint (ferry_reshape_get_bytes (guest, 0), ==, 5);
  choose (guest, 0, FERRY_FORMAT_RAW, FERRY_ALLOCATION_PREALLOCATED);
  g_assert_cmpuint (ferry_reshape_get_bytes (guest, 0), ==, MIB);

  /* One after the other. */
  choose (guest, 1, FERRY_FORMAT_QCOW2, FERRY_ALLOCATION_PREALLOCATED);
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, NULL), ==, 2 * MIB);
  ferry_plan_guest_get_disk (guest, 1)->storage = g_strdup ("ssd");
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, "images"), ==, MIB);
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, "ssd"), ==, 2 * MIB);
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, "other"), ==, 0);
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, NULL), ==, MIB);

  /* That is copied disk by disk, in whatever format. */
  guest->source->hypervisor = FERRY_HYPERVISOR_KVM;
  g_assert_cmpuint (ferry_plan_get_reshape_bytes (plan, NULL), ==, 0);
}

/* --- really --- */

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return out;
}

/* What virt-v2v leaves, with a pattern at its start. */
static void
make_disks (Fixture *fixture)
{
  const char *format = ferry_format_to_word (ferry_reshape_get_format (fixture->guest));

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, MIB << i);
      const char *create[] = { "qemu-img", "create", "-q", "-f", format, fixture->paths[i], size,
                               NULL };
      const char *write[] = { "qemu-io",         "-f", format, "-c", "write -P 0x5a 0 64k",
                              fixture->paths[i], NULL };

      g_free (run (create));
      g_free (run (write));
      g_assert_cmpint (g_chmod (fixture->paths[i], 0640), ==, 0);
    }
}

static void
assert_disk (Fixture *fixture, guint index, const char *format, gboolean is_full)
{
  const char *path = fixture->paths[index];
  const char *read[] = { "qemu-io", "-f", format, "-c", "read -P 0x5a 0 64k", path, NULL };
  g_autofree char *out = run (read);
  struct stat info;

  g_assert_null (strstr (out, "failed"));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpint ((guint64) info.st_blocks * 512 >= MIB << index, ==, is_full);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->dir, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    count += !g_str_equal (name, ".state");

  return count;
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  double *last = user_data;
  double part = (double) done / (double) total;

  g_assert_cmpfloat (part, >=, *last);
  g_assert_cmpfloat (part, <=, 1);
  *last = part;
}

static gboolean
reshape (Fixture *fixture, GCancellable *cancellable, double *part, GError **error)
{
  FerryMonitor monitor = { on_part, part };
  FerryReshape what = { fixture->host, fixture->guest, fixture->paths, fixture->record, &monitor };

  return ferry_reshape_run (&what, cancellable, error);
}

static void
test_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  double part = 0;

  choose (fixture->guest, 0, FERRY_FORMAT_QCOW2, 0);
  choose (fixture->guest, 1, FERRY_FORMAT_QCOW2, FERRY_ALLOCATION_PREALLOCATED);
  choose (fixture->guest, 2, FERRY_FORMAT_RAW, FERRY_ALLOCATION_PREALLOCATED);
  make_disks (fixture);
  reshape (fixture, NULL, &part, &error);
  g_assert_no_error (error);
  assert_disk (fixture, 0, "qcow2", FALSE);
  assert_disk (fixture, 1, "qcow2", TRUE);
  assert_disk (fixture, 2, "raw", TRUE);
  g_assert_cmpuint (count_files (fixture), ==, 3);
  g_assert_cmpuint (fixture->record->undo->len, ==, 0);
  g_assert_cmpfloat (part, >, 0);
}

/* The disk that is there stays, and what was begun is in the journal. */
static void
test_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  double part = 0;

  choose (fixture->guest, 0, FERRY_FORMAT_RAW, 0);
  make_disks (fixture);
  g_assert_true (g_file_set_contents (fixture->paths[0], "no qcow2", -1, NULL));
  g_assert_false (reshape (fixture, NULL, &part, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpuint (count_files (fixture), ==, 4);
  g_assert_true (ferry_undo_all (fixture->record, fixture->host, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 3);
  g_assert_true (g_file_test (fixture->paths[0], G_FILE_TEST_EXISTS));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  double part = 0;

  choose (fixture->guest, 0, FERRY_FORMAT_RAW, 0);
  make_disks (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_false (reshape (fixture, cancellable, &part, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture), ==, 3);
}

/* What an earlier attempt left, or somebody put there. */
static void
test_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf (".ferry-%s-0.new", fixture->record->id);
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *victim = g_build_filename (fixture->dir, "victim", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  double part = 0;

  choose (fixture->guest, 0, FERRY_FORMAT_RAW, 0);
  make_disks (fixture);
  g_assert_true (g_file_set_contents (victim, "precious", -1, NULL));
  g_assert_cmpint (symlink (victim, path), ==, 0);
  reshape (fixture, NULL, &part, &error);
  g_assert_no_error (error);
  assert_disk (fixture, 0, "raw", FALSE);
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/reshape/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-for-all", test_one_for_all);
  ADD ("draw", test_draw);
  ADD ("bytes", test_bytes);
  ADD ("run", test_run);
  ADD ("fails", test_fails);
  ADD ("cancelled", test_cancelled);
  ADD ("in-the-way", test_in_the_way);

  return g_test_run ();
}
