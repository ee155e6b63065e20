/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-page.h"
#include "ferry-providers.h"

G_BEGIN_DECLS

/* Where the virtual machines come from. */
#define FERRY_TYPE_SOURCE_PAGE (ferry_source_page_get_type ())
G_DECLARE_FINAL_TYPE (FerrySourcePage, ferry_source_page, FERRY, SOURCE_PAGE, FerryPage)

/** ferry_source_page_set_providers: once, before anything else */
void ferry_source_page_set_providers (FerrySourcePage *self, FerryProviders *providers);
/** ferry_source_page_set_provider: as if the provider of that uuid had been chosen */
void ferry_source_page_set_provider (FerrySourcePage *self, const char *id);
/** ferry_source_page_set_path: as if it had been typed, but not what closing would lose */
void ferry_source_page_set_path (FerrySourcePage *self, const char *path);
/** ferry_source_page_is_entered: the user typed something */
gboolean ferry_source_page_is_entered (FerrySourcePage *self);

G_END_DECLS
