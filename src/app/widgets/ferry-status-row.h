/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How an answer from outside stands; what it is, is in the words beside it. */
typedef enum
{
  FERRY_STATUS_BUSY = 1,
  FERRY_STATUS_GOOD,
  FERRY_STATUS_WARNING,
  FERRY_STATUS_BAD,
  FERRY_STATUS_IDLE, /* nothing was asked yet */
} FerryStatus;

/**
 * FerryStatusRow: the state of a connection or of something being read
 *
 * Signal: "again": its button was pressed
 */
#define FERRY_TYPE_STATUS_ROW (ferry_status_row_get_type ())
G_DECLARE_FINAL_TYPE (FerryStatusRow, ferry_status_row, FERRY, STATUS_ROW, AdwPreferencesRow)

/** ferry_status_row_set: @detail: (nullable): @button: (nullable): its label; NULL: no button */
void ferry_status_row_set (FerryStatusRow *self,
                           FerryStatus status,
                           const char *title,
                           const char *detail,
                           const char *button);
/** ferry_status_row_set_can_again: its button may be pressed, as it may at first */
void ferry_status_row_set_can_again (FerryStatusRow *self, gboolean can);
const char *ferry_status_row_get_text (FerryStatusRow *self);
FerryStatus ferry_status_row_get_status (FerryStatusRow *self);

G_END_DECLS
