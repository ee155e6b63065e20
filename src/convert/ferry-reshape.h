/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-monitor.h"
#include "ferry-plan.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/* virt-v2v makes all disks of a guest in one format and with one allocation. Those that shall have
 * another one are changed when it is done. What a function here is told of a guest may have disks
 * that are left out: they do not count. */

/** ferry_reshape_get_format: in which virt-v2v makes @guest's disks: what most of their data wants */
FerryFormat ferry_reshape_get_format (const FerryPlanGuest *guest);
/** ferry_reshape_get_allocation: preallocated when all of them want it */
FerryAllocation ferry_reshape_get_allocation (const FerryPlanGuest *guest);

/** ferry_reshape_is_needed: a disk of @guest must be changed */
gboolean ferry_reshape_is_needed (const FerryPlanGuest *guest);

/**
 * ferry_reshape_get_bytes:
 *
 * Room that disk @index takes at its destination for a while, beside itself, since it is written
 * anew there in another format: what it holds, or with preallocation its size. 0: it is made as it
 * shall be, or @guest is copied.
 */
guint64 ferry_reshape_get_bytes (const FerryPlanGuest *guest, guint index);

/**
 * ferry_plan_get_reshape_bytes:
 * @storage: (nullable): only disks that go there (ferry_plan_get_storage()); NULL: everywhere
 *
 * The most that importing @plan's guests, one after the other, takes beside the disks themselves
 * there for a while. Disks are changed one by one, so the largest counts.
 */
guint64 ferry_plan_get_reshape_bytes (const FerryPlan *plan, const char *storage);

/**
 * FerryReshape: the disks that virt-v2v made
 * @guest: without disks that are left out
 * @paths: of its disks
 * @record: whose journal notes what is made, before it is made
 * @monitor: (nullable): told of all that is written, in some unit
 */
typedef struct
{
  FerryHost *host;
  const FerryPlanGuest *guest;
  char **paths;
  FerryRecord *record;
  const FerryMonitor *monitor;
} FerryReshape;

/**
 * ferry_reshape_run:
 *
 * Gives each disk the format and allocation that the plan has for it. A disk is whole at any moment:
 * the new one takes its place by a rename.
 *
 * Errors: FERRY_ERROR_CONVERSION, NO_SPACE, MISSING_TOOL, FAILED
 */
gboolean
ferry_reshape_run (const FerryReshape *reshape, GCancellable *cancellable, GError **error);

G_END_DECLS
