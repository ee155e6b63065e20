/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-error.h"
#include "ferry-tree.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *base;
  char *tree;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->base = g_dir_make_tmp ("ferry-tree-XXXXXX", NULL);
  fixture->tree = g_build_filename (fixture->base, "tree é\n", NULL);
  g_assert_cmpint (g_mkdir (fixture->tree, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_tree_remove (fixture->base, NULL);
  g_assert_false (g_file_test (fixture->base, G_FILE_TEST_EXISTS));
  g_free (fixture->base);
  g_free (fixture->tree);
}

static char *
make_file (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  return path;
}

static void
fill (const char *folder, const char *name)
{
  g_autofree char *path = make_file (folder, name);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static char *
make_folder (const char *parent, const char *name)
{
  char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

static void
assert_removed (const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = ferry_tree_remove (path, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (lstat (path, &info), !=, 0);
}

static void
test_simple (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = make_folder (fixture->tree, "a");
  g_autofree char *b = make_folder (a, "b");
  g_autofree char *taken = make_folder (fixture->tree, ".removed-0");

  fill (taken, "inside");
  fill (b, "file");
  fill (b, ".hidden");

  assert_removed (fixture->tree);
  assert_removed (fixture->tree); /* already gone: fine */
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *outside = make_folder (fixture->base, "outside");
  g_autofree char *kept = make_file (outside, "kept");
  g_autofree char *a = make_folder (fixture->tree, "a");
  g_autofree char *link = g_build_filename (a, "link", NULL);
  g_autofree char *dangling = g_build_filename (fixture->tree, "dangling", NULL);

  g_assert_cmpint (symlink (outside, link), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  assert_removed (fixture->tree);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  /* The path itself a link: the link goes, what it points to stays. */
  g_assert_cmpint (symlink (outside, fixture->tree), ==, 0);
  assert_removed (fixture->tree);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* More levels than descriptors, and than a path name may have characters. */
static void
test_deep (Fixture *fixture, gconstpointer data)
{
  int fd = open (fixture->tree, O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; i < 3000; i++)
    {
      int child;

      g_assert_cmpint (mkdirat (fd, "level", 0700), ==, 0);
      child = openat (fd, "level", O_DIRECTORY | O_CLOEXEC);
      g_assert_cmpint (child, >=, 0);
      close (fd);
      fd = child;
    }
  close (fd);

  assert_removed (fixture->tree);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = make_folder (fixture->tree, "closed");
  g_autofree char *inner = make_folder (closed, "inner");

  fill (inner, "file");
  g_assert_cmpint (chmod (inner, 0500), ==, 0);
  g_assert_cmpint (chmod (closed, 0), ==, 0);
  assert_removed (fixture->tree);
}

static void
test_special_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (fixture->tree, "fifo", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_removed (fixture->tree);
}

static void
test_single_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = make_file (fixture->base, "file");

  assert_removed (file);
}

static void
test_refused (void)
{
  static const char *const paths[] = { "/", "", "relative", "../x" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_tree_remove (paths[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

/* Of files in it at any depth, and nothing of what links lead to. */
static void
test_allocated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = make_file (fixture->base, "elsewhere");
  g_autofree char *inner = make_folder (fixture->tree, "inner");
  g_autofree char *file = g_build_filename (inner, "file", NULL);
  g_autofree char *link = g_build_filename (inner, "link", NULL);
  g_autofree char *hole = make_file (inner, "hole");
  g_autofree char *text = g_strnfill (1 << 20, 'x');
  guint64 before;

  g_assert_cmpuint (ferry_tree_get_allocated_bytes ("/nonexistent/tree"), ==, 0);
  g_assert_cmpint (truncate (hole, 1 << 30), ==, 0);
  before = ferry_tree_get_allocated_bytes (fixture->tree);
  g_assert_cmpuint (before, <, 1 << 20);

  g_assert_true (g_file_set_contents (elsewhere, text, 1 << 20, NULL));
  g_assert_cmpint (symlink (elsewhere, link), ==, 0);
  g_assert_cmpuint (ferry_tree_get_allocated_bytes (fixture->tree), <, 1 << 20);
  g_assert_true (g_file_set_contents (file, text, 1 << 20, NULL));
  g_assert_cmpuint (ferry_tree_get_allocated_bytes (fixture->tree), >=, before + (1 << 20));
  g_assert_cmpuint (ferry_tree_get_allocated_bytes (file), >=, 1 << 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/tree/simple", Fixture, NULL, set_up, test_simple, tear_down);
  g_test_add ("/tree/links", Fixture, NULL, set_up, test_links, tear_down);
  g_test_add ("/tree/deep", Fixture, NULL, set_up, test_deep, tear_down);
  g_test_add ("/tree/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  g_test_add ("/tree/special-files", Fixture, NULL, set_up, test_special_files, tear_down);
  g_test_add ("/tree/single-file", Fixture, NULL, set_up, test_single_file, tear_down);
  g_test_add ("/tree/allocated", Fixture, NULL, set_up, test_allocated, tear_down);
  g_test_add_func ("/tree/refused", test_refused);

  return g_test_run ();
}
