/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-page.h"

G_BEGIN_DECLS

/**
 * FerryConflictDialog: a guest's name is taken: rename it or leave it out, or do the same with all
 * whose names are
 */
#define FERRY_TYPE_CONFLICT_DIALOG (ferry_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FerryConflictDialog,
                      ferry_conflict_dialog,
                      FERRY,
                      CONFLICT_DIALOG,
                      AdwMessageDialog)

/**
 * ferry_conflict_dialog_ask:
 *
 * Asks about the first guest of @page's draft whose name is taken and that nobody was asked about
 * yet. When that is decided, @page is entered once more: it asks about the next one.
 */
void ferry_conflict_dialog_ask (FerryPage *page);

G_END_DECLS
