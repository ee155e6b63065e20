/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-bars.h"

#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

#define WIDEST_NAME 24
#define INDENT 2
#define EIGHTHS 8

/* The widths that all bars share, so that they stand below each other and do not jump. */
typedef struct
{
  const FerryctlLook *look;
  guint name;
  guint bar;
} Layout;

static const char *
disk_label (const FerryDiskProgress *disk)
{
  return disk->name != NULL ? disk->name : "";
}

static void
measure (Layout *layout, const GPtrArray *snapshots)
{
  guint columns = layout->look->columns;

  layout->bar = columns >= 100 ? 30 : columns >= 60 ? 20 : columns >= 40 ? 10 : 0;
  for (guint i = 0; i < snapshots->len; i++)
    {
      const FerryctlSnapshot *snapshot = g_ptr_array_index (snapshots, i);

      layout->name = MAX (layout->name, ferryctl_text_width (snapshot->name));
      for (guint j = 0; j < snapshot->progress->disks->len; j++)
        {
          const FerryDiskProgress *disk = g_ptr_array_index (snapshot->progress->disks, j);

          layout->name = MAX (layout->name, INDENT + ferryctl_text_width (disk_label (disk)));
        }
    }
  layout->name = MIN (layout->name, MIN (WIDEST_NAME, columns / 3));
}

static char *
draw_bar (const Layout *layout, double fraction)
{
  static const char *const parts[EIGHTHS] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  guint eighths = (guint) (CLAMP (fraction, 0.0, 1.0) * layout->bar * EIGHTHS);
  guint full = eighths / EIGHTHS;
  GString *bar = g_string_new (NULL);

  for (guint i = 0; i < full; i++)
    g_string_append (bar, layout->look->has_utf8 ? "█" : "#");
  if (layout->look->has_utf8 && eighths % EIGHTHS > 0)
    {
      g_string_append (bar, parts[eighths % EIGHTHS]);
      full++;
    }
  for (guint i = full; i < layout->bar; i++)
    g_string_append (bar, layout->look->has_utf8 ? "░" : "-");

  return g_string_free (bar, FALSE);
}

/* NAME BAR FACTS, never wider than the terminal. @style is for the bar. */
static char *
draw_line (const Layout *layout, const char *name, double fraction, const char *facts)
{
  g_autofree char *clean = ferryctl_text_clean (name);
  g_autofree char *fitted = ferryctl_text_fit (clean, layout->name);
  g_autofree char *padded = ferryctl_text_pad (fitted, layout->name, FALSE);
  g_autofree char *bar = draw_bar (layout, fraction);
  g_autofree char *painted = ferryctl_look_paint (layout->look, FERRYCTL_STYLE_GOOD, bar);
  g_autofree char *percent = g_strdup_printf ("%3d %%", (int) (CLAMP (fraction, 0.0, 1.0) * 100));
  guint used = layout->name + layout->bar + 9;
  guint left = layout->look->columns > used ? layout->look->columns - used : 0;
  g_autofree char *rest = ferryctl_text_fit (facts, left);

  if (layout->bar == 0)
    return g_strdup_printf ("%s %s  %s", padded, percent, rest);

  return g_strdup_printf ("%s %s %s  %s", padded, painted, percent, rest);
}

static void
append_fact (GString *facts, const char *fact)
{
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

static void
append_pace (GString *facts, const FerryProgress *progress)
{
  if (progress->rate_bytes > 0)
    {
      g_autofree char *rate = g_format_size (progress->rate_bytes);
      /* Translators: a rate: "52 MB/s" */
      g_autofree char *fact = g_strdup_printf (_("%s/s"), rate);

      append_fact (facts, fact);
    }
  if (progress->seconds_left >= 0)
    {
      g_autofree char *duration = ferryctl_text_duration (progress->seconds_left);
      /* Translators: a duration: "1 min 5 s left" */
      g_autofree char *fact = g_strdup_printf (_("%s left"), duration);

      append_fact (facts, fact);
    }
}

/* Phase, rate, time left and what is done now; which disk is copied can be seen by its bar. */
static char *
describe_import (const FerryctlSnapshot *snapshot)
{
  const FerryProgress *progress = snapshot->progress;
  GString *facts = g_string_new (ferryctl_snapshot_get_phase (snapshot));

  if (snapshot->state == FERRY_IMPORT_QUEUED || snapshot->cancelling)
    return g_string_free (facts, FALSE);

  append_pace (facts, progress);
  if (snapshot->state != FERRY_IMPORT_COPYING && progress->message != NULL &&
      *progress->message != '\0')
    {
      g_autofree char *message = ferryctl_text_clean (progress->message);

      append_fact (facts, message);
    }

  return g_string_free (facts, FALSE);
}

static char *
describe_disk (const FerryDiskProgress *disk)
{
  g_autofree char *done = NULL;
  g_autofree char *total = g_format_size (disk->total_bytes);

  if (disk->seconds < 0)
    return g_strdup (_("Waiting"));

  done = g_format_size (MIN (disk->done_bytes, disk->total_bytes));
  /* Translators: of a disk's bytes: "60 MB of 192 MB" */
  return g_strdup_printf (_("%s of %s"), done, total);
}

static void
append_disk (GPtrArray *lines, const Layout *layout, const FerryDiskProgress *disk)
{
  g_autofree char *name = g_strdup_printf ("%*s%s", INDENT, "", disk_label (disk));
  g_autofree char *facts = describe_disk (disk);
  double fraction = 0.0;

  if (disk->total_bytes > 0)
    fraction = (double) disk->done_bytes / (double) disk->total_bytes;
  g_ptr_array_add (lines, draw_line (layout, name, fraction, facts));
}

/* Disks are shown once the import is past waiting. */
static void
append_import (GPtrArray *lines, const Layout *layout, const FerryctlSnapshot *snapshot)
{
  g_autofree char *facts = describe_import (snapshot);

  g_ptr_array_add (lines, draw_line (layout, snapshot->name, snapshot->progress->fraction, facts));
  if (snapshot->state == FERRY_IMPORT_QUEUED || snapshot->cancelling)
    return;
  for (guint i = 0; i < snapshot->progress->disks->len; i++)
    append_disk (lines, layout, g_ptr_array_index (snapshot->progress->disks, i));
}

/* Keeps the block shorter than the terminal, or the cursor could not go back to its top. */
static void
cut_lines (GPtrArray *lines, const FerryctlLook *look)
{
  guint room = look->rows > 2 ? look->rows - 2 : 1;
  guint hidden;

  if (look->rows == 0 || lines->len <= room)
    return;
  hidden = lines->len - room + 1;
  g_ptr_array_set_size (lines, (int) (room - 1));
  g_ptr_array_add (lines,
                   g_strdup_printf (ngettext ("… and %u more line", "… and %u more lines", hidden),
                                    hidden));
}

/**
 * ferryctl_bars_render:
 * @snapshots: (element-type FerryctlSnapshot): those that have not ended
 * @look: with columns > 0
 *
 * Returns: (transfer full): a bar for each import, running ones first, and for each of its disks
 */
char **
ferryctl_bars_render (const GPtrArray *snapshots, const FerryctlLook *look)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Layout layout = { .look = look };

  measure (&layout, snapshots);
  for (guint waiting = 0; waiting < 2; waiting++)
    for (guint i = 0; i < snapshots->len; i++)
      {
        const FerryctlSnapshot *snapshot = g_ptr_array_index (snapshots, i);

        if ((snapshot->state == FERRY_IMPORT_QUEUED) == (waiting == 1))
          append_import (lines, &layout, snapshot);
      }
  cut_lines (lines, look);
  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_steal (lines, NULL);
}

/**
 * ferryctl_bars_speak:
 *
 * Returns: (transfer full) (nullable): a line for a new phase or another ten per cent
 */
char *
ferryctl_bars_speak (FerryctlSpoken *spoken, const FerryctlSnapshot *snapshot)
{
  const char *phase = ferryctl_snapshot_get_phase (snapshot);
  guint tenth = (guint) (CLAMP (snapshot->progress->fraction, 0.0, 1.0) * 10 + 0.0001);
  g_autofree char *name = ferryctl_text_clean (snapshot->name);
  gboolean new_phase = g_strcmp0 (phase, spoken->phase) != 0;

  if (!new_phase && tenth <= spoken->tenth)
    return NULL;
  if (ferry_import_state_is_end (snapshot->state) && !new_phase)
    return NULL;

  spoken->phase = phase;
  spoken->tenth = MAX (tenth, spoken->tenth);
  if (ferry_import_state_is_end (snapshot->state) || snapshot->state == FERRY_IMPORT_QUEUED)
    return g_strdup_printf ("%s: %s", name, phase);

  /* Translators: an import's name, how far it is, what is being done: "web: 40 %, Copying" */
  return g_strdup_printf (_("%s: %d %%, %s"), name, (int) spoken->tenth * 10, phase);
}
