/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-dbus.h"
#include "ferry-progress.h"

G_BEGIN_DECLS

#define FERRY_WORKER_NAME FERRY_APP_ID ".Worker"
#define FERRY_WORKER_ROOT "/io/github/ferryvm/Ferry/Worker"
#define FERRY_WORKER_PATH FERRY_WORKER_ROOT "/Manager"
#define FERRY_WORKER_IMPORTS FERRY_WORKER_ROOT "/Imports"

/** ferry_ipc_init: names FERRY_ERROR's codes on the bus; once, by every program */
void ferry_ipc_init (void);

/** ferry_ipc_dup_import_path: the object of import @id */
char *ferry_ipc_dup_import_path (const char *id);

/** Progress as the bus carries it (floating), and back; a missing member is unknown. */
GVariant *ferry_ipc_progress_to_variant (const FerryProgress *progress);
FerryProgress *ferry_ipc_progress_from_variant (GVariant *variant, FerryImportState state);

G_END_DECLS
