/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ipc.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/* What an import looks like on the bus. */

void ferry_job_show_identity (FerryDBusImport1 *import, const FerryRecord *record);
void ferry_job_show_record (FerryDBusImport1 *import, const FerryRecord *record);
void ferry_job_show_progress (FerryDBusImport1 *import, const FerryProgress *progress);
void ferry_job_show_initial_progress (FerryDBusImport1 *import, const FerryRecord *record);

G_END_DECLS
