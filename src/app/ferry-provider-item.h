/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-connector.h"
#include "ferry-source-text.h"

G_BEGIN_DECLS

/**
 * FerryProviderItem: a provider, and the test of it that is going on
 *
 * Signals: "changed"; "asking": its connector waits for an answer; "tested": what came of it is in
 * the provider and should be saved
 */
#define FERRY_TYPE_PROVIDER_ITEM (ferry_provider_item_get_type ())
G_DECLARE_FINAL_TYPE (FerryProviderItem, ferry_provider_item, FERRY, PROVIDER_ITEM, GObject)

/** ferry_provider_item_new: @provider: (transfer full) */
FerryProviderItem *ferry_provider_item_new (const FerryBackend *backend, FerryProvider *provider);
const FerryProvider *ferry_provider_item_get_provider (FerryProviderItem *self);
/** ferry_provider_item_set_provider: a copy, in place of the one before; a running test ends */
void ferry_provider_item_set_provider (FerryProviderItem *self, const FerryProvider *provider);
FerryKind ferry_provider_item_get_kind (FerryProviderItem *self);

void ferry_provider_item_test (FerryProviderItem *self);
void ferry_provider_item_stop (FerryProviderItem *self);
gboolean ferry_provider_item_is_testing (FerryProviderItem *self);
FerryConnector *ferry_provider_item_get_connector (FerryProviderItem *self);

G_END_DECLS
