/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryOsRow: the operating system of a guest, as it was found or another one
 *
 * All that libosinfo knows, in a list that is searched by any part of their names. It is read on a
 * thread; until it is there a chosen system is shown by its id.
 *
 * Signal: "changed": the user chose another one
 */
#define FERRY_TYPE_OS_ROW (ferry_os_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryOsRow, ferry_os_row, FERRY, OS_ROW, AdwActionRow)

/** ferry_os_row_show: what @guest's source and its plan say */
void ferry_os_row_show (FerryOsRow *self, const FerryPlanGuest *guest);
/** ferry_os_row_get_id: (nullable): libosinfo's short id; NULL: as it is found */
const char *ferry_os_row_get_id (FerryOsRow *self);
/** ferry_os_row_is_loaded: the list is there */
gboolean ferry_os_row_is_loaded (FerryOsRow *self);

G_END_DECLS
