/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-paths.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-paths-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
}

static void
test_dirs (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "a", "b", NULL);
  g_autofree char *cache = g_build_filename (fixture->dir, "c", NULL);
  g_autofree char *imports = g_build_filename (state, "imports", NULL);
  g_autofree char *made = NULL;
  g_autofree char *made_cache = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  g_setenv ("FERRY_CACHE_DIR", cache, TRUE);
  made = ferry_paths_dup_imports_dir (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (made, ==, imports);
  g_assert_cmpint (g_stat (imports, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0700);
  made_cache = ferry_paths_dup_cache_dir (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (made_cache, ==, cache);
}

/* A file in the way is a sentence that names it. */
static void
test_dir_impossible (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *state = g_build_filename (file, "state", NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  made = ferry_paths_dup_imports_dir (&error);
  g_assert_null (made);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, state));
}

static char *
make_program (Fixture *fixture, const char *folder, const char *name, int mode)
{
  g_autofree char *dir = g_build_filename (fixture->dir, folder, NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (path, "#!/bin/sh\n", -1, 0, mode, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return g_steal_pointer (&path);
}

static void
assert_tool (const char *name, const char *expected)
{
  g_autofree char *path = ferry_paths_dup_tool (name);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_tool (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ours = make_program (fixture, "ours", "both", 0755);
  g_autofree char *theirs = make_program (fixture, "theirs", "both", 0755);
  g_autofree char *second = make_program (fixture, "theirs", "second", 0755);
  g_autofree char *no_program = make_program (fixture, "ours", "second", 0644);
  g_autofree char *ours_dir = g_path_get_dirname (ours);
  g_autofree char *theirs_dir = g_path_get_dirname (theirs);
  g_autofree char *path = g_strconcat ("relative::", theirs_dir, NULL);
  g_autofree char *tool_path = NULL;

  g_setenv ("PATH", path, TRUE);
  g_setenv ("FERRY_TOOL_PATH", ours_dir, TRUE);
  assert_tool ("both", ours);
  assert_tool ("second", second);
  assert_tool ("neither", NULL);
  assert_tool (theirs, theirs);
  assert_tool (no_program, NULL);
  assert_tool (ours_dir, NULL);

  tool_path = ferry_paths_dup_tool_path ();
  g_assert_true (g_str_has_prefix (tool_path, ours_dir));
  g_unsetenv ("FERRY_TOOL_PATH");
  assert_tool ("both", theirs);

  /* Where Ferry was started from must not decide what runs. */
  g_assert_cmpint (g_chdir (ours_dir), ==, 0);
  g_setenv ("PATH", ":.", TRUE);
  assert_tool ("both", NULL);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
}

static void
test_libexec (Fixture *fixture, gconstpointer data)
{
  g_autofree char *installed = NULL;
  g_autofree char *moved = NULL;

  g_unsetenv ("FERRY_LIBEXECDIR");
  installed = ferry_paths_dup_libexec ("helper");
  g_assert_cmpstr (installed, ==, FERRY_LIBEXECDIR "/helper");
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
  moved = ferry_paths_dup_libexec ("helper");
  g_assert_true (g_str_has_prefix (moved, fixture->dir));
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *missing = g_build_filename (fixture->dir, "no", "file", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (ferry_paths_write_atomic (path, "old", -1, NULL));
  g_assert_true (ferry_paths_write_atomic (path, "newer", 3, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0600);

  g_assert_false (ferry_paths_write_atomic (missing, "x", -1, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (ferry_paths_write_atomic ("/dev/full/x", "x", -1, &error));
  g_assert_nonnull (error);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/paths/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("dirs", test_dirs);
  ADD ("dir-impossible", test_dir_impossible);
  ADD ("tool", test_tool);
  ADD ("libexec", test_libexec);
  ADD ("write", test_write);

  return g_test_run ();
}
