/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-lines.h"

#include <string.h>

static void
end_line (FerryLines *lines)
{
  lines->on_line (lines->partial->str, lines->partial->len, lines->user_data);
  g_string_truncate (lines->partial, 0);
}

void
ferry_lines_feed (FerryLines *lines, const char *bytes, gsize length)
{
  const char *end = bytes + length;

  if (lines->partial == NULL)
    lines->partial = g_string_new (NULL);

  while (bytes < end)
    {
      gsize room = FERRY_LINES_LONGEST - lines->partial->len;
      gsize n = 0;

      while (n < room && bytes + n < end && (bytes[n] == '\0' || !strchr (lines->ends, bytes[n])))
        n++;
      g_string_append_len (lines->partial, bytes, (gssize) n);
      bytes += n;

      if (n == room)
        end_line (lines);
      else if (bytes < end)
        {
          end_line (lines);
          bytes++;
        }
    }
}

/** ferry_lines_finish: the stream has ended: what has no end is a line too */
void
ferry_lines_finish (FerryLines *lines)
{
  if (lines->partial != NULL && lines->partial->len > 0)
    end_line (lines);
}

void
ferry_lines_clear (FerryLines *lines)
{
  if (lines->partial != NULL)
    g_string_free (lines->partial, TRUE);
  lines->partial = NULL;
}
