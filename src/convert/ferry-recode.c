/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-recode.h"

#include "ferry-advice.h"
#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bars of qemu-img have two places after the point. */
#define PERCENT_PARTS 10000
#define COMPLAINT_BYTES 65536

typedef struct
{
  const FerryRecoding *recoding;
  guint64 done;
  GString *complaint;
} Hearing;

static void
tell (const Hearing *hearing)
{
  ferry_monitor_part (hearing->recoding->monitor, hearing->done, PERCENT_PARTS);
}

/* "    (12.34/100%)" and a carriage return; the last one that is whole counts. */
static void
hear_percent (Hearing *hearing, const char *bytes, gsize length)
{
  const char *end = g_strrstr_len (bytes, (gssize) length, "/100%)");
  const char *start = end != NULL ? g_strrstr_len (bytes, end - bytes, "(") : NULL;
  double percent = start != NULL ? g_ascii_strtod (start + 1, NULL) : -1;

  if (!isfinite (percent) || percent < 0)
    return;
  hearing->done = (guint64) (MIN (percent, 100) * PERCENT_PARTS / 100);
  tell (hearing);
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Hearing *hearing = user_data;

  if (stream == FERRY_STREAM_STDOUT)
    hear_percent (hearing, bytes, length);
  else if (hearing->complaint->len < COMPLAINT_BYTES)
    g_string_append_len (hearing->complaint, bytes, (gssize) length);
}

static void
on_tick (gpointer user_data)
{
  tell (user_data);
}

static gboolean
fail_to_recode (const Hearing *hearing, GError **error)
{
  g_autofree char *text =
      g_strstrip (g_utf8_make_valid (hearing->complaint->str, (gssize) hearing->complaint->len));
  FerryAdvice advice;

  if (ferry_advice_find (text, &advice))
    return ferry_fail (error, advice.code, _("The disk ‘%s’ could not be converted. %s (%s)"),
                       hearing->recoding->name, advice.heading, text);

  return ferry_fail (error, FERRY_ERROR_CONVERSION, _("The disk ‘%s’ could not be converted: %s"),
                     hearing->recoding->name, text);
}

gboolean
ferry_recode (const FerryRecoding *recoding, GCancellable *cancellable, GError **error)
{
  gboolean is_full = recoding->allocation == FERRY_ALLOCATION_PREALLOCATED;
  g_autoptr (GString) complaint = g_string_new (NULL);
  Hearing hearing = { recoding, 0, complaint };
  const char *argv[] = { "qemu-img",
                         "convert",
                         "-p",
                         "-f",
                         recoding->from_format,
                         "-O",
                         ferry_format_to_word (recoding->format),
                         "-o",
                         is_full ? "preallocation=falloc" : "preallocation=off",
                         recoding->from,
                         recoding->to,
                         NULL };
  FerryCommand command = {
    .argv = argv,
    .marker = recoding->marker,
    .on_data = on_data,
    .on_tick = on_tick,
    .user_data = &hearing,
  };
  int status = 0;

  tell (&hearing);
  if (!ferry_host_run (recoding->host, &command, &status, cancellable, error))
    return FALSE;

  return status == 0 || fail_to_recode (&hearing, error);
}

gboolean
ferry_recode_fill_up (const char *path, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_WRONLY | O_CLOEXEC);
  struct stat info;
  int number;

  if (fd < 0 || fstat (fd, &info) != 0)
    return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be opened: %s."), path,
                       g_strerror (errno));
  number = info.st_size > 0 ? posix_fallocate (fd, 0, info.st_size) : 0;
  if (number == 0 || number == EOPNOTSUPP || number == EINVAL)
    return TRUE;

  return ferry_fail (error, number == ENOSPC ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("The room for ‘%s’ cannot be taken: %s."), path, g_strerror (number));
}
