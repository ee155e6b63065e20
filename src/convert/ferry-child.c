/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-child.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-leftovers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define TICK_USEC (200 * G_TIME_SPAN_MILLISECOND)
/* How long what the leader left behind may keep the pipes open after it. */
#define LINGER_USEC G_TIME_SPAN_SECOND
/* How often it is looked for whether all are gone that were told to end. */
#define LOOK_USEC (20 * G_TIME_SPAN_MILLISECOND)
/* What SIGKILL does not end in this time waits for dead hardware. */
#define KILL_TIMEOUT_USEC (30 * G_TIME_SPAN_SECOND)
#define READ_SIZE ((gsize) 64 * 1024)
#define PIPE_MAX ((gsize) 1024 * 1024)

enum
{
  SLOT_STDOUT,
  SLOT_STDERR,
  SLOT_MESSAGES,
  N_STREAMS,
};

static const FerryStream streams[N_STREAMS] = {
  [SLOT_STDOUT] = FERRY_STREAM_STDOUT,
  [SLOT_STDERR] = FERRY_STREAM_STDERR,
  [SLOT_MESSAGES] = FERRY_STREAM_MESSAGES,
};

/* RUNNING until the leader has ended or is cancelled; then all that is left gets SIGTERM
 * (TERMINATING), and after the time of grace SIGKILL (KILLING). */
typedef enum
{
  RUNNING,
  TERMINATING,
  KILLING,
} Stage;

typedef struct
{
  const FerryCommand *command;
  FerryFd outputs[N_STREAMS]; /* what is read; -1: at its end */
  FerryFd input;              /* what command->input is written to; -1: all written */
  gsize n_input_written;
  pid_t leader;
  FerryFd leader_fd; /* readable when the leader has ended; -1: the kernel has no such thing */
  gboolean has_ended;
  gint64 ended_usec;
  Stage stage;
  gint64 stage_usec;    /* when it was entered */
  gint64 signalled_usec; /* when all were told last */
  gint64 next_tick_usec;
  char *buffer;
} Child;

static void
child_clear (Child *child)
{
  for (guint i = 0; i < N_STREAMS; i++)
    ferry_fd_close (child->outputs[i]);
  ferry_fd_close (child->input);
  ferry_fd_close (child->leader_fd);
  g_free (child->buffer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Child, child_clear)

/* The ends of the pipes that the child gets; closed here once it has them. */
typedef struct
{
  FerryFd input;
  FerryFd outputs[N_STREAMS];
} ChildEnds;

static void
child_ends_clear (ChildEnds *ends)
{
  for (guint i = 0; i < N_STREAMS; i++)
    ferry_fd_close (ends->outputs[i]);
  ferry_fd_close (ends->input);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChildEnds, child_ends_clear)

/* Our end does not block: a silent child must not keep us from noticing a cancel. */
static gboolean
open_pipe (FerryFd *ours, FerryFd *theirs, gboolean we_write, GError **error)
{
  int ends[2];

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return ferry_fail (error, FERRY_ERROR_FAILED,
                       _("No connection to a new process could be made: %s. "
                          "Close other programs, then try again."),
                       g_strerror (errno));

  *ours = ends[we_write ? 1 : 0];
  *theirs = ends[we_write ? 0 : 1];
  fcntl (*ours, F_SETFL, O_NONBLOCK);

  return TRUE;
}

static gboolean
open_pipes (Child *child, ChildEnds *ends, GError **error)
{
  for (guint i = 0; i < N_STREAMS; i++)
    if ((i != SLOT_MESSAGES || child->command->with_messages)
        && !open_pipe (&child->outputs[i], &ends->outputs[i], FALSE, error))
      return FALSE;

  if (child->command->input != NULL)
    return open_pipe (&child->input, &ends->input, TRUE, error);

  ends->input = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  return ends->input >= 0
         || ferry_fail (error, FERRY_ERROR_FAILED, _("‘/dev/null’ could not be opened: %s."),
                        g_strerror (errno));
}

/* Runs in the new process between fork and exec: only what is async-signal-safe.
 *
 * The death signal is sent when the *thread* that forked ends, which is the one that waits in
 * ferry_child_run(): its end before the child's can only be the end of the whole program. */
static void
set_up_child (gpointer user_data)
{
  const pid_t *parent = user_data;
  sigset_t none;

  setsid ();
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != *parent) /* it died before it was watched */
    _exit (1);
}

static gboolean
fail_to_spawn (const char *name, const GError *cause, GError **error)
{
  FerryError code = FERRY_ERROR_FAILED;

  if (g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                       _("The program ‘%s’ is not installed."), name);
  if (g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_FORK))
    return ferry_fail (error, FERRY_ERROR_FAILED,
                       _("‘%s’ could not be started because this computer or this user has "
                          "reached a limit. Close other programs, then try again. (%s)"),
                       name, cause->message);
  if (g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_ACCES)
      || g_error_matches (cause, G_SPAWN_ERROR, G_SPAWN_ERROR_PERM))
    code = FERRY_ERROR_PERMISSION;

  return ferry_fail (error, code, _("‘%s’ could not be started: %s"), name, cause->message);
}

/* The third stream's number is the child's, so only that one needs a place in the table. */
static gboolean
spawn (Child *child, const char *const *environment, GError **error)
{
  g_auto (ChildEnds) ends = { -1, { -1, -1, -1 } };
  g_autoptr (GError) cause = NULL;
  const int child_messages = FERRY_MESSAGES_FD;
  pid_t parent = getpid ();

  if (!open_pipes (child, &ends, error))
    return FALSE;

  if (!g_spawn_async_with_pipes_and_fds (
        "/", child->command->argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, set_up_child, &parent,
        ends.input, ends.outputs[SLOT_STDOUT], ends.outputs[SLOT_STDERR],
        &ends.outputs[SLOT_MESSAGES], &child_messages, child->command->with_messages ? 1 : 0,
        &child->leader, NULL, NULL, NULL, &cause))
    return fail_to_spawn (child->command->argv[0], cause, error);

  child->leader_fd = (int) syscall (SYS_pidfd_open, child->leader, 0);
  if (child->leader_fd >= 0)
    fcntl (child->leader_fd, F_SETFD, FD_CLOEXEC);

  return TRUE;
}

/* As much as is there, but no more than one buffer, so that no stream starves the others. */
static void
read_stream (Child *child, guint slot)
{
  const FerryCommand *command = child->command;
  gssize n = read (child->outputs[slot], child->buffer, READ_SIZE);

  if (n > 0 && command->on_data != NULL)
    command->on_data (streams[slot], child->buffer, (gsize) n, command->user_data);
  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    {
      ferry_fd_close (child->outputs[slot]);
      child->outputs[slot] = -1;
    }
}

static gboolean
write_some (int fd, const char *text, gsize *at)
{
  gsize left = strlen (text + *at);
  gssize n = left == 0 ? 0 : write (fd, text + *at, left);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;

  *at += (gsize) n;
  return text[*at] != '\0';
}

/* A child that does not read its input to the end is no error of ours. Programs keep SIGPIPE
 * switched off (GLib's do), but a library cannot rely on that: it is blocked while writing. */
static void
write_input (Child *child)
{
  sigset_t pipe_only, before, pending;
  gboolean goes_on;
  const struct timespec at_once = { 0 };

  sigemptyset (&pipe_only);
  sigaddset (&pipe_only, SIGPIPE);
  sigpending (&pending);
  pthread_sigmask (SIG_BLOCK, &pipe_only, &before);
  goes_on = write_some (child->input, child->command->input, &child->n_input_written);
  if (!sigismember (&pending, SIGPIPE))
    sigtimedwait (&pipe_only, NULL, &at_once);
  pthread_sigmask (SIG_SETMASK, &before, NULL);

  if (!goes_on)
    {
      ferry_fd_close (child->input);
      child->input = -1;
    }
}

/* The leader is left a zombie until the end, so that its number stays its own. */
static void
notice_end (Child *child)
{
  siginfo_t info = { 0 };

  if (child->has_ended)
    return;
  if (waitid (P_PID, (id_t) child->leader, &info, WEXITED | WNOHANG | WNOWAIT) != 0
      || info.si_pid == 0)
    return;

  child->has_ended = TRUE;
  child->ended_usec = g_get_monotonic_time ();
}

static int
reap (Child *child)
{
  siginfo_t info = { 0 };

  while (waitid (P_PID, (id_t) child->leader, &info, WEXITED) != 0)
    if (errno != EINTR)
      return -1;

  return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}

static gboolean
is_silent (const Child *child)
{
  for (guint i = 0; i < N_STREAMS; i++)
    if (child->outputs[i] >= 0)
      return FALSE;

  return TRUE;
}

static void
enter_stage (Child *child, Stage stage, gint64 now)
{
  child->stage = stage;
  child->stage_usec = now;
  child->signalled_usec = 0;
}

/* Tells what is left to end, not too often. Returns TRUE when nothing of it runs any more. */
static gboolean
go_on_ending (Child *child, gint64 now)
{
  const FerryLeftovers which = { child->leader, child->command->marker };
  gint64 grace_usec = ferry_leftovers_get_grace_ms () * G_TIME_SPAN_MILLISECOND;
  gboolean is_due;

  if (child->stage == TERMINATING && now - child->stage_usec >= grace_usec)
    enter_stage (child, KILLING, now);

  is_due = now - child->signalled_usec >= FERRY_LEFTOVERS_REPEAT_MS * G_TIME_SPAN_MILLISECOND;
  if (is_due)
    child->signalled_usec = now;

  if (child->stage == KILLING)
    return ferry_leftovers_signal (&which, SIGKILL) == 0 && child->has_ended;
  return ferry_leftovers_signal (&which, is_due ? SIGTERM : 0) == 0 && child->has_ended;
}

/* Returns TRUE when the child is over. */
static gboolean
look_after (Child *child, gboolean is_cancelled)
{
  gint64 now = g_get_monotonic_time ();

  if (child->stage == RUNNING
      && (is_cancelled
          || (child->has_ended && (is_silent (child) || now - child->ended_usec >= LINGER_USEC))))
    enter_stage (child, TERMINATING, now);

  return child->stage != RUNNING && go_on_ending (child, now);
}

static void
tick (Child *child)
{
  gint64 now = g_get_monotonic_time ();

  if (now < child->next_tick_usec)
    return;

  child->next_tick_usec = now + TICK_USEC;
  if (child->command->on_tick != NULL)
    child->command->on_tick (child->command->user_data);
}

static int
get_timeout_ms (const Child *child)
{
  gint64 wait = child->next_tick_usec - g_get_monotonic_time ();

  if (child->stage != RUNNING || child->has_ended)
    wait = MIN (wait, LOOK_USEC);

  return (int) CLAMP (wait / G_TIME_SPAN_MILLISECOND + 1, 0, 1000);
}

static void
wait_for_events (Child *child, const GPollFD *cancel)
{
  GPollFD polled[N_STREAMS + 3];
  guint n = 0;

  for (; n < N_STREAMS; n++)
    polled[n] = (GPollFD){ child->outputs[n], G_IO_IN, 0 };
  polled[n++] = (GPollFD){ child->input, G_IO_OUT, 0 };
  /* Once noticed, neither says anything new: they would only keep the loop from sleeping. */
  polled[n++] = (GPollFD){ child->has_ended ? -1 : child->leader_fd, G_IO_IN, 0 };
  polled[n++] = (GPollFD){ child->stage == RUNNING ? cancel->fd : -1, G_IO_IN, 0 };

  if (g_poll (polled, n, get_timeout_ms (child)) <= 0)
    return;

  for (guint i = 0; i < N_STREAMS; i++)
    if (polled[i].revents != 0)
      read_stream (child, i);
  if (polled[N_STREAMS].revents != 0)
    write_input (child);
}

/* What was written before the end is still in the pipes: at most as much as a pipe can hold, which
 * a process that is none of ours but has the pipe may be writing to for ever. */
static void
drain (Child *child)
{
  for (guint i = 0; i < N_STREAMS; i++)
    for (gsize n = 0; n < PIPE_MAX && child->outputs[i] >= 0; n += READ_SIZE)
      {
        GPollFD polled = { child->outputs[i], G_IO_IN, 0 };

        if (g_poll (&polled, 1, 0) <= 0)
          break;
        read_stream (child, i);
      }
}

/* Returns FALSE when it cannot be ended. */
static gboolean
attend (Child *child, GCancellable *cancellable, GError **error)
{
  GPollFD cancel = { -1, 0, 0 };
  gboolean has_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  gboolean is_stuck = FALSE;

  while (!look_after (child, g_cancellable_is_cancelled (cancellable)) && !is_stuck)
    {
      wait_for_events (child, &cancel);
      notice_end (child);
      tick (child);
      is_stuck = child->stage == KILLING
                 && g_get_monotonic_time () - child->stage_usec >= KILL_TIMEOUT_USEC;
    }
  if (has_fd)
    g_cancellable_release_fd (cancellable);

  return !is_stuck
         || ferry_fail (error, FERRY_ERROR_FAILED,
                        _("‘%s’ does not end, probably because a disk or a file server does not "
                           "answer."),
                        child->command->argv[0]);
}

/**
 * ferry_child_run:
 * @command: argv[0] is an absolute path
 * @environment: the child's whole environment
 * @out_exit_status: (out): exit code, or 128 + signal
 *
 * Runs a process of this computer in a session of its own and attends to it on the calling thread
 * until it, its group, its session and all that carries its marker are gone. Uses no main loop, no
 * signal handler and nothing global, so any number may run at a time.
 *
 * See ferry_host_run() for how it is cancelled and how it fails.
 */
gboolean
ferry_child_run (const FerryCommand *command,
                 const char *const *environment,
                 int *out_exit_status,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Child) child = { .command = command, .outputs = { -1, -1, -1 }, .input = -1,
                           .leader_fd = -1 };
  int status;

  g_return_val_if_fail (command->argv != NULL && command->argv[0] != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !spawn (&child, environment, error))
    return FALSE;

  child.buffer = g_malloc (READ_SIZE);
  child.next_tick_usec = g_get_monotonic_time () + TICK_USEC;
  if (!attend (&child, cancellable, error))
    return FALSE;
  drain (&child);

  status = reap (&child);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  *out_exit_status = status;
  return TRUE;
}
