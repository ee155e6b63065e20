/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Ends other than success, with the real virt-v2v: cancelled in each phase, killed, failed. None of
 * them may leave a file, a folder or a process behind. */
#include "config.h"

#include "import-rig.h"

#include <signal.h>

typedef struct
{
  FerryDBusImport1 *import;
  const char *message; /* a beginning; NULL: any */
  guint64 done_bytes;  /* of the disk being copied */
} Moment;

static gboolean
is_at_moment (gpointer user_data)
{
  const Moment *moment = user_data;
  g_autoptr (FerryProgress) progress = ferry_ipc_progress_from_variant (
      ferry_dbus_import1_get_progress (moment->import), FERRY_IMPORT_COPYING);
  const FerryDiskProgress *disk = NULL;

  if (progress->disk >= 0 && (guint) progress->disk < progress->disks->len)
    disk = g_ptr_array_index (progress->disks, progress->disk);

  /* A copy that is slow enough to be watched has a rate, too. */
  if (moment->done_bytes > 0)
    return disk != NULL && disk->done_bytes >= moment->done_bytes && progress->rate_bytes > 0;

  return progress->message != NULL && g_str_has_prefix (progress->message, moment->message);
}

static void
cancel (FerryDBusImport1 *import)
{
  g_autoptr (GError) error = NULL;

  ferry_dbus_import1_call_cancel_sync (import, NULL, &error);
  g_assert_no_error (error);
}

static void
cancel_at (const char *state, const char *message, guint64 done_bytes)
{
  g_autoptr (ImportRig) rig = import_rig_new (IMPORT_RIG_SLOW);
  g_autoptr (FerryPlan) plan = import_rig_plan (rig, "cancelled");
  g_autofree char *path = import_rig_start (rig, plan);
  Moment moment = { worker_fixture_get_import (rig->fixture, path), message, done_bytes };

  worker_fixture_await_state (rig->fixture, path, state, IMPORT_RIG_PATIENCE);
  if (message != NULL || done_bytes > 0)
    worker_fixture_wait (rig->fixture, is_at_moment, &moment, IMPORT_RIG_PATIENCE);

  cancel (moment.import);
  worker_fixture_await_state (rig->fixture, path, "cancelled", 30);
  import_rig_assert_clean (rig);
}

static void
test_cancel_opening (void)
{
  cancel_at ("converting", "Starting the conversion appliance", 0);
}

static void
test_cancel_converting (void)
{
  cancel_at ("converting", "Inspecting", 0);
}

static void
test_cancel_copying (void)
{
  cancel_at ("copying", NULL, 20 * 1024 * 1024);
}

/* A worker that dies cannot clean up; the next one does, and Retry then works. */
static void
test_worker_killed (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (IMPORT_RIG_SLOW);
  g_autoptr (FerryPlan) plan = import_rig_plan (rig, "killed");
  g_autofree char *path = import_rig_start (rig, plan);
  Moment moment = { worker_fixture_get_import (rig->fixture, path), NULL, 10 * 1024 * 1024 };
  g_autoptr (GError) error = NULL;

  worker_fixture_await_state (rig->fixture, path, "copying", IMPORT_RIG_PATIENCE);
  worker_fixture_wait (rig->fixture, is_at_moment, &moment, IMPORT_RIG_PATIENCE);
  worker_fixture_signal (rig->fixture, SIGKILL);
  worker_fixture_await_name (rig->fixture, FALSE);

  worker_fixture_activate (rig->fixture);
  worker_fixture_await_state (rig->fixture, path, "interrupted", 60);
  import_rig_assert_clean (rig);

  ferry_dbus_import1_call_retry_sync (worker_fixture_get_import (rig->fixture, path), NULL, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (rig->fixture, path, "converting", 120);
  cancel (worker_fixture_get_import (rig->fixture, path));
  worker_fixture_await_state (rig->fixture, path, "cancelled", 60);
  import_rig_assert_clean (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/cancel/opening", test_cancel_opening);
  g_test_add_func ("/import/cancel/converting", test_cancel_converting);
  g_test_add_func ("/import/cancel/copying", test_cancel_copying);
  g_test_add_func ("/import/worker-killed", test_worker_killed);

  return g_test_run ();
}
