/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-providers.h"

G_BEGIN_DECLS

/* All saved sources, a group for each kind, or what to do when there is none. */
#define FERRY_TYPE_PROVIDERS_VIEW (ferry_providers_view_get_type ())
G_DECLARE_FINAL_TYPE (FerryProvidersView, ferry_providers_view, FERRY, PROVIDERS_VIEW, AdwBin)

/** ferry_providers_view_set_providers: once */
void ferry_providers_view_set_providers (FerryProvidersView *self, FerryProviders *providers);
/** ferry_providers_view_set_narrow: lay out for 360 pixels */
void ferry_providers_view_set_narrow (FerryProvidersView *self, gboolean narrow);
/** ferry_providers_view_add: opens the editor with nothing in it */
void ferry_providers_view_add (FerryProvidersView *self);
/* Into and out of a file that the user picks. */
void ferry_providers_view_export (FerryProvidersView *self);
void ferry_providers_view_import (FerryProvidersView *self);

G_END_DECLS
