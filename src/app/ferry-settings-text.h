/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* What the Settings page says of what was chosen: pure functions, everything they return is
 * (transfer full) unless it is const. */

/** ferry_text_disk_facts: "vmdk, compressed · SCSI · ssd-02"; what the source does not say is left out */
char *ferry_text_disk_facts (const FerryDisk *disk);
/** ferry_text_disk_plan: "80.0 GB · vm-data-01 · thin provisioned", "20.0 GB · not imported" */
char *ferry_text_disk_plan (const FerryPlan *plan, const FerryPlanGuest *guest, guint index);
/**
 * ferry_text_planned_disks: "2 of 3 disks · 230.0 GB, of which at most 121.4 GB hold data and will
 * be copied"
 */
char *ferry_text_planned_disks (const FerryPlanGuest *guest);
/**
 * ferry_text_mac_problem: (nullable): what is wrong with the address that NIC @index of @guest gets:
 * it is none, or another NIC of the plan, or at the destination, has it, too
 * @facts: (nullable): the destination's
 */
char *ferry_text_mac_problem (const FerryPlan *plan,
                              const FerryDestinationFacts *facts,
                              const FerryPlanGuest *guest,
                              guint index);
/** ferry_text_topology: "2 sockets × 2 cores × 1 thread" */
char *ferry_text_topology (guint sockets, guint cores, guint threads);

/**
 * FerryStorageNeed: what the disks of a plan take in one storage
 * @storage: (owned) (nullable): NULL: the destination has only one, or none was chosen
 * @n_disks: that go there
 * @least_bytes: what they are known to take
 * @most_bytes: what they may take: all of a disk, where the source does not say how much is in use
 */
typedef struct
{
  char *storage;
  guint n_disks;
  guint64 least_bytes;
  guint64 most_bytes;
} FerryStorageNeed;

void ferry_storage_need_free (FerryStorageNeed *need);
/** ferry_storage_needs_of_plan: (element-type FerryStorageNeed): of included disks, by name */
GPtrArray *ferry_storage_needs_of_plan (const FerryPlan *plan);
/** ferry_text_storage_need: "3 disks need up to 230.0 GB" */
char *ferry_text_storage_need (const FerryStorageNeed *need);

G_END_DECLS
