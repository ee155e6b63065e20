/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* What will happen to one guest. */
#define FERRY_TYPE_REVIEW_ROW (ferry_review_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryReviewRow, ferry_review_row, FERRY, REVIEW_ROW, AdwActionRow)

GtkWidget *ferry_review_row_new (FerryDraft *draft, const FerryPlanGuest *guest);
/** ferry_review_row_get_id: of its guest */
const char *ferry_review_row_get_id (FerryReviewRow *self);

G_END_DECLS
