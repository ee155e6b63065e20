/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ovf-units.h"

#include <string.h>

/* KiloBytes and its like mean powers of 1024 to everybody who writes them into an OVF. */
static const struct
{
  const char *word;
  guint64 bytes;
} words[] = {
  { "byte", 1 },
  { "bytes", 1 },
  { "kilobyte", 1024 },
  { "kilobytes", 1024 },
  { "kb", 1024 },
  { "kib", 1024 },
  { "megabyte", 1024 * 1024 },
  { "megabytes", 1024 * 1024 },
  { "mb", 1024 * 1024 },
  { "mib", 1024 * 1024 },
  { "gigabyte", 1024 * 1024 * 1024 },
  { "gigabytes", 1024 * 1024 * 1024 },
  { "gb", 1024 * 1024 * 1024 },
  { "gib", 1024 * 1024 * 1024 },
  { "terabyte", G_GUINT64_CONSTANT (1) << 40 },
  { "terabytes", G_GUINT64_CONSTANT (1) << 40 },
  { "tb", G_GUINT64_CONSTANT (1) << 40 },
  { "tib", G_GUINT64_CONSTANT (1) << 40 },
};

static gboolean
parse_word (const char *word, guint64 *out_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      {
        *out_bytes = words[i].bytes;
        return TRUE;
      }

  return FALSE;
}

/* "1024" or "2^20" */
static gboolean
multiply (guint64 *product, const char *factor)
{
  g_auto (GStrv) power = g_strsplit (factor, "^", 2);
  guint64 base, exponent = 1;

  if (power[0] == NULL || !g_ascii_string_to_unsigned (power[0], 10, 1, G_MAXUINT64, &base, NULL))
    return FALSE;
  if (power[1] != NULL && !g_ascii_string_to_unsigned (power[1], 10, 0, 63, &exponent, NULL))
    return FALSE;

  for (guint64 i = 0; i < exponent; i++)
    if (!g_uint64_checked_mul (product, *product, base))
      return FALSE;

  return TRUE;
}

static char *
dup_without_blanks (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (squeezed, g_ascii_tolower (*text));

  return g_string_free (squeezed, FALSE);
}

gboolean
ferry_ovf_parse_unit (const char *text, guint64 *out_bytes)
{
  g_autofree char *squeezed = dup_without_blanks (text);
  g_auto (GStrv) factors = g_strsplit (squeezed, "*", 16);
  guint64 bytes;

  if (factors[0] == NULL || !parse_word (factors[0], &bytes))
    return FALSE;
  for (guint i = 1; factors[i] != NULL; i++)
    if (!multiply (&bytes, factors[i]))
      return FALSE;

  *out_bytes = bytes;
  return TRUE;
}

static gboolean
is_decimal_fraction (const char *text)
{
  return g_ascii_isdigit (*text) && text[strspn (text, "0123456789.")] == '\0';
}

gboolean
ferry_ovf_parse_quantity (const char *text, guint64 unit_bytes, guint64 *out_bytes)
{
  guint64 count, bytes;
  double fraction;
  char *end;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &count, NULL))
    {
      if (!g_uint64_checked_mul (&bytes, count, unit_bytes) || bytes > G_MAXINT64)
        return FALSE;
      *out_bytes = bytes;
      return TRUE;
    }
  if (!is_decimal_fraction (text))
    return FALSE;

  fraction = g_ascii_strtod (text, &end) * (double) unit_bytes;
  if (*end != '\0' || fraction >= (double) G_MAXINT64)
    return FALSE;
  *out_bytes = (guint64) fraction;

  return TRUE;
}
