/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-providers.h"

G_BEGIN_DECLS

/* Asks what a source shall be called as a provider. Signal: "named" (char *name): never "". */
#define FERRY_TYPE_NAME_DIALOG (ferry_name_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FerryNameDialog, ferry_name_dialog, FERRY, NAME_DIALOG, AdwMessageDialog)

/** ferry_name_dialog_new: starts with @name; that of another provider means that one is replaced,
 * and it says so */
GtkWindow *ferry_name_dialog_new (GtkWindow *parent, FerryProviders *providers, const char *name);

G_END_DECLS
