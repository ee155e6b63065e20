/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryOvaItem: one appliance that a source has
 * @id: (owned): its path from the source's folder, in UTF-8
 * @path: (owned): where it is
 */
typedef struct
{
  char *id;
  char *path;
} FerryOvaItem;

/**
 * ferry_ova_list_items:
 * @path: an OVA, an .ovf, or a folder with any of them, or with unpacked OVAs, directly in it
 * @out_is_folder: (out): whether @path is a folder
 *
 * Returns: (transfer full) (element-type FerryOvaItem): at least one, sorted by id; or %NULL with
 *   FERRY_ERROR_NOT_FOUND or PERMISSION
 */
GPtrArray *ferry_ova_list_items (const char *path, gboolean *out_is_folder, GError **error);

/** ferry_ova_find_item: (nullable): the item that guest @guest_id comes from */
const FerryOvaItem *ferry_ova_find_item (GPtrArray *items, const char *guest_id);

G_END_DECLS
