/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

#include "ferry-wizard-text.h"

G_BEGIN_DECLS

/* One ability of a conversion host: a mark and its name; what to do is its tooltip. */
#define FERRY_TYPE_ABILITY_ITEM (ferry_ability_item_get_type ())
G_DECLARE_FINAL_TYPE (FerryAbilityItem, ferry_ability_item, FERRY, ABILITY_ITEM, GtkFlowBoxChild)

GtkWidget *ferry_ability_item_new (const FerryAbility *ability);

G_END_DECLS
