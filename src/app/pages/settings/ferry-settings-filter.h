/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* Which guests of the plan the list shows: FerryChoices whose kind is one of these; a FINDING's name
 * is the check's id. */
typedef enum
{
  FERRY_FILTER_ALL = 1,
  FERRY_FILTER_BLOCKERS,
  FERRY_FILTER_WARNINGS,
  FERRY_FILTER_FINDING,
} FerryFilterKind;

/**
 * ferry_settings_filter_list:
 *
 * Returns: (transfer full): (element-type FerryChoice): all, those with blockers or warnings, and one
 *   for every check that was found at a guest, worst first, each with the number of guests it shows
 */
GListStore *ferry_settings_filter_list (FerryDraft *draft);

/** ferry_settings_filter_match: whether @checks (nullable) are of a guest that is shown */
gboolean
ferry_settings_filter_match (FerryFilterKind kind, const char *id, const GPtrArray *checks);

G_END_DECLS
