/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-helper.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Far more than any answer or line; a program that writes on and on must not fill the memory. */
#define OUTPUT_LIMIT (64 * 1024 * 1024)

#define LOOK_AGAIN_MSEC 20

typedef struct
{
  const FerryHelper *helper;
  GSubprocess *process;
  FerryFd pid_fd; /* readable once it has ended */
  GString *output;
  GString *errors;
  GPollFD fds[4];
  gint64 deadline_usec; /* monotonic; G_MAXINT64: none */
  gint64 silent_usec;   /* the same, for want of words */
} Exchange;

enum
{
  POLL_END,
  POLL_OUTPUT,
  POLL_ERRORS,
  POLL_CANCEL,
};

static void
exchange_clear (Exchange *exchange)
{
  g_clear_object (&exchange->process);
  ferry_fd_close (exchange->pid_fd);
  g_string_free (exchange->output, TRUE);
  g_string_free (exchange->errors, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

/* A file in memory instead of a pipe: nothing to be written while reading, and no SIGPIPE. */
static int
open_input (const char *input)
{
  g_auto (FerryFd) fd = memfd_create ("ferry-request", MFD_CLOEXEC);
  gsize left = strlen (input);

  while (fd >= 0 && left > 0)
    {
      gssize n = write (fd, input, left);

      if (n < 0 && errno != EINTR)
        return -1;
      if (n > 0)
        {
          input += n;
          left -= (gsize) n;
        }
    }
  if (fd < 0 || lseek (fd, 0, SEEK_SET) != 0)
    return -1;

  return ferry_fd_steal (&fd);
}

static GSubprocess *
spawn (const FerryHelper *helper, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) local_error = NULL;
  GSubprocess *process;

  if (helper->input != NULL)
    {
      int fd = open_input (helper->input);

      if (fd < 0)
        {
          ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ could not be asked: %s."),
                      helper->argv[0], g_strerror (errno));
          return NULL;
        }
      g_subprocess_launcher_take_stdin_fd (launcher, fd);
    }
  if (helper->marker != NULL)
    g_subprocess_launcher_setenv (launcher, "FERRY_IMPORT", helper->marker, TRUE);

  process = g_subprocess_launcher_spawnv (launcher, helper->argv, &local_error);
  if (process == NULL)
    ferry_fail (error,
                g_error_matches (local_error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)
                    ? FERRY_ERROR_MISSING_TOOL
                    : FERRY_ERROR_FAILED,
                _("‘%s’ could not be started: %s."), helper->argv[0], local_error->message);

  return process;
}

static int
stream_fd (GInputStream *stream)
{
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));

  g_unix_set_fd_nonblocking (fd, TRUE, NULL);

  return fd;
}

/* -1: it is gone already, or the kernel does not let us. */
static int
open_pid_fd (GSubprocess *process)
{
  const char *identifier = g_subprocess_get_identifier (process);

  if (identifier == NULL)
    return -1;

  return (int) syscall (SYS_pidfd_open, (pid_t) g_ascii_strtoll (identifier, NULL, 10), 0);
}

static void
watch (Exchange *exchange, GCancellable *cancellable)
{
  int output = stream_fd (g_subprocess_get_stdout_pipe (exchange->process));
  int errors = stream_fd (g_subprocess_get_stderr_pipe (exchange->process));
  GPollFD cancel = { .fd = -1 };

  exchange->pid_fd = open_pid_fd (exchange->process);
  g_cancellable_make_pollfd (cancellable, &cancel);
  exchange->fds[POLL_END] = (GPollFD){ .fd = exchange->pid_fd, .events = G_IO_IN };
  exchange->fds[POLL_OUTPUT] = (GPollFD){ .fd = output, .events = G_IO_IN };
  exchange->fds[POLL_ERRORS] = (GPollFD){ .fd = errors, .events = G_IO_IN };
  exchange->fds[POLL_CANCEL] = cancel;
}

/* Reads what is there; a stream at its end is no longer looked at. */
static void
drain (GPollFD *poll_fd, GString *text)
{
  char buffer[16384];

  while (poll_fd->fd >= 0 && text->len <= OUTPUT_LIMIT)
    {
      gssize n = read (poll_fd->fd, buffer, sizeof buffer);

      if (n > 0)
        g_string_append_len (text, buffer, n);
      else if (n < 0 && errno == EAGAIN)
        return;
      else if (n == 0 || errno != EINTR)
        poll_fd->fd = -1;
    }
}

/* Its own end counts, not that of its streams, which a daemon started by it may hold open. Asked
 * before its streams are drained, so that nothing which it said is missed. */
static gboolean
has_ended (const Exchange *exchange)
{
  if (exchange->pid_fd >= 0)
    return exchange->fds[POLL_END].revents != 0;

  return g_subprocess_get_identifier (exchange->process) == NULL;
}

/* Without a descriptor for its end, which is the case when it ended at once, it is looked at. */
static int
poll_msec (const Exchange *exchange, int left)
{
  if (exchange->pid_fd >= 0)
    return left;

  return left < 0 ? LOOK_AGAIN_MSEC : MIN (left, LOOK_AGAIN_MSEC);
}

static gint64
deadline_after (guint msec)
{
  return msec == 0 ? G_MAXINT64 : g_get_monotonic_time () + (gint64) msec * 1000;
}

/* -1: for ever; rounded up, so that it is not woken a moment early again and again. */
static int
msec_left (const Exchange *exchange)
{
  gint64 deadline = MIN (exchange->deadline_usec, exchange->silent_usec);
  gint64 left = deadline - g_get_monotonic_time ();

  if (deadline == G_MAXINT64)
    return -1;

  return left <= 0 ? 0 : (int) MIN (left / 1000 + 1, G_MAXINT);
}

/* Hands over and forgets the whole lines that have come. */
static gboolean
hand_over (Exchange *exchange, GError **error)
{
  GString *output = exchange->output;
  gsize done = 0;
  char *end;

  if (exchange->helper->on_line == NULL)
    return TRUE;
  while ((end = memchr (output->str + done, '\n', output->len - done)) != NULL)
    {
      const char *line = output->str + done;

      *end = '\0';
      done = (gsize) (end - output->str) + 1;
      if (!exchange->helper->on_line (line, exchange->helper->user_data, error))
        return FALSE;
    }
  g_string_erase (output, 0, (gssize) done);

  return TRUE;
}

static gboolean
hear (Exchange *exchange, GError **error)
{
  gsize before = exchange->output->len;

  drain (&exchange->fds[POLL_OUTPUT], exchange->output);
  drain (&exchange->fds[POLL_ERRORS], exchange->errors);
  if (exchange->output->len > before)
    exchange->silent_usec = deadline_after (exchange->helper->silence_msec);

  return hand_over (exchange, error);
}

static gboolean
fail_late (const Exchange *exchange, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "‘%s’ did not answer in time.",
               exchange->helper->argv[0]);

  return FALSE;
}

static gboolean
listen_to_end (Exchange *exchange, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      gboolean ended;

      g_poll (exchange->fds, G_N_ELEMENTS (exchange->fds),
              poll_msec (exchange, msec_left (exchange)));
      ended = has_ended (exchange);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !hear (exchange, error))
        return FALSE;
      if (exchange->output->len > OUTPUT_LIMIT || exchange->errors->len > OUTPUT_LIMIT)
        return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ answered without end."),
                           exchange->helper->argv[0]);
      if (ended)
        return TRUE;
      if (msec_left (exchange) == 0)
        return fail_late (exchange, error);
    }
}

static FerryHelperAnswer *
make_answer (const Exchange *exchange)
{
  FerryHelperAnswer *answer = g_new0 (FerryHelperAnswer, 1);

  answer->output = g_strndup (exchange->output->str, exchange->output->len);
  answer->errors =
      g_strstrip (g_utf8_make_valid (exchange->errors->str, (gssize) exchange->errors->len));
  answer->exit_status = g_subprocess_get_if_exited (exchange->process)
                            ? g_subprocess_get_exit_status (exchange->process)
                            : 128 + g_subprocess_get_term_sig (exchange->process);

  return answer;
}

/**
 * ferry_helper_run:
 *
 * Runs @helper to its end. It is killed at once when cancelled, at a time limit, and when it
 * answers without end; it is gone when this returns. How it ended is not an error.
 *
 * Returns: (transfer full): what it said
 * Errors: FERRY_ERROR_MISSING_TOOL, FERRY_ERROR_FAILED, FERRY_ERROR_INVALID (endless answer),
 *   G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CANCELLED
 */
FerryHelperAnswer *
ferry_helper_run (const FerryHelper *helper, GCancellable *cancellable, GError **error)
{
  g_auto (Exchange) exchange = { .helper = helper, .pid_fd = -1 };
  gboolean heard;

  exchange.output = g_string_new (NULL);
  exchange.errors = g_string_new (NULL);
  exchange.deadline_usec = deadline_after (helper->limit_msec);
  exchange.silent_usec = deadline_after (helper->silence_msec);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  exchange.process = spawn (helper, error);
  if (exchange.process == NULL)
    return NULL;

  watch (&exchange, cancellable);
  heard = listen_to_end (&exchange, cancellable, error);
  if (exchange.fds[POLL_CANCEL].fd >= 0)
    g_cancellable_release_fd (cancellable);
  if (!heard)
    g_subprocess_force_exit (exchange.process);
  g_subprocess_wait (exchange.process, NULL, NULL);

  return heard ? make_answer (&exchange) : NULL;
}

void
ferry_helper_answer_free (FerryHelperAnswer *answer)
{
  g_free (answer->output);
  g_free (answer->errors);
  g_free (answer);
}
