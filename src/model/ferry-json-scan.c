/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-json-scan.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_BYTES (32 * 1024 * 1024)
#define MAX_LEVELS 64
/* 18 digits always fit into a gint64. */
#define MAX_DIGITS 18

/* The text is NUL-terminated or ends at @end; nothing is read at or after it. */
typedef struct
{
  const char *at;
  const char *end;
  guint line;
  guint levels;
} Scan;

static gboolean
fail_at_line (const Scan *scan, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID, _("Line %u is not valid JSON."), scan->line);
}

/* The four digits after "\u", or -1. */
static int
read_code_unit (const Scan *scan)
{
  int value = 0;

  if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u')
    return -1;
  for (int i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (scan->at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* A NUL would cut the string short, half a pair is no character. */
static gboolean
scan_unicode_escape (Scan *scan, GError **error)
{
  int unit = read_code_unit (scan);

  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return fail_at_line (scan, error);
  scan->at += 6;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  unit = read_code_unit (scan);
  if (unit < 0xdc00 || unit > 0xdfff)
    return fail_at_line (scan, error);
  scan->at += 6;

  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GError **error)
{
  if (scan->end - scan->at < 2)
    return fail_at_line (scan, error);
  if (scan->at[1] == 'u')
    return scan_unicode_escape (scan, error);
  if (strchr ("\"\\/bfnrt", scan->at[1]) == NULL || scan->at[1] == '\0')
    return fail_at_line (scan, error);
  scan->at += 2;

  return TRUE;
}

static gboolean
scan_string (Scan *scan, GError **error)
{
  for (scan->at++; scan->at < scan->end && *scan->at != '"';)
    {
      if ((guchar) *scan->at < 0x20)
        return fail_at_line (scan, error);
      if (*scan->at != '\\')
        scan->at++;
      else if (!scan_escape (scan, error))
        return FALSE;
    }
  if (scan->at == scan->end)
    return fail_at_line (scan, error);
  scan->at++;

  return TRUE;
}

static gboolean
scan_number (Scan *scan, GError **error)
{
  g_autofree char *number = NULL;
  const char *start = scan->at;
  gsize length;

  while (scan->at < scan->end && strchr ("+-.0123456789eE", *scan->at) != NULL && *scan->at != '\0')
    scan->at++;
  length = (gsize) (scan->at - start);
  number = g_strndup (start, length);
  if (length > MAX_DIGITS && strpbrk (number, ".eE") == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("Line %u has a number that is too large."),
                       scan->line);
  if (!isfinite (g_ascii_strtod (number, NULL)))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("Line %u has a number that is too large."),
                       scan->line);

  return TRUE;
}

static gboolean
scan_bracket (Scan *scan, GError **error)
{
  gboolean opens = *scan->at == '[' || *scan->at == '{';

  if (!opens && scan->levels == 0)
    return fail_at_line (scan, error);
  scan->levels = opens ? scan->levels + 1 : scan->levels - 1;
  if (scan->levels > MAX_LEVELS)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("Line %u is nested too deeply: at most %d levels are possible."),
                       scan->line, MAX_LEVELS);
  scan->at++;

  return TRUE;
}

static gboolean
scan_token (Scan *scan, GError **error)
{
  char c = *scan->at;

  if (c == '"')
    return scan_string (scan, error);
  if (c == '-' || g_ascii_isdigit (c))
    return scan_number (scan, error);
  if (c == '[' || c == ']' || c == '{' || c == '}')
    return scan_bracket (scan, error);
  /* The rest of true, false and null is left to the parser. */
  if (strchr (" \t\r\n,:truefalsn", c) == NULL || c == '\0')
    return fail_at_line (scan, error);
  scan->line += c == '\n';
  scan->at++;

  return TRUE;
}

gboolean
ferry_json_scan (const char *text, gsize length, GError **error)
{
  Scan scan = { .at = text, .end = text + length, .line = 1 };

  if (length > MAX_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("It is larger than %d MiB, so it cannot be one of Ferry’s files."),
                       MAX_BYTES / 1024 / 1024);
  if (!g_utf8_validate_len (text, length, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("It is not UTF-8 text."));

  while (scan.at < scan.end)
    if (!scan_token (&scan, error))
      return FALSE;

  return TRUE;
}
