/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order of an import's life. The first six are running (or waiting to), the last four are
 * ends. The words (ferry_import_state_to_word) are those of state.json and of D-Bus. */
typedef enum
{
  FERRY_IMPORT_QUEUED = 1,
  FERRY_IMPORT_PREPARING,
  FERRY_IMPORT_UPLOADING,
  FERRY_IMPORT_CONVERTING,
  FERRY_IMPORT_COPYING,
  FERRY_IMPORT_FINISHING,
  FERRY_IMPORT_SUCCEEDED,
  FERRY_IMPORT_FAILED,
  FERRY_IMPORT_CANCELLED,
  FERRY_IMPORT_INTERRUPTED,
} FerryImportState;

const char *ferry_import_state_to_word (FerryImportState state);
gboolean ferry_import_state_from_word (const char *word, FerryImportState *out_state);
gboolean ferry_import_state_is_end (FerryImportState state);

/**
 * FerryDiskProgress: @done_bytes of @total_bytes, both of the size the guest sees, so that holes
 * count as done; @seconds: how long its copy has taken, -1 before it starts
 */
typedef struct
{
  char *name;
  guint64 total_bytes;
  guint64 done_bytes;
  gint64 seconds;
} FerryDiskProgress;

/**
 * FerryProgress: a snapshot of one running import
 * @state: the phase
 * @message: (owned) (nullable): what is being done now, for people
 * @fraction: 0 to 1 of the whole import; never goes back
 * @rate_bytes: bytes really written in a second; 0: unknown or nothing is being written
 * @seconds_left: of the whole import; -1: unknown
 * @disk: index of the disk being copied, -1: none
 * @disks: (owned) (element-type FerryDiskProgress)
 */
typedef struct
{
  FerryImportState state;
  char *message;
  double fraction;
  guint64 rate_bytes;
  gint64 seconds_left;
  int disk;
  GPtrArray *disks;
} FerryProgress;

FerryProgress *ferry_progress_new (void);
FerryProgress *ferry_progress_copy (const FerryProgress *progress);
void ferry_progress_free (FerryProgress *progress);
void ferry_progress_add_disk (FerryProgress *progress, const char *name, guint64 total_bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryProgress, ferry_progress_free)

G_END_DECLS
