/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-error.h"
#include "ferryctl-named.h"
#include "ferryctl-screen.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define CHUNK 65536
#define FOLLOW_MSEC 250

/* A log that is shown, and perhaps still written to. */
typedef struct
{
  FerryDBusImport1 *import;
  GMainLoop *loop;
  int fd;
  gboolean is_terminal;
} Log;

/* A log repeats what others said: on a terminal nothing of it may act as a command. */
static void
disarm (char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\t')
      bytes[i] = bytes[i] == '\r' ? '\n' : '?';
}

static void
print_rest (const Log *log)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize length;

  while ((length = read (log->fd, buffer, CHUNK)) > 0)
    {
      if (log->is_terminal)
        disarm (buffer, (gsize) length);
      ferryctl_screen_write_bytes (buffer, (gsize) length);
    }
}

static gboolean
has_ended (const Log *log)
{
  const char *word = ferry_dbus_import1_get_state (log->import);
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (log->import));
  FerryImportState state = FERRY_IMPORT_QUEUED;

  if (owner == NULL)
    return TRUE;

  return ferry_import_state_from_word (word, &state) && ferry_import_state_is_end (state);
}

/* The end is asked for before the last reading, so that nothing is lost between the two. */
static gboolean
on_follow (gpointer user_data)
{
  Log *log = user_data;
  gboolean ended = has_ended (log);

  print_rest (log);
  if (ended)
    g_main_loop_quit (log->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer user_data)
{
  g_main_loop_quit (((Log *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
follow (Log *log)
{
  guint timer = g_timeout_add (FOLLOW_MSEC, on_follow, log);
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, log);

  log->loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (log->loop);
  g_source_remove (timer);
  g_source_remove (interrupt);
  g_clear_pointer (&log->loop, g_main_loop_unref);
}

static FerryctlExit
show_log (FerryDBusImport1 *import, gboolean follows)
{
  const char *path = ferry_dbus_import1_get_log_path (import);
  g_autoptr (GError) error = NULL;
  Log log = { .import = import, .is_terminal = isatty (STDOUT_FILENO) != 0 };

  log.fd = path != NULL ? g_open (path, O_RDONLY | O_CLOEXEC, 0) : -1;
  if (log.fd < 0)
    {
      ferry_fail (&error, FERRY_ERROR_NOT_FOUND, _("The log ‘%s’ cannot be opened: %s."),
                  path != NULL ? path : "", g_strerror (errno));
      return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
    }

  print_rest (&log);
  if (follows && !has_ended (&log))
    follow (&log);
  g_close (log.fd, NULL);

  return FERRYCTL_OK;
}

FerryctlExit
ferryctl_log (FerryctlLine *line)
{
  gboolean follows = FALSE;
  const GOptionEntry entries[] = {
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &follows, N_ ("Go on until the import has ended"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FerryctlNamed) named = { 0 };
  FerryctlExit worst = FERRYCTL_OK;

  if (!ferryctl_named_find (&named, line, entries, &worst))
    return worst;
  for (guint i = 0; i < named.imports->len; i++)
    worst = ferryctl_worse (worst, show_log (g_ptr_array_index (named.imports, i), follows));

  return worst;
}
