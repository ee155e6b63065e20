/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-choices.h"
#include "ferryctl-guests.h"
#include "ferryctl-source.h"

G_BEGIN_DECLS

/* From the words of a command line to a plan. */

gboolean ferryctl_draft_is_plan (const char *word);
FerryPlan *ferryctl_draft_load (const char *word, GError **error);
FerryPlan *ferryctl_draft_make (char *const *words,
                                const FerryctlChoices *choices,
                                const FerryctlAccess *access,
                                FerryctlExit *out_exit,
                                GError **error);

G_END_DECLS
