/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-sink.h"

#include "ferry-libvirt-answer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TELL_USEC (G_USEC_PER_SEC / 5)

/* As coarse as file systems are, so that no hole is lost and no write is small. */
#define BLOCK_BYTES 65536

static gboolean
fail (FerrySink *sink, int number)
{
  sink->number = number != 0 ? number : EIO;

  return FALSE;
}

gboolean
ferry_sink_open (FerrySink *sink, const char *path)
{
  struct stat info;

  sink->fd = open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (sink->fd < 0 || fstat (sink->fd, &info) != 0)
    return fail (sink, errno);
  if (!S_ISREG (info.st_mode) || info.st_size != 0)
    return fail (sink, EEXIST);

  return TRUE;
}

void
ferry_sink_clear (FerrySink *sink)
{
  if (sink->fd >= 0)
    close (sink->fd);
  sink->fd = -1;
}

static void
tell (FerrySink *sink)
{
  JsonObject *line = ferry_answer_new_line ("progress");

  sink->told_usec = g_get_monotonic_time ();
  ferry_answer_set_size (line, "done", sink->position);
  ferry_answer_set_size (line, "total", sink->total_bytes);
  ferry_answer_send (line);
}

static void
advance (FerrySink *sink, guint64 length)
{
  sink->position += length;
  if (g_get_monotonic_time () - sink->told_usec >= TELL_USEC)
    tell (sink);
}

static gboolean
is_zero (const char *data, gsize length)
{
  return data[0] == 0 && memcmp (data, data + 1, length - 1) == 0;
}

static gboolean
write_block (FerrySink *sink, const char *data, gsize length)
{
  if (is_zero (data, length))
    return TRUE;
  for (gsize done = 0; done < length;)
    {
      gssize n = pwrite (sink->fd, data + done, length - done, (off_t) (sink->position + done));

      if (n < 0 && errno != EINTR)
        return fail (sink, errno);
      if (n > 0)
        done += (gsize) n;
    }

  return TRUE;
}

/* In blocks that begin where those of the file do. */
gboolean
ferry_sink_write (FerrySink *sink, const void *data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gsize part = MIN (length, BLOCK_BYTES - sink->position % BLOCK_BYTES);

      if (!write_block (sink, at, part))
        return FALSE;
      advance (sink, part);
      at += part;
      length -= part;
    }

  return TRUE;
}

gboolean
ferry_sink_skip (FerrySink *sink, guint64 length)
{
  if (length > (guint64) G_MAXINT64 - sink->position)
    return fail (sink, EFBIG);
  advance (sink, length);

  return TRUE;
}

gboolean
ferry_sink_restart (FerrySink *sink)
{
  sink->position = 0;
  sink->number = 0;

  return ftruncate (sink->fd, 0) == 0 || fail (sink, errno);
}

gboolean
ferry_sink_finish (FerrySink *sink)
{
  if (ftruncate (sink->fd, (off_t) sink->position) != 0)
    return fail (sink, errno);
  tell (sink);

  return TRUE;
}

gboolean
ferry_sink_refuse (const FerrySink *sink, const char *path)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", path, g_strerror (sink->number));
  gboolean is_full =
      sink->number == ENOSPC || sink->number == EDQUOT || sink->number == EFBIG;

  return ferry_answer_refuse (is_full ? FERRY_LIBVIRT_NO_SPACE : FERRY_LIBVIRT_CANNOT_WRITE,
                              message);
}
