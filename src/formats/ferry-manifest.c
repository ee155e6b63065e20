/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-manifest.h"

#include <string.h>

static void
entry_free (FerryManifestEntry *entry)
{
  g_free (entry->name);
  g_free (entry->algorithm);
  g_free (entry->digest);
  g_free (entry);
}

static gboolean
is_hexadecimal (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isxdigit (*text))
      return FALSE;

  return TRUE;
}

/* (transfer full) (nullable): names may have parentheses of their own, so the last one closes */
static FerryManifestEntry *
parse_line (char *line)
{
  char *open = strchr (line, '(');
  char *close = strrchr (line, ')');
  char *equals = close != NULL ? strchr (close, '=') : NULL;
  FerryManifestEntry *entry;

  if (open == NULL || equals == NULL || close <= open + 1)
    return NULL;
  *open = *close = *equals = '\0';
  if (*g_strstrip (line) == '\0' || *g_strstrip (close + 1) != '\0' ||
      !is_hexadecimal (g_strstrip (equals + 1)))
    return NULL;

  entry = g_new0 (FerryManifestEntry, 1);
  entry->algorithm = g_strdup (line);
  entry->name = g_strdup (open + 1);
  entry->digest = g_ascii_strdown (equals + 1, -1);

  return entry;
}

static const char *
skip_mark (const char *text, gsize *length)
{
  static const char mark[] = "\xef\xbb\xbf";

  if (text == NULL)
    return ""; /* as an empty GBytes has it */
  if (*length < strlen (mark) || memcmp (text, mark, strlen (mark)) != 0)
    return text;
  *length -= strlen (mark);

  return text + strlen (mark);
}

static gboolean
is_odd_text (const char *line, gsize length)
{
  return memchr (line, 0, length) != NULL || !g_utf8_validate (line, (gssize) length, NULL);
}

static gboolean
is_blank (const char *line)
{
  while (g_ascii_isspace (*line))
    line++;

  return *line == '\0';
}

/* (transfer full) (nullable): NULL also for a blank line, which is not odd */
static FerryManifestEntry *
read_line (const char *line, gsize length, guint *n_odd)
{
  g_autofree char *copy = g_strndup (line, length);
  FerryManifestEntry *entry;

  if (is_odd_text (line, length))
    {
      (*n_odd)++;
      return NULL;
    }
  if (is_blank (copy))
    return NULL;
  entry = parse_line (copy);
  if (entry == NULL)
    (*n_odd)++;

  return entry;
}

GPtrArray *
ferry_manifest_parse (GBytes *text, guint *out_n_odd)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  gsize length = g_bytes_get_size (text);
  const char *line = skip_mark (g_bytes_get_data (text, NULL), &length);
  const char *end = line + length;

  *out_n_odd = 0;
  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      const char *line_end = newline != NULL ? newline : end;
      FerryManifestEntry *entry = read_line (line, (gsize) (line_end - line), out_n_odd);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      line = newline != NULL ? newline + 1 : end;
    }

  return entries;
}
