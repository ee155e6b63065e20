/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-size-text.h"

#define NBSP "\302\240"

static void
test_size (void)
{
  static const struct
  {
    guint64 bytes;
    const char *text;
  } cases[] = {
    { 0, "0" NBSP "bytes" },
    { 1, "1" NBSP "byte" },
    { 999, "999" NBSP "bytes" },
    { 1000, "1.0" NBSP "kB" },
    { 41200000000, "41.2" NBSP "GB" },
    { 99999999999, "99.9" NBSP "GB" },
    { 340000000000, "340" NBSP "GB" },
    { G_MAXUINT64, "18.4" NBSP "EB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ferry_size_to_text (cases[i].bytes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_pair (void)
{
  static const struct
  {
    guint64 done, total;
    const char *text;
  } cases[] = {
    { 116300000000, 200000000000, "116 of 200" NBSP "GB" },
    { 0, 80000000000, "0 of 80.0" NBSP "GB" },
    { 5000000, 60000000000, "0.0 of 60.0" NBSP "GB" },
    { 59999999999, 60000000000, "59.9 of 60.0" NBSP "GB" },
    { 60000000000, 60000000000, "60.0 of 60.0" NBSP "GB" },
    { 12, 40, "12 of 40" NBSP "bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ferry_size_pair_to_text (cases[i].done, cases[i].total);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_rate (void)
{
  g_autofree char *text = ferry_rate_to_text (112000000);

  g_assert_cmpstr (text, ==, "112" NBSP "MB/s");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/size-text/size", test_size);
  g_test_add_func ("/size-text/pair", test_pair);
  g_test_add_func ("/size-text/rate", test_rate);

  return g_test_run ();
}
