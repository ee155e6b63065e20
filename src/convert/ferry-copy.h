/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-source.h"
#include "ferry-target.h"

G_BEGIN_DECLS

/* A guest that is made for KVM: its disks are copied as they are, and virt-v2v is not needed. */

/**
 * FerryCopy:
 * @guest: the plan's, with the disks that stay behind
 * @output: where the target wants it
 * @work_dir: private folder, for what is only needed meanwhile
 * @marker: the import's id
 */
typedef struct
{
  FerryHost *host;
  FerrySource *source;
  const FerryPlanGuest *guest;
  const FerryOutput *output;
  const char *work_dir;
  const char *marker;
} FerryCopy;

/**
 * FerryCopyEvents: told on the calling thread
 * @disk: the copy of it begins
 * @bytes: of that disk, and the file that grows
 * @warning: what stays behind: a sentence
 */
typedef struct
{
  void (*disk) (guint disk, guint n_disks, gpointer user_data);
  void (*bytes) (guint64 done, guint64 total, const char *path, gpointer user_data);
  void (*warning) (const char *text, gpointer user_data);
  gpointer user_data;
} FerryCopyEvents;

/**
 * ferry_copy_run:
 *
 * Leaves the disks, and a description of the guest, where virt-v2v would have left them, so that
 * the target finishes it in the same way.
 *
 * Errors: those of the source; FERRY_ERROR_CONVERSION, UNSUPPORTED, NO_SPACE, MISSING_TOOL, FAILED
 */
gboolean ferry_copy_run (const FerryCopy *copy,
                         const FerryCopyEvents *events,
                         GCancellable *cancellable,
                         GError **error);

/** ferry_copy_get_work_bytes: room that it takes in the work folder, for a while */
guint64 ferry_copy_get_work_bytes (const FerryPlanGuest *guest);

G_END_DECLS
