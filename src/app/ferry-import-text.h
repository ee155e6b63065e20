/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-facts.h"

G_BEGIN_DECLS

/* From an import's state to the words and icons that stand for it: pure functions. Where there is
 * a @brief, it asks for what fits into a narrow window. */

/**
 * FerryImportLook: how an import, a step or a disk is marked: by shape and words, by colour only
 * on top
 * @icon_name: @style: (nullable): a CSS class for the colour
 * @label: what the icon says, for those who do not see it
 */
typedef struct
{
  const char *icon_name;
  const char *style;
  const char *label;
} FerryImportLook;

/**
 * FerryImportStep: a phase of the import
 * @look: done, under way, to come, or where it stopped
 * @title: what happens in it
 * @time: (owned): how long it took or has taken; "" for one to come
 * @current: it is under way
 * @coming: it has not started
 */
typedef struct
{
  FerryImportLook look;
  const char *title;
  char *time;
  gboolean current;
  gboolean coming;
} FerryImportStep;

/** FerryImportDisk: all (owned) */
typedef struct
{
  char *percent;
  char *amount;
  char *time;
  double fraction;
  gboolean done;
} FerryImportDisk;

FerryImportLook ferry_import_text_look (const FerryImportFacts *facts);
char *ferry_import_text_source (const FerryImportFacts *facts);
char *ferry_import_text_destination (const FerryImportFacts *facts);
char *ferry_import_text_phase (const FerryImportFacts *facts, gboolean brief);
char *ferry_import_text_amount (const FerryImportFacts *facts, gboolean brief);
char *ferry_import_text_outcome (const FerryImportFacts *facts, gint64 now_usec);
char *ferry_import_text_running (guint count, guint64 rate_bytes, gboolean brief);

/** (element-type FerryImportStep): the phases in their order, those to come included */
GPtrArray *ferry_import_text_steps (const FerryImportFacts *facts, gint64 now_usec);

FerryImportDisk *ferry_import_text_disk (const FerryImportFacts *facts, guint index);
void ferry_import_disk_free (FerryImportDisk *disk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryImportDisk, ferry_import_disk_free)

/** What cancelling will undo, for the question before it. */
const char *ferry_import_text_cancel (const FerryImportFacts *facts);

/** The error window: the cause as a heading, what happened and what to do, when it ended. */
const char *ferry_import_text_heading (const FerryImportFacts *facts);
char *ferry_import_text_failure (const FerryImportFacts *facts);
char *ferry_import_text_ended (const FerryImportFacts *facts);

/** (nullable): what is to be said of a guest that is off at the source because of the import */
const char *ferry_import_text_startable (const FerryImportFacts *facts);
char *ferry_import_text_started (const FerryImportFacts *facts);

/** The notification of an import's end. */
char *ferry_import_text_notification (const FerryImportFacts *facts);

/** ferry_import_text_folder: (nullable): the folder that the guest lies in, when it lies in one */
const char *ferry_import_text_folder (const FerryImportFacts *facts);
/** ferry_import_text_command: (nullable): a shell command that starts the guest */
char *ferry_import_text_command (const FerryImportFacts *facts);

G_END_DECLS
