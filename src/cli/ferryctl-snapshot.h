/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ipc.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * FerryctlSnapshot: an import as the worker told of it at one moment
 * @id: @name: @source: @destination: (owned)
 * @cancelling: it is being undone
 * @startable: its guest is off at the source because of it, and can be started there
 * @created_usec: @started_usec: @ended_usec: real time, µs since 1970; 0: not yet
 * @progress: (owned)
 * @warnings: @files: (owned): never NULL
 * @failure: (owned) (nullable)
 * @location: (owned) (nullable)
 * @log_path: (owned)
 * @plan: (owned) (nullable): JSON; only once it has succeeded
 */
typedef struct
{
  char *id;
  char *name;
  char *source;
  char *destination;
  FerryImportState state;
  gboolean cancelling;
  gboolean startable;
  gint64 created_usec;
  gint64 started_usec;
  gint64 ended_usec;
  FerryProgress *progress;
  char **warnings;
  FerryFailure *failure;
  char *location;
  char **files;
  char *log_path;
  char *plan;
} FerryctlSnapshot;

FerryctlSnapshot *ferryctl_snapshot_new (FerryDBusImport1 *import);
void ferryctl_snapshot_free (FerryctlSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlSnapshot, ferryctl_snapshot_free)

const char *ferryctl_snapshot_get_phase (const FerryctlSnapshot *snapshot);
char *ferryctl_snapshot_dup_short_id (const char *id);
JsonNode *ferryctl_snapshot_to_json (const FerryctlSnapshot *snapshot);

G_END_DECLS
