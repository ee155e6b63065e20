/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-page.h"
#include "ferry-verifier.h"
#include "ferry-worker-client.h"

G_BEGIN_DECLS

/* What will happen; Import hands the plan to the worker. */
#define FERRY_TYPE_REVIEW_PAGE (ferry_review_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryReviewPage, ferry_review_page, FERRY, REVIEW_PAGE, FerryPage)

/** ferry_review_page_set_client: @client: (nullable): who takes the plan */
void ferry_review_page_set_client (FerryReviewPage *self, FerryWorkerClient *client);
void ferry_review_page_set_verifier (FerryReviewPage *self, FerryVerifier *verifier);

G_END_DECLS
