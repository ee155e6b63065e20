/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* How guests get their names, with what becomes of the first of them. A rule that is wrong is told at
 * its field and changes no name. */
#define FERRY_TYPE_NAME_RULE_GROUP (ferry_name_rule_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryNameRuleGroup,
                      ferry_name_rule_group,
                      FERRY,
                      NAME_RULE_GROUP,
                      AdwPreferencesGroup)

/** ferry_name_rule_group_show: the rule of @draft's plan, from now on */
void ferry_name_rule_group_show (FerryNameRuleGroup *self, FerryDraft *draft);
/** ferry_name_rule_group_refresh: other guests, or names that were changed elsewhere */
void ferry_name_rule_group_refresh (FerryNameRuleGroup *self);

G_END_DECLS
