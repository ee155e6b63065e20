/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerryLooker: looks into the disks of guests of a plan, one after the other, and writes what it finds
 * into their "inside"
 *
 * Signal: "changed": it began with another one, or ended
 */
#define FERRY_TYPE_LOOKER (ferry_looker_get_type ())
G_DECLARE_FINAL_TYPE (FerryLooker, ferry_looker, FERRY, LOOKER, GObject)

FerryLooker *ferry_looker_new (FerryDraft *draft);
/** ferry_looker_start: adds these (element-type utf8) to those that are still to be looked into */
void ferry_looker_start (FerryLooker *self, const GPtrArray *ids);
void ferry_looker_stop (FerryLooker *self);
gboolean ferry_looker_is_running (FerryLooker *self);
/** ferry_looker_get_name: (nullable): of the guest that is being looked into */
const char *ferry_looker_get_name (FerryLooker *self);
/** ferry_looker_get_left: those that come after it */
guint ferry_looker_get_left (FerryLooker *self);
/** ferry_looker_get_problem: (nullable): why guest @id could not be looked into the last time */
const char *ferry_looker_get_problem (FerryLooker *self, const char *id);

G_END_DECLS
