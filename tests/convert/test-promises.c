/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-promises.h"

#include "ferry-tree.h"

#include <glib/gstdio.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)
/* What an import's disk is said to need. */
#define NEED (8 * MIB)
/* What a file may take more than it holds. */
#define SLACK (128 * 1024)

/* @plan: into the folder @place, where @facts say there is a storage; @next_usec: for the records,
 * each of which is younger than the last */
typedef struct
{
  char *dir;
  char *place;
  FerryPlan *plan;
  FerryHostFacts *host;
  FerryDestinationFacts *facts;
  gint64 next_usec;
} Fixture;

static FerryStorage *
get_storage (Fixture *fixture)
{
  return g_ptr_array_index (fixture->facts->storages, 0);
}

static void
make_plan (Fixture *fixture)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("web", "web");
  FerryDisk *disk = ferry_disk_new ("disk");

  disk->capacity_bytes = 10 * NEED;
  disk->used_bytes = (gint64) NEED;
  g_ptr_array_add (guest->disks, disk);
  fixture->plan = ferry_plan_new ();
  ferry_plan_set_ova_source (fixture->plan, "/srv/web.ova");
  ferry_plan_set_folder_destination (fixture->plan, fixture->place);
  ferry_plan_add_guest (fixture->plan, guest);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  FerryStorage *storage;

  fixture->dir = g_dir_make_tmp ("ferry-promises-XXXXXX", &error);
  g_assert_no_error (error);
  state = g_build_filename (fixture->dir, "state", NULL);
  fixture->place = g_build_filename (fixture->dir, "guests", NULL);
  g_assert_cmpint (g_mkdir (fixture->place, 0700), ==, 0);
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  g_setenv ("FERRY_TMPDIR", fixture->dir, TRUE);
  make_plan (fixture);

  fixture->host = ferry_host_facts_new ();
  g_free (fixture->host->tmp_dir);
  fixture->host->tmp_dir = g_strdup (fixture->dir);
  fixture->facts = ferry_destination_facts_new ();
  storage = ferry_storage_new ("images", "dir");
  storage->path = g_strdup (fixture->place);
  g_ptr_array_add (fixture->facts->storages, storage);
  fixture->next_usec = 1000;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_clear_pointer (&fixture->plan, ferry_plan_free);
  g_clear_pointer (&fixture->host, ferry_host_facts_free);
  g_clear_pointer (&fixture->facts, ferry_destination_facts_free);
  g_free (fixture->place);
  g_free (fixture->dir);
}

static void
save (FerryRecord *record)
{
  g_autoptr (GError) error = NULL;

  ferry_record_save (record, &error);
  g_assert_no_error (error);
}

static FerryRecord *
add (Fixture *fixture, FerryImportState state)
{
  g_autoptr (GError) error = NULL;
  FerryRecord *record = ferry_record_create (fixture->plan, &error);

  g_assert_no_error (error);
  record->created_usec = fixture->next_usec++;
  record->state = state;
  if (state != FERRY_IMPORT_QUEUED)
    record->started_usec = fixture->next_usec++;
  save (record);

  return record;
}

/* As an import does: noted, then written. */
static void
write_file (FerryRecord *record, const char *kind, const char *tree, const char *name)
{
  g_autofree char *path = g_build_filename (tree, name, NULL);
  g_autofree guint32 *bytes = g_new (guint32, 2 * MIB / 4);
  g_autoptr (GError) error = NULL;

  ferry_record_push_undo (record, &error, kind, g_str_equal (kind, "remove-file") ? path : tree,
                          NULL);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (tree, 0700), ==, 0);
  /* Nothing that a file system could compress. */
  for (gsize i = 0; i < 2 * MIB / 4; i++)
    bytes[i] = (guint32) g_test_rand_int ();
  g_file_set_contents (path, (const char *) bytes, 2 * MIB, &error);
  g_assert_no_error (error);
}

/* All that is promised at the storage, which may be as little less as the files take more. */
static void
assert_promised (Fixture *fixture, const FerryRecord *asking, guint64 bytes)
{
  guint64 promised;

  ferry_promises_note (fixture->plan, asking, fixture->host, fixture->facts);
  promised = get_storage (fixture)->promised_bytes;
  g_assert_cmpuint (promised, <=, bytes);
  g_assert_cmpuint (promised + SLACK, >=, bytes);
  g_assert_cmpuint (fixture->host->tmp_promised_bytes, ==, promised);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  get_storage (fixture)->promised_bytes = 1;
  assert_promised (fixture, NULL, 0);
}

/* Whatever has not ended counts for one that is only planned. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    FerryImportState state;
    guint64 bytes;
  } rows[] = {
    { FERRY_IMPORT_QUEUED, NEED },     { FERRY_IMPORT_PREPARING, NEED },
    { FERRY_IMPORT_CONVERTING, NEED }, { FERRY_IMPORT_COPYING, NEED },
    { FERRY_IMPORT_FINISHING, 0 },     { FERRY_IMPORT_SUCCEEDED, 0 },
    { FERRY_IMPORT_FAILED, 0 },        { FERRY_IMPORT_CANCELLED, 0 },
    { FERRY_IMPORT_INTERRUPTED, 0 },
  };
  guint64 all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ferry_record_free (add (fixture, rows[i].state));
      all += rows[i].bytes;
      assert_promised (fixture, NULL, all);
    }
}

/* What is written is no longer free either: it must not be subtracted twice. */
static void
test_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hidden = g_build_filename (fixture->place, ".ferry-1", NULL);
  g_autofree char *work = g_build_filename (fixture->dir, "ferry-0-1", NULL);
  g_autoptr (FerryRecord) record = add (fixture, FERRY_IMPORT_COPYING);

  write_file (record, "remove-tree", work, "overlay");
  assert_promised (fixture, NULL, NEED);
  write_file (record, "remove-tree", hidden, "web-sda");
  assert_promised (fixture, NULL, NEED - 2 * MIB);

  /* More than was said. */
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("disk%u", i);

      write_file (record, "remove-tree", hidden, name);
    }
  assert_promised (fixture, NULL, 0);
}

static void
test_preallocated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = NULL;

  ferry_plan_get_guest (fixture->plan, 0)->allocation = FERRY_ALLOCATION_PREALLOCATED;
  record = add (fixture, FERRY_IMPORT_QUEUED);
  assert_promised (fixture, NULL, 10 * NEED);
}

/* What is unpacked, while it is. */
static void
test_work (Fixture *fixture, gconstpointer data)
{
  g_autofree char *work = g_build_filename (fixture->dir, "ferry-0-1", NULL);
  g_autoptr (FerryRecord) record = add (fixture, FERRY_IMPORT_PREPARING);

  record->work_bytes = 6 * MIB;
  save (record);
  assert_promised (fixture, NULL, NEED + 6 * MIB);
  write_file (record, "remove-tree", work, "disk.vmdk");
  assert_promised (fixture, NULL, NEED + 4 * MIB);
  record->state = FERRY_IMPORT_CONVERTING;
  save (record);
  assert_promised (fixture, NULL, NEED);
}

static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  ferry_record_free (add (fixture, FERRY_IMPORT_COPYING));
  g_free (get_storage (fixture)->path);
  get_storage (fixture)->path = g_strdup ("/proc");
  ferry_promises_note (fixture->plan, NULL, fixture->host, fixture->facts);
  g_assert_cmpuint (get_storage (fixture)->promised_bytes, ==, 0);
  g_assert_cmpuint (fixture->host->tmp_promised_bytes, ==, NEED);

  ferry_plan_set_folder_destination (fixture->plan, "/nonexistent/guests");
  ferry_record_free (add (fixture, FERRY_IMPORT_QUEUED));
  ferry_promises_note (fixture->plan, NULL, fixture->host, NULL);
  g_assert_cmpuint (fixture->host->tmp_promised_bytes, ==, NEED);
}

/* Two that are under way never count each other both: the later counts the earlier. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) retried = add (fixture, FERRY_IMPORT_QUEUED);
  g_autoptr (FerryRecord) first = add (fixture, FERRY_IMPORT_COPYING);
  g_autoptr (FerryRecord) second = add (fixture, FERRY_IMPORT_PREPARING);
  g_autoptr (FerryRecord) waiting = add (fixture, FERRY_IMPORT_QUEUED);

  retried->state = FERRY_IMPORT_PREPARING;
  retried->started_usec = fixture->next_usec++;
  save (retried);

  assert_promised (fixture, first, 0);
  assert_promised (fixture, second, NEED);
  assert_promised (fixture, retried, 2 * NEED);
  assert_promised (fixture, NULL, 4 * NEED);

  /* About to start: its turn comes before what was made later. */
  waiting->created_usec = 1;
  save (waiting);
  assert_promised (fixture, first, NEED);
}

/* Of the same instant, one is before the other. */
static void
test_same_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) a = add (fixture, FERRY_IMPORT_PREPARING);
  g_autoptr (FerryRecord) b = add (fixture, FERRY_IMPORT_PREPARING);
  guint64 promised;

  b->started_usec = a->started_usec;
  save (b);
  ferry_promises_note (fixture->plan, a, NULL, fixture->facts);
  promised = get_storage (fixture)->promised_bytes;
  ferry_promises_note (fixture->plan, b, NULL, fixture->facts);
  g_assert_cmpuint (promised + get_storage (fixture)->promised_bytes, ==, NEED);
}

/* A pool is found by its name as long as nothing is in it, and by its files then. */
static void
test_libvirt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) queued = NULL;
  g_autoptr (FerryRecord) other_pool = NULL;
  g_autoptr (FerryRecord) other_daemon = NULL;

  ferry_plan_set_libvirt_destination (fixture->plan, "qemu:///session", "images");
  other_daemon = add (fixture, FERRY_IMPORT_QUEUED);
  ferry_plan_set_libvirt_destination (fixture->plan, "qemu:///system", "none");
  other_pool = add (fixture, FERRY_IMPORT_QUEUED);
  ferry_plan_set_libvirt_destination (fixture->plan, "qemu:///system", "images");
  assert_promised (fixture, NULL, 0);
  queued = add (fixture, FERRY_IMPORT_QUEUED);
  assert_promised (fixture, NULL, NEED);
  write_file (other_daemon, "remove-file", fixture->place, "web-sda");
  assert_promised (fixture, NULL, 2 * NEED - 2 * MIB);
}

/* Each disk counts where it goes, and those that stay behind nowhere. */
static void
test_two_pools (Fixture *fixture, gconstpointer data)
{
  FerryStorage *fast = ferry_storage_new ("fast", "dir");
  FerryPlanGuest *guest = ferry_plan_get_guest (fixture->plan, 0);
  g_autoptr (FerryGuest) source = ferry_guest_copy (guest->source);
  g_autoptr (FerryRecord) record = NULL;

  fast->path = g_strdup ("/proc");
  g_ptr_array_add (fixture->facts->storages, fast);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (source->disks, ferry_disk_copy (ferry_guest_get_disk (source, 0)));
  ferry_plan_remove_guest (fixture->plan, source->id);
  guest = ferry_plan_add_guest (fixture->plan, source);
  ferry_plan_set_libvirt_destination (fixture->plan, "qemu:///system", "fast");
  ferry_plan_guest_get_disk (guest, 0)->included = FALSE;
  ferry_plan_guest_get_disk (guest, 2)->storage = g_strdup ("images");
  record = add (fixture, FERRY_IMPORT_COPYING);
  assert_promised (fixture, NULL, NEED);
  g_assert_cmpuint (fast->promised_bytes, ==, NEED);

  /* The second of those that are imported. */
  write_file (record, "remove-file", fixture->place, "web-sdb");
  assert_promised (fixture, NULL, NEED - 2 * MIB);
  g_assert_cmpuint (fast->promised_bytes, ==, NEED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/promises/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing", test_nothing);
  ADD ("states", test_states);
  ADD ("written", test_written);
  ADD ("preallocated", test_preallocated);
  ADD ("work", test_work);
  ADD ("elsewhere", test_elsewhere);
  ADD ("order", test_order);
  ADD ("same-time", test_same_time);
  ADD ("libvirt", test_libvirt);
  ADD ("two-pools", test_two_pools);

  return g_test_run ();
}
