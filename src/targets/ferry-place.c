/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-place.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/** ferry_place_fail: the sentence for an errno while writing at @path; always %FALSE */
gboolean
ferry_place_fail (const char *path, int number, GError **error)
{
  switch (number)
    {
    case ENOENT:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("There is no folder ‘%s’. Make it, or choose another one."), path);
    case ENOTDIR:
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("‘%s’ is not a folder. Choose another one."), path);
    case EACCES:
    case EPERM:
    case EROFS:
      return ferry_fail (error, FERRY_ERROR_PERMISSION,
                         _("You may not write in the folder ‘%s’: %s. Choose another one, or "
                           "change its permissions."),
                         path, g_strerror (number));
    case ENOSPC:
    case EDQUOT:
      return ferry_fail (error, FERRY_ERROR_NO_SPACE,
                         _("There is no room left in the folder ‘%s’. Make some, or choose "
                           "another one."),
                         path);
    default:
      return ferry_fail (error, FERRY_ERROR_FAILED, _("The folder ‘%s’ cannot be used: %s."), path,
                         g_strerror (number));
    }
}

/* Permissions do not tell the truth on every file system (root and NFS, ACLs, read-only mounts),
 * so a file is really made: one without a name where that is possible, which nobody can see. */
static gboolean
try_to_write (const char *path)
{
  g_auto (FerryFd) fd = open (path, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  g_autofree char *template = NULL;
  int named;

  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd >= 0;

  template = g_build_filename (path, ".ferry-try-XXXXXX", NULL);
  named = g_mkstemp_full (template, O_WRONLY | O_CLOEXEC, 0600);
  if (named < 0)
    return FALSE;
  unlink (template);
  close (named);

  return TRUE;
}

/**
 * ferry_place_check:
 *
 * Whether @path is a folder in which this user can make files, found out by making one.
 *
 * Errors: FERRY_ERROR_NOT_FOUND, INVALID, PERMISSION, NO_SPACE, FAILED
 */
gboolean
ferry_place_check (const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return ferry_place_fail (path, errno, error);
  if (!S_ISDIR (info.st_mode))
    return ferry_place_fail (path, ENOTDIR, error);
  if (!try_to_write (path))
    return ferry_place_fail (path, errno, error);

  return TRUE;
}

/** ferry_place_measure: what is free for this user; a file system that does not say is left out */
void
ferry_place_measure (const char *path, FerryStorage *storage)
{
  struct statvfs info;
  struct stat place;

  if (stat (path, &place) == 0)
    storage->device = place.st_dev;
  if (statvfs (path, &info) != 0 || info.f_blocks == 0)
    return;
  storage->free_bytes = (guint64) info.f_bavail * info.f_frsize;
  storage->total_bytes = (guint64) info.f_blocks * info.f_frsize;
}

/** ferry_place_judge: checks and measures the folder @path that is @storage */
void
ferry_place_judge (const char *path, FerryStorage *storage)
{
  g_autoptr (GError) error = NULL;

  ferry_place_measure (path, storage);
  if (ferry_place_check (path, &error))
    return;

  storage->usable = FALSE;
  g_free (storage->why_not);
  storage->why_not = g_strdup (error->message);
  storage->why_code = (FerryError) error->code;
}

/** ferry_place_sync: a file, or a folder's list of names, is on the disk when this has returned */
gboolean
ferry_place_sync (const char *path, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd >= 0 && fsync (fd) == 0)
    return TRUE;

  return ferry_fail (error,
                     errno == ENOSPC || errno == EDQUOT ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("‘%s’ could not be written to the disk: %s."), path, g_strerror (errno));
}
