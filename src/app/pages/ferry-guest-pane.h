/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-guest-item.h"

G_BEGIN_DECLS

/**
 * FerryGuestPane: one of the two lists of virtual machines: heading with count, search, table,
 * caption. When narrow the table is a list with two lines an entry.
 *
 * Properties: "heading", "chosen" (the list of those to import: a tap on an entry of the narrow
 * list takes it out, else in), "narrow"
 * Signals: "moved" (the selected ones are to go to the other side), "selection-changed"
 */
#define FERRY_TYPE_GUEST_PANE (ferry_guest_pane_get_type ())
G_DECLARE_FINAL_TYPE (FerryGuestPane, ferry_guest_pane, FERRY, GUEST_PANE, AdwBin)

/* What a source says of its guests before one is read; the others have no column. */
typedef enum
{
  FERRY_COLUMN_SYSTEM = 1 << 0,
  FERRY_COLUMN_MEMORY = 1 << 1,
  FERRY_COLUMN_DISKS = 1 << 2,
  FERRY_COLUMN_PLACE = 1 << 3,
} FerryGuestColumns;

void ferry_guest_pane_set_columns (FerryGuestPane *self, FerryGuestColumns columns);

/** ferry_guest_pane_get_store: (transfer none): of FerryGuestItem, in no order */
GListStore *ferry_guest_pane_get_store (FerryGuestPane *self);
/** ferry_guest_pane_dup_selected: (transfer full) (element-type FerryGuestItem) */
GPtrArray *ferry_guest_pane_dup_selected (FerryGuestPane *self);
gboolean ferry_guest_pane_has_selected (FerryGuestPane *self);
void ferry_guest_pane_unselect (FerryGuestPane *self);
/** ferry_guest_pane_focus_list: to the list's entries; %FALSE when there are none */
gboolean ferry_guest_pane_focus_list (FerryGuestPane *self);

G_END_DECLS
