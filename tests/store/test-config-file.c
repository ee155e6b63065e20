/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-config-file.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-config-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->path = g_build_filename (fixture->dir, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
write_text (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents_full (fixture->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                           0600, NULL));
}

static void
assert_refused (Fixture *fixture, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = ferry_config_file_load (fixture->path, 2, &error);

  g_assert_null (file);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

/* What this version does not know, comments too, is there after it has written. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat status;

  write_text (fixture, "# mine\n\n[Ferry]\nVersion=1\nNew=a\n\n[Other]\n# why\nName[de]=b\n");
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  file = ferry_config_file_load (fixture->path, 2, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_config_file_save (file, fixture->path, 2, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "# mine\n\n[Ferry]\nVersion=2\nNew=a\n\n[Other]\n# why\nName[de]=b\n");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0600);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, FERRY_ERROR_NOT_FOUND);
  write_text (fixture, "");
  assert_refused (fixture, FERRY_ERROR_INVALID);
  write_text (fixture, "garbage\n");
  assert_refused (fixture, FERRY_ERROR_INVALID);
  write_text (fixture, "[Ferry]\nVersion=one\n");
  assert_refused (fixture, FERRY_ERROR_INVALID);
  write_text (fixture, "[Ferry]\nVersion=-1\n");
  assert_refused (fixture, FERRY_ERROR_INVALID);
  write_text (fixture, "[Ferry]\nVersion=3\n");
  assert_refused (fixture, FERRY_ERROR_UNSUPPORTED);
  write_text (fixture, "[Ferry]\nVersion=2\n");
  g_assert_cmpint (g_chmod (fixture->path, 0620), ==, 0);
  assert_refused (fixture, FERRY_ERROR_PERMISSION);
}

/* Neither a pipe that nobody writes to nor a huge file holds Ferry up. */
static void
test_odd_files (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture, FERRY_ERROR_INVALID);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, FERRY_ERROR_INVALID);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  write_text (fixture, "");
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (1) << 40), ==, 0);
  assert_refused (fixture, FERRY_ERROR_INVALID);
}

static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strconcat (fixture->path, ".damaged", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".damaged.2", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  write_text (fixture, "one");
  g_assert_true (ferry_config_file_set_aside (fixture->path, &error));
  write_text (fixture, "two");
  g_assert_true (ferry_config_file_set_aside (fixture->path, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (first, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "one");
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_false (ferry_config_file_set_aside (fixture->path, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/config-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("kept", test_kept);
  ADD ("refused", test_refused);
  ADD ("odd-files", test_odd_files);
  ADD ("set-aside", test_set_aside);

  return g_test_run ();
}
