/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-providers.h"
#include "ferry-worker-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** FerryWindow: the main window: the imports */
#define FERRY_TYPE_WINDOW (ferry_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryWindow, ferry_window, FERRY, WINDOW, AdwApplicationWindow)

GtkWindow *
ferry_window_new (GtkApplication *app, FerryWorkerClient *client, FerryProviders *providers);
/** ferry_window_show_import: opens the row of import @id */
void ferry_window_show_import (FerryWindow *self, const char *id);
/** ferry_window_say: a short message at its bottom */
void ferry_window_say (FerryWindow *self, const char *message);

G_END_DECLS
