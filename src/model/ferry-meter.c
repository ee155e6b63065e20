/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-meter.h"

#include <math.h>

/* nbdcopy tells its position each time that it hands out this much of a disk to a thread. */
#define STEP_BYTES (G_GUINT64_CONSTANT (128) * 1024 * 1024)
/* Stands for the size of a disk that nobody knows. */
#define NOMINAL_BYTES (G_GUINT64_CONSTANT (1) << 30)

/* More than any disk has; sums of it do not overflow. */
#define MAX_BYTES (G_GUINT64_CONSTANT (1) << 54)

#define RATE_WINDOW_USEC (5 * G_USEC_PER_SEC)
#define SPEED_WINDOW_USEC (30 * G_USEC_PER_SEC)
#define SAMPLE_USEC (G_USEC_PER_SEC / 5)
#define STALL_USEC (10 * G_USEC_PER_SEC)
#define MIN_RATE_USEC G_USEC_PER_SEC
#define MIN_SPEED_USEC (3 * G_USEC_PER_SEC)
#define MIN_SPEED_PART 0.01

/* @size_bytes is @capacity_bytes, or a stand-in for it; @done_bytes is of @size_bytes. */
typedef struct
{
  char *name;
  guint64 capacity_bytes;
  guint64 size_bytes;
  guint64 done_bytes;
  gint64 started_usec; /* -1: not yet */
  gint64 ended_usec;   /* -1: not yet */
} Disk;

/* How much had been done at one moment, of all disks together. */
typedef struct
{
  gint64 usec;
  guint64 written_bytes;
  guint64 done_bytes;
} Sample;

/* What nbdcopy had done at one of its bars, of the disk being copied. */
typedef struct
{
  gint64 usec;
  guint64 bytes;
} Bar;

struct _FerryMeter
{
  double weights[FERRY_IMPORT_SUCCEEDED]; /* by state */
  GPtrArray *disks;                       /* (element-type Disk) */
  GArray *samples;                        /* (element-type Sample): oldest first */
  GArray *bars; /* (element-type Bar): oldest first */

  FerryImportState state;
  char *message;
  double part; /* of the phase, 0 to 1 */
  double fraction;

  int disk;                  /* being copied; -1: none */
  gboolean is_exact;         /* its bytes are counted, not guessed from bars */
  guint percent;             /* of it: nbdcopy's last word */
  gint64 allocated_bytes;    /* of its file: last heard; -1: nothing yet */
  guint64 bar_written_bytes; /* @written_bytes at the time of its last bar */
  gboolean is_preallocated; /* its file had all its room from the start, and so tells nothing */

  guint64 written_bytes; /* of all disks */
  gint64 copy_started_usec;
  gint64 heard_usec; /* last sign of life of the copying */
};

static void
disk_free (Disk *disk)
{
  g_free (disk->name);
  g_free (disk);
}

static double
get_weight (double seconds)
{
  return isfinite (seconds) && seconds > 0 ? seconds : 0;
}

FerryMeter *
ferry_meter_new (const FerryMeterEstimate *estimate)
{
  FerryMeter *meter = g_new0 (FerryMeter, 1);

  meter->weights[FERRY_IMPORT_PREPARING] = get_weight (estimate->preparing_seconds);
  meter->weights[FERRY_IMPORT_CONVERTING] = get_weight (estimate->converting_seconds);
  meter->weights[FERRY_IMPORT_COPYING] = get_weight (estimate->copying_seconds);
  meter->weights[FERRY_IMPORT_FINISHING] = get_weight (estimate->finishing_seconds);
  meter->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_free);
  meter->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  meter->bars = g_array_new (FALSE, FALSE, sizeof (Bar));
  meter->state = FERRY_IMPORT_QUEUED;
  meter->disk = -1;
  meter->allocated_bytes = -1;
  meter->copy_started_usec = -1;

  return meter;
}

void
ferry_meter_free (FerryMeter *meter)
{
  if (meter == NULL)
    return;
  g_ptr_array_unref (meter->disks);
  g_array_unref (meter->samples);
  g_array_unref (meter->bars);
  g_free (meter->message);
  g_free (meter);
}

void
ferry_meter_add_disk (FerryMeter *meter, const char *name, guint64 capacity_bytes)
{
  Disk *disk = g_new0 (Disk, 1);

  disk->name = g_strdup (name);
  disk->capacity_bytes = MIN (capacity_bytes, MAX_BYTES);
  disk->size_bytes = capacity_bytes > 0 ? disk->capacity_bytes : NOMINAL_BYTES;
  disk->started_usec = -1;
  disk->ended_usec = -1;
  g_ptr_array_add (meter->disks, disk);
}

static Disk *
get_disk (const FerryMeter *meter, guint index)
{
  return g_ptr_array_index (meter->disks, index);
}

static guint64
get_done_bytes (const FerryMeter *meter)
{
  guint64 sum = 0;

  for (guint i = 0; i < meter->disks->len; i++)
    sum += get_disk (meter, i)->done_bytes;

  return sum;
}

static guint64
get_size_bytes (const FerryMeter *meter)
{
  guint64 sum = 0;

  for (guint i = 0; i < meter->disks->len; i++)
    sum += get_disk (meter, i)->size_bytes;

  return sum;
}

/* Drops what is older than anybody looks back, except for the newest of those. */
static void
drop_old_samples (FerryMeter *meter, gint64 now_usec)
{
  guint old = 0;

  while (old + 1 < meter->samples->len &&
         g_array_index (meter->samples, Sample, old + 1).usec <= now_usec - SPEED_WINDOW_USEC)
    old++;
  if (old > 0)
    g_array_remove_range (meter->samples, 0, old);
}

static void
take_sample (FerryMeter *meter, gint64 now_usec)
{
  Sample sample = { now_usec, meter->written_bytes, get_done_bytes (meter) };
  guint length = meter->samples->len;

  if (length > 0 &&
      now_usec < g_array_index (meter->samples, Sample, length - 1).usec + SAMPLE_USEC)
    return;
  g_array_append_val (meter->samples, sample);
  drop_old_samples (meter, now_usec);
}

/* The newest sample that is @window_usec old, else the oldest there is. */
static const Sample *
find_sample (const FerryMeter *meter, gint64 window_usec, gint64 now_usec)
{
  const Sample *found = NULL;

  for (guint i = 0; i < meter->samples->len; i++)
    {
      const Sample *sample = &g_array_index (meter->samples, Sample, i);

      if (found != NULL && sample->usec > now_usec - window_usec)
        break;
      found = sample;
    }

  return found;
}

/* Two are always kept, however far apart they are. */
static void
take_bar (FerryMeter *meter, guint64 bytes, gint64 now_usec)
{
  Bar bar = { now_usec, bytes };

  g_array_append_val (meter->bars, bar);
  while (meter->bars->len > 2 &&
         g_array_index (meter->bars, Bar, 1).usec <= now_usec - RATE_WINDOW_USEC)
    g_array_remove_index (meter->bars, 0);
}

static void
end_disk (Disk *disk, gint64 now_usec)
{
  if (disk->started_usec < 0)
    disk->started_usec = now_usec;
  if (disk->ended_usec < 0)
    disk->ended_usec = now_usec;
  disk->done_bytes = disk->size_bytes;
}

static void
end_disks_before (FerryMeter *meter, guint end, gint64 now_usec)
{
  for (guint i = 0; i < end; i++)
    end_disk (get_disk (meter, i), now_usec);
}

void
ferry_meter_enter (FerryMeter *meter,
                   FerryImportState state,
                   const char *message,
                   gint64 now_usec)
{
  g_free (meter->message);
  meter->message = g_strdup (message);
  if (state == meter->state)
    return;
  meter->state = state;
  meter->part = 0;
  if (state == FERRY_IMPORT_FINISHING || state == FERRY_IMPORT_SUCCEEDED)
    end_disks_before (meter, meter->disks->len, now_usec);
  if (state != FERRY_IMPORT_COPYING)
    meter->disk = -1;
}

void
ferry_meter_set_part (FerryMeter *meter, guint64 done, guint64 total, gint64 now_usec)
{
  if (total > 0)
    meter->part = MAX (meter->part, (double) MIN (done, total) / (double) total);
}

void
ferry_meter_start_disk (FerryMeter *meter, guint index, gint64 now_usec)
{
  if (index >= meter->disks->len || (int) index <= meter->disk)
    return;
  end_disks_before (meter, index, now_usec);
  get_disk (meter, index)->started_usec = now_usec;
  meter->disk = (int) index;
  meter->percent = 0;
  meter->allocated_bytes = -1;
  meter->bar_written_bytes = meter->written_bytes;
  meter->is_preallocated = FALSE;
  g_array_set_size (meter->bars, 0);
  take_bar (meter, 0, now_usec);
  meter->heard_usec = now_usec;
  if (meter->copy_started_usec < 0)
    meter->copy_started_usec = now_usec;
  take_sample (meter, now_usec);
}

/* Without overflow. */
static guint64
get_percent_of (guint64 size_bytes, guint percent)
{
  return size_bytes / 100 * percent + size_bytes % 100 * percent / 100;
}

static guint64
round_up_to_step (guint64 bytes)
{
  return (bytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
}

/* Between two bars a disk moves by what was written since the last one, but stays below where the
 * next bar would be, and below its end. */
static void
update_disk (const FerryMeter *meter, Disk *disk)
{
  guint64 percent_bytes = get_percent_of (disk->size_bytes, meter->percent);
  guint64 next_percent_bytes = get_percent_of (disk->size_bytes, meter->percent + 1);
  guint64 bar_bytes = MIN (round_up_to_step (percent_bytes), MAX (next_percent_bytes, 1) - 1);
  guint64 next_bar_bytes = MIN (round_up_to_step (next_percent_bytes), disk->size_bytes);
  guint64 moved_bytes = meter->written_bytes - meter->bar_written_bytes;
  guint64 done_bytes = MIN (bar_bytes + moved_bytes, next_bar_bytes - 1);

  disk->done_bytes = MAX (disk->done_bytes, done_bytes);
}

void
ferry_meter_set_percent (FerryMeter *meter, guint percent, gint64 now_usec)
{
  Disk *disk = meter->disk >= 0 ? get_disk (meter, (guint) meter->disk) : NULL;

  if (disk == NULL || disk->ended_usec >= 0 || percent < meter->percent)
    return;
  meter->heard_usec = now_usec;
  if (percent > meter->percent)
    take_bar (meter, get_percent_of (disk->size_bytes, MIN (percent, 100)), now_usec);
  if (percent >= 100)
    end_disk (disk, now_usec);
  else if (percent > meter->percent)
    {
      meter->percent = percent;
      meter->bar_written_bytes = meter->written_bytes;
      update_disk (meter, disk);
    }
  take_sample (meter, now_usec);
}

/* Exact, so that nothing is guessed from what was written until more is heard. */
void
ferry_meter_set_bytes (FerryMeter *meter, guint64 done, guint64 total, gint64 now_usec)
{
  Disk *disk = meter->disk >= 0 ? get_disk (meter, (guint) meter->disk) : NULL;
  double part = total > 0 ? (double) MIN (done, total) / (double) total : 0;
  guint64 done_bytes;

  if (disk == NULL || disk->ended_usec >= 0)
    return;
  done_bytes = MIN ((guint64) ((double) disk->size_bytes * part), disk->size_bytes - 1);
  if (done_bytes > disk->done_bytes)
    meter->heard_usec = now_usec;
  disk->done_bytes = MAX (disk->done_bytes, done_bytes);
  meter->is_exact = TRUE;
  take_sample (meter, now_usec);
}

void
ferry_meter_set_written (FerryMeter *meter, guint64 allocated_bytes, gint64 now_usec)
{
  Disk *disk = meter->disk >= 0 ? get_disk (meter, (guint) meter->disk) : NULL;
  gint64 allocated = (gint64) MIN (allocated_bytes, MAX_BYTES);

  if (disk == NULL)
    return;
  if (meter->allocated_bytes < 0)
    meter->is_preallocated = disk->capacity_bytes > 0 && allocated_bytes >= disk->capacity_bytes;
  if (meter->allocated_bytes >= 0 && allocated > meter->allocated_bytes)
    {
      meter->written_bytes += (guint64) (allocated - meter->allocated_bytes);
      meter->heard_usec = now_usec;
    }
  meter->allocated_bytes = MAX (meter->allocated_bytes, allocated);
  if (disk->ended_usec < 0 && !meter->is_exact)
    update_disk (meter, disk);
  take_sample (meter, now_usec);
}

static double
get_phase_part (const FerryMeter *meter)
{
  guint64 size_bytes = get_size_bytes (meter);

  if (meter->state != FERRY_IMPORT_COPYING)
    return meter->part;

  return size_bytes > 0 ? (double) get_done_bytes (meter) / (double) size_bytes : 0;
}

static void
update_fraction (FerryMeter *meter)
{
  double before = 0;
  double all = 0;
  double fraction;

  if (ferry_import_state_is_end (meter->state))
    {
      if (meter->state == FERRY_IMPORT_SUCCEEDED)
        meter->fraction = 1;
      return;
    }
  for (int i = 0; i < FERRY_IMPORT_SUCCEEDED; i++)
    {
      before += i < (int) meter->state ? meter->weights[i] : 0;
      all += meter->weights[i];
    }
  fraction = before + meter->weights[meter->state] * get_phase_part (meter);
  if (all > 0)
    meter->fraction = CLAMP (fraction / all, meter->fraction, 1);
}

static gint64
get_bars_usec (const FerryMeter *meter)
{
  const Bar *first = &g_array_index (meter->bars, Bar, 0);

  return meter->bars->len < 2 ? 0 : (first + meter->bars->len - 1)->usec - first->usec;
}

/* Bars may come further apart than writes: the next one is late after twice the usual time. */
static gint64
get_stall_usec (const FerryMeter *meter)
{
  gint64 bars_usec = get_bars_usec (meter);

  if (!meter->is_preallocated || bars_usec == 0)
    return STALL_USEC;

  return MAX (STALL_USEC, 2 * bars_usec / (gint64) (meter->bars->len - 1));
}

static gboolean
copy_is_alive (const FerryMeter *meter, gint64 now_usec)
{
  return meter->state == FERRY_IMPORT_COPYING && meter->disk >= 0 &&
         now_usec - meter->heard_usec <= get_stall_usec (meter);
}

/* From the first to the last of the bars; a silence that is longer than usual counts too. */
static guint64
get_bar_rate (const FerryMeter *meter, gint64 now_usec)
{
  const Bar *first = &g_array_index (meter->bars, Bar, 0);
  gint64 bars_usec = get_bars_usec (meter);
  double bytes;
  gint64 usec;

  if (bars_usec < MIN_RATE_USEC)
    return 0;
  bytes = (double) ((first + meter->bars->len - 1)->bytes - first->bytes);
  usec = now_usec - first->usec - bars_usec / (gint64) (meter->bars->len - 1);

  return (guint64) (bytes * G_USEC_PER_SEC / (double) MAX (usec, bars_usec));
}

static guint64
get_write_rate (const FerryMeter *meter, gint64 now_usec)
{
  const Sample *from = find_sample (meter, RATE_WINDOW_USEC, now_usec);
  double bytes;

  if (from == NULL || now_usec - from->usec < MIN_RATE_USEC)
    return 0;
  bytes = (double) (meter->written_bytes - from->written_bytes);

  return (guint64) (bytes * G_USEC_PER_SEC / (double) (now_usec - from->usec));
}

static guint64
get_rate (const FerryMeter *meter, gint64 now_usec)
{
  if (!copy_is_alive (meter, now_usec))
    return 0;

  return meter->is_preallocated ? get_bar_rate (meter, now_usec) : get_write_rate (meter, now_usec);
}

/* Bytes of the disks' size in a second; 0: nothing moved lately. */
static double
get_speed (const FerryMeter *meter, gint64 now_usec)
{
  const Sample *from = find_sample (meter, SPEED_WINDOW_USEC, now_usec);
  guint64 done_bytes = get_done_bytes (meter);
  gint64 usec = now_usec - meter->copy_started_usec;

  if (from != NULL && done_bytes > from->done_bytes && now_usec > from->usec)
    {
      done_bytes -= from->done_bytes;
      usec = now_usec - from->usec;
    }

  return (double) done_bytes * G_USEC_PER_SEC / (double) usec;
}

static gint64
get_seconds_left (const FerryMeter *meter, gint64 now_usec)
{
  double size_bytes = (double) get_size_bytes (meter);
  double done_bytes = (double) get_done_bytes (meter);
  double seconds;

  if (!copy_is_alive (meter, now_usec) || now_usec - meter->copy_started_usec < MIN_SPEED_USEC ||
      done_bytes < size_bytes * MIN_SPEED_PART)
    return -1;
  seconds = (size_bytes - done_bytes) / get_speed (meter, now_usec) +
            meter->weights[FERRY_IMPORT_FINISHING];

  return isfinite (seconds) && seconds < (double) G_MAXINT ? (gint64) seconds + 1 : -1;
}

static gint64
get_disk_seconds (const Disk *disk, gint64 now_usec)
{
  gint64 end_usec = disk->ended_usec >= 0 ? disk->ended_usec : now_usec;

  return disk->started_usec < 0 ? -1 : (end_usec - disk->started_usec) / G_USEC_PER_SEC;
}

FerryProgress *
ferry_meter_read (FerryMeter *meter, gint64 now_usec)
{
  FerryProgress *progress = ferry_progress_new ();

  update_fraction (meter);
  progress->state = meter->state;
  progress->message = g_strdup (meter->message);
  progress->fraction = meter->fraction;
  progress->rate_bytes = get_rate (meter, now_usec);
  progress->seconds_left = get_seconds_left (meter, now_usec);
  progress->disk = meter->disk;
  for (guint i = 0; i < meter->disks->len; i++)
    {
      const Disk *disk = get_disk (meter, i);
      FerryDiskProgress *to;

      ferry_progress_add_disk (progress, disk->name, disk->capacity_bytes);
      to = g_ptr_array_index (progress->disks, i);
      to->done_bytes = disk->capacity_bytes > 0 ? disk->done_bytes : 0;
      to->seconds = get_disk_seconds (disk, now_usec);
    }

  return progress;
}
