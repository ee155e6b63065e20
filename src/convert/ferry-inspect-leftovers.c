/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inspect-leftovers.h"

#include "ferry-paths.h"
#include "ferry-serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

char *
ferry_inspect_make_id (void)
{
  static gint count = 0;

  return g_strdup_printf ("look-%d-%d", (int) getpid (), g_atomic_int_add (&count, 1));
}

/* The id in the name of a work folder, if the process that made it is gone. */
static char *
dup_stale_id (const char *name)
{
  unsigned int user = 0;
  int pid = 0;
  int number = 0;

  if (sscanf (name, "ferry-%u-look-%d-%d", &user, &pid, &number) != 3 || user != geteuid () ||
      pid <= 1 || number < 0)
    return NULL;
  if (kill (pid, 0) == 0 || errno != ESRCH)
    return NULL;

  return g_strdup_printf ("look-%d-%d", pid, number);
}

static void
clear_one (FerryHost *host, const char *id, const char *path)
{
  g_autofree char *serve_marker = ferry_serve_dup_marker (id);

  if (ferry_host_end_marked (host, id, NULL) && ferry_host_end_marked (host, serve_marker, NULL))
    ferry_host_remove_work_dir (host, path, NULL);
}

void
ferry_inspect_clear_leftovers (FerryHost *host)
{
  g_autofree char *folder = ferry_paths_dup_tmp_dir ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = dup_stale_id (name);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (id != NULL)
        clear_one (host, id, path);
    }
}
