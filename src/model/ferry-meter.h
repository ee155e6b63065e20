/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-progress.h"

G_BEGIN_DECLS

/**
 * FerryMeter:
 *
 * Turns what is heard during one import into truthful progress: monotonic, never ahead of what
 * was reported. Times are given to it (monotonic µs), so it has no clock of its own.
 *
 * The whole bar is shared out before the start by the estimated seconds of each phase; within
 * converting it moves by virt-v2v's messages, within copying by bytes.
 */
typedef struct _FerryMeter FerryMeter;

/** FerryMeterEstimate: expected seconds of each phase; 0: the phase does not happen */
typedef struct
{
  double preparing_seconds;
  double converting_seconds;
  double copying_seconds;
  double finishing_seconds;
} FerryMeterEstimate;

FerryMeter *ferry_meter_new (const FerryMeterEstimate *estimate);
void ferry_meter_free (FerryMeter *meter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryMeter, ferry_meter_free)

void ferry_meter_add_disk (FerryMeter *meter, const char *name, guint64 capacity_bytes);
void ferry_meter_enter (FerryMeter *meter,
                        FerryImportState state,
                        const char *message,
                        gint64 now_usec);
void ferry_meter_set_part (FerryMeter *meter, guint64 done, guint64 total, gint64 now_usec);
void ferry_meter_start_disk (FerryMeter *meter, guint disk, gint64 now_usec);
void ferry_meter_set_percent (FerryMeter *meter, guint percent, gint64 now_usec);
void ferry_meter_set_written (FerryMeter *meter, guint64 allocated_bytes, gint64 now_usec);
FerryProgress *ferry_meter_read (FerryMeter *meter, gint64 now_usec);

G_END_DECLS
