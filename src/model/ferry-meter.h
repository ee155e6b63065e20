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

/** FerryMeterEstimate: expected seconds of each phase; 0: it does not happen, or takes no time */
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

/** ferry_meter_add_disk: before the copying starts; @capacity_bytes 0: unknown */
void ferry_meter_add_disk (FerryMeter *meter, const char *name, guint64 capacity_bytes);
/**
 * ferry_meter_enter:
 * @message: (nullable): what is being done now, for people
 *
 * A phase begins, which ends all before it; or a new message within the same phase. FINISHING says
 * that all disks are copied.
 */
void ferry_meter_enter (FerryMeter *meter,
                        FerryImportState state,
                        const char *message,
                        gint64 now_usec);
/** ferry_meter_set_part: @done of @total steps, bytes, … of the phase; not for COPYING */
void ferry_meter_set_part (FerryMeter *meter, guint64 done, guint64 total, gint64 now_usec);
/** ferry_meter_start_disk: those before it are copied; an impossible @disk is ignored */
void ferry_meter_start_disk (FerryMeter *meter, guint disk, gint64 now_usec);
/** ferry_meter_set_percent: a bar of nbdcopy about the disk being copied */
void ferry_meter_set_percent (FerryMeter *meter, guint percent, gint64 now_usec);
/** ferry_meter_set_bytes: of the disk being copied, by who counts them; holes count as done */
void ferry_meter_set_bytes (FerryMeter *meter, guint64 done, guint64 total, gint64 now_usec);
/**
 * ferry_meter_set_written:
 * @allocated_bytes: of the file that the disk being copied grows in; what was allocated when this
 *   is first called for a disk does not count as written. Where that is the whole disk already, it is
 *   preallocated, and the rate is that of nbdcopy's bars
 */
void ferry_meter_set_written (FerryMeter *meter, guint64 allocated_bytes, gint64 now_usec);
/** ferry_meter_read: (transfer full) */
FerryProgress *ferry_meter_read (FerryMeter *meter, gint64 now_usec);

G_END_DECLS
