/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-leftovers.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#define DEFAULT_GRACE_MS 5000
/* After SIGKILL only a process that waits for dead hardware or a dead NFS server stays. */
#define KILL_TIMEOUT_MS 30000
#define LONGEST_PAUSE_MS 50
/* The kernel lets a whole process have no more than this by default (a quarter of the stack). */
#define ENVIRONMENT_MAX (2 * 1024 * 1024)

typedef DIR ProcFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProcFolder, closedir)

guint
ferry_leftovers_get_grace_ms (void)
{
  const char *text = g_getenv ("FERRY_KILL_GRACE_MS");
  guint64 value;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, 600000, &value, NULL))
    return (guint) value;

  return DEFAULT_GRACE_MS;
}

static GByteArray *
read_proc_file (int process, const char *name)
{
  g_auto (FerryFd) fd = openat (process, name, O_RDONLY | O_CLOEXEC);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 buffer[8192];
  gssize n;

  if (fd < 0)
    return NULL;

  while (content->len < ENVIRONMENT_MAX && (n = read (fd, buffer, sizeof buffer)) > 0)
    g_byte_array_append (content, buffer, (guint) n);
  g_byte_array_append (content, (const guint8 *) "", 1);

  return g_steal_pointer (&content);
}

/* proc(5): "PID (NAME) STATE PPID PGRP SESSION …", where NAME may hold anything. */
static gboolean
read_ids (int process, char *out_state, pid_t *out_group, pid_t *out_session)
{
  g_autoptr (GByteArray) stat = read_proc_file (process, "stat");
  const char *after_name;
  int parent;

  if (stat == NULL)
    return FALSE;

  after_name = strrchr ((const char *) stat->data, ')');
  return after_name != NULL
         && sscanf (after_name + 1, " %c %d %d %d", out_state, &parent, out_group, out_session)
              == 4;
}

static gboolean
carries_marker (int process, const char *marker)
{
  g_autofree char *wanted = g_strconcat (FERRY_MARKER_VARIABLE "=", marker, NULL);
  g_autoptr (GByteArray) environment = read_proc_file (process, "environ");
  const char *at, *end;

  if (environment == NULL)
    return FALSE;

  at = (const char *) environment->data;
  end = at + environment->len;
  for (; at < end; at += strlen (at) + 1)
    if (strcmp (at, wanted) == 0)
      return TRUE;

  return FALSE;
}

/* The descriptor of /proc/PID stays with one process: when its number is given to another one
 * meanwhile, reading through it fails. */
static gboolean
is_meant (const FerryLeftovers *which, int process)
{
  pid_t group, session;
  char state;

  if (!read_ids (process, &state, &group, &session) || state == 'Z' || state == 'X')
    return FALSE;
  if (which->leader != 0 && (group == which->leader || session == which->leader))
    return TRUE;

  return which->marker != NULL && carries_marker (process, which->marker);
}

/* Signals the process that /proc/PID was opened as, and no other that has its number by now;
 * where the kernel or a sandbox does not offer that, the number has to do. */
static void
send_signal (int process, pid_t pid, int number)
{
  if (syscall (SYS_pidfd_send_signal, process, number, NULL, 0) != 0 && errno != ESRCH)
    kill (pid, number);
}

static gboolean
signal_one (const FerryLeftovers *which, int proc, const char *name, int number)
{
  g_auto (FerryFd) process = -1;
  pid_t pid = atoi (name);

  if (pid <= 1 || pid == getpid ())
    return FALSE;

  process = openat (proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (process < 0 || !is_meant (which, process))
    return FALSE;
  if (number != 0)
    send_signal (process, pid, number);

  return TRUE;
}

/**
 * ferry_leftovers_signal:
 * @number: the signal; 0: only count
 *
 * One pass over all processes of this computer that this user may look into; never this one.
 *
 * Returns: how many are meant and still run (zombies do not)
 */
guint
ferry_leftovers_signal (const FerryLeftovers *which, int number)
{
  g_autoptr (ProcFolder) folder = opendir ("/proc");
  const struct dirent *entry;
  guint n_found = 0;

  if (folder == NULL)
    return 0;

  while ((entry = readdir (folder)) != NULL)
    if (g_ascii_isdigit (entry->d_name[0])
        && signal_one (which, dirfd (folder), entry->d_name, number))
      n_found++;

  return n_found;
}

static gboolean
wait_until_gone (const FerryLeftovers *which, int number, guint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  gint64 next_signal = 0;
  guint pause_ms = 1;

  for (;;)
    {
      gint64 now = g_get_monotonic_time ();
      gboolean is_due = now >= next_signal;

      if (ferry_leftovers_signal (which, is_due ? number : 0) == 0)
        return TRUE;
      if (now >= deadline)
        return FALSE;
      if (is_due)
        next_signal = now + FERRY_LEFTOVERS_REPEAT_MS * G_TIME_SPAN_MILLISECOND;
      g_usleep (pause_ms * G_TIME_SPAN_MILLISECOND);
      pause_ms = MIN (pause_ms * 2, LONGEST_PAUSE_MS);
    }
}

/**
 * ferry_leftovers_end:
 *
 * SIGTERM, the time of grace, SIGKILL; returns %TRUE when none of them runs any more. Blocks.
 */
gboolean
ferry_leftovers_end (const FerryLeftovers *which, GError **error)
{
  if (wait_until_gone (which, SIGTERM, ferry_leftovers_get_grace_ms ())
      || wait_until_gone (which, SIGKILL, KILL_TIMEOUT_MS))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_FAILED,
                     _("A process of this import does not end, probably because a disk or a file "
                        "server does not answer. Restart the computer, then try again."));
}
