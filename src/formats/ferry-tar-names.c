/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-tar-names.h"

#include <string.h>

/* POSIX.1-2017, pax: "ustar Interchange Format" and "pax Extended Header" */
#define BLOCK_BYTES 512
#define NAME_BYTES 100
#define SIZE_OFFSET 124
#define SIZE_DIGITS 11
#define TYPE_OFFSET 156

static gboolean
goes_on_behind_nul (const guint8 *name, gsize length)
{
  const guint8 *end = memchr (name, 0, length);

  for (; end != NULL && end < name + length; end++)
    if (*end != 0)
      return TRUE;

  return FALSE;
}

/* Records are "LENGTH KEY=VALUE\n", the length counting all of itself. */
static gboolean
pax_hides_name (const guint8 *data, gsize length)
{
  static const char path_key[] = "path=", link_key[] = "linkpath=";

  while (length > 0)
    {
      const guint8 *blank = memchr (data, ' ', MIN (length, 20));
      guint64 record = blank != NULL ? g_ascii_strtoull ((const char *) data, NULL, 10) : 0;
      const guint8 *key = blank != NULL ? blank + 1 : data;

      if (record > length || key >= data + record)
        return FALSE;
      if ((gsize) (data + record - key) > strlen (link_key) &&
          (memcmp (key, path_key, strlen (path_key)) == 0 ||
           memcmp (key, link_key, strlen (link_key)) == 0) &&
          memchr (key, 0, (gsize) (data + record - key)) != NULL)
        return TRUE;
      data += record;
      length -= record;
    }

  return FALSE;
}

static guint64
parse_size (const guint8 *block)
{
  char digits[SIZE_DIGITS + 1] = { 0 };

  memcpy (digits, block + SIZE_OFFSET, SIZE_DIGITS);

  return g_ascii_strtoull (digits, NULL, 8);
}

gboolean
ferry_tar_headers_hide_name (const guint8 *headers, gsize length)
{
  while (length >= BLOCK_BYTES)
    {
      guint8 type = headers[TYPE_OFFSET];
      guint64 size = parse_size (headers);
      gsize payload = MIN (size, length - BLOCK_BYTES);
      gsize step;

      if (goes_on_behind_nul (headers, NAME_BYTES))
        return TRUE;
      if (type != 'x' && type != 'g' && type != 'L' && type != 'K')
        return FALSE;
      if ((type == 'x' || type == 'g') && pax_hides_name (headers + BLOCK_BYTES, payload))
        return TRUE;
      if ((type == 'L' || type == 'K') && goes_on_behind_nul (headers + BLOCK_BYTES, payload))
        return TRUE;
      step = BLOCK_BYTES + (payload + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
      headers += MIN (step, length);
      length -= MIN (step, length);
    }

  return FALSE;
}
