/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-monitor.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryRecoding: a disk image that is written anew
 * @name: what the disk is called, for messages
 * @from_format: as qemu names it
 * @to: a file that may be there already
 * @marker: the import's id
 * @monitor: (nullable): told how much is done, in some unit, and about five times a second again,
 *   so that it can look at the file
 */
typedef struct
{
  FerryHost *host;
  const char *name;
  const char *from;
  const char *from_format;
  const char *to;
  FerryFormat format;
  FerryAllocation allocation;
  const char *marker;
  const FerryMonitor *monitor;
} FerryRecoding;

/**
 * ferry_recode:
 *
 * Errors: FERRY_ERROR_CONVERSION, NO_SPACE, MISSING_TOOL, FAILED
 */
gboolean ferry_recode (const FerryRecoding *recoding, GCancellable *cancellable, GError **error);

/**
 * ferry_recode_fill_up: takes room for every block of the file @path; what reads as zero stays so
 *
 * Errors: FERRY_ERROR_NO_SPACE, FAILED
 */
gboolean ferry_recode_fill_up (const char *path, GError **error);

G_END_DECLS
