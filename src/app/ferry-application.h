/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FerryApplication: the program `ferry`: one main window, any number of wizards
 *
 * Actions: app.new-import, app.preferences, app.about, app.quit, app.show-import (an import's id)
 */
#define FERRY_TYPE_APPLICATION (ferry_application_get_type ())
G_DECLARE_FINAL_TYPE (FerryApplication, ferry_application, FERRY, APPLICATION, AdwApplication)

FerryApplication *ferry_application_new (void);

G_END_DECLS
