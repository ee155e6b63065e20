/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record.h"

#include "ferry-paths.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-record-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_STATE_DIR", fixture->dir, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ferry_tree_remove (fixture->dir, &error);
  g_assert_no_error (error);
  g_free (fixture->dir);
}

static FerryPlan *
make_plan (void)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("tiny", "Täst & Söhne");
  FerryPlan *plan = ferry_plan_new ();

  g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 1"));
  ferry_plan_set_ova_source (plan, "/srv/appliances/tiny.ova");
  ferry_plan_set_folder_destination (plan, "/srv/guests");
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static FerryRecord *
create_record (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GError) error = NULL;
  FerryRecord *record = ferry_record_create (plan, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static FerryRecord *
load_record (const char *id)
{
  g_autoptr (GError) error = NULL;
  FerryRecord *record = ferry_record_load (id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static char *
dup_path (Fixture *fixture, const char *id, const char *name)
{
  return g_build_filename (fixture->dir, "imports", id, name, NULL);
}

static char *
read_file (Fixture *fixture, const char *id, const char *name)
{
  g_autofree char *path = dup_path (fixture, id, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_file (Fixture *fixture, const char *id, const char *name, const char *text)
{
  g_autofree char *path = dup_path (fixture, id, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, mode);
}

static void
assert_equal (const FerryRecord *a, const FerryRecord *b)
{
  g_autofree char *plan_a = ferry_plan_to_text (a->plan);
  g_autofree char *plan_b = ferry_plan_to_text (b->plan);

  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (plan_a, ==, plan_b);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpint (a->created_usec, ==, b->created_usec);
  g_assert_cmpint (a->started_usec, ==, b->started_usec);
  g_assert_cmpint (a->ended_usec, ==, b->ended_usec);
  g_assert_cmpuint (a->attempt, ==, b->attempt);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpuint (a->steps->len, ==, b->steps->len);
  for (guint i = 0; i < a->steps->len; i++)
    g_assert_cmpmem (g_ptr_array_index (a->steps, i), sizeof (FerryStep),
                     g_ptr_array_index (b->steps, i), sizeof (FerryStep));
  g_assert_cmpuint (a->warnings->len, ==, b->warnings->len);
  for (guint i = 0; i < a->warnings->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->warnings, i), ==, g_ptr_array_index (b->warnings, i));
  g_assert_cmpuint (a->undo->len, ==, b->undo->len);
  for (guint i = 0; i < a->undo->len; i++)
    {
      const FerryUndo *undo_a = g_ptr_array_index (a->undo, i);
      const FerryUndo *undo_b = g_ptr_array_index (b->undo, i);

      g_assert_cmpstr (undo_a->kind, ==, undo_b->kind);
      g_assert_cmpstrv (undo_a->arguments, undo_b->arguments);
    }
}

static void
assert_same_failure (const FerryFailure *a, const FerryFailure *b)
{
  g_assert_cmpint (a->code, ==, b->code);
  g_assert_cmpstr (a->message, ==, b->message);
  g_assert_cmpstr (a->advice, ==, b->advice);
  g_assert_cmpstr (a->details, ==, b->details);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) loaded = load_record (record->id);
  g_autoptr (GPtrArray) ids = ferry_record_list_ids (NULL);
  g_autofree char *folder = dup_path (fixture, record->id, NULL);
  g_autofree char *plan = dup_path (fixture, record->id, "plan.json");
  g_autofree char *state = dup_path (fixture, record->id, "state.json");

  g_assert_cmpint (record->state, ==, FERRY_IMPORT_QUEUED);
  g_assert_cmpint (record->created_usec, >, 0);
  assert_equal (record, loaded);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, record->id);
  assert_mode (folder, 0700);
  assert_mode (plan, 0600);
  assert_mode (state, 0600);
}

static void
push_two_undos (FerryRecord *record)
{
  g_autoptr (GError) error = NULL;

  ferry_record_push_undo (record, &error, "remove-tree", "/srv/guests/.ferry-1", NULL);
  g_assert_no_error (error);
  ferry_record_push_undo (record, &error, "undefine-domain", "qemu:///session", "a b", NULL);
  g_assert_no_error (error);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_NO_SPACE, "Full.", "Make room.", "line 1\nline “2”");
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (FerryRecord) copy = NULL;
  g_autoptr (GError) error = NULL;

  push_two_undos (record);
  ferry_record_enter (record, FERRY_IMPORT_PREPARING, &error);
  ferry_record_enter (record, FERRY_IMPORT_PREPARING, &error);
  ferry_record_enter (record, FERRY_IMPORT_COPYING, &error);
  ferry_record_add_warning (record, "odd");
  ferry_record_add_warning (record, "odd");
  record->location = g_strdup ("/srv/guests/x");
  record->files = g_strsplit ("/srv/guests/x/x-sda.qcow2", " ", -1);
  ferry_record_fail (record, FERRY_IMPORT_FAILED, failure, &error);
  g_assert_no_error (error);

  loaded = load_record (record->id);
  copy = ferry_record_copy (loaded);
  assert_equal (record, loaded);
  assert_equal (record, copy);
  g_assert_cmpuint (loaded->steps->len, ==, 2);
  g_assert_cmpuint (loaded->warnings->len, ==, 1);
  g_assert_cmpstrv (loaded->files, record->files);
  assert_same_failure (copy->failure, failure);
  g_assert_cmpint (copy->ended_usec, >=, copy->started_usec);
  g_assert_cmpint (((FerryStep *) g_ptr_array_index (copy->steps, 1))->ended_usec, ==,
                   copy->ended_usec);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;

  push_two_undos (record);
  ferry_record_enter (record, FERRY_IMPORT_PREPARING, &error);
  ferry_record_fail (record, FERRY_IMPORT_CANCELLED, NULL, &error);
  ferry_record_restart (record, &error);
  g_assert_no_error (error);

  loaded = load_record (record->id);
  g_assert_cmpint (loaded->state, ==, FERRY_IMPORT_QUEUED);
  g_assert_cmpuint (loaded->attempt, ==, 2);
  g_assert_cmpuint (loaded->steps->len, ==, 0);
  g_assert_cmpint (loaded->started_usec, ==, 0);
  g_assert_cmpint (loaded->ended_usec, ==, 0);
  g_assert_cmpuint (loaded->undo->len, ==, 2);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) popped = NULL;
  g_autoptr (FerryRecord) cleared = NULL;

  push_two_undos (record);
  g_assert_true (ferry_record_pop_undo (record, NULL));
  popped = load_record (record->id);
  g_assert_cmpuint (popped->undo->len, ==, 1);
  g_assert_cmpstr (((FerryUndo *) g_ptr_array_index (popped->undo, 0))->kind, ==, "remove-tree");

  g_assert_true (ferry_record_clear_undo (record, NULL));
  cleared = load_record (record->id);
  g_assert_cmpuint (cleared->undo->len, ==, 0);
}

/* In one save: either the undo is there or the result that it no longer takes back. */
static void
test_result (Fixture *fixture, gconstpointer data)
{
  static const char *const settled[] = { "remove-tree", NULL };
  char *files[] = { (char *) "/srv/web/web-sda", NULL };
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) noted = NULL;
  g_autofree char *folder = dup_path (fixture, record->id, NULL);
  g_autoptr (GError) error = NULL;

  push_two_undos (record);
  g_assert_true (ferry_record_note_result (record, "/srv/web", files, settled, NULL));
  noted = load_record (record->id);
  g_assert_cmpstr (noted->location, ==, "/srv/web");
  g_assert_cmpstr (noted->files[0], ==, "/srv/web/web-sda");
  g_assert_cmpuint (noted->undo->len, ==, 1);
  g_assert_cmpuint (record->undo->len, ==, 1);
  g_assert_cmpstr (((FerryUndo *) g_ptr_array_index (noted->undo, 0))->kind, !=, "remove-tree");

  g_assert_true (ferry_tree_remove (folder, NULL));
  g_assert_false (ferry_record_note_result (record, "/srv/x", files, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_null (record->location);
  g_assert_cmpuint (record->undo->len, ==, 1);
}

/* What cannot be noted must not be done, and is not remembered as if it had been. */
static void
test_undo_not_noted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *folder = dup_path (fixture, record->id, NULL);
  g_autoptr (GError) error = NULL;

  ferry_tree_remove (folder, &error);
  g_assert_no_error (error);
  g_assert_false (ferry_record_push_undo (record, &error, "remove-tree", "/x", NULL));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_cmpuint (record->undo->len, ==, 0);
}

/* It outlives attempts and crashes, and is offered only where it is of use. */
static void
test_shut_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (FerryRecord) copy = NULL;
  g_autofree char *folder = dup_path (fixture, record->id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_record_is_startable (record));
  g_assert_true (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_ASKED, NULL));
  g_assert_false (ferry_record_is_startable (record));
  g_assert_true (ferry_record_fail (record, FERRY_IMPORT_CANCELLED, NULL, NULL));
  g_assert_true (ferry_record_is_startable (record));
  g_assert_true (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_DONE, NULL));
  loaded = load_record (record->id);
  g_assert_true (ferry_record_is_startable (loaded));
  copy = ferry_record_copy (loaded);
  g_assert_cmpint (copy->shut_down, ==, FERRY_SHUT_DOWN_DONE);

  g_assert_true (ferry_record_restart (copy, NULL));
  g_assert_cmpint (copy->shut_down, ==, FERRY_SHUT_DOWN_DONE);
  g_assert_true (ferry_record_enter (copy, FERRY_IMPORT_SUCCEEDED, NULL));
  g_assert_false (ferry_record_is_startable (copy));
  g_assert_true (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_STARTED, NULL));
  g_assert_false (ferry_record_is_startable (record));

  g_assert_true (ferry_tree_remove (folder, NULL));
  g_assert_false (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_ASKED, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (record->shut_down, ==, FERRY_SHUT_DOWN_STARTED);
}

static void
read_shut_down (Fixture *fixture, const char *value, FerryShutDown expected)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *text
      = g_strdup_printf ("{\"version\":1,\"id\":\"%s\",\"state\":\"failed\",\"shut-down\":%s}",
                         record->id, value);
  g_autoptr (FerryRecord) loaded = NULL;

  write_file (fixture, record->id, "state.json", text);
  loaded = load_record (record->id);
  g_assert_cmpint (loaded->shut_down, ==, expected);
  g_assert_cmpint (loaded->state, ==, FERRY_IMPORT_FAILED);
}

static void
test_shut_down_words (Fixture *fixture, gconstpointer data)
{
  read_shut_down (fixture, "null", FERRY_SHUT_DOWN_NONE);
  read_shut_down (fixture, "\"done\"", FERRY_SHUT_DOWN_DONE);
  read_shut_down (fixture, "\"started\"", FERRY_SHUT_DOWN_STARTED);
  read_shut_down (fixture, "\"frozen\"", FERRY_SHUT_DOWN_ASKED);
  read_shut_down (fixture, "[1]", FERRY_SHUT_DOWN_NONE);
}

static void
test_unknown_members_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *text = g_strdup_printf (
      "{\"version\":1,\"id\":\"%s\",\"state\":\"failed\",\"later\":{\"a\":[1,null,\"x\"]}}",
      record->id);
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (FerryRecord) copy = NULL;
  g_autofree char *after = NULL;

  write_file (fixture, record->id, "state.json", text);
  loaded = load_record (record->id);
  g_assert_false (loaded->damaged);
  g_assert_cmpint (loaded->state, ==, FERRY_IMPORT_FAILED);
  copy = ferry_record_copy (loaded);
  g_assert_true (ferry_record_save (copy, NULL));

  after = read_file (fixture, record->id, "state.json");
  g_assert_nonnull (strstr (after, "\"later\""));
  g_assert_nonnull (strstr (after, "null"));
}

typedef struct
{
  const char *name;
  const char *state; /* what state.json holds, @ID@ for the id; NULL: no file */
  FerryImportState expected;
  guint undo; /* steps afterwards: those that were sound, and end-processes unless it had ended */
} Damage;

static const Damage damages[] = {
  { "missing", NULL, FERRY_IMPORT_INTERRUPTED, 1 },
  { "empty", "", FERRY_IMPORT_INTERRUPTED, 1 },
  { "truncated", "{\"version\":1,\"state\":\"copy", FERRY_IMPORT_INTERRUPTED, 1 },
  { "not-json", "\x7f\x45\x4c\x46\x02", FERRY_IMPORT_INTERRUPTED, 1 },
  { "array", "[]", FERRY_IMPORT_INTERRUPTED, 1 },
  { "number", "17", FERRY_IMPORT_INTERRUPTED, 1 },
  { "no-state", "{\"version\":1}", FERRY_IMPORT_INTERRUPTED, 1 },
  { "unknown-state", "{\"version\":1,\"state\":\"dancing\"}", FERRY_IMPORT_INTERRUPTED, 1 },
  { "state-number", "{\"version\":1,\"state\":7}", FERRY_IMPORT_INTERRUPTED, 1 },
  { "version-text", "{\"version\":\"1\",\"state\":\"failed\"}", FERRY_IMPORT_FAILED, 0 },
  { "queued-odd", "{\"version\":1,\"state\":\"queued\",\"attempt\":-3}", FERRY_IMPORT_INTERRUPTED,
    1 },
  { "steps-object", "{\"version\":1,\"state\":\"succeeded\",\"steps\":{}}", FERRY_IMPORT_SUCCEEDED,
    0 },
  { "steps-of-text", "{\"version\":1,\"state\":\"succeeded\",\"steps\":[\"x\"]}",
    FERRY_IMPORT_SUCCEEDED, 0 },
  { "warnings-of-numbers", "{\"version\":1,\"state\":\"failed\",\"warnings\":[1]}",
    FERRY_IMPORT_FAILED, 0 },
  { "failure-text", "{\"version\":1,\"state\":\"failed\",\"failure\":\"x\"}", FERRY_IMPORT_FAILED,
    0 },
  { "files-number", "{\"version\":1,\"state\":\"succeeded\",\"files\":3}", FERRY_IMPORT_SUCCEEDED,
    0 },
  { "undo-kept",
    "{\"version\":1,\"state\":\"copying\",\"warnings\":7,"
    "\"undo\":[{\"kind\":\"remove-tree\",\"arguments\":[\"/x\"]}]}",
    FERRY_IMPORT_COPYING, 2 },
  { "undo-half",
    "{\"version\":1,\"state\":\"copying\",\"undo\":[7,{\"kind\":1},{\"arguments\":[]},"
    "{\"kind\":\"remove-file\",\"arguments\":[\"/x\",3]},"
    "{\"kind\":\"remove-tree\",\"arguments\":[\"/x\"]}]}",
    FERRY_IMPORT_COPYING, 2 },
  { "undo-text", "{\"version\":1,\"state\":\"dancing\",\"undo\":\"all\"}",
    FERRY_IMPORT_INTERRUPTED, 1 },
};

static void
put_damage (Fixture *fixture, const char *id, const Damage *damage)
{
  g_autofree char *path = dup_path (fixture, id, "state.json");

  if (damage->state != NULL)
    write_file (fixture, id, "state.json", damage->state);
  else
    g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  const Damage *damage = data;
  g_autoptr (FerryRecord) record = create_record ();
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (FerryRecord) again = NULL;

  put_damage (fixture, record->id, damage);
  loaded = load_record (record->id);
  g_assert_true (loaded->damaged);
  g_assert_cmpint (loaded->state, ==, damage->expected);
  g_assert_cmpuint (loaded->undo->len, ==, damage->undo);
  g_assert_cmpuint (loaded->warnings->len, ==, 1);
  if (damage->expected == FERRY_IMPORT_INTERRUPTED)
    {
      g_assert_nonnull (loaded->failure);
      g_assert_true (g_str_has_suffix (loaded->failure->message, "."));
    }

  g_assert_true (ferry_record_save (loaded, NULL));
  again = load_record (record->id);
  g_assert_false (again->damaged);
  if (damage->state != NULL)
    {
      g_autofree char *kept = read_file (fixture, record->id, "state.json.damaged");

      g_assert_cmpstr (kept, ==, damage->state);
    }
}

typedef struct
{
  const char *name;
  const char *file;
  const char *text; /* NULL: no file */
  FerryError code;
} Refusal;

static const Refusal refusals[] = {
  { "newer", "state.json", "{\"version\":2,\"state\":\"queued\"}", FERRY_ERROR_UNSUPPORTED },
  { "copied", "state.json",
    "{\"version\":1,\"id\":\"01234567-89ab-cdef-0123-456789abcdef\",\"state\":\"copying\","
    "\"undo\":[{\"kind\":\"remove-tree\",\"arguments\":[\"/x\"]}]}",
    FERRY_ERROR_EXISTS },
  { "no-plan", "plan.json", NULL, FERRY_ERROR_NOT_FOUND },
  { "plan-empty", "plan.json", "", FERRY_ERROR_INVALID },
  { "plan-odd", "plan.json", "{\"version\":1}", FERRY_ERROR_INVALID },
};

/* Refused records are left exactly as they are. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *path = dup_path (fixture, record->id, refusal->file);
  g_autofree char *folder = dup_path (fixture, record->id, NULL);
  g_autoptr (FerryRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;

  if (refusal->text != NULL)
    write_file (fixture, record->id, refusal->file, refusal->text);
  else
    g_assert_cmpint (g_unlink (path), ==, 0);

  loaded = ferry_record_load (record->id, &error);
  g_assert_null (loaded);
  g_assert_error (error, FERRY_ERROR, (int) refusal->code);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "", ".", "..", "../x", "x", "01234567-89ab-cdef-0123-456789abcde/",
    "01234567-89AB-CDEF-0123-456789ABCDEF", "01234567-89ab-cdef-0123-456789abcdef/..",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryRecord) record = ferry_record_load (bad[i], &error);

      g_assert_false (ferry_record_id_is_valid (bad[i]));
      g_assert_null (record);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
  g_assert_false (ferry_record_id_is_valid (NULL));
  g_assert_true (ferry_record_id_is_valid ("01234567-89ab-cdef-0123-456789abcdef"));
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Crashes in create and delete leave folders that are nobody's; other people's stay. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *imports = g_build_filename (fixture->dir, "imports", NULL);
  const char *const names[] = { ".new-01234567-89ab-cdef-0123-456789abcdef",
                                ".old-01234567-89ab-cdef-0123-456789abcdef", ".new-mine", "other" };
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_build_filename (imports, names[i], NULL);

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      write_file (fixture, names[i], "plan.json", "{}");
    }

  ferry_record_sweep (&error);
  g_assert_no_error (error);
  ids = ferry_record_list_ids (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, record->id);
  g_assert_cmpuint (count_entries (imports), ==, 3);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *imports = g_build_filename (fixture->dir, "imports", NULL);
  g_autoptr (GError) error = NULL;

  ferry_record_log (record, "something");
  ferry_record_delete (record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (imports), ==, 0);
  g_assert_true (ferry_record_delete (record, &error));
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *path = ferry_record_dup_log_path (record);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  ferry_record_log (record, "one\n\ntwo\tstays\r\n");
  ferry_record_log (record, "\x1b[31mred\x07 \xff");
  assert_mode (path, 0600);

  text = read_file (fixture, record->id, "log");
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z ",
                                         lines[i], 0, 0));
  g_assert_true (g_str_has_suffix (lines[0], "Z one"));
  g_assert_true (g_str_has_suffix (lines[1], "Z two\tstays"));
  g_assert_true (g_str_has_suffix (lines[2], "Z ?[31mred? \xef\xbf\xbd"));
}

static void
test_log_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *path = ferry_record_dup_log_path (record);
  g_autofree char *old_path = g_strconcat (path, ".old", NULL);
  g_autofree char *chunk = g_strnfill (1024 * 1024 - 7, 'x');
  g_autofree char *text = NULL;

  for (guint i = 0; i < 10; i++)
    ferry_record_log (record, chunk);
  text = read_file (fixture, record->id, "log");
  g_assert_cmpuint (strlen (text), >=, 8 * 1024 * 1024);
  g_assert_cmpuint (strlen (text), <, 8 * 1024 * 1024 + 200);
  g_assert_true (g_str_has_suffix (text, "The log is full: what follows is not kept.\n"));
  g_assert_cmpint (g_str_has_suffix (strstr (text, "The log"), "kept.\n"), ==, TRUE);

  /* A new attempt has room. */
  g_assert_true (ferry_record_restart (record, NULL));
  ferry_record_log (record, "again");
  g_assert_true (g_file_test (old_path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&text, g_free);
  text = read_file (fixture, record->id, "log");
  g_assert_cmpuint (strlen (text), <, 100);
}

static void
test_log_follows_no_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryRecord) record = create_record ();
  g_autofree char *path = ferry_record_dup_log_path (record);
  g_autofree char *elsewhere = g_build_filename (fixture->dir, "elsewhere", NULL);

  g_assert_cmpint (symlink (elsewhere, path), ==, 0);
  ferry_record_log (record, "something");
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

/* The child notes one undo after the other and says so each time, until it is killed. */
static void G_GNUC_NORETURN
note_for_ever (const char *id, int fd)
{
  FerryRecord *record = ferry_record_load (id, NULL);

  for (guint i = 1; record != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/made/%u", i);
      char noted = 'x';

      if (!ferry_record_push_undo (record, NULL, "remove-file", path, NULL)
          || write (fd, &noted, 1) != 1)
        break;
    }
  _exit (1);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  for (guint round = 1; round <= 10; round++)
    {
      g_autoptr (FerryRecord) record = create_record ();
      g_autoptr (FerryRecord) loaded = NULL;
      char noted[16];
      int pipe_fds[2];
      int status;
      pid_t pid;

      g_assert_cmpint (pipe (pipe_fds), ==, 0);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        note_for_ever (record->id, pipe_fds[1]);

      close (pipe_fds[1]);
      for (guint i = 0; i < round; i++)
        g_assert_cmpint (read (pipe_fds[0], &noted[i], 1), ==, 1);
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      close (pipe_fds[0]);

      loaded = load_record (record->id);
      g_assert_false (loaded->damaged);
      g_assert_cmpuint (loaded->undo->len, >=, round);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/record/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("create", test_create);
  ADD ("round-trip", test_round_trip);
  ADD ("restart", test_restart);
  ADD ("undo", test_undo);
  ADD ("result", test_result);
  ADD ("undo-not-noted", test_undo_not_noted);
  ADD ("shut-down", test_shut_down);
  ADD ("shut-down-words", test_shut_down_words);
  ADD ("unknown-members-kept", test_unknown_members_kept);
  ADD ("ids", test_ids);
  ADD ("sweep", test_sweep);
  ADD ("delete", test_delete);
  ADD ("log", test_log);
  ADD ("log-limit", test_log_limit);
  ADD ("log-follows-no-link", test_log_follows_no_link);
  ADD ("killed", test_killed);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/record/damage/", damages[i].name, NULL);

      g_test_add (path, Fixture, &damages[i], set_up, test_damage, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/record/refused/", refusals[i].name, NULL);

      g_test_add (path, Fixture, &refusals[i], set_up, test_refused, tear_down);
    }

  return g_test_run ();
}
