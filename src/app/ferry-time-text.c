/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-time-text.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

char *
ferry_duration_to_clock (gint64 seconds)
{
  seconds = MAX (seconds, 0);
  if (seconds < HOUR)
    return g_strdup_printf ("%d:%02d", (int) (seconds / MINUTE), (int) (seconds % MINUTE));

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / HOUR,
                          (int) (seconds % HOUR / MINUTE), (int) (seconds % MINUTE));
}

static char *
hours_to_words (int hours, int minutes)
{
  if (minutes == 0)
    /* Translators: a time span in hours */
    return g_strdup_printf (_("%d\302\240h"), hours);

  /* Translators: a time span in hours and minutes */
  return g_strdup_printf (_("%1$d\302\240h %2$d\302\240min"), hours, minutes);
}

static char *
days_to_words (gint64 days, int hours)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("%d\302\240day", "%d\302\240days", (gulong) days), (int) days);

  if (hours == 0)
    return g_steal_pointer (&text);

  /* Translators: a time span: "2 days" and so many hours */
  return g_strdup_printf (_("%1$s %2$d\302\240h"), text, hours);
}

char *
ferry_duration_to_words (gint64 seconds)
{
  gint64 minutes = (MAX (seconds, 0) + MINUTE / 2) / MINUTE;

  if (seconds < MINUTE)
    /* Translators: a time span in seconds */
    return g_strdup_printf (_("%d\302\240s"), (int) MAX (seconds, 0));
  if (minutes < 60)
    /* Translators: a time span in minutes */
    return g_strdup_printf (_("%d\302\240min"), (int) minutes);
  if (minutes < 24 * 60)
    return hours_to_words ((int) (minutes / 60), (int) (minutes % 60));

  return days_to_words (minutes / (24 * 60), (int) (minutes % (24 * 60) / 60));
}

/* A forecast is rounded up, and coarser the farther away its end is, so that it does not jump. */
static gint64
round_forecast (gint64 seconds)
{
  gint64 step = seconds <= MINUTE ? 5 : seconds <= HOUR ? MINUTE : 5 * MINUTE;

  return (MAX (seconds, 1) + step - 1) / step * step;
}

char *
ferry_time_left_to_text (gint64 seconds)
{
  g_autofree char *words = NULL;

  if (seconds < 0)
    return g_strdup (_("Estimating…"));

  words = ferry_duration_to_words (round_forecast (seconds));
  /* Translators: a time span, as in "24 min left" */
  return g_strdup_printf (_("%s left"), words);
}

static gboolean
is_same_day (GDateTime *one, GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

char *
ferry_moment_to_text (gint64 moment_usec, gint64 now_usec)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (moment_usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) yesterday = NULL;

  if (moment == NULL || now == NULL)
    return g_strdup (_("at an unknown time"));
  if (is_same_day (moment, now))
    /* Translators: a time of today, in strftime's words */
    return g_date_time_format (moment, _("today, %-H:%M"));

  yesterday = g_date_time_add_days (now, -1);
  if (is_same_day (moment, yesterday))
    /* Translators: a time of yesterday, in strftime's words */
    return g_date_time_format (moment, _("yesterday, %-H:%M"));
  if (g_date_time_get_year (moment) == g_date_time_get_year (now))
    /* Translators: a time of this year, in strftime's words */
    return g_date_time_format (moment, _("%-e %B, %-H:%M"));

  /* Translators: a time of another year, in strftime's words */
  return g_date_time_format (moment, _("%-e %B %Y, %-H:%M"));
}
