/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A destination that had room when it was checked, and is full when the disks are copied: the rest
 * of a small file system (tests/integration/small-disk) is taken by others during the conversion. */
#include "config.h"

#include "import-rig.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Room for all of the first disk and a part of the second: partial disks of both kinds are there. */
#define ROOM_BYTES (40 * 1024 * 1024)

static guint64
get_free_bytes (const char *path)
{
  struct statvfs info;

  g_assert_cmpint (statvfs (path, &info), ==, 0);

  return (guint64) info.f_bavail * info.f_frsize;
}

/* What others write there; its path. */
static char *
fill (const char *disk)
{
  char *path = g_build_filename (disk, "others", NULL);
  guint64 free_bytes = get_free_bytes (disk);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (free_bytes, >, ROOM_BYTES);
  g_assert_cmpint (posix_fallocate (fd, 0, (off_t) (free_bytes - ROOM_BYTES)), ==, 0);
  close (fd);

  return path;
}

/* One sentence for people with what to do, and what the tools said below it. */
static void
assert_told (FerryDBusImport1 *import)
{
  const char *code, *message, *advice, *details;

  g_variant_get (ferry_dbus_import1_get_failure (import), "(&s&s&s&s)", &code, &message, &advice,
                 &details);
  g_assert_cmpstr (code, ==, "NoSpace");
  g_assert_cmpstr (message, ==, "The destination, or the folder for temporary files, is full.");
  g_assert_cmpstr (advice, ==, "Free some space or choose another destination, then try again.");
  g_assert_nonnull (strstr (details, "No space left on device"));
}

static gboolean
has_been_in (FerryDBusImport1 *import, const char *state)
{
  GVariantIter iter;
  const char *word;

  g_variant_iter_init (&iter, ferry_dbus_import1_get_steps (import));
  while (g_variant_iter_next (&iter, "(&sxx)", &word, NULL, NULL))
    if (g_str_equal (word, state))
      return TRUE;

  return FALSE;
}

static void
use_small_disk (ImportRig *rig, const char *disk)
{
  g_assert_cmpint (g_rmdir (rig->destination), ==, 0);
  g_free (rig->destination);
  rig->destination = g_build_filename (disk, "guests", NULL);
  g_assert_cmpint (g_mkdir (rig->destination, 0700), ==, 0);
}

static void
test_full (void)
{
  const char *disk = g_getenv ("FERRY_TEST_SMALL_DISK");
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *path = NULL;
  g_autofree char *others = NULL;
  FerryDBusImport1 *import;
  guint64 free_bytes;

  use_small_disk (rig, disk);
  free_bytes = get_free_bytes (disk);
  plan = import_rig_plan (rig, "too-large");
  path = import_rig_start (rig, plan);
  import = worker_fixture_get_import (rig->fixture, path);
  worker_fixture_await_state (rig->fixture, path, "converting", IMPORT_RIG_PATIENCE);
  others = fill (disk);

  worker_fixture_await_state (rig->fixture, path, "failed", IMPORT_RIG_PATIENCE);
  g_assert_true (has_been_in (import, "copying"));
  assert_told (import);

  /* Not what others wrote, but all else is gone, and held open by nobody. */
  import_rig_assert_clean (rig);
  g_assert_cmpint (g_unlink (others), ==, 0);
  g_assert_cmpuint (get_free_bytes (disk), ==, free_bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/folder/full", test_full);

  return g_test_run ();
}
