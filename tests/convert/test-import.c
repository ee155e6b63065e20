/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * What the next worker does with an import whose worker was killed. Whole imports, which need an
 * appliance, are tests/integration's. */
#include "config.h"
#include "ferry-import.h"

#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>

/* An import into a folder that is at its end: its disk lies in the hidden folder. */
typedef struct
{
  char *dir;
  char *work_dir;
  char *hidden;
  char *final;
  char *file;
  FerryRecord *record;
} Fixture;

static void
create_record (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("web", "web");

  ferry_plan_set_ova_source (plan, "/srv/web.ova");
  ferry_plan_set_folder_destination (plan, fixture->dir);
  g_ptr_array_add (guest->disks, ferry_disk_new ("disk"));
  ferry_plan_add_guest (plan, guest);
  fixture->record = ferry_record_create (plan, &error);
  g_assert_no_error (error);
}

static void
make_folder_with_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "web-sda.qcow2", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "disk", -1, NULL));
}

static void
push_tree (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  ferry_record_push_undo (fixture->record, &error, "remove-tree", path, NULL);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden_name = NULL;
  g_autofree char *state = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-import-XXXXXX", &error);
  g_assert_no_error (error);
  state = g_build_filename (fixture->dir, ".state", NULL);
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  create_record (fixture);

  hidden_name = g_strdup_printf (".ferry-%s", fixture->record->id);
  fixture->work_dir = g_build_filename (fixture->dir, "work", NULL);
  fixture->hidden = g_build_filename (fixture->dir, hidden_name, NULL);
  fixture->final = g_build_filename (fixture->dir, "web", NULL);
  fixture->file = g_build_filename (fixture->final, "web-sda.qcow2", NULL);
  make_folder_with_disk (fixture->work_dir);
  make_folder_with_disk (fixture->hidden);
  push_tree (fixture, fixture->work_dir);
  push_tree (fixture, fixture->hidden);
  ferry_record_enter (fixture->record, FERRY_IMPORT_FINISHING, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_clear_pointer (&fixture->record, ferry_record_free);
  g_free (fixture->dir);
  g_free (fixture->work_dir);
  g_free (fixture->hidden);
  g_free (fixture->final);
  g_free (fixture->file);
}

static void
note_result (Fixture *fixture)
{
  char *files[] = { fixture->file, NULL };
  g_autoptr (GError) error = NULL;

  ferry_record_note_result (fixture->record, fixture->final, files, NULL, &error);
  g_assert_no_error (error);
}

/* As the next worker does: from what is on the disk, and to the disk. */
static FerryRecord *
recover (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) found = ferry_record_load (fixture->record->id, &error);
  FerryRecord *left;

  g_assert_no_error (error);
  ferry_import_recover (found, &error);
  g_assert_no_error (error);
  left = ferry_record_load (fixture->record->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->undo->len, ==, 0);
  g_assert_false (g_file_test (fixture->work_dir, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->hidden, G_FILE_TEST_EXISTS));

  return left;
}

static void
test_half_made (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = recover (fixture);

  g_assert_cmpint (record->state, ==, FERRY_IMPORT_INTERRUPTED);
  g_assert_nonnull (record->failure);
}

/* Killed between the rename and what the journal would have said of it. */
static void
test_published (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = NULL;

  note_result (fixture);
  g_assert_cmpint (g_rename (fixture->hidden, fixture->final), ==, 0);
  record = recover (fixture);
  g_assert_cmpint (record->state, ==, FERRY_IMPORT_SUCCEEDED);
  g_assert_null (record->failure);
  g_assert_cmpuint (record->warnings->len, ==, 0);
  g_assert_cmpstr (record->location, ==, fixture->final);
  g_assert_cmpstr (record->files[0], ==, fixture->file);
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* Killed just before the rename; another one has taken the name since. */
static void
test_announced_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = NULL;

  note_result (fixture);
  make_folder_with_disk (fixture->final);
  record = recover (fixture);
  g_assert_cmpint (record->state, ==, FERRY_IMPORT_INTERRUPTED);
  g_assert_null (record->location);
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* Nobody can say whether it was started, so nobody claims it. */
static void
test_published_to_be_started (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = NULL;

  note_result (fixture);
  g_assert_cmpint (g_rename (fixture->hidden, fixture->final), ==, 0);
  ferry_plan_get_guest (fixture->record->plan, 0)->start = TRUE;
  ferry_import_recover (fixture->record, NULL);
  record = ferry_record_load (fixture->record->id, NULL);
  g_assert_cmpint (record->state, ==, FERRY_IMPORT_SUCCEEDED);
  g_assert_cmpuint (record->warnings->len, ==, 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/import/recover/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("half-made", test_half_made);
  ADD ("published", test_published);
  ADD ("announced-only", test_announced_only);
  ADD ("published-to-be-started", test_published_to_be_started);

  return g_test_run ();
}
