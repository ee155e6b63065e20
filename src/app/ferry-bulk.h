/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Many guests of one plan, seen and edited as one. They are given as an array of FerryPlanGuest that
 * the plan owns. */

/** ferry_bulk_find: (transfer container): the guests of @plan with these @ids, in the plan's order */
GPtrArray *ferry_bulk_find (const FerryPlan *plan, const GPtrArray *ids);

typedef enum
{
  FERRY_BULK_FORMAT = 1, /* FerryFormat; setting it takes away what single disks have */
  FERRY_BULK_ALLOCATION, /* FerryAllocation; likewise */
  FERRY_BULK_START, /* gboolean */
  FERRY_BULK_SHUT_DOWN, /* gboolean */
} FerryBulkField;

/** ferry_bulk_get: what all of them have; -1: not all the same, or there are none */
int ferry_bulk_get (const GPtrArray *guests, FerryBulkField field);
void ferry_bulk_set (GPtrArray *guests, FerryBulkField field, int value);

/**
 * ferry_bulk_get_storage:
 * @out_storage: (transfer none) (nullable): of all their disks; NULL: the destination's
 *
 * Returns: FALSE when they differ; there is nothing in @out_storage then
 */
gboolean ferry_bulk_get_storage (const GPtrArray *guests, const char **out_storage);
void ferry_bulk_set_storage (GPtrArray *guests, const char *storage);

/** FerryBulkUse: the NICs on one source network; @network: (unowned) (nullable): where the first one
 * goes; @mixed: not all of them do */
typedef struct
{
  guint n_nics;
  gboolean mixed;
  const FerryPlanNetwork *network;
} FerryBulkUse;

/** ferry_bulk_get_use: of source network @source (nullable: of no name) */
FerryBulkUse ferry_bulk_get_use (const GPtrArray *guests, const char *source);
void
ferry_bulk_set_network (GPtrArray *guests, const char *source, const FerryPlanNetwork *network);
/**
 * ferry_bulk_list_networks: every source network that a NIC is on, as people sort them
 * @out_nameless: whether a NIC is on one without a name
 *
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *ferry_bulk_list_networks (const GPtrArray *guests, gboolean *out_nameless);

/**
 * ferry_bulk_restore: undoes whatever was done to the guests @ids of @plan since @before was copied
 * of it, their removal too; other guests stay as they are
 */
void ferry_bulk_restore (FerryPlan *plan, const FerryPlan *before, const GPtrArray *ids);

G_END_DECLS
