/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How full a storage is, and whether what is planned fits. */
#define FERRY_TYPE_SPACE_ROW (ferry_space_row_get_type ())
G_DECLARE_FINAL_TYPE (FerrySpaceRow, ferry_space_row, FERRY, SPACE_ROW, AdwPreferencesRow)

/**
 * ferry_space_row_set:
 * @label: "Space on vm-data-01"
 * @free_bytes: @total_bytes: G_MAXUINT64: unknown
 * @needed_bytes: 0: not known yet
 */
void ferry_space_row_set (FerrySpaceRow *self,
                          const char *label,
                          guint64 free_bytes,
                          guint64 total_bytes,
                          guint64 needed_bytes);
/** ferry_space_row_set_need: what is to come there, in words */
void ferry_space_row_set_need (FerrySpaceRow *self, const char *text);

G_END_DECLS
