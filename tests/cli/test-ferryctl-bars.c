/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-bars.h"

#include <string.h>

#include "ferryctl-text.h"

static const FerryctlLook wide = { .moves = TRUE, .has_utf8 = TRUE, .columns = 100, .rows = 40 };

static FerryctlSnapshot *
make_snapshot (const char *name, FerryImportState state, double fraction)
{
  FerryctlSnapshot *snapshot = g_new0 (FerryctlSnapshot, 1);

  snapshot->id = g_strdup ("0b8f2f0e-6a3f-4a7e-9d3c-1f2e3d4c5b6a");
  snapshot->name = g_strdup (name);
  snapshot->state = state;
  snapshot->warnings = g_new0 (char *, 1);
  snapshot->files = g_new0 (char *, 1);
  snapshot->progress = ferry_progress_new ();
  snapshot->progress->state = state;
  snapshot->progress->fraction = fraction;
  snapshot->progress->seconds_left = -1;

  return snapshot;
}

static FerryctlSnapshot *
make_copying (void)
{
  FerryctlSnapshot *snapshot = make_snapshot ("web", FERRY_IMPORT_COPYING, 0.5);
  FerryDiskProgress *disk;

  snapshot->progress->rate_bytes = 52000000;
  snapshot->progress->seconds_left = 65;
  ferry_progress_add_disk (snapshot->progress, "sda", 200000000);
  ferry_progress_add_disk (snapshot->progress, "sdb", 1000000000);
  disk = g_ptr_array_index (snapshot->progress->disks, 0);
  disk->done_bytes = 50000000;
  disk->seconds = 3;
  disk = g_ptr_array_index (snapshot->progress->disks, 1);
  disk->seconds = -1;

  return snapshot;
}

static GPtrArray *
make_list (FerryctlSnapshot *first, FerryctlSnapshot *second)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ferryctl_snapshot_free);

  g_ptr_array_add (list, first);
  if (second != NULL)
    g_ptr_array_add (list, second);

  return list;
}

static void
test_copying (void)
{
  g_autoptr (GPtrArray) list = make_list (make_copying (), NULL);
  g_auto (GStrv) lines = ferryctl_bars_render (list, &wide);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==,
                   "web   ███████████████░░░░░░░░░░░░░░░  50 %  "
                   "Copying · 52.0\xc2\xa0MB/s · 1\xc2\xa0min 5\xc2\xa0s left");
  g_assert_cmpstr (lines[1], ==,
                   "  sda ███████▌░░░░░░░░░░░░░░░░░░░░░░  25 %  50.0\xc2\xa0MB of 200.0\xc2\xa0MB");
  g_assert_cmpstr (lines[2], ==, "  sdb ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %  Waiting");
}

static void
test_message (void)
{
  g_autoptr (GPtrArray) list =
      make_list (make_snapshot ("web", FERRY_IMPORT_CONVERTING, 0.25), make_copying ());
  FerryctlSnapshot *converting = g_ptr_array_index (list, 0);
  FerryctlSnapshot *copying = g_ptr_array_index (list, 1);
  g_auto (GStrv) lines = NULL;

  converting->progress->message = g_strdup ("Inspecting the source");
  copying->progress->message = g_strdup ("Copying disk 1 of 2");
  lines = ferryctl_bars_render (list, &wide);
  g_assert_true (g_str_has_suffix (lines[0], "Converting · Inspecting the source"));
  g_assert_null (strstr (lines[1], "disk 1"));
}

static void
test_ascii (void)
{
  const FerryctlLook look = { .moves = TRUE, .columns = 70, .rows = 40 };
  g_autoptr (GPtrArray) list = make_list (make_copying (), NULL);
  g_auto (GStrv) lines = ferryctl_bars_render (list, &look);

  g_assert_true (g_str_has_prefix (lines[1], "  sda #####---------------  25 %  "));
}

static void
test_color (void)
{
  FerryctlLook look = wide;
  g_autoptr (GPtrArray) list = make_list (make_copying (), NULL);
  g_auto (GStrv) lines = NULL;

  look.has_color = TRUE;
  lines = ferryctl_bars_render (list, &look);
  g_assert_nonnull (strstr (lines[0], "\033[32m█"));
  g_assert_nonnull (strstr (lines[0], "░\033[0m"));
}

/* No line is ever wider than the terminal: it would wrap and the block could not be redrawn. */
static void
test_every_width (void)
{
  for (guint columns = 1; columns <= 120; columns++)
    {
      const FerryctlLook look = { .moves = TRUE, .has_utf8 = TRUE, .columns = columns, .rows = 40 };
      g_autoptr (GPtrArray) list = make_list (make_copying (), NULL);
      g_auto (GStrv) lines = NULL;
      FerryctlSnapshot *snapshot = g_ptr_array_index (list, 0);

      g_free (snapshot->name);
      snapshot->name = g_strdup ("ein sehr langer Name für eine virtuelle Maschine 東京");
      snapshot->progress->message = g_strdup ("Inspecting the source, which takes its time");
      lines = ferryctl_bars_render (list, &look);
      for (guint i = 0; lines[i] != NULL; i++)
        if (columns >= 12)
          g_assert_cmpuint (ferryctl_text_width (lines[i]), <=, columns);
    }
}

static void
test_order_and_rows (void)
{
  FerryctlLook look = wide;
  g_autoptr (GPtrArray) list =
      make_list (make_snapshot ("later", FERRY_IMPORT_QUEUED, 0.0), make_copying ());
  g_auto (GStrv) all = ferryctl_bars_render (list, &look);
  g_auto (GStrv) cut = NULL;

  g_assert_cmpuint (g_strv_length (all), ==, 4);
  g_assert_true (g_str_has_prefix (all[0], "web "));
  g_assert_true (g_str_has_prefix (all[3], "later "));
  g_assert_true (g_str_has_suffix (all[3], "Waiting"));

  look.rows = 4;
  cut = ferryctl_bars_render (list, &look);
  g_assert_cmpuint (g_strv_length (cut), ==, 2);
  g_assert_cmpstr (cut[1], ==, "… and 3 more lines");
}

static void
test_hostile (void)
{
  g_autoptr (GPtrArray) list =
      make_list (make_snapshot ("\033[2Jgotcha", FERRY_IMPORT_CONVERTING, 7.5), NULL);
  g_auto (GStrv) lines = NULL;
  FerryctlSnapshot *snapshot = g_ptr_array_index (list, 0);

  snapshot->progress->message = g_strdup ("a\nb\033[0m");
  ferry_progress_add_disk (snapshot->progress, NULL, 0);
  lines = ferryctl_bars_render (list, &wide);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_null (strchr (lines[i], '\033'));
      g_assert_null (strchr (lines[i], '\n'));
    }
  g_assert_nonnull (strstr (lines[0], "100 %"));
}

static void
test_speak (void)
{
  static const struct
  {
    FerryImportState state;
    double fraction;
    const char *line;
  } steps[] = {
    { FERRY_IMPORT_QUEUED, 0.0, "web: Waiting" },
    { FERRY_IMPORT_QUEUED, 0.0, NULL },
    { FERRY_IMPORT_PREPARING, 0.0, "web: 0 %, Preparing" },
    { FERRY_IMPORT_CONVERTING, 0.02, "web: 0 %, Converting" },
    { FERRY_IMPORT_CONVERTING, 0.09, NULL },
    { FERRY_IMPORT_CONVERTING, 0.10, "web: 10 %, Converting" },
    { FERRY_IMPORT_CONVERTING, 0.19, NULL },
    { FERRY_IMPORT_CONVERTING, 0.45, "web: 40 %, Converting" },
    { FERRY_IMPORT_COPYING, 0.46, "web: 40 %, Copying" },
    { FERRY_IMPORT_COPYING, 1.0, "web: 100 %, Copying" },
    { FERRY_IMPORT_SUCCEEDED, 1.0, "web: Imported" },
    { FERRY_IMPORT_SUCCEEDED, 1.0, NULL },
  };
  FerryctlSpoken spoken = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (FerryctlSnapshot) snapshot =
          make_snapshot ("web", steps[i].state, steps[i].fraction);
      g_autofree char *line = ferryctl_bars_speak (&spoken, snapshot);

      g_assert_cmpstr (line, ==, steps[i].line);
    }
}

static void
test_speak_cancelling (void)
{
  FerryctlSpoken spoken = { 0 };
  g_autoptr (FerryctlSnapshot) snapshot = make_snapshot ("web", FERRY_IMPORT_COPYING, 0.5);
  g_autofree char *first = ferryctl_bars_speak (&spoken, snapshot);
  g_autofree char *second = NULL;

  snapshot->cancelling = TRUE;
  second = ferryctl_bars_speak (&spoken, snapshot);
  g_assert_cmpstr (first, ==, "web: 50 %, Copying");
  g_assert_cmpstr (second, ==, "web: 50 %, Cancelling");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/bars/copying", test_copying);
  g_test_add_func ("/ferryctl/bars/message", test_message);
  g_test_add_func ("/ferryctl/bars/ascii", test_ascii);
  g_test_add_func ("/ferryctl/bars/color", test_color);
  g_test_add_func ("/ferryctl/bars/every-width", test_every_width);
  g_test_add_func ("/ferryctl/bars/order-and-rows", test_order_and_rows);
  g_test_add_func ("/ferryctl/bars/hostile", test_hostile);
  g_test_add_func ("/ferryctl/bars/speak", test_speak);
  g_test_add_func ("/ferryctl/bars/speak-cancelling", test_speak_cancelling);

  return g_test_run ();
}
