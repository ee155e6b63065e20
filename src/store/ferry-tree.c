/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-tree.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The tree is emptied without recursion, so that its depth needs neither stack nor descriptors: a
 * folder that is found in a folder and is not empty is moved up to the top and has its turn there.
 * Everything is done relative to descriptors that were opened without following links. */
typedef struct
{
  const char *path;
  int fd;
  dev_t device;
  guint n_moved;
} Tree;

typedef DIR Folder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, closedir)

static gboolean
fail_removing (const char *path, const char *name, int code, GError **error)
{
  FerryError kind = code == EACCES || code == EPERM || code == EROFS ? FERRY_ERROR_PERMISSION
                                                                     : FERRY_ERROR_FAILED;

  return ferry_fail (error, kind, _("‘%s’ in ‘%s’ could not be removed: %s."), name, path,
                     g_strerror (code));
}

/* Opens a folder to be emptied, giving its owner the rights that this takes. -1: see errno. */
static int
open_folder (int parent, const char *name)
{
  g_auto (FerryFd) fd = openat (parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  char self[32];
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    return -1;

  if ((info.st_mode & S_IRWXU) != S_IRWXU)
    {
      /* The descriptor's own path: chmod (name) would follow a link put there meanwhile. */
      g_snprintf (self, sizeof self, "/proc/self/fd/%d", fd);
      if (chmod (self, S_IRWXU) != 0)
        return -1;
    }

  return openat (fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Names that are taken (by what an earlier, interrupted removal moved) are passed over. */
static gboolean
move_up (Tree *tree, int folder, const char *name, GError **error)
{
  /* Opened for its rights: a folder that may not be written to cannot be moved to another. */
  g_auto (FerryFd) fd = open_folder (folder, name);

  if (fd < 0)
    return fail_removing (tree->path, name, errno, error);

  for (;;)
    {
      g_autofree char *new_name = g_strdup_printf (".removed-%u", tree->n_moved++);

      if (renameat2 (folder, name, tree->fd, new_name, RENAME_NOREPLACE) == 0)
        return TRUE;
      if (errno != EEXIST)
        return fail_removing (tree->path, name, errno, error);
    }
}

/* Removes what is not a folder, and a folder that is empty. FALSE: it is a folder that is not. */
static gboolean
remove_simple (int folder, const char *name)
{
  if (unlinkat (folder, name, 0) == 0 || errno == ENOENT)
    return TRUE;
  if (errno != EISDIR)
    return FALSE;

  return unlinkat (folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT;
}

static gboolean
next_entry (Folder *folder, const char **out_name)
{
  const struct dirent *entry;

  while ((entry = readdir (folder)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      {
        *out_name = entry->d_name;
        return TRUE;
      }

  return FALSE;
}

static gboolean
is_elsewhere (const Tree *tree, int fd)
{
  struct stat info;

  return fstat (fd, &info) != 0 || info.st_dev != tree->device;
}

/* Empties the folder @name of the top: its files go, its folders become folders of the top. */
static gboolean
empty_folder (Tree *tree, const char *name, GError **error)
{
  g_auto (FerryFd) fd = open_folder (tree->fd, name);
  g_autoptr (Folder) folder = NULL;
  const char *child;
  int number; /* of fd, once folder owns it */

  if (fd < 0)
    return fail_removing (tree->path, name, errno, error);
  if (is_elsewhere (tree, fd))
    return fail_removing (tree->path, name, EXDEV, error);

  number = fd;
  folder = fdopendir (fd);
  if (folder == NULL)
    return fail_removing (tree->path, name, errno, error);
  ferry_fd_steal (&fd);

  while (next_entry (folder, &child))
    if (!remove_simple (number, child))
      {
        if (errno != ENOTEMPTY && errno != EEXIST)
          return fail_removing (tree->path, child, errno, error);
        if (!move_up (tree, number, child, error))
          return FALSE;
      }

  if (unlinkat (tree->fd, name, AT_REMOVEDIR) != 0)
    return fail_removing (tree->path, name, errno, error);
  return TRUE;
}

/* One pass over the top; what is moved up meanwhile may need another. */
static gboolean
empty_top (Tree *tree, GError **error)
{
  int fd = openat (tree->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autoptr (Folder) folder = fd < 0 ? NULL : fdopendir (fd);
  const char *name;

  if (folder == NULL)
    return fail_removing (tree->path, ".", errno, error);

  while (next_entry (folder, &name))
    if (!remove_simple (tree->fd, name))
      {
        if (errno != ENOTEMPTY && errno != EEXIST)
          return fail_removing (tree->path, name, errno, error);
        if (!empty_folder (tree, name, error))
          return FALSE;
      }

  return TRUE;
}

static gboolean
remove_folder (const char *path, GError **error)
{
  g_auto (FerryFd) fd = open_folder (AT_FDCWD, path);
  Tree tree = { .path = path, .fd = fd };
  struct stat info;
  guint n_before;

  if (fd < 0 || fstat (fd, &info) != 0)
    return errno == ENOENT ? TRUE : fail_removing (path, ".", errno, error);
  tree.device = info.st_dev;

  do
    {
      n_before = tree.n_moved;
      if (!empty_top (&tree, error))
        return FALSE;
    }
  while (tree.n_moved != n_before);

  if (rmdir (path) != 0 && errno != ENOENT)
    return fail_removing (path, ".", errno, error);
  return TRUE;
}

/**
 * ferry_tree_remove:
 * @path: absolute; need not exist
 *
 * Removes @path with everything in it. Links are removed, never followed, and other file systems
 * that are mounted inside are left alone (which is an error).
 *
 * Returns: %TRUE when nothing is there any more; errors: FERRY_ERROR_PERMISSION, INVALID, FAILED
 */
gboolean
ferry_tree_remove (const char *path, GError **error)
{
  struct stat info;

  if (!g_path_is_absolute (path) || strcmp (path, "/") == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is not a folder to be removed."), path);

  if (lstat (path, &info) != 0)
    return errno == ENOENT || errno == ENOTDIR ? TRUE : fail_removing (path, ".", errno, error);
  if (S_ISDIR (info.st_mode))
    return remove_folder (path, error);
  if (unlink (path) != 0 && errno != ENOENT)
    return fail_removing (path, ".", errno, error);

  return TRUE;
}

static void
push_children (GPtrArray *paths, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
}

/**
 * ferry_tree_get_allocated_bytes:
 *
 * What the file or folder @path takes on the disk, with all that is in it. Links are not followed,
 * and what cannot be looked at (any more) counts for nothing.
 */
guint64
ferry_tree_get_allocated_bytes (const char *path)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  guint64 bytes = 0;

  g_ptr_array_add (left, g_strdup (path));
  while (left->len > 0)
    {
      g_autofree char *next = g_ptr_array_steal_index_fast (left, left->len - 1);
      struct stat info;

      if (lstat (next, &info) != 0)
        continue;
      bytes += (guint64) info.st_blocks * 512;
      if (S_ISDIR (info.st_mode))
        push_children (left, next);
    }

  return bytes;
}
