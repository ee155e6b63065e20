/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-screen.h"

static void
test_redraw (void)
{
  static const char *const two[] = { "first", "second", NULL };
  static const char *const one[] = { "only", NULL };
  g_autoptr (FerryctlScreen) screen = ferryctl_screen_new ();
  g_autofree char *begin = ferryctl_screen_draw (screen, two, 80);
  g_autofree char *again = ferryctl_screen_draw (screen, one, 80);
  g_autofree char *clear = ferryctl_screen_clear (screen, 80);
  g_autofree char *nothing = ferryctl_screen_clear (screen, 80);

  g_assert_cmpstr (begin, ==, "first\nsecond\n");
  g_assert_cmpstr (again, ==, "\033[2A\r\033[Jonly\n");
  g_assert_cmpstr (clear, ==, "\033[1A\r\033[J");
  g_assert_cmpstr (nothing, ==, "");
}

/* A terminal that has become narrower shows 25 columns as three lines of ten. */
static void
test_narrower (void)
{
  static const char *const lines[] = { "\033[32m1234567890123456789012345\033[0m", "short", "",
                                       NULL };
  g_autoptr (FerryctlScreen) screen = ferryctl_screen_new ();
  G_GNUC_UNUSED g_autofree char *begin = ferryctl_screen_draw (screen, lines, 80);
  g_autofree char *clear = ferryctl_screen_clear (screen, 10);

  g_assert_cmpstr (clear, ==, "\033[5A\r\033[J");
}

static void
test_paint (void)
{
  const FerryctlLook plain = { .moves = TRUE };
  const FerryctlLook color = { .moves = TRUE, .has_color = TRUE };
  g_autofree char *without = ferryctl_look_paint (&plain, FERRYCTL_STYLE_BAD, "x");
  g_autofree char *with = ferryctl_look_paint (&color, FERRYCTL_STYLE_BAD, "x");

  g_assert_cmpstr (without, ==, "x");
  g_assert_cmpstr (with, ==, "\033[31mx\033[0m");
}

/* Standard output of a test is no terminal. */
static void
test_no_terminal (void)
{
  FerryctlLook look;

  ferryctl_look_detect (&look);
  g_assert_false (look.moves);
  g_assert_false (look.has_color);
  g_assert_cmpuint (look.columns, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/screen/redraw", test_redraw);
  g_test_add_func ("/ferryctl/screen/narrower", test_narrower);
  g_test_add_func ("/ferryctl/screen/paint", test_paint);
  if (!g_test_subprocess ())
    g_test_add_func ("/ferryctl/screen/no-terminal", test_no_terminal);

  return g_test_run ();
}
