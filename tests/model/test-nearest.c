/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-nearest.h"

#include <string.h>

static void
test_nearest (void)
{
  static const char *const commands[] = { "list", "import", "imports", "cancel", "log", NULL };

  g_assert_cmpstr (ferry_nearest_word ("lsit", commands), ==, "list");
  g_assert_cmpstr (ferry_nearest_word ("lst", commands), ==, "list");
  g_assert_cmpstr (ferry_nearest_word ("imprt", commands), ==, "import");
  g_assert_cmpstr (ferry_nearest_word ("importss", commands), ==, "imports");
  g_assert_cmpstr (ferry_nearest_word ("cancell", commands), ==, "cancel");
  g_assert_cmpstr (ferry_nearest_word ("frobnicate", commands), ==, NULL);
  g_assert_cmpstr (ferry_nearest_word ("", commands), ==, NULL);
}

/* Words from outside may have any length and any bytes. */
static void
test_odd (void)
{
  static const char *const candidates[] = { "", "\xff\xfe", "list", NULL };
  static const char *const none[] = { NULL };
  g_autofree char *endless = g_strnfill (1000000, 'l');
  const char *const with_endless[] = { endless, "list", NULL };

  g_assert_cmpstr (ferry_nearest_word (endless, candidates), ==, NULL);
  g_assert_cmpstr (ferry_nearest_word ("lisd", with_endless), ==, "list");
  g_assert_cmpstr (ferry_nearest_word ("\xff", candidates), ==, "");
  g_assert_cmpstr (ferry_nearest_word ("list", none), ==, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest/words", test_nearest);
  g_test_add_func ("/nearest/odd", test_odd);

  return g_test_run ();
}
