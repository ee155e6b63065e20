/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-power.h"

#include "ferry-error.h"
#include "ferry-source-fake.h"
#include "ferry-tree.h"

#include <string.h>

/* @said: what was told, joined; @note_at_first: what the journal on the disk had when the guest was
 * about to be asked */
typedef struct
{
  char *dir;
  FerrySourceFake *fake;
  FerryRecord *record;
  FerryPowerRun run;
  GString *said;
  FerryShutDown note_at_first;
} Fixture;

static FerryShutDown
read_note (Fixture *fixture)
{
  g_autoptr (FerryRecord) loaded = ferry_record_load (fixture->record->id, NULL);

  if (loaded == NULL)
    g_error ("the record is gone");

  return loaded->shut_down;
}

static void
on_say (const char *message, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->said->len == 0)
    fixture->note_at_first = read_note (fixture);
  g_string_append (fixture->said, message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("vm-1", "web");
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-power-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_STATE_DIR", fixture->dir, TRUE);
  guest->power = FERRY_POWER_RUNNING;
  fixture->fake = ferry_source_fake_new ();
  ferry_source_fake_add_guest (fixture->fake, guest);
  ferry_plan_set_ova_source (plan, "/srv/tiny.ova");
  ferry_plan_set_folder_destination (plan, fixture->dir);
  ferry_plan_add_guest (plan, guest)->shut_down = TRUE;
  fixture->record = ferry_record_create (plan, &error);
  g_assert_no_error (error);
  fixture->said = g_string_new (NULL);
  fixture->run = (FerryPowerRun){ fixture->record, FERRY_SOURCE (fixture->fake), on_say, fixture };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_string_free (fixture->said, TRUE);
  ferry_record_free (fixture->record);
  g_object_unref (fixture->fake);
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
}

static guint
count (Fixture *fixture, FerryFakeCall call)
{
  return ferry_source_fake_get_n_calls (fixture->fake, call);
}

static FerryPower
get_power (Fixture *fixture)
{
  g_autoptr (FerryGuest) guest = ferry_source_read (fixture->run.source, "vm-1", NULL, NULL);

  return guest->power;
}

static char *
read_log (Fixture *fixture)
{
  g_autofree char *path = ferry_record_dup_log_path (fixture->record);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

/* --- shutting down --- */

static void
test_done (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  ferry_power_shut_down_first (&fixture->run, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpint (get_power (fixture), ==, FERRY_POWER_OFF);
  g_assert_cmpint (fixture->note_at_first, ==, FERRY_SHUT_DOWN_ASKED);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_DONE);
  g_assert_nonnull (strstr (fixture->said->str, "Shutting down ‘web’ at the source"));
  g_assert_nonnull (strstr (fixture->said->str, "waiting for 3 of at most 10 seconds"));
  log = read_log (fixture);
  g_assert_nonnull (strstr (log, "‘web’ is shut down at the source"));
  g_assert_null (strstr (log, "waiting for"));
}

/* Nothing is done that the plan does not say. */
static void
test_not_wanted (Fixture *fixture, gconstpointer data)
{
  gboolean done = TRUE;

  ferry_plan_get_guest (fixture->record->plan, 0)->shut_down = FALSE;
  g_assert_true (ferry_power_shut_down_first (&fixture->run, &done, NULL, NULL));
  g_assert_false (done);
  g_assert_cmpuint (count (fixture, FERRY_FAKE_READ), ==, 0);
  g_assert_cmpuint (count (fixture, FERRY_FAKE_SHUT_DOWN), ==, 0);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_NONE);
}

static void
test_off_already (Fixture *fixture, gconstpointer data)
{
  gboolean done = TRUE;
  FerryShutDownOrder order = { ferry_plan_get_guest (fixture->record->plan, 0)->source, 10, NULL,
                               NULL };

  g_assert_true (ferry_source_shut_down (fixture->run.source, &order, NULL, NULL));
  g_assert_true (ferry_power_shut_down_first (&fixture->run, &done, NULL, NULL));
  g_assert_false (done);
  g_assert_cmpuint (count (fixture, FERRY_FAKE_SHUT_DOWN), ==, 1);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_NONE);
}

/* Without the journal it must not happen. */
static void
test_not_noted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "imports", NULL);
  gboolean done = TRUE;
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_tree_remove (folder, NULL));
  g_assert_false (ferry_power_shut_down_first (&fixture->run, &done, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count (fixture, FERRY_FAKE_SHUT_DOWN), ==, 0);
  g_assert_cmpint (fixture->record->shut_down, ==, FERRY_SHUT_DOWN_NONE);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gboolean done = TRUE;
  g_autoptr (GError) error = NULL;

  ferry_source_fake_set_error (fixture->fake, FERRY_FAKE_SHUT_DOWN, FERRY_ERROR_PERMISSION, "No.");
  g_assert_false (ferry_power_shut_down_first (&fixture->run, &done, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_assert_false (done);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_NONE);
  g_assert_null (ferry_power_advise (fixture->record));
}

static void
test_disobeyed (Fixture *fixture, gconstpointer data)
{
  gboolean done = TRUE;
  g_autoptr (GError) error = NULL;

  ferry_source_fake_set_error (fixture->fake, FERRY_FAKE_SHUT_DOWN, FERRY_ERROR_FAILED, "It runs.");
  g_assert_false (ferry_power_shut_down_first (&fixture->run, &done, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_ASKED);
  g_assert_nonnull (ferry_power_advise (fixture->record));
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 start_usec = g_get_monotonic_time ();
  gboolean done = TRUE;
  g_autoptr (GError) error = NULL;

  ferry_source_fake_set_delay (fixture->fake, FERRY_FAKE_SHUT_DOWN, 60 * 1000);
  g_assert_false (ferry_power_shut_down_first (&fixture->run, &done, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_ASKED);
}

/* --- starting again --- */

static void
shut_down_and_fail (Fixture *fixture)
{
  g_autoptr (FerryFailure) failure = ferry_failure_new (FERRY_ERROR_FAILED, "It failed.", "", "");
  gboolean done;

  g_assert_true (ferry_power_shut_down_first (&fixture->run, &done, NULL, NULL));
  g_assert_true (ferry_record_fail (fixture->record, FERRY_IMPORT_FAILED, failure, NULL));
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  shut_down_and_fail (fixture);
  ferry_power_start_again (&fixture->run, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_power (fixture), ==, FERRY_POWER_RUNNING);
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_STARTED);
  g_assert_cmpint (fixture->record->state, ==, FERRY_IMPORT_FAILED);
  g_assert_false (ferry_record_is_startable (fixture->record));
  log = read_log (fixture);
  g_assert_nonnull (strstr (log, "‘web’ runs at the source again"));
}

static void
test_start_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  shut_down_and_fail (fixture);
  ferry_source_fake_set_error (fixture->fake, FERRY_FAKE_START, FERRY_ERROR_FAILED,
                               "No room left.");
  g_assert_false (ferry_power_start_again (&fixture->run, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_true (ferry_record_is_startable (fixture->record));
  g_assert_cmpint (read_note (fixture), ==, FERRY_SHUT_DOWN_DONE);
  log = read_log (fixture);
  g_assert_nonnull (strstr (log, "No room left."));
}

/* Who has been asked to end and still runs may be about to: "it runs" would be no true answer. */
static void
test_start_too_soon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_record_note_shut_down (fixture->record, FERRY_SHUT_DOWN_ASKED, NULL));
  g_assert_true (ferry_record_fail (fixture->record, FERRY_IMPORT_CANCELLED, NULL, NULL));
  g_assert_false (ferry_power_start_again (&fixture->run, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpuint (count (fixture, FERRY_FAKE_START), ==, 0);
  g_assert_true (ferry_record_is_startable (fixture->record));
}

#define ADD(name, function) g_test_add ("/power/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("done", test_done);
  ADD ("not-wanted", test_not_wanted);
  ADD ("off-already", test_off_already);
  ADD ("not-noted", test_not_noted);
  ADD ("refused", test_refused);
  ADD ("disobeyed", test_disobeyed);
  ADD ("cancelled", test_cancelled);
  ADD ("start", test_start);
  ADD ("start-fails", test_start_fails);
  ADD ("start-too-soon", test_start_too_soon);

  return g_test_run ();
}
