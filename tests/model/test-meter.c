/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-meter.h"

#include <math.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define SECOND G_USEC_PER_SEC

static const FerryMeterEstimate estimate = {
  .preparing_seconds = 10,
  .converting_seconds = 40,
  .copying_seconds = 40,
  .finishing_seconds = 10,
};

/* What virt-v2v 2.2 said while it copied a disk of 2 GiB with 512 MiB of data at 50 MB/s:
 * milliseconds since the start of the copy, and nbdcopy's percent. */
static const struct
{
  int msec;
  guint percent;
} bars[] = {
  { 30, 0 },    { 30, 0 },    { 190, 6 },   { 2190, 12 }, { 4750, 18 }, { 7300, 25 },
  { 8170, 31 }, { 8420, 37 }, { 8430, 43 }, { 8430, 50 }, { 8450, 56 }, { 8450, 62 },
  { 8450, 68 }, { 8460, 75 }, { 8460, 81 }, { 8460, 87 }, { 8460, 93 }, { 8540, 100 },
};

/* Bytes allocated to the output of the same copy, every 200 ms from the bar of 6 % on. */
static const guint64 allocated[] = { 14249984,  116490240, 128024576,
                                     139034624, 150306816, 160792576 };

static FerryMeter *
start_copy (guint64 first_bytes, guint64 second_bytes)
{
  FerryMeter *meter = ferry_meter_new (&estimate);

  ferry_meter_add_disk (meter, "sda", first_bytes);
  if (second_bytes > 0)
    ferry_meter_add_disk (meter, "sdb", second_bytes);
  ferry_meter_enter (meter, FERRY_IMPORT_COPYING, "Copying disk 1/1", 0);
  ferry_meter_start_disk (meter, 0, 0);

  return meter;
}

static guint64
get_done (FerryMeter *meter, guint index, gint64 now_usec)
{
  g_autoptr (FerryProgress) progress = ferry_meter_read (meter, now_usec);

  return ((FerryDiskProgress *) g_ptr_array_index (progress->disks, index))->done_bytes;
}

static double
get_fraction (FerryMeter *meter)
{
  g_autoptr (FerryProgress) progress = ferry_meter_read (meter, 0);

  return progress->fraction;
}

static guint64
get_rate (FerryMeter *meter, gint64 now_usec)
{
  g_autoptr (FerryProgress) progress = ferry_meter_read (meter, now_usec);

  return progress->rate_bytes;
}

static gint64
get_seconds_left (FerryMeter *meter, gint64 now_usec)
{
  g_autoptr (FerryProgress) progress = ferry_meter_read (meter, now_usec);

  return progress->seconds_left;
}

static void
assert_near (double value, double expected)
{
  if (fabs (value - expected) > 0.0001)
    g_error ("%f is not %f", value, expected);
}

static void
test_phases (void)
{
  g_autoptr (FerryMeter) meter = ferry_meter_new (&estimate);

  ferry_meter_add_disk (meter, "sda", 2 * GIB);
  assert_near (get_fraction (meter), 0);
  ferry_meter_enter (meter, FERRY_IMPORT_PREPARING, NULL, 0);
  ferry_meter_set_part (meter, 1, 2, 0);
  assert_near (get_fraction (meter), 0.05);
  ferry_meter_enter (meter, FERRY_IMPORT_CONVERTING, "Opening the source", 0);
  assert_near (get_fraction (meter), 0.1);
  ferry_meter_set_part (meter, 5, 10, 0);
  ferry_meter_enter (meter, FERRY_IMPORT_CONVERTING, "Inspecting the source", 0);
  assert_near (get_fraction (meter), 0.3);
  ferry_meter_set_part (meter, 4, 10, 0);
  ferry_meter_set_part (meter, 0, 0, 0);
  assert_near (get_fraction (meter), 0.3);
  ferry_meter_set_part (meter, 20, 10, 0);
  assert_near (get_fraction (meter), 0.5);
  ferry_meter_enter (meter, FERRY_IMPORT_COPYING, NULL, 0);
  ferry_meter_start_disk (meter, 0, 0);
  ferry_meter_set_percent (meter, 50, 0);
  assert_near (get_fraction (meter), 0.7);
  ferry_meter_enter (meter, FERRY_IMPORT_FINISHING, NULL, 0);
  assert_near (get_fraction (meter), 0.9);
  g_assert_cmpuint (get_done (meter, 0, 0), ==, 2 * GIB);
  ferry_meter_enter (meter, FERRY_IMPORT_SUCCEEDED, NULL, 0);
  assert_near (get_fraction (meter), 1);
}

static void
test_failure_stays (void)
{
  g_autoptr (FerryMeter) meter = start_copy (2 * GIB, 0);

  ferry_meter_set_percent (meter, 50, 0);
  assert_near (get_fraction (meter), 0.7);
  ferry_meter_enter (meter, FERRY_IMPORT_FAILED, NULL, 0);
  assert_near (get_fraction (meter), 0.7);
  g_assert_cmpuint (get_done (meter, 0, 0), ==, GIB);
}

static void
test_no_estimate (void)
{
  const FerryMeterEstimate nothing = { .copying_seconds = -1, .finishing_seconds = NAN };
  g_autoptr (FerryMeter) meter = ferry_meter_new (&nothing);

  ferry_meter_enter (meter, FERRY_IMPORT_CONVERTING, NULL, 0);
  ferry_meter_set_part (meter, 1, 1, 0);
  assert_near (get_fraction (meter), 0);
  ferry_meter_enter (meter, FERRY_IMPORT_SUCCEEDED, NULL, 0);
  assert_near (get_fraction (meter), 1);
}

/* At a bar a disk is exactly where nbdcopy said: at a multiple of 128 MiB. */
static void
test_real_bars (void)
{
  g_autoptr (FerryMeter) meter = start_copy (2 * GIB, 0);

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      gint64 now_usec = (gint64) bars[i].msec * 1000;
      guint64 done;

      ferry_meter_set_percent (meter, bars[i].percent, now_usec);
      done = get_done (meter, 0, now_usec);
      g_assert_cmpuint (done % (128 * MIB), ==, 0);
      g_assert_cmpuint (done * 100 / (2 * GIB), ==, bars[i].percent);
    }
}

/* Between the bars of 6 % and 12 % it moves with what is written, and waits below 12.5 %. */
static void
test_real_writes (void)
{
  g_autoptr (FerryMeter) meter = start_copy (2 * GIB, 0);
  guint64 before;

  ferry_meter_set_percent (meter, 6, 190 * 1000);
  before = get_done (meter, 0, 0);
  g_assert_cmpuint (before, ==, 128 * MIB);
  for (guint i = 0; i < G_N_ELEMENTS (allocated); i++)
    {
      gint64 now_usec = 190 * 1000 + (gint64) i * SECOND / 5;
      guint64 done;

      ferry_meter_set_written (meter, allocated[i], now_usec);
      done = get_done (meter, 0, now_usec);
      g_assert_cmpuint (done, ==, MIN (128 * MIB + allocated[i] - allocated[0], 256 * MIB - 1));
    }
  g_assert_cmpuint (get_done (meter, 0, 0), ==, 256 * MIB - 1);
  ferry_meter_set_percent (meter, 12, 2190 * 1000);
  g_assert_cmpuint (get_done (meter, 0, 0), ==, 256 * MIB);
}

/* A disk of less than one step, and one so large that a percent is many steps. */
static void
test_small_and_large (void)
{
  g_autoptr (FerryMeter) small = start_copy (100 * MIB, 0);
  g_autoptr (FerryMeter) large = start_copy (1000 * GIB, 0);

  ferry_meter_set_percent (small, 0, 0);
  ferry_meter_set_written (small, 0, 0);
  ferry_meter_set_written (small, 60 * MIB, 1);
  g_assert_cmpuint (get_done (small, 0, 1), ==, 60 * MIB);
  ferry_meter_set_written (small, 300 * MIB, 2);
  g_assert_cmpuint (get_done (small, 0, 2), ==, 100 * MIB - 1);
  ferry_meter_set_percent (small, 100, 3);
  g_assert_cmpuint (get_done (small, 0, 3), ==, 100 * MIB);

  ferry_meter_set_percent (large, 3, 0);
  g_assert_cmpuint (get_done (large, 0, 0), ==, 30 * GIB);
  ferry_meter_set_written (large, 0, 0);
  ferry_meter_set_written (large, 5 * GIB, 1);
  g_assert_cmpuint (get_done (large, 0, 1), ==, 35 * GIB);
  ferry_meter_set_percent (large, 3, 2);
  ferry_meter_set_written (large, 500 * GIB, 3);
  g_assert_cmpuint (get_done (large, 0, 3), ==, 40 * GIB - 1);
}

/* Whatever the step of another nbdcopy is, a bar never counts for more than it said. */
static void
test_other_step (void)
{
  g_autoptr (FerryMeter) meter = start_copy (192 * MIB, 0);

  for (guint percent = 0; percent < 100; percent++)
    {
      ferry_meter_set_percent (meter, percent, 0);
      g_assert_cmpuint (get_done (meter, 0, 0) * 100 / (192 * MIB), <=, percent);
    }
}

static void
test_next_disk_ends_the_one_before (void)
{
  g_autoptr (FerryMeter) meter = start_copy (3 * GIB, GIB);
  g_autoptr (FerryProgress) progress = NULL;
  const FerryDiskProgress *first;
  const FerryDiskProgress *second;

  ferry_meter_set_percent (meter, 41, 2 * SECOND);
  ferry_meter_start_disk (meter, 1, 4 * SECOND);
  ferry_meter_start_disk (meter, 7, 4 * SECOND);
  ferry_meter_start_disk (meter, 0, 4 * SECOND);
  progress = ferry_meter_read (meter, 6 * SECOND);
  first = g_ptr_array_index (progress->disks, 0);
  second = g_ptr_array_index (progress->disks, 1);
  g_assert_cmpint (progress->disk, ==, 1);
  g_assert_cmpuint (first->done_bytes, ==, 3 * GIB);
  g_assert_cmpint (first->seconds, ==, 4);
  g_assert_cmpuint (second->done_bytes, ==, 0);
  g_assert_cmpint (second->seconds, ==, 2);
  assert_near (progress->fraction, 0.5 + 0.4 * 0.75);
}

static void
test_unknown_capacity (void)
{
  g_autoptr (FerryMeter) meter = start_copy (0, 0);
  g_autoptr (FerryProgress) progress = NULL;

  ferry_meter_set_percent (meter, 50, 0);
  progress = ferry_meter_read (meter, 0);
  g_assert_cmpuint (((FerryDiskProgress *) g_ptr_array_index (progress->disks, 0))->done_bytes, ==,
                    0);
  assert_near (progress->fraction, 0.7);
}

static void
test_out_of_place (void)
{
  g_autoptr (FerryMeter) meter = ferry_meter_new (&estimate);

  ferry_meter_set_percent (meter, 50, 0);
  ferry_meter_set_written (meter, GIB, 0);
  ferry_meter_start_disk (meter, 0, 0);
  assert_near (get_fraction (meter), 0);
  g_assert_cmpuint (get_rate (meter, 9 * SECOND), ==, 0);
  g_assert_cmpint (get_seconds_left (meter, 9 * SECOND), ==, -1);
}

/* 10 MiB/s with a tick each 200 ms. */
static void
copy_evenly (FerryMeter *meter, guint64 size, gint64 from_usec, gint64 to_usec)
{
  for (gint64 now = from_usec; now <= to_usec; now += SECOND / 5)
    {
      guint64 bytes = (guint64) now * 10 * MIB / SECOND;

      ferry_meter_set_written (meter, bytes, now);
      ferry_meter_set_percent (meter, (guint) (bytes / (128 * MIB) * 128 * MIB * 100 / size), now);
    }
}

static void
test_rate_and_time (void)
{
  g_autoptr (FerryMeter) meter = start_copy (GIB, 0);
  gint64 left;

  copy_evenly (meter, GIB, 0, 2 * SECOND);
  g_assert_cmpint (get_seconds_left (meter, 2 * SECOND), ==, -1);
  g_assert_cmpuint (get_rate (meter, 2 * SECOND), ==, 10 * MIB);
  copy_evenly (meter, GIB, 2 * SECOND, 50 * SECOND);
  g_assert_cmpuint (get_rate (meter, 50 * SECOND), ==, 10 * MIB);
  left = get_seconds_left (meter, 50 * SECOND);
  g_assert_cmpint (left, >=, 60);
  g_assert_cmpint (left, <=, 65);
}

static void
test_no_time_from_nothing (void)
{
  g_autoptr (FerryMeter) meter = start_copy (2000 * GIB, 0);

  copy_evenly (meter, 2000 * GIB, 0, 30 * SECOND);
  g_assert_cmpint (get_seconds_left (meter, 30 * SECOND), ==, -1);
}

/* A copy that stands still: no rate, no promise; ticks that bring no news do not count. */
static void
test_stall (void)
{
  g_autoptr (FerryMeter) silent = start_copy (GIB, 0);
  g_autoptr (FerryMeter) ticking = start_copy (GIB, 0);

  copy_evenly (silent, GIB, 0, 30 * SECOND);
  copy_evenly (ticking, GIB, 0, 30 * SECOND);
  g_assert_cmpuint (get_rate (silent, 31 * SECOND), >, 0);
  g_assert_cmpint (get_seconds_left (silent, 39 * SECOND), >, 0);
  for (gint64 now = 30 * SECOND; now <= 41 * SECOND; now += SECOND / 5)
    ferry_meter_set_written (ticking, 300 * MIB, now);
  g_assert_cmpuint (get_rate (ticking, 37 * SECOND), ==, 0);
  g_assert_cmpuint (get_rate (silent, 41 * SECOND), ==, 0);
  g_assert_cmpint (get_seconds_left (silent, 41 * SECOND), ==, -1);
  g_assert_cmpint (get_seconds_left (ticking, 41 * SECOND), ==, -1);

  ferry_meter_set_written (ticking, 350 * MIB, 42 * SECOND);
  g_assert_cmpint (get_seconds_left (ticking, 42 * SECOND), >, 0);
}

/* A preallocated file is no progress: what it takes at the start is not counted as written. */
static void
test_preallocated (void)
{
  g_autoptr (FerryMeter) meter = start_copy (GIB, 0);

  ferry_meter_set_written (meter, GIB, 0);
  ferry_meter_set_written (meter, GIB, 2 * SECOND);
  g_assert_cmpuint (get_done (meter, 0, 2 * SECOND), ==, 0);
  g_assert_cmpuint (get_rate (meter, 2 * SECOND), ==, 0);
}

static FerryMeter *
start_preallocated_copy (guint64 bytes)
{
  FerryMeter *meter = start_copy (bytes, 0);

  ferry_meter_set_written (meter, bytes + MIB, 0);

  return meter;
}

/* A bar each second, 10 MiB apart, and a tick each 200 ms that brings no news. */
static void
test_preallocated_rate (void)
{
  g_autoptr (FerryMeter) meter = start_preallocated_copy (1000 * MIB);
  guint64 done = 0;

  for (guint percent = 1; percent <= 20; percent++)
    {
      gint64 now = percent * SECOND;

      ferry_meter_set_percent (meter, percent, now);
      done = get_done (meter, 0, now);
      for (guint tick = 0; tick < 5; tick++)
        {
          ferry_meter_set_written (meter, 1001 * MIB, now + tick * SECOND / 5);
          g_assert_cmpuint (get_rate (meter, now + tick * SECOND / 5), ==, 10 * MIB);
          g_assert_cmpuint (get_done (meter, 0, now + tick * SECOND / 5), ==, done);
        }
    }

  /* It sinks when the next bar is late, and is gone when it does not come. */
  g_assert_cmpuint (get_rate (meter, 26 * SECOND), ==, 5 * MIB);
  g_assert_cmpuint (get_rate (meter, 31 * SECOND), ==, 0);
}

/* A percent of a large disk takes longer than anybody would wait for a sign of life. */
static void
test_preallocated_slow_bars (void)
{
  g_autoptr (FerryMeter) meter = start_preallocated_copy (100000 * MIB);

  g_assert_cmpuint (get_rate (meter, 9 * SECOND), ==, 0);
  for (guint percent = 1; percent <= 5; percent++)
    {
      ferry_meter_set_percent (meter, percent, percent * 20 * SECOND);
      g_assert_cmpuint (get_rate (meter, (percent * 20 + 19) * SECOND), ==, 50 * MIB);
      g_assert_cmpint (get_seconds_left (meter, (percent * 20 + 19) * SECOND), >, 0);
    }
  g_assert_cmpuint (get_rate (meter, 141 * SECOND), ==, 0);
  g_assert_cmpint (get_seconds_left (meter, 141 * SECOND), ==, -1);
}

/* Of the stand-in for a size that nobody knows there is no rate. */
static void
test_preallocated_unknown (void)
{
  g_autoptr (FerryMeter) meter = start_preallocated_copy (0);

  for (guint percent = 1; percent <= 20; percent++)
    ferry_meter_set_percent (meter, percent, percent * SECOND);
  g_assert_cmpuint (get_rate (meter, 20 * SECOND), ==, 0);
}

/* The next disk may be another kind of file, and has to show its own rate. */
static void
test_preallocated_then_sparse (void)
{
  g_autoptr (FerryMeter) meter = start_copy (1000 * MIB, 1000 * MIB);

  ferry_meter_set_written (meter, 1000 * MIB, 0);
  for (guint percent = 1; percent <= 9; percent++)
    ferry_meter_set_percent (meter, percent * 10, percent * SECOND);
  g_assert_cmpuint (get_rate (meter, 9 * SECOND), ==, 100 * MIB);
  ferry_meter_start_disk (meter, 1, 10 * SECOND);
  ferry_meter_set_written (meter, 0, 10 * SECOND);
  g_assert_cmpuint (get_rate (meter, 10 * SECOND), ==, 0);
  for (guint i = 1; i <= 10; i++)
    ferry_meter_set_written (meter, i * MIB, 10 * SECOND + i * SECOND);
  g_assert_cmpuint (get_rate (meter, 20 * SECOND), ==, MIB);
}

static void
do_anything (FerryMeter *meter, FerryImportState *state, gint64 now_usec)
{
  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      if (g_test_rand_int_range (0, 20) == 0 && *state < FERRY_IMPORT_FINISHING)
        (*state)++;
      ferry_meter_enter (meter, *state, "x", now_usec);
      break;
    case 1:
      ferry_meter_set_part (meter, (guint64) g_test_rand_int_range (0, 12), 10, now_usec);
      break;
    case 2:
      if (*state == FERRY_IMPORT_COPYING)
        ferry_meter_start_disk (meter, (guint) g_test_rand_int_range (0, 4), now_usec);
      break;
    case 3:
      ferry_meter_set_percent (meter, (guint) g_test_rand_int_range (0, 103), now_usec);
      break;
    default:
      ferry_meter_set_written (meter, (guint64) g_test_rand_int_range (0, G_MAXINT) * 2, now_usec);
    }
}

static void
assert_goes_on (const FerryProgress *before, const FerryProgress *after)
{
  g_assert_true (after->fraction >= before->fraction && after->fraction <= 1);
  for (guint i = 0; i < after->disks->len; i++)
    {
      const FerryDiskProgress *was = g_ptr_array_index (before->disks, i);
      const FerryDiskProgress *is = g_ptr_array_index (after->disks, i);

      g_assert_cmpuint (is->done_bytes, >=, was->done_bytes);
      g_assert_cmpuint (is->done_bytes, <=, is->total_bytes);
      g_assert_cmpint (is->seconds, >=, was->seconds);
    }
  g_assert_cmpint (after->seconds_left, >=, -1);
}

static void
test_anything_is_monotonic (void)
{
  for (int run = 0; run < 50; run++)
    {
      g_autoptr (FerryMeter) meter = ferry_meter_new (&estimate);
      g_autoptr (FerryProgress) before = NULL;
      FerryImportState state = FERRY_IMPORT_QUEUED;
      gint64 now_usec = 0;

      for (int i = 0; i < 3; i++)
        ferry_meter_add_disk (meter, "sd", (guint64) g_test_rand_int_range (0, 100) * 50 * MIB);
      before = ferry_meter_read (meter, now_usec);
      for (int step = 0; step < 500; step++)
        {
          g_autoptr (FerryProgress) after = NULL;

          now_usec += g_test_rand_int_range (0, 2 * SECOND);
          do_anything (meter, &state, now_usec);
          after = ferry_meter_read (meter, now_usec);
          assert_goes_on (before, after);
          ferry_progress_free (before);
          before = g_steal_pointer (&after);
        }
    }
}

/* Who counts bytes is believed to the byte, and what lies on the disk only tells the rate. */
static void
test_counted (void)
{
  g_autoptr (FerryMeter) meter = start_copy (2 * GIB, GIB);
  g_autoptr (FerryProgress) progress = NULL;

  ferry_meter_set_bytes (meter, 0, 1000, 0);
  g_assert_cmpuint (get_done (meter, 0, 0), ==, 0);
  ferry_meter_set_written (meter, 0, 0);
  ferry_meter_set_written (meter, 200 * MIB, 2 * SECOND);
  g_assert_cmpuint (get_done (meter, 0, 2 * SECOND), ==, 0);
  ferry_meter_set_bytes (meter, 250, 1000, 2 * SECOND);
  g_assert_cmpuint (get_done (meter, 0, 2 * SECOND), ==, GIB / 2);
  progress = ferry_meter_read (meter, 2 * SECOND);
  g_assert_cmpuint (progress->rate_bytes, ==, 100 * MIB);
  ferry_meter_set_bytes (meter, 100, 1000, 3 * SECOND); /* never back */
  g_assert_cmpuint (get_done (meter, 0, 3 * SECOND), ==, GIB / 2);
  ferry_meter_set_bytes (meter, 5, 0, 3 * SECOND);
  ferry_meter_set_bytes (meter, G_MAXUINT64, 1000, 3 * SECOND); /* not whole before its end */
  g_assert_cmpuint (get_done (meter, 0, 3 * SECOND), ==, 2 * GIB - 1);
  ferry_meter_start_disk (meter, 1, 4 * SECOND);
  g_assert_cmpuint (get_done (meter, 0, 4 * SECOND), ==, 2 * GIB);
  ferry_meter_set_bytes (meter, 500, 1000, 4 * SECOND);
  g_assert_cmpuint (get_done (meter, 1, 4 * SECOND), ==, GIB / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meter/counted", test_counted);
  g_test_add_func ("/meter/phases", test_phases);
  g_test_add_func ("/meter/failure-stays", test_failure_stays);
  g_test_add_func ("/meter/no-estimate", test_no_estimate);
  g_test_add_func ("/meter/real-bars", test_real_bars);
  g_test_add_func ("/meter/real-writes", test_real_writes);
  g_test_add_func ("/meter/small-and-large", test_small_and_large);
  g_test_add_func ("/meter/other-step", test_other_step);
  g_test_add_func ("/meter/next-disk-ends-the-one-before", test_next_disk_ends_the_one_before);
  g_test_add_func ("/meter/unknown-capacity", test_unknown_capacity);
  g_test_add_func ("/meter/out-of-place", test_out_of_place);
  g_test_add_func ("/meter/rate-and-time", test_rate_and_time);
  g_test_add_func ("/meter/no-time-from-nothing", test_no_time_from_nothing);
  g_test_add_func ("/meter/stall", test_stall);
  g_test_add_func ("/meter/preallocated/not-written", test_preallocated);
  g_test_add_func ("/meter/preallocated/rate", test_preallocated_rate);
  g_test_add_func ("/meter/preallocated/slow-bars", test_preallocated_slow_bars);
  g_test_add_func ("/meter/preallocated/unknown", test_preallocated_unknown);
  g_test_add_func ("/meter/preallocated/then-sparse", test_preallocated_then_sparse);
  g_test_add_func ("/meter/anything-is-monotonic", test_anything_is_monotonic);

  return g_test_run ();
}
