/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <sys/types.h>

#include "ferry-ipc.h"

G_BEGIN_DECLS

/**
 * FerryManager:
 *
 * The Worker1 interface, generated, and what the generated code leaves out: a property is written
 * by its owner only, and within its range.
 */
#define FERRY_TYPE_MANAGER (ferry_manager_get_type ())
G_DECLARE_FINAL_TYPE (FerryManager, ferry_manager, FERRY, MANAGER, FerryDBusWorker1Skeleton)

FerryManager *ferry_manager_new (uid_t owner);

G_END_DECLS
