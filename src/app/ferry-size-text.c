/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-size-text.h"

#include <glib/gi18n-lib.h>

/* Three digits are enough to read and few enough not to flicker. */
static char *
value_to_text (double value, gboolean with_decimal)
{
  double step = with_decimal ? 10 : 1;

  with_decimal = with_decimal && value > 0;
  return g_strdup_printf ("%.*f", with_decimal ? 1 : 0, (double) (guint64) (value * step) / step);
}

static double
get_unit_bytes (guint64 bytes)
{
  double unit = 1;

  while ((double) bytes >= unit * 1000)
    unit *= 1000;

  return unit;
}

static gboolean
wants_decimal (guint64 bytes, double unit)
{
  return unit > 1 && (double) bytes < unit * 100;
}

char *
ferry_size_to_text (guint64 bytes)
{
  double unit = get_unit_bytes (bytes);
  g_autofree char *value = value_to_text ((double) bytes / unit, wants_decimal (bytes, unit));
  g_autofree char *unit_name = g_format_size_full (bytes, G_FORMAT_SIZE_ONLY_UNIT);

  /* Translators: a number and its unit: "41.2 GB" */
  return g_strdup_printf (_("%1$s\302\240%2$s"), value, unit_name);
}

char *
ferry_size_pair_to_text (guint64 done_bytes, guint64 total_bytes)
{
  double unit = get_unit_bytes (total_bytes);
  gboolean decimal = wants_decimal (total_bytes, unit);
  g_autofree char *done = value_to_text ((double) done_bytes / unit, decimal);
  g_autofree char *total = value_to_text ((double) total_bytes / unit, decimal);
  g_autofree char *unit_name = g_format_size_full (total_bytes, G_FORMAT_SIZE_ONLY_UNIT);

  /* Translators: how much is done, of how much, and the unit of both: "116.3 of 200.0 GB" */
  return g_strdup_printf (_("%1$s of %2$s\302\240%3$s"), done, total, unit_name);
}

char *
ferry_rate_to_text (guint64 bytes_per_second)
{
  g_autofree char *size = ferry_size_to_text (bytes_per_second);

  /* Translators: a size moved each second: "112 MB/s" */
  return g_strdup_printf (_("%s/s"), size);
}
