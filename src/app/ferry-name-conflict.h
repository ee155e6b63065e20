/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Names of guests that are taken: at the destination, or by another guest of the plan.
 * @facts: (nullable): the destination's, when they are known. */

/** ferry_name_is_taken: by the destination, or by a guest of the plan that is not @guest */
gboolean ferry_name_is_taken (const FerryPlan *plan,
                              const FerryDestinationFacts *facts,
                              const FerryPlanGuest *guest,
                              const char *name);
/**
 * ferry_text_name_problem: (transfer full) (nullable): why @name cannot be that of @guest, with the
 * rule
 */
char *ferry_text_name_problem (const FerryPlan *plan,
                               const FerryDestinationFacts *facts,
                               const FerryPlanGuest *guest,
                               const char *name);

/**
 * ferry_name_conflicts_list: (transfer container) (element-type FerryPlanGuest): the guests of @plan
 * that must have another name; the first of several of one name may keep it
 */
GPtrArray *ferry_name_conflicts_list (const FerryPlan *plan, const FerryDestinationFacts *facts);

/** ferry_name_suffix_is_valid: errors: FERRY_ERROR_INVALID, stating the rule */
gboolean ferry_name_suffix_is_valid (const char *suffix, GError **error);
/** ferry_name_dup_free: (transfer full): @guest's name with @suffix, and a number if that is taken */
char *ferry_name_dup_free (const FerryPlan *plan,
                           const FerryDestinationFacts *facts,
                           const FerryPlanGuest *guest,
                           const char *suffix);

G_END_DECLS
