/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <unistd.h>

G_BEGIN_DECLS

/* FerryFd: a file descriptor that closes itself: g_auto (FerryFd) fd = -1; -1 is none. */
typedef int FerryFd;

static inline void
ferry_fd_close (FerryFd fd)
{
  if (fd >= 0)
    close (fd);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (FerryFd, ferry_fd_close, -1)

/** ferry_fd_steal: gives *@fd away and leaves -1 */
static inline int
ferry_fd_steal (FerryFd *fd)
{
  int taken = *fd;

  *fd = -1;
  return taken;
}

G_END_DECLS
