/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-terminal.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferryctl-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>

#define LONGEST_LINE 1024

/* What would end or stop the process while the terminal shows nothing of what is typed. */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static volatile sig_atomic_t caught;

/* Readable once one was caught: any thread may get it, at any moment before or after the one that asks
 * begins to wait. */
static int caught_fd = -1;

/**
 * Silence: the terminal while a secret is typed
 */
typedef struct
{
  int fd;
  gboolean is_set;
  struct termios before;
  struct sigaction handlers[G_N_ELEMENTS (signals)];
} Silence;

static int
open_terminal (void)
{
  return open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

gboolean
ferryctl_terminal_is_there (void)
{
  g_auto (FerryFd) fd = open_terminal ();

  return fd >= 0;
}

static void
write_text (int fd, const char *text)
{
  g_autofree char *local = g_locale_from_utf8 (text, -1, NULL, NULL, NULL);
  g_autofree char *ascii = local == NULL ? g_str_to_ascii (text, NULL) : NULL;
  const char *bytes = local != NULL ? local : ascii;
  gsize left = strlen (bytes);

  while (left > 0)
    {
      gssize n = write (fd, bytes, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      bytes += n;
      left -= (gsize) n;
    }
}

void
ferryctl_terminal_say (const char *text)
{
  g_auto (FerryFd) fd = open_terminal ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; fd >= 0 && lines[i] != NULL; i++)
    {
      g_autofree char *clean = ferryctl_text_clean (lines[i]);
      g_autofree char *line = g_strconcat (clean, "\n", NULL);

      write_text (fd, line);
    }
}

static void
on_signal (int number)
{
  const guint64 one = 1;
  int before = errno;

  caught = number;
  if (write (caught_fd, &one, sizeof one) < 0)
    caught = number; /* full: it is readable already */
  errno = before;
}

static void
silence_begin (Silence *silence, int fd)
{
  struct sigaction action = { .sa_handler = on_signal };
  struct termios quiet;

  silence->fd = fd;
  caught = 0;
  caught_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      sigaction (signals[i], NULL, &silence->handlers[i]);
      if (silence->handlers[i].sa_handler != SIG_IGN)
        sigaction (signals[i], &action, NULL);
    }
  if (tcgetattr (fd, &silence->before) != 0)
    return;
  silence->is_set = TRUE;
  quiet = silence->before;
  quiet.c_lflag &= (tcflag_t) ~(ECHO | ECHONL);
  tcsetattr (fd, TCSAFLUSH, &quiet);
}

/* A signal that has come in the meantime does now what it would have done. */
static void
silence_end (Silence *silence)
{
  if (silence->is_set)
    tcsetattr (silence->fd, TCSAFLUSH, &silence->before);
  write_text (silence->fd, "\n");
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &silence->handlers[i], NULL);
  ferry_fd_close (caught_fd);
  caught_fd = -1;
  if (caught != 0)
    raise (caught);
}

/* FALSE: a signal has come. */
static gboolean
wait_for_input (int fd)
{
  GPollFD polled[] = { { fd, G_IO_IN, 0 }, { caught_fd, G_IO_IN, 0 } };

  while (g_poll (polled, G_N_ELEMENTS (polled), -1) < 0 && errno == EINTR && caught == 0)
    ;

  return caught == 0;
}

/* FALSE: the end of input, a signal, or too long a line. */
static gboolean
read_line (int fd, char line[LONGEST_LINE])
{
  gsize length = 0;

  while (length < LONGEST_LINE - 1)
    {
      gssize n;

      if (!wait_for_input (fd))
        return FALSE;
      n = read (fd, line + length, 1);
      if (n < 0 && errno == EINTR && caught == 0)
        continue;
      if (n <= 0)
        return FALSE;
      if (line[length] == '\n')
        {
          line[length] = '\0';
          return TRUE;
        }
      length++;
    }

  return FALSE;
}

static gboolean
read_silently (int fd, const char *prompt, char line[LONGEST_LINE])
{
  Silence silence = { 0 };
  gboolean was_read;

  silence_begin (&silence, fd);
  write_text (fd, prompt);
  was_read = read_line (fd, line);
  silence_end (&silence);

  /* Stopped with Ctrl+Z, and gone on: whoever comes back must see what was asked. */
  return !was_read && caught == SIGTSTP ? read_silently (fd, prompt, line) : was_read;
}

static gboolean
read_aloud (int fd, const char *prompt, char line[LONGEST_LINE])
{
  caught = 0;
  write_text (fd, prompt);

  return read_line (fd, line);
}

char *
ferryctl_terminal_read (const char *prompt, gboolean is_secret, GError **error)
{
  g_auto (FerryFd) fd = open_terminal ();
  g_autofree char *clean = ferryctl_text_clean (prompt);
  char line[LONGEST_LINE] = "";
  char *copy = NULL;
  gboolean was_read;

  if (fd < 0)
    {
      ferry_fail (error, FERRY_ERROR_AUTH, _("There is no terminal to ask at."));
      return NULL;
    }
  was_read = is_secret ? read_silently (fd, clean, line) : read_aloud (fd, clean, line);
  if (was_read)
    copy = g_strdup (line);
  else
    ferry_fail (error, FERRY_ERROR_AUTH, _("Nothing was entered."));
  explicit_bzero (line, sizeof line);

  return copy;
}

gboolean
ferryctl_terminal_confirm (const char *question)
{
  /* Translators: what can be answered, as the locale of the C library takes it; no is what Enter means */
  g_autofree char *prompt = g_strdup_printf (_("%s [y/N] "), question);
  g_autofree char *answer = ferryctl_terminal_read (prompt, FALSE, NULL);

  return answer != NULL && rpmatch (answer) == 1;
}
