/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryChoice: one entry of a drop-down
 *
 * Properties: "title", "detail" (a second line; NULL: none), "enabled" (it may be taken)
 */
#define FERRY_TYPE_CHOICE (ferry_choice_get_type ())
G_DECLARE_FINAL_TYPE (FerryChoice, ferry_choice, FERRY, CHOICE, GObject)

/** ferry_choice_new: @kind: @name: what it stands for, up to the drop-down; @name (nullable) */
FerryChoice *ferry_choice_new (int kind, const char *name, const char *title);
void ferry_choice_set_detail (FerryChoice *self, const char *detail, gboolean enabled);
int ferry_choice_get_kind (FerryChoice *self);
const char *ferry_choice_get_name (FerryChoice *self);
gboolean ferry_choice_is_enabled (FerryChoice *self);

/** ferry_choice_list_append: to a list of choices */
FerryChoice *ferry_choice_list_append (GListStore *list,
                                       int kind,
                                       const char *name,
                                       const char *title);
/** ferry_choice_list_find: G_MAXUINT: not there */
guint ferry_choice_list_find (GListModel *list, int kind, const char *name);

G_END_DECLS
