/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-report.h"

#define PROGRESS_INTERVAL_USEC (G_USEC_PER_SEC / 5)

struct _FerryReport
{
  FerryReportReader reader;
  gpointer user_data;
  GSource *source; /* (owned) */

  /* Slots, exchanged atomically. */
  FerryRecord *record;     /* (owned) (nullable) */
  FerryProgress *progress; /* (owned) (nullable) */
  int ended;

  gint64 shown_usec; /* main thread: when progress was last shown; monotonic */
};

typedef struct
{
  GSource source;
  FerryReport *report;
} ReportSource;

/* Leaves progress that comes too early in its slot, where newer may replace it. */
static void
show_progress (FerryReport *report, gboolean ended)
{
  gint64 now_usec = g_get_monotonic_time ();
  g_autoptr (FerryProgress) progress = NULL;

  if (!ended && now_usec - report->shown_usec < PROGRESS_INTERVAL_USEC)
    {
      if (g_atomic_pointer_get (&report->progress) != NULL)
        g_source_set_ready_time (report->source, report->shown_usec + PROGRESS_INTERVAL_USEC);
      return;
    }

  progress = g_atomic_pointer_exchange (&report->progress, NULL);
  if (progress == NULL)
    return;
  report->shown_usec = now_usec;
  report->reader.progress (progress, report->user_data);
}

static gboolean
on_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  FerryReport *report = ((ReportSource *) source)->report;
  g_autoptr (FerryRecord) record = NULL;
  gboolean ended;

  /* Before the slots are read: what is posted from here on wakes this again. */
  g_source_set_ready_time (source, -1);
  ended = g_atomic_int_get (&report->ended);

  record = g_atomic_pointer_exchange (&report->record, NULL);
  if (record != NULL)
    report->reader.record (record, report->user_data);
  show_progress (report, ended);
  if (ended)
    report->reader.ended (report->user_data);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = on_dispatch };

/** ferry_report_new: on the main thread, in whose default context @reader is called */
FerryReport *
ferry_report_new (const FerryReportReader *reader, gpointer user_data)
{
  FerryReport *report = g_new0 (FerryReport, 1);

  report->reader = *reader;
  report->user_data = user_data;
  report->shown_usec = g_get_monotonic_time () - PROGRESS_INTERVAL_USEC;
  report->source = g_source_new (&source_funcs, sizeof (ReportSource));
  ((ReportSource *) report->source)->report = report;
  g_source_set_static_name (report->source, "[ferry] import report");
  g_source_attach (report->source, NULL);

  return report;
}

/** ferry_report_free: on the main thread, when nobody posts any more */
void
ferry_report_free (FerryReport *report)
{
  if (report == NULL)
    return;

  g_source_destroy (report->source);
  g_source_unref (report->source);
  g_clear_pointer (&report->record, ferry_record_free);
  g_clear_pointer (&report->progress, ferry_progress_free);
  g_free (report);
}

/** ferry_report_post_record: on the import's thread; copies */
void
ferry_report_post_record (FerryReport *report, const FerryRecord *record)
{
  FerryRecord *older
      = g_atomic_pointer_exchange (&report->record, ferry_record_copy (record));

  ferry_record_free (older);
  g_source_set_ready_time (report->source, 0);
}

/** ferry_report_post_progress: on the import's thread; copies */
void
ferry_report_post_progress (FerryReport *report, const FerryProgress *progress)
{
  FerryProgress *older
      = g_atomic_pointer_exchange (&report->progress, ferry_progress_copy (progress));

  /* Where an older one was still waiting, the source knows when to look. */
  if (older == NULL)
    g_source_set_ready_time (report->source, 0);
  g_clear_pointer (&older, ferry_progress_free);
}

/** ferry_report_post_end: the last thing that an import's thread does */
void
ferry_report_post_end (FerryReport *report)
{
  g_atomic_int_set (&report->ended, TRUE);
  g_source_set_ready_time (report->source, 0);
}
