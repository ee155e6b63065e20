/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-guest.h"

G_BEGIN_DECLS

/* A guest as lists and their sorters see it. Its properties are what the lists show: "name",
 * "system", "state", "memory", "disks", "place", "icon-name", "icon-styles", "hint". */
#define FERRY_TYPE_GUEST_ITEM (ferry_guest_item_get_type ())
G_DECLARE_FINAL_TYPE (FerryGuestItem, ferry_guest_item, FERRY, GUEST_ITEM, GObject)

/** ferry_guest_item_new: of @guests (element-type FerryGuest), of which it holds a reference */
FerryGuestItem *ferry_guest_item_new (GPtrArray *guests, guint index);
const FerryGuest *ferry_guest_item_get_guest (FerryGuestItem *self);
const char *ferry_guest_item_get_name (FerryGuestItem *self);
/** ferry_guest_item_get_folded_name: the name without case, for searching and sorting */
const char *ferry_guest_item_get_folded_name (FerryGuestItem *self);
/** ferry_guest_item_fold: (transfer full): without case, in one form of each letter */
char *ferry_guest_item_fold (const char *text);
/** ferry_guest_item_matches: whether its name, system or place has @folded in it */
gboolean ferry_guest_item_matches (FerryGuestItem *self, const char *folded);
guint64 ferry_guest_item_get_capacity_bytes (FerryGuestItem *self);

/**
 * ferry_guest_items_move:
 * @items: (element-type FerryGuestItem): all of them in @from
 *
 * With one splice a list: moving thousands one by one takes seconds.
 */
void ferry_guest_items_move (GListStore *from, GListStore *to, GPtrArray *items);

G_END_DECLS
