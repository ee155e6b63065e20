/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest.h"
#include "ferry-vsphere-inventory.h"

G_BEGIN_DECLS

/**
 * FerryVsphereRow: one guest out of an answer
 * @parents: what it hangs on
 * @place: where it lies; set by ferry_vsphere_rows_settle()
 * @networks: (element-type utf8): for each network adapter, see ferry_vsphere_read_hardware()
 */
typedef struct
{
  FerryGuest *guest;
  FerryVsphereParents parents;
  FerryVspherePlace *place;
  GPtrArray *networks;
} FerryVsphereRow;

/**
 * FerryVsphereRows: what was found so far
 * @rows: (element-type FerryVsphereRow)
 * @by_id: their ids; borrowed from @rows
 * @inventory: what they lie in
 * @networks: names by key
 * @is_full: everything was asked for, not only what a list shows
 */
typedef struct
{
  GPtrArray *rows;
  GHashTable *by_id;
  FerryVsphereInventory *inventory;
  GHashTable *networks;
  gboolean is_full;
} FerryVsphereRows;

FerryVsphereRows *ferry_vsphere_rows_new (gboolean is_full);
void ferry_vsphere_rows_free (FerryVsphereRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVsphereRows, ferry_vsphere_rows_free)

/** ferry_vsphere_rows_add: for FerryVsphereQuery.found; @rows: a FerryVsphereRows */
void ferry_vsphere_rows_add (const FerryVsphereObject *object, gpointer rows);
/** ferry_vsphere_rows_settle: all were found: places and networks get their names */
void ferry_vsphere_rows_settle (FerryVsphereRows *self);

/** ferry_vsphere_get_instance_uuid: (nullable): which tells apart two guests that have one id in
 * two servers, or one after the other */
const char *ferry_vsphere_get_instance_uuid (const FerryGuest *guest);

G_END_DECLS
