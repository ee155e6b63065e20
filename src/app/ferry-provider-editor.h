/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-providers.h"

G_BEGIN_DECLS

/* A window in which a provider is filled in, tested and saved. */
#define FERRY_TYPE_PROVIDER_EDITOR (ferry_provider_editor_get_type ())
G_DECLARE_FINAL_TYPE (FerryProviderEditor, ferry_provider_editor, FERRY, PROVIDER_EDITOR, AdwWindow)

/** ferry_provider_editor_new: @provider: (nullable): what it starts with; one that is not saved
 * yet is a new one */
GtkWindow *ferry_provider_editor_new (GtkWindow *parent,
                                      FerryProviders *providers,
                                      const FerryProvider *provider);

G_END_DECLS
