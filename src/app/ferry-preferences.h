/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-worker-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** FerryPreferences: the window with what the worker keeps: how many imports run at once */
#define FERRY_TYPE_PREFERENCES (ferry_preferences_get_type ())
G_DECLARE_FINAL_TYPE (FerryPreferences, ferry_preferences, FERRY, PREFERENCES, AdwPreferencesWindow)

GtkWindow *ferry_preferences_new (GtkWindow *parent, FerryWorkerClient *client);

G_END_DECLS
