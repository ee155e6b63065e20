/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record-private.h"

#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* virt-v2v -v writes about 1 MiB for a guest; what writes more is stuck in a loop. */
#define LOG_MAX_BYTES (8 * 1024 * 1024)

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      bytes += written;
      length -= (gsize) written;
    }

  return TRUE;
}

/* Tools colour their output, and a file name in it may hold anything: nothing of that may reach the
 * terminal of who reads the log. */
static void
append_clean_line (GString *text, const char *stamp, const char *line)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  g_string_append (text, stamp);
  for (const char *at = g_strchomp (valid); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != '\t' && g_unichar_iscntrl (c))
        g_string_append_c (text, '?');
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, '\n');
}

static GString *
stamp_lines (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ ");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *stamped = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][strspn (lines[i], " \t\r")] != '\0')
      append_clean_line (stamped, stamp, lines[i]);

  return stamped;
}

/* Leaves at least LOG_MAX_BYTES in the file once the limit is met, so that nothing follows. */
static void
limit_to_room (GString *text, goffset size)
{
  gsize room = (gsize) (LOG_MAX_BYTES - size);

  if (text->len <= room)
    return;

  g_string_truncate (text, room);
  while (text->len > 0 && !g_utf8_validate_len (text->str, text->len, NULL))
    g_string_truncate (text, text->len - 1);
  g_string_append (text, _("…\nThe log is full: what follows is not kept.\n"));
}

/** ferry_record_dup_log_path: the log of @record, whether it exists or not */
char *
ferry_record_dup_log_path (const FerryRecord *record)
{
  g_autofree char *dir = ferry_record_dup_dir (record->id, NULL);

  return dir != NULL ? g_build_filename (dir, "log", NULL) : NULL;
}

/**
 * ferry_record_log:
 * @text: one line or several
 *
 * Adds @text to the import's log, a time before each line. The log is a help, never a reason to
 * stop: a full disk is ignored.
 */
void
ferry_record_log (FerryRecord *record, const char *text)
{
  g_autofree char *path = ferry_record_dup_log_path (record);
  g_autoptr (GString) stamped = NULL;
  g_auto (FerryFd) fd = -1;
  struct stat status;

  if (path == NULL)
    return;
  fd = g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0 || fstat (fd, &status) != 0 || status.st_size >= LOG_MAX_BYTES)
    return;

  stamped = stamp_lines (text);
  limit_to_room (stamped, status.st_size);
  write_all (fd, stamped->str, stamped->len);
}

/** ferry_record_rotate_log: puts a log that a new attempt might not fit into aside as log.old */
void
ferry_record_rotate_log (FerryRecord *record)
{
  g_autofree char *path = ferry_record_dup_log_path (record);
  g_autofree char *old_path = g_strconcat (path, ".old", NULL);
  GStatBuf status;

  if (path != NULL && g_stat (path, &status) == 0 && status.st_size > LOG_MAX_BYTES / 2)
    g_rename (path, old_path);
}
