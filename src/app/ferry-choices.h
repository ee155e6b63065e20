/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-draft.h"
#include "ferry-map.h"

G_BEGIN_DECLS

/* What holds for all guests of a draft: set for those that are in the plan, and for those that are
 * added. */

void ferry_choices_set_start (FerryDraft *draft, gboolean start);
void ferry_choices_set_shut_down (FerryDraft *draft, gboolean shut_down);
/** ferry_choices_set_pool: of disks that have no storage of their own (libvirt) */
void ferry_choices_set_pool (FerryDraft *draft, const char *pool);
/** ferry_choices_set_storing: of disks in storage @source; @storage: (nullable): the pool of all */
void ferry_choices_set_storing (FerryDraft *draft, const char *source, const char *storage);
/** ferry_choices_set_name_rule: @rule: valid; every guest gets the name it makes */
void ferry_choices_set_name_rule (FerryDraft *draft, const FerryNameRule *rule);
/** ferry_choices_apply_map: returns how many NICs or disks changed */
guint ferry_choices_apply_map (FerryDraft *draft, const FerryMap *map);

/** ferry_choices_get_key: (nullable): the one in @keys (element-type FerryPlanKey) for every device */
const char *ferry_choices_get_key (const GPtrArray *keys);
/** ferry_choices_set_key: in its place; "": none. Those of single devices stay. */
void ferry_choices_set_key (GPtrArray *keys, const char *key);

/** FerryChoiceCount: @n_set of @n_guests that it applies to */
typedef struct
{
  guint n_set;
  guint n_guests;
} FerryChoiceCount;

FerryChoiceCount ferry_choices_count_start (const FerryPlan *plan);
/** ferry_choices_count_shut_down: of those that run */
FerryChoiceCount ferry_choices_count_shut_down (const FerryPlan *plan);

/** FerryStoringUse: the disks in one storage of the source; @mixed: not all go the same way */
typedef struct
{
  guint n_disks;
  gboolean mixed;
  const char *storage; /* (unowned) (nullable): of the first; NULL: the pool of all */
} FerryStoringUse;

FerryStoringUse ferry_choices_find_storing_use (const FerryPlan *plan, const char *source);
/** ferry_choices_list_storages: (transfer full) (element-type utf8): of the source, as people sort */
GPtrArray *ferry_choices_list_storages (const FerryPlan *plan);

G_END_DECLS
