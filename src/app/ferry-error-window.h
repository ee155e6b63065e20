/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** FerryErrorWindow: why an import failed, what to do, and what the tools said, to copy */
#define FERRY_TYPE_ERROR_WINDOW (ferry_error_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryErrorWindow, ferry_error_window, FERRY, ERROR_WINDOW, AdwWindow)

GtkWindow *ferry_error_window_new (GtkWindow *parent, FerryImportItem *item);

G_END_DECLS
