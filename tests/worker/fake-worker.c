/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-fd.h"
#include "ferry-service.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The worker with imports that do nothing but what the guest's name begins with:
 *
 *   ok        succeed
 *   hold      note an undo, then wait for the file release-NAME; cancelled, undo; else succeed
 *   stubborn  like hold, but once cancelled wait for the file undo-NAME before undoing
 *   flaky     fail at the first attempt, succeed at the next
 *   litter    fail and leave an undo in the journal
 *   endless   come back without an end
 *   secret    fail without the password "right"
 *   shut      fail after it has shut its guest down; it is started when started-NAME is there, and not
 *             without the password when the name is shut-secret
 *   chatter   tell of progress every millisecond for a second and a half
 *
 * All files are in FERRY_FAKE_DIR; "order" there gets a line for each start and each recovery. */

static char *
dup_path (const char *prefix, const char *name)
{
  g_autofree char *file = g_strconcat (prefix, name, NULL);

  return g_build_filename (g_getenv ("FERRY_FAKE_DIR"), file, NULL);
}

static void
note (const char *word, const char *name)
{
  g_autofree char *path = dup_path ("order", "");
  g_autofree char *line = g_strdup_printf ("%s %s\n", word, name);
  g_auto (FerryFd) fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, line, strlen (line)), ==, (gssize) strlen (line));
}

static void
tell (const FerryRecord *record, const FerryImportWatcher *watcher, double fraction)
{
  g_autoptr (FerryProgress) progress = ferry_progress_new ();

  progress->state = record->state;
  progress->fraction = fraction;
  ferry_progress_add_disk (progress, "sda", 1000);
  watcher->progress (progress, watcher->user_data);
}

static gboolean
wait_for_file (const char *prefix, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = dup_path (prefix, name);

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep (5000);
    }

  return TRUE;
}

static gboolean
end (FerryRecord *record, FerryImportState state, GError **error)
{
  g_autoptr (FerryFailure) failure = NULL;

  if (state == FERRY_IMPORT_FAILED)
    failure = ferry_failure_new (FERRY_ERROR_CONVERSION, "It failed.", "Retry it.", "details");
  if (state == FERRY_IMPORT_SUCCEEDED)
    {
      record->location = g_strdup ("/srv/guests/x");
      return ferry_record_enter (record, state, error);
    }

  ferry_record_fail (record, state, failure, NULL);
  return ferry_fail (error, FERRY_ERROR_CONVERSION, "It failed.");
}

static gboolean
hold (FerryRecord *record, const char *name, GCancellable *cancellable, GError **error)
{
  g_assert_true (ferry_record_push_undo (record, NULL, "remove-tree", "/nonexistent/x", NULL));
  note ("made", name);
  if (wait_for_file ("release-", name, cancellable, error))
    {
      g_assert_true (ferry_record_clear_undo (record, NULL));
      return end (record, FERRY_IMPORT_SUCCEEDED, error);
    }

  if (g_str_has_prefix (name, "stubborn"))
    wait_for_file ("undo-", name, NULL, NULL);
  note ("undone", name);
  g_assert_true (ferry_record_clear_undo (record, NULL));
  ferry_record_fail (record, FERRY_IMPORT_CANCELLED, NULL, NULL);
  return FALSE;
}

static void
chatter (const FerryRecord *record, const FerryImportWatcher *watcher)
{
  for (guint i = 0; i <= 1500; i++)
    {
      tell (record, watcher, i / 1500.0);
      g_usleep (1000);
    }
}

/* Just one key, for whatever disk. */
static gboolean
has_right_key (const FerryPlan *plan)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  const FerryPlanKey *key = plan->keys->len == 1 ? g_ptr_array_index (plan->keys, 0) : NULL;

  return guest->keys->len == 0 && key != NULL && g_str_equal (key->key, "right-key");
}

static gboolean
end_for_key (FerryRecord *record, GError **error)
{
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_KEY, "A disk is encrypted.", "Enter its key.", "");

  ferry_record_fail (record, FERRY_IMPORT_FAILED, failure, NULL);

  return ferry_fail (error, FERRY_ERROR_KEY, "A disk is encrypted.");
}

static gboolean
fake_run (FerryRecord *record,
          const FerryImportWatcher *watcher,
          GCancellable *cancellable,
          GError **error)
{
  const char *name = ferry_plan_get_guest (record->plan, 0)->name;

  note ("start", name);
  if (!ferry_record_enter (record, FERRY_IMPORT_PREPARING, error)
      || !ferry_record_enter (record, FERRY_IMPORT_COPYING, error))
    return FALSE;
  ferry_record_log (record, "copying");
  watcher->changed (record, watcher->user_data);
  tell (record, watcher, 0.5);

  if (g_str_has_prefix (name, "hold") || g_str_has_prefix (name, "stubborn"))
    return hold (record, name, cancellable, error);
  if (g_str_has_prefix (name, "flaky"))
    return end (record, record->attempt == 1 ? FERRY_IMPORT_FAILED : FERRY_IMPORT_SUCCEEDED, error);
  if (g_str_has_prefix (name, "endless"))
    return ferry_fail (error, FERRY_ERROR_NO_SPACE, "The journal cannot be written.");
  if (g_str_has_prefix (name, "shut"))
    {
      g_assert_true (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_DONE, NULL));
      return end (record, FERRY_IMPORT_FAILED, error);
    }
  if (g_str_has_prefix (name, "litter"))
    {
      g_assert_true (ferry_record_push_undo (record, NULL, "remove-tree", "/nonexistent/x", NULL));
      return end (record, FERRY_IMPORT_FAILED, error);
    }
  if (g_str_has_prefix (name, "encrypted") && !has_right_key (record->plan))
    return end_for_key (record, error);
  if (g_str_has_prefix (name, "secret")
      && g_strcmp0 (record->plan->source.password, "right") != 0)
    return end (record, FERRY_IMPORT_FAILED, error);
  if (g_str_has_prefix (name, "chatter"))
    chatter (record, watcher);

  return end (record, FERRY_IMPORT_SUCCEEDED, error);
}

static gboolean
fake_recover (FerryRecord *record, GError **error)
{
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_FAILED, "It was interrupted.", "Retry it.", "");

  note ("recover", ferry_plan_get_guest (record->plan, 0)->name);
  g_ptr_array_set_size (record->undo, 0);
  return ferry_record_fail (record, FERRY_IMPORT_INTERRUPTED, failure, error);
}

static gboolean
fake_start_source (FerryRecord *record, GCancellable *cancellable, GError **error)
{
  const char *name = ferry_plan_get_guest (record->plan, 0)->name;

  note ("start-source", name);
  if (g_str_has_prefix (name, "shut-secret") &&
      g_strcmp0 (record->plan->source.password, "right") != 0)
    return ferry_fail (error, FERRY_ERROR_AUTH, "It wants a password.");
  if (!wait_for_file ("started-", name, cancellable, error))
    return FALSE;

  return ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_STARTED, error);
}

int
main (int argc, char **argv)
{
  static const FerryJobRunners runners = { fake_run, fake_recover, fake_start_source };
  FerryWorkerOptions options = { &runners, getuid () };

  /* A worker that belongs to somebody else. */
  if (g_getenv ("FERRY_FAKE_STRANGER") != NULL)
    options.owner++;

  return ferry_service_run (&options);
}
