/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerryOvaGroup:
 *
 * Asks for an OVA, and puts it and the guests in it into a draft.
 *
 * Signals: "changed": look at ferry_ova_group_has_found()
 */
#define FERRY_TYPE_OVA_GROUP (ferry_ova_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryOvaGroup, ferry_ova_group, FERRY, OVA_GROUP, AdwPreferencesGroup)

void ferry_ova_group_set_draft (FerryOvaGroup *self, FerryDraft *draft);
/** ferry_ova_group_set_path: from outside, so that nothing is lost when the wizard is closed */
void ferry_ova_group_set_path (FerryOvaGroup *self, const char *path);
/** ferry_ova_group_dup_path: (nullable): absolute */
char *ferry_ova_group_dup_path (FerryOvaGroup *self);
/** ferry_ova_group_is_entered: the user typed something */
gboolean ferry_ova_group_is_entered (FerryOvaGroup *self);
/** ferry_ova_group_has_found: there are guests where the path leads */
gboolean ferry_ova_group_has_found (FerryOvaGroup *self);
/** ferry_ova_group_read: what the path leads to */
void ferry_ova_group_read (FerryOvaGroup *self);
/** ferry_ova_group_forget: what was read before no longer counts */
void ferry_ova_group_forget (FerryOvaGroup *self);

G_END_DECLS
