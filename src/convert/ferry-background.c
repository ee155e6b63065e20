/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-background.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* A server that does not answer may take that long to say so. */
#define LIMIT_USEC (60 * G_TIME_SPAN_SECOND)
#define LOOK_USEC (10 * G_TIME_SPAN_MILLISECOND)
#define LOG_TAIL ((gsize) 4096)

/* Runs between fork and exec: out of reach of signals to our own session. */
static void
set_up_child (gpointer user_data)
{
  setsid ();
}

static int
open_log (const char *path)
{
  return open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_APPEND, 0600);
}

static GSubprocess *
spawn (const FerryBackground *background, const char *const *environment, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_auto (FerryFd) log = open_log (background->log);
  g_autoptr (GError) cause = NULL;
  GSubprocess *process;

  if (log < 0)
    {
      ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be made: %s."), background->log,
                  g_strerror (errno));
      return NULL;
    }

  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  g_subprocess_launcher_take_stdin_fd (launcher, open ("/dev/null", O_RDONLY | O_CLOEXEC));
  g_subprocess_launcher_take_stdout_fd (launcher, fcntl (log, F_DUPFD_CLOEXEC, 0));
  g_subprocess_launcher_take_stderr_fd (launcher, ferry_fd_steal (&log));
  process = g_subprocess_launcher_spawnv (launcher, background->argv, &cause);
  if (process == NULL)
    ferry_fail (error,
                g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)
                    ? FERRY_ERROR_MISSING_TOOL
                    : FERRY_ERROR_FAILED,
                _("‘%s’ could not be started: %s"), background->argv[0], cause->message);

  return process;
}

/* The log is whatever a program wrote: its end, as text. */
char *
ferry_background_read_log (const char *path)
{
  g_autofree char *content = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return g_strdup ("");

  text = g_utf8_make_valid (content + (length - MIN (length, LOG_TAIL)),
                            (gssize) MIN (length, LOG_TAIL));

  return g_strdup (g_strstrip (text));
}

static gboolean
fail_ended (const FerryBackground *background, GError **error)
{
  g_autofree char *name = g_path_get_basename (background->argv[0]);
  g_autofree char *said = ferry_background_read_log (background->log);

  return ferry_fail (error, FERRY_ERROR_FAILED, _("%s ended at once: %s"), name, said);
}

static gboolean
wait_until_ready (GSubprocess *process,
                  const FerryBackground *background,
                  GCancellable *cancellable,
                  GError **error)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT_USEC;

  while (access (background->ready, F_OK) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_subprocess_get_identifier (process) == NULL)
        return fail_ended (background, error);
      if (g_get_monotonic_time () >= deadline)
        return ferry_fail (error, FERRY_ERROR_CONNECTION,
                           _("‘%s’ was not ready within a minute. Check that the source answers, "
                             "then try again."),
                           background->argv[0]);
      g_usleep (LOOK_USEC);
    }

  return TRUE;
}

/**
 * ferry_background_start:
 * @background: argv[0] is an absolute path
 * @environment: its whole environment
 *
 * ferry_host_start() for this computer.
 */
gboolean
ferry_background_start (const FerryBackground *background,
                        const char *const *environment,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GSubprocess) process = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  process = spawn (background, environment, error);
  if (process == NULL)
    return FALSE;
  if (wait_until_ready (process, background, cancellable, error))
    return TRUE;

  g_subprocess_force_exit (process);
  return FALSE;
}
