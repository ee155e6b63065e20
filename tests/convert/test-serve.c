/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The real nbdkit and qemu-img: a disk that something else has, under an overlay. */
#include "config.h"

#include "ferry-error.h"
#include "ferry-input-overlay.h"
#include "ferry-leftovers.h"
#include "ferry-serve.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MARKER "11111111-2222-3333-4444-555555555555"
#define SECRET "not for everyone"

typedef struct
{
  FerryHost *host;
  FerryDiskLocation *location;
  char *work_dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->host = ferry_host_local_new ();
  fixture->work_dir = ferry_host_make_work_dir (fixture->host, MARKER, &error);
  g_assert_no_error (error);
  fixture->location = ferry_disk_location_new ("[ds] web/web.vmdk", "raw");
}

static guint
count_processes (void)
{
  const FerryLeftovers which = { 0, MARKER "-serve" };

  return ferry_leftovers_signal (&which, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ferry_host_end_marked (fixture->host, MARKER "-serve", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_processes (), ==, 0);
  ferry_tree_remove (fixture->work_dir, &error);
  g_assert_no_error (error);
  g_free (fixture->work_dir);
  ferry_disk_location_free (fixture->location);
  g_object_unref (fixture->host);
}

static void
serve_with (Fixture *fixture, ...)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *word;
  va_list args;

  va_start (args, fixture);
  while ((word = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (words, word);
  va_end (args);
  g_strfreev (fixture->location->serve);
  fixture->location->serve = g_strv_builder_end (words);
}

static char *
make_overlay (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  const FerryInputDisk disk = { 0, fixture->location, fixture->work_dir, MARKER };

  return ferry_input_make_overlay (fixture->host, &disk, cancellable, error);
}

static char *
read_first_bytes (Fixture *fixture, const char *overlay)
{
  g_autofree char *raw = g_build_filename (fixture->work_dir, "all.raw", NULL);
  const char *argv[] = { "qemu-img", "convert", "-O", "raw", overlay, raw, NULL };
  g_autoptr (GError) error = NULL;
  char *content;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_file_get_contents (raw, &content, NULL, &error);
  g_assert_no_error (error);

  return content;
}

static void
test_overlay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;
  g_autofree char *bytes = NULL;

  serve_with (fixture, "data", "data=\"hello\" 0*65531", NULL);
  overlay = make_overlay (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_processes (), ==, 1);
  bytes = read_first_bytes (fixture, overlay);
  g_assert_cmpstr (bytes, ==, "hello");
}

/* A password lies in a file of its own that nobody else can read, and in no argument. */
static void
test_private_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->work_dir, "secret", NULL);
  g_autofree char *word = g_strconcat ("file=", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;
  g_autofree char *bytes = NULL;
  struct stat info;

  ferry_disk_location_add_file (fixture->location, path, SECRET);
  serve_with (fixture, "--filter=truncate", "file", word, "round-up=65536", NULL);
  overlay = make_overlay (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  bytes = read_first_bytes (fixture, overlay);
  g_assert_cmpstr (bytes, ==, SECRET);
}

static void
test_bad_arguments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;

  serve_with (fixture, "file", "file=/nonexistent/disk", NULL);
  overlay = make_overlay (fixture, NULL, &error);
  g_assert_null (overlay);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "[ds] web/web.vmdk"));
  g_assert_nonnull (strstr (error->message, "/nonexistent/disk"));
}

static void
test_other_format (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;

  g_free (fixture->location->format);
  fixture->location->format = g_strdup ("vmdk");
  serve_with (fixture, "null", NULL);
  overlay = make_overlay (fixture, NULL, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_cmpuint (count_processes (), ==, 0);
}

/* A plugin that never gets ready: cancelled, it is gone at once. */
static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200 * G_TIME_SPAN_MILLISECOND);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GThread) thread = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;

  serve_with (fixture, "eval", "config_complete=sleep 100", NULL);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  overlay = make_overlay (fixture, cancellable, &error);
  g_thread_join (g_steal_pointer (&thread));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_logs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;
  g_autofree char *logs = NULL;

  serve_with (fixture, "eval", "get_size=echo 'ENOENT it is gone' >&2; exit 1", NULL);
  overlay = make_overlay (fixture, NULL, &error);
  g_assert_null (overlay);
  g_assert_nonnull (strstr (error->message, "it is gone"));
  logs = ferry_serve_read_logs (fixture->work_dir, 1);
  g_assert_nonnull (strstr (logs, "it is gone"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/serve/overlay", Fixture, NULL, set_up, test_overlay, tear_down);
  g_test_add ("/serve/private-file", Fixture, NULL, set_up, test_private_file, tear_down);
  g_test_add ("/serve/bad-arguments", Fixture, NULL, set_up, test_bad_arguments, tear_down);
  g_test_add ("/serve/other-format", Fixture, NULL, set_up, test_other_format, tear_down);
  g_test_add ("/serve/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/serve/logs", Fixture, NULL, set_up, test_logs, tear_down);

  return g_test_run ();
}
