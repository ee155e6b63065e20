/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-error.h"
#include "ferry-plan.h"
#include "ferry-progress.h"

G_BEGIN_DECLS

/* The journal's record of one import: imports/UUID/{plan.json,state.json,log} in the state folder.
 * Written atomically and fsynced before each step that has an effect outside, so that whoever finds
 * it after a crash knows what to undo. Owned by one thread at a time. */

/**
 * FerryUndo: how to take one effect back; data, so that another process can do it
 * @kind: (owned): "remove-tree", "remove-file", "undefine-domain", "delete-volume",
 *   "end-processes"; convert/ferry-undo.h says what each needs in
 * @arguments: (owned): NULL-terminated
 */
typedef struct
{
  char *kind;
  char **arguments;
} FerryUndo;

/** FerryStep: a phase gone through; real time, µs since 1970; @ended_usec 0: still in it */
typedef struct
{
  FerryImportState state;
  gint64 started_usec;
  gint64 ended_usec;
} FerryStep;

/**
 * FerryFailure: why an import ended, for people
 * @message: (owned): one sentence: what happened
 * @advice: (owned): one sentence: what to do; may be ""
 * @details: (owned): what the tools said, to copy; no secrets; may be ""
 */
typedef struct
{
  FerryError code;
  char *message;
  char *advice;
  char *details;
} FerryFailure;

/**
 * FerryShutDown: what Ferry has done to the guest at its source, over all attempts
 * @FERRY_SHUT_DOWN_NONE: nothing
 * @FERRY_SHUT_DOWN_ASKED: noted before it is asked to shut down; whether it did is not known
 * @FERRY_SHUT_DOWN_DONE: it did, because Ferry asked it to
 * @FERRY_SHUT_DOWN_STARTED: it runs again, because the user had Ferry start it
 */
typedef enum
{
  FERRY_SHUT_DOWN_NONE,
  FERRY_SHUT_DOWN_ASKED,
  FERRY_SHUT_DOWN_DONE,
  FERRY_SHUT_DOWN_STARTED,
} FerryShutDown;

/**
 * FerryRecord:
 * @id: (owned): UUID
 * @plan: (owned): a plan of exactly one guest
 * @created_usec: @started_usec: @ended_usec: real time, µs since 1970; 0: not yet
 * @steps: (owned) (element-type FerryStep): of the newest attempt
 * @warnings: (owned) (element-type utf8): that virt-v2v or Ferry gave
 * @failure: (owned) (nullable): set when FAILED or INTERRUPTED
 * @undo: (owned) (element-type FerryUndo): what is still to be taken back, oldest first
 * @location: (owned) (nullable): where the guest is, or in an import that has not ended, where it is
 *   or is about to be: a folder, or "qemu:///system name"
 * @files: (owned) (nullable): the disks that were made, there
 * @work_bytes: what the preparation writes into the work folder; from PREPARING on
 * @shut_down: "shut-down" in state.json: null, "asked", "done" or "started"
 * @attempt: 1 for the first
 * @damaged: state.json could not be read whole; it is kept beside as state.json.damaged when saved
 * @extra: (owned) (nullable): members of state.json that this version does not know
 */
typedef struct
{
  char *id;
  FerryPlan *plan;
  FerryImportState state;
  gint64 created_usec;
  gint64 started_usec;
  gint64 ended_usec;
  GPtrArray *steps;
  GPtrArray *warnings;
  FerryFailure *failure;
  GPtrArray *undo;
  char *location;
  char **files;
  guint64 work_bytes;
  FerryShutDown shut_down;
  guint attempt;
  gboolean damaged;
  JsonObject *extra;
} FerryRecord;

FerryRecord *ferry_record_create (const FerryPlan *plan, GError **error);
FerryRecord *ferry_record_load (const char *id, GError **error);
FerryRecord *ferry_record_copy (const FerryRecord *record);
void ferry_record_free (FerryRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryRecord, ferry_record_free)

gboolean ferry_record_id_is_valid (const char *id);
GPtrArray *ferry_record_list_ids (GError **error);
gboolean ferry_record_sweep (GError **error);
gboolean ferry_record_save (FerryRecord *record, GError **error);
gboolean ferry_record_delete (FerryRecord *record, GError **error);

gboolean ferry_record_restart (FerryRecord *record, GError **error);
gboolean ferry_record_enter (FerryRecord *record, FerryImportState state, GError **error);
gboolean ferry_record_fail (FerryRecord *record,
                            FerryImportState end,
                            const FerryFailure *failure,
                            GError **error);
void ferry_record_add_warning (FerryRecord *record, const char *warning);

gboolean ferry_record_push_undo (FerryRecord *record,
                                 GError **error,
                                 const char *kind,
                                 ...) G_GNUC_NULL_TERMINATED;
gboolean ferry_record_pop_undo (FerryRecord *record, GError **error);
gboolean ferry_record_clear_undo (FerryRecord *record, GError **error);
gboolean ferry_record_note_result (FerryRecord *record,
                                   const char *location,
                                   char **files,
                                   const char *const *settled,
                                   GError **error);
void ferry_record_forget_result (FerryRecord *record);

gboolean
ferry_record_note_shut_down (FerryRecord *record, FerryShutDown shut_down, GError **error);
gboolean ferry_record_is_startable (const FerryRecord *record);

char *ferry_record_dup_log_path (const FerryRecord *record);
void ferry_record_log (FerryRecord *record, const char *text);

FerryFailure *ferry_failure_new (FerryError code,
                                 const char *message,
                                 const char *advice,
                                 const char *details);
FerryFailure *ferry_failure_copy (const FerryFailure *failure);
void ferry_failure_free (FerryFailure *failure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryFailure, ferry_failure_free)

G_END_DECLS
