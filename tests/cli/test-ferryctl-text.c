/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-text.h"

static void
test_width (void)
{
  g_assert_cmpuint (ferryctl_text_width (""), ==, 0);
  g_assert_cmpuint (ferryctl_text_width ("web"), ==, 3);
  g_assert_cmpuint (ferryctl_text_width ("é…█"), ==, 3);
  g_assert_cmpuint (ferryctl_text_width ("e\xcc\x81"), ==, 1);
  g_assert_cmpuint (ferryctl_text_width ("東京"), ==, 4);
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text;
    const char *clean;
  } cases[] = {
    { NULL, "" },
    { "web", "web" },
    { "two\nlines\tof it", "two lines of it" },
    { "\033[31mred\033[0m", "\xef\xbf\xbd[31mred\xef\xbf\xbd[0m" },
    { "a\x7f", "a\xef\xbf\xbd" },
    { "\xc2\x9b"
      "31m",
      "\xef\xbf\xbd"
      "31m" },
    { "txt\xe2\x80\xae"
      "exe",
      "txt\xef\xbf\xbd"
      "exe" },
    { "\xff", "\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = ferryctl_text_clean (cases[i].text);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
}

static void
test_fit (void)
{
  static const struct
  {
    const char *text;
    guint columns;
    const char *fitted;
  } cases[] = {
    { "web", 3, "web" },    { "webserver", 4, "web…" },   { "webserver", 1, "…" },
    { "webserver", 0, "" }, { "東京タワー", 5, "東京…" }, { "東京タワー", 4, "東…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fitted = ferryctl_text_fit (cases[i].text, cases[i].columns);

      g_assert_cmpstr (fitted, ==, cases[i].fitted);
      g_assert_cmpuint (ferryctl_text_width (fitted), <=, cases[i].columns);
    }
}

static void
test_pad (void)
{
  g_autofree char *left = ferryctl_text_pad ("é", 3, FALSE);
  g_autofree char *right = ferryctl_text_pad ("é", 3, TRUE);
  g_autofree char *none = ferryctl_text_pad ("webserver", 3, TRUE);

  g_assert_cmpstr (left, ==, "é  ");
  g_assert_cmpstr (right, ==, "  é");
  g_assert_cmpstr (none, ==, "webserver");
}

static void
test_indent (void)
{
  g_autofree char *text = ferryctl_text_indent ("a\n\nb\n", 2);
  g_autofree char *nothing = ferryctl_text_indent ("", 2);

  g_assert_cmpstr (text, ==, "  a\n\n  b\n");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -1, "–" },
    { 0, "0\xc2\xa0s" },
    { 59, "59\xc2\xa0s" },
    { 60, "1\xc2\xa0min 0\xc2\xa0s" },
    { 3599, "59\xc2\xa0min 59\xc2\xa0s" },
    { 3600, "1\xc2\xa0h 0\xc2\xa0min" },
    { 90061, "1\xc2\xa0"
             "d 1\xc2\xa0h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ferryctl_text_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_sizes (void)
{
  g_autofree char *memory = ferryctl_text_memory (G_GUINT64_CONSTANT (2) << 30);
  g_autofree char *disk = ferryctl_text_size (2000000000);
  g_autofree char *unknown = ferryctl_text_size (0);

  g_assert_cmpstr (memory, ==, "2.0\xc2\xa0GiB");
  g_assert_cmpstr (disk, ==, "2.0\xc2\xa0GB");
  g_assert_cmpstr (unknown, ==, "–");
}

static void
test_parse_size (void)
{
  static const struct
  {
    const char *text;
    guint64 bytes; /* 0: refused */
  } cases[] = {
    { "512M", G_GUINT64_CONSTANT (512) << 20 },
    { "2G", G_GUINT64_CONSTANT (2) << 30 },
    { "2 GiB", G_GUINT64_CONSTANT (2) << 30 },
    { "2gb", 2000000000 },
    { "64k", 65536 },
    { "1T", G_GUINT64_CONSTANT (1) << 40 },
    { "", 0 },
    { "G", 0 },
    { "2", 0 },
    { "-2G", 0 },
    { "0G", 0 },
    { "2.5G", 0 },
    { "2GG", 0 },
    { "2 G B", 0 },
    { "99999999999T", 0 },
    { "99999999999999999999999G", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 bytes = 0;
      gboolean parsed = ferryctl_text_parse_size (cases[i].text, &bytes);

      g_test_message ("‘%s’", cases[i].text);
      g_assert_cmpint (parsed, ==, cases[i].bytes > 0);
      g_assert_cmpuint (bytes, ==, cases[i].bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/text/width", test_width);
  g_test_add_func ("/ferryctl/text/clean", test_clean);
  g_test_add_func ("/ferryctl/text/fit", test_fit);
  g_test_add_func ("/ferryctl/text/pad", test_pad);
  g_test_add_func ("/ferryctl/text/indent", test_indent);
  g_test_add_func ("/ferryctl/text/duration", test_duration);
  g_test_add_func ("/ferryctl/text/sizes", test_sizes);
  g_test_add_func ("/ferryctl/text/parse-size", test_parse_size);

  return g_test_run ();
}
