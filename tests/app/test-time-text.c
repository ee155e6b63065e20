/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-time-text.h"

#define NBSP "\302\240"

typedef struct
{
  gint64 seconds;
  const char *text;
} Case;

static void
check (const Case *cases, gsize count, char *(*to_text) (gint64 seconds))
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *text = to_text (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_clock (void)
{
  static const Case cases[] = {
    { -5, "0:00" }, { 7, "0:07" }, { 1608, "26:48" }, { 3599, "59:59" }, { 3723, "1:02:03" },
    { 360000, "100:00:00" },
  };

  check (cases, G_N_ELEMENTS (cases), ferry_duration_to_clock);
}

static void
test_words (void)
{
  static const Case cases[] = {
    { -1, "0" NBSP "s" },
    { 48, "48" NBSP "s" },
    { 60, "1" NBSP "min" },
    { 449, "7" NBSP "min" },
    { 3599, "1" NBSP "h" },
    { 3900, "1" NBSP "h 5" NBSP "min" },
    { 86400, "1" NBSP "day" },
    { 183600, "2" NBSP "days 3" NBSP "h" },
  };

  check (cases, G_N_ELEMENTS (cases), ferry_duration_to_words);
}

static void
test_left (void)
{
  static const Case cases[] = {
    { -1, "Estimating…" },
    { 0, "5" NBSP "s left" },
    { 41, "45" NBSP "s left" },
    { 57, "1" NBSP "min left" },
    { 61, "2" NBSP "min left" },
    { 1440, "24" NBSP "min left" },
    { 3601, "1" NBSP "h 5" NBSP "min left" },
  };

  check (cases, G_N_ELEMENTS (cases), ferry_time_left_to_text);
}

static gint64
get_usec (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_moment (void)
{
  gint64 now_usec = get_usec (2026, 3, 15, 18, 0);
  const struct
  {
    gint64 moment_usec;
    const char *text;
  } cases[] = {
    { get_usec (2026, 3, 15, 14, 2), "today, 14:02" },
    { get_usec (2026, 3, 15, 0, 5), "today, 0:05" },
    { get_usec (2026, 3, 14, 9, 10), "yesterday, 9:10" },
    { get_usec (2026, 3, 3, 14, 2), "3 March, 14:02" },
    { get_usec (2025, 12, 31, 23, 59), "31 December 2025, 23:59" },
    { G_MAXINT64, "at an unknown time" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ferry_moment_to_text (cases[i].moment_usec, now_usec);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-text/clock", test_clock);
  g_test_add_func ("/time-text/words", test_words);
  g_test_add_func ("/time-text/left", test_left);
  g_test_add_func ("/time-text/moment", test_moment);

  return g_test_run ();
}
