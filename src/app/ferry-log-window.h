/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-import-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** FerryLogWindow: an import's log, as it grows */
#define FERRY_TYPE_LOG_WINDOW (ferry_log_window_get_type ())
G_DECLARE_FINAL_TYPE (FerryLogWindow, ferry_log_window, FERRY, LOG_WINDOW, AdwWindow)

GtkWindow *ferry_log_window_new (GtkWindow *parent, FerryImportItem *item);

G_END_DECLS
