/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-page.h"

G_BEGIN_DECLS

/* Where the virtual machines go, and the machine that converts them. */
#define FERRY_TYPE_DESTINATION_PAGE (ferry_destination_page_get_type ())
G_DECLARE_FINAL_TYPE (FerryDestinationPage,
                      ferry_destination_page,
                      FERRY,
                      DESTINATION_PAGE,
                      FerryPage)

G_END_DECLS
