/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest-pane.h"
#include "ferry-page.h"

G_BEGIN_DECLS

/* Which virtual machines: two lists with arrows between them. */
#define FERRY_TYPE_GUESTS_PAGE (ferry_guests_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryGuestsPage, ferry_guests_page, FERRY, GUESTS_PAGE, FerryPage)

G_END_DECLS
