/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-folder.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

gboolean
ferry_folder_fail_errno (GError **error, const char *path, int saved_errno)
{
  g_autofree char *printable = ferry_member_dup_printable (path);

  switch (saved_errno)
    {
    case ENOENT:
    case ENOTDIR:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("There is no file ‘%s’."), printable);
    case EACCES:
    case EPERM:
      return ferry_fail (error, FERRY_ERROR_PERMISSION,
                         _("‘%s’ cannot be read by the user ‘%s’. Make it and the folders above "
                           "it readable, for example with ‘chmod a+r’."),
                         printable, g_get_user_name ());
    case ELOOP:
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("‘%s’ is a symbolic link, which is not followed. Put the file itself "
                           "there."),
                         printable);
    default:
      return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be read: %s"), printable,
                         g_strerror (saved_errno));
    }
}

/* The folder that the last part of @name is in; -1: see errno. ELOOP: there is a link on the way. */
static int
open_parent (int dir_fd, const char *name, const char **out_last)
{
  g_auto (FerryFd) folder = openat (dir_fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  guint n_parts = g_strv_length (parts);

  *out_last = name + strlen (name) - strlen (parts[n_parts - 1]);
  for (guint i = 0; folder >= 0 && i + 1 < n_parts; i++)
    {
      FerryFd next = openat (folder, parts[i], O_PATH | O_NOFOLLOW | O_CLOEXEC);
      struct stat info = { 0 };

      ferry_fd_close (folder);
      folder = next;
      if (folder >= 0 && fstat (folder, &info) == 0 && S_ISLNK (info.st_mode))
        {
          errno = ELOOP;
          return -1;
        }
    }

  return ferry_fd_steal (&folder);
}

static FerryMemberKind
get_kind (mode_t mode)
{
  if (S_ISREG (mode))
    return FERRY_MEMBER_FILE;

  return S_ISLNK (mode) ? FERRY_MEMBER_LINK : FERRY_MEMBER_SPECIAL;
}

FerryMember *
ferry_folder_find (int dir_fd, const char *name)
{
  const char *last;
  g_auto (FerryFd) parent = open_parent (dir_fd, name, &last);
  FerryMember *member;
  struct stat info;

  if (parent < 0)
    return errno == ELOOP ? ferry_member_new (name, FERRY_MEMBER_LINK) : NULL;
  if (fstatat (parent, last, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return NULL;
  member = ferry_member_new (name, get_kind (info.st_mode));
  member->offset = 0;
  member->size_bytes = info.st_size;

  return member;
}

int
ferry_folder_open (int dir_fd, const char *name, GError **error)
{
  const char *last;
  g_auto (FerryFd) parent = open_parent (dir_fd, name, &last);
  g_auto (FerryFd) fd = -1;
  struct stat info;

  if (parent >= 0) /* O_NONBLOCK: a pipe must not keep anybody waiting */
    fd = openat (parent, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || fstat (fd, &info) != 0)
    {
      ferry_folder_fail_errno (error, name, errno);
      return -1;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_autofree char *printable = ferry_member_dup_printable (name);

      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is not a regular file."), printable);
      return -1;
    }

  return ferry_fd_steal (&fd);
}
