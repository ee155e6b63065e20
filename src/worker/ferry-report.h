/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-progress.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * FerryReport:
 *
 * What the thread of one import tells the main thread, newest only, through one GSource and
 * without a lock: the thread leaves copies in slots, the main thread takes them.
 */
typedef struct _FerryReport FerryReport;

/**
 * FerryReportReader: called on the main thread
 * @record: the record changed
 * @progress: at most five times a second, and once more at the end
 * @ended: after everything else; the reader may free the report in it
 */
typedef struct
{
  void (*record) (const FerryRecord *record, gpointer user_data);
  void (*progress) (const FerryProgress *progress, gpointer user_data);
  void (*ended) (gpointer user_data);
} FerryReportReader;

FerryReport *ferry_report_new (const FerryReportReader *reader, gpointer user_data);
void ferry_report_free (FerryReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryReport, ferry_report_free)

void ferry_report_post_record (FerryReport *report, const FerryRecord *record);
void ferry_report_post_progress (FerryReport *report, const FerryProgress *progress);
void ferry_report_post_end (FerryReport *report);

G_END_DECLS
