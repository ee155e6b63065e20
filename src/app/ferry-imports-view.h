/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-worker-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FerryImportsView: all imports that the worker knows, in groups, or what to do when there is none
 */
#define FERRY_TYPE_IMPORTS_VIEW (ferry_imports_view_get_type ())
G_DECLARE_FINAL_TYPE (FerryImportsView, ferry_imports_view, FERRY, IMPORTS_VIEW, AdwBin)

/** ferry_imports_view_set_client: once */
void ferry_imports_view_set_client (FerryImportsView *self, FerryWorkerClient *client);
/** ferry_imports_view_set_narrow: laid out for 360 pixels */
void ferry_imports_view_set_narrow (FerryImportsView *self, gboolean narrow);
/** ferry_imports_view_show_import: opens the row of import @id and puts the focus there */
void ferry_imports_view_show_import (FerryImportsView *self, const char *id);

G_END_DECLS
