/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-lock.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define RETRY_USEC (G_USEC_PER_SEC / 20)

/**
 * ferry_lock_take:
 * @wait_seconds: how long to wait for who has it
 *
 * Takes the journal for this process alone: the bus name is not enough, since a worker gives it up
 * before it has left, and another session bus does not know of it.
 *
 * Returns: a descriptor to be closed in the end; -1 with an error
 * Errors: FERRY_ERROR_EXISTS: another process keeps it; those of the state folder
 */
int
ferry_lock_take (guint wait_seconds, GError **error)
{
  g_autofree char *dir = ferry_paths_dup_state_dir (error);
  g_autofree char *path = NULL;
  gint64 end_usec = g_get_monotonic_time () + wait_seconds * G_USEC_PER_SEC;
  g_auto (FerryFd) fd = -1;

  if (dir == NULL)
    return -1;
  path = g_build_filename (dir, "worker.lock", NULL);
  fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      ferry_fail (error, FERRY_ERROR_PERMISSION, _("‘%s’ cannot be opened: %s."), path,
                  g_strerror (errno));
      return -1;
    }

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (g_get_monotonic_time () >= end_usec)
        {
          ferry_fail (error, FERRY_ERROR_EXISTS,
                      _("Another worker of Ferry uses the journal in ‘%s’."), dir);
          return -1;
        }
      g_usleep (RETRY_USEC);
    }

  return ferry_fd_steal (&fd);
}
