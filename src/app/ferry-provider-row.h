/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-provider-item.h"

G_BEGIN_DECLS

/**
 * FerryProviderRow: a provider, how its last test went, and the one thing to do next
 *
 * Signals: "chosen" (char *what): "import", "edit", "duplicate" or "remove" it
 */
#define FERRY_TYPE_PROVIDER_ROW (ferry_provider_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryProviderRow, ferry_provider_row, FERRY, PROVIDER_ROW, AdwActionRow)

/** ferry_provider_row_new: @buttons: of all rows, so that what stands before them lines up */
GtkWidget *ferry_provider_row_new (FerryProviderItem *item, GtkSizeGroup *buttons);
FerryProviderItem *ferry_provider_row_get_item (FerryProviderRow *self);
void ferry_provider_row_set_narrow (FerryProviderRow *self, gboolean narrow);

G_END_DECLS
