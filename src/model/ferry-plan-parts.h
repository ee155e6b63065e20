/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Parts of plan JSON that occur in several places; for those who read and write plans and maps. */

/** ferry_plan_read_text: a text that ends up in XML, which cannot write most control characters */
gboolean ferry_plan_read_text (JsonObject *object, const char *member, char **out, GError **error);
/** ferry_plan_read_path: required, absolute */
gboolean ferry_plan_read_path (JsonObject *object, const char *member, char **out, GError **error);
/** ferry_plan_read_storing: the members format and allocation */
gboolean ferry_plan_read_storing (JsonObject *object,
                                  FerryFormat *format,
                                  FerryAllocation *allocation,
                                  GError **error);
/** ferry_plan_read_network: @network: zeros before, cleared by the caller in every case */
gboolean ferry_plan_read_network (JsonObject *object,
                                  const char *member,
                                  FerryPlanNetwork *network,
                                  GError **error);
/** ferry_plan_read_mappings: an object from source networks to networks; added to @plan's */
gboolean ferry_plan_read_mappings (JsonObject *object,
                                   const char *member,
                                   FerryPlan *plan,
                                   GError **error);
/** ferry_plan_read_storings: an object from source storages to storages; added to @plan's */
gboolean ferry_plan_read_storings (JsonObject *object,
                                   const char *member,
                                   FerryPlan *plan,
                                   GError **error);
/** ferry_plan_mappings_to_json: (element-type FerryPlanMapping): what the reader reads */
JsonObject *ferry_plan_mappings_to_json (const GPtrArray *mappings);
/** ferry_plan_storings_to_json: (element-type FerryPlanStoring) */
JsonObject *ferry_plan_storings_to_json (const GPtrArray *storings);
/** ferry_plan_read_guest: one of the plan's guests; format and allocation as @plan has them */
FerryPlanGuest *ferry_plan_read_guest (JsonObject *object, const FerryPlan *plan, GError **error);

G_END_DECLS
