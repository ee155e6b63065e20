/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE ((gint64) 60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Nobody mistypes longer ones, and the table of distances stays small. */

static guint
char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/** ferryctl_text_width: columns that @text, valid UTF-8 of one line, takes */
guint
ferryctl_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));

  return width;
}

/* The marks that turn the direction of text around: they can make one name look like another. */
static gboolean
turns_text (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * ferryctl_text_clean:
 * @text: (nullable): from a file or a server: anything
 *
 * Makes one line of valid UTF-8 that no terminal takes for a command: a virtual machine's name may
 * hold escape sequences.
 */
char *
ferryctl_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t')
        g_string_append_c (clean, ' ');
      else if (g_unichar_iscntrl (c) || turns_text (c))
        g_string_append_unichar (clean, 0xfffd);
      else
        g_string_append_unichar (clean, c);
    }

  return g_string_free (clean, FALSE);
}

/** ferryctl_text_fit: @text, its end replaced by … when it needs more than @columns */
char *
ferryctl_text_fit (const char *text, guint columns)
{
  guint width = 0;
  const char *end = text;

  if (ferryctl_text_width (text) <= columns)
    return g_strdup (text);
  if (columns == 0)
    return g_strdup ("");

  while (width + char_width (g_utf8_get_char (end)) < columns)
    {
      width += char_width (g_utf8_get_char (end));
      end = g_utf8_next_char (end);
    }

  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

/** ferryctl_text_pad: @text with blanks up to @columns, in front of it when @at_start */
char *
ferryctl_text_pad (const char *text, guint columns, gboolean at_start)
{
  guint width = ferryctl_text_width (text);
  int blanks = width < columns ? (int) (columns - width) : 0;

  return at_start ? g_strdup_printf ("%*s%s", blanks, "", text)
                  : g_strdup_printf ("%s%*s", text, blanks, "");
}

/** ferryctl_text_indent: every line of @text moved in by @columns; ends with a line feed */
char *
ferryctl_text_indent (const char *text, guint columns)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *indented = g_string_new (NULL);
  guint n_lines = g_strv_length (lines);

  while (n_lines > 0 && *lines[n_lines - 1] == '\0')
    n_lines--;
  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (indented, "%*s%s\n", *lines[i] != '\0' ? (int) columns : 0, "",
                            lines[i]);

  return g_string_free (indented, FALSE);
}

/** ferryctl_text_or_dash: @text made clean, or "–" for what is unknown */
char *
ferryctl_text_or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? ferryctl_text_clean (text) : g_strdup ("–");
}

/** ferryctl_text_memory: in the powers of 1024 that memory is bought in; 0: unknown */
char *
ferryctl_text_memory (guint64 bytes)
{
  return bytes > 0 ? g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS) : g_strdup ("–");
}

/** ferryctl_text_size: of a disk or a file; 0: unknown */
char *
ferryctl_text_size (guint64 bytes)
{
  return bytes > 0 ? g_format_size (bytes) : g_strdup ("–");
}

/** ferryctl_text_duration: the two largest units of @seconds, "1 min 5 s"; below 0: unknown */
char *
ferryctl_text_duration (gint64 seconds)
{
  if (seconds < 0)
    return g_strdup ("–");
  /* Translators: durations; the blanks before the units are no-break spaces */
  if (seconds < MINUTE)
    return g_strdup_printf (_("%d s"), (int) seconds);
  if (seconds < HOUR)
    return g_strdup_printf (_("%d min %d s"), (int) (seconds / MINUTE), (int) (seconds % MINUTE));
  if (seconds < DAY)
    return g_strdup_printf (_("%d h %d min"), (int) (seconds / HOUR),
                            (int) (seconds % HOUR / MINUTE));

  return g_strdup_printf (_("%d d %d h"), (int) (seconds / DAY), (int) (seconds % DAY / HOUR));
}

static guint64
unit_bytes (const char *unit)
{
  static const struct
  {
    const char *word;
    guint64 bytes;
  } units[] = {
    { "k", G_GUINT64_CONSTANT (1) << 10 },
    { "m", G_GUINT64_CONSTANT (1) << 20 },
    { "g", G_GUINT64_CONSTANT (1) << 30 },
    { "t", G_GUINT64_CONSTANT (1) << 40 },
    { "kib", G_GUINT64_CONSTANT (1) << 10 },
    { "mib", G_GUINT64_CONSTANT (1) << 20 },
    { "gib", G_GUINT64_CONSTANT (1) << 30 },
    { "tib", G_GUINT64_CONSTANT (1) << 40 },
    { "kb", 1000 },
    { "mb", 1000000 },
    { "gb", 1000000000 },
    { "tb", G_GUINT64_CONSTANT (1000000000000) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].word, unit) == 0)
      return units[i].bytes;

  return 0;
}

/**
 * ferryctl_text_parse_size:
 * @text: a whole number and a unit: "2G", "2 GiB" and "2048M" are the same, "2GB" is a bit less
 *
 * A number without a unit is refused: there is no telling what it was meant to be.
 */
gboolean
ferryctl_text_parse_size (const char *text, guint64 *out_bytes)
{
  char *end = NULL;
  guint64 number;
  guint64 unit;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  number = g_ascii_strtoull (text, &end, 10);
  while (*end == ' ')
    end++;
  unit = unit_bytes (end);
  if (number == 0 || unit == 0 || number > G_MAXINT64 / unit)
    return FALSE;

  *out_bytes = number * unit;
  return TRUE;
}
