/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ipc.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * FerryImportFacts: what the worker last said of one import; plain data, nothing in it is NULL
 * unless marked
 * @source: @destination: for people
 * @created_usec: @started_usec: @ended_usec: real time, µs since 1970; 0: not yet
 * @steps: (element-type FerryStep): oldest first
 * @failure: (nullable): set when FAILED or INTERRUPTED
 * @wants_ssh_password: its source has a second one, for SSH; known when @failure is about passwords
 * @startable: its guest is off at the source because of it, and can be started there again
 * @location: where the guest is now; "" unless SUCCEEDED
 */
typedef struct
{
  char *id;
  char *name;
  char *source;
  char *destination;
  FerryImportState state;
  gboolean cancelling;
  gint64 created_usec;
  gint64 started_usec;
  gint64 ended_usec;
  FerryProgress *progress;
  GPtrArray *steps;
  char **warnings;
  FerryFailure *failure;
  gboolean wants_ssh_password;
  gboolean startable;
  char *location;
  char *log_path;
} FerryImportFacts;

/** Where the main window shows an import. */
typedef enum
{
  FERRY_IMPORT_GROUP_RUNNING = 1,
  FERRY_IMPORT_GROUP_QUEUED,
  FERRY_IMPORT_GROUP_FINISHED,
} FerryImportGroup;

FerryImportFacts *ferry_import_facts_new (const char *id, FerryImportState state);
/** ferry_import_facts_read: (nullable): NULL when @import has already left the bus */
FerryImportFacts *ferry_import_facts_read (FerryDBusImport1 *import);
void ferry_import_facts_free (FerryImportFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryImportFacts, ferry_import_facts_free)

FerryImportGroup ferry_import_facts_get_group (const FerryImportFacts *facts);
/** ferry_import_facts_can_retry: it has ended, but not well */
gboolean ferry_import_facts_can_retry (const FerryImportFacts *facts);
/** ferry_import_facts_needs_password: retrying is of use with another password only */
gboolean ferry_import_facts_needs_password (const FerryImportFacts *facts);
/** ferry_import_facts_needs_key: retrying it needs a key of an encrypted disk */
gboolean ferry_import_facts_needs_key (const FerryImportFacts *facts);
guint ferry_import_facts_get_warning_count (const FerryImportFacts *facts);
/** ferry_import_facts_get_seconds: how long it took, or has taken until @now_usec */
gint64 ferry_import_facts_get_seconds (const FerryImportFacts *facts, gint64 now_usec);
/** Bytes of all disks that are done, of how many; 0 of 0: not known yet */
void ferry_import_facts_sum_bytes (const FerryImportFacts *facts,
                                   guint64 *out_done_bytes,
                                   guint64 *out_total_bytes);

G_END_DECLS
