/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"
#include "ferryctl-choices.h"
#include "ferryctl-guests.h"

G_BEGIN_DECLS

/* From the words of a command line to a plan. */

/**
 * FerryctlSource: a source that is open
 * @plan: (owned): a plan of no guest yet
 * @source: (owned)
 * @guests: (owned) (element-type FerryGuest): all that it lists
 */
typedef struct
{
  FerryPlan *plan;
  FerrySource *source;
  GPtrArray *guests;
} FerryctlSource;

gboolean ferryctl_source_open (FerryctlSource *source, const char *word, GError **error);
void ferryctl_source_clear (FerryctlSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlSource, ferryctl_source_clear)

gboolean ferryctl_draft_is_plan (const char *word);
FerryPlan *ferryctl_draft_load (const char *word, GError **error);
FerryPlan *ferryctl_draft_make (char *const *words,
                                const FerryctlChoices *choices,
                                FerryctlExit *out_exit,
                                GError **error);

G_END_DECLS
