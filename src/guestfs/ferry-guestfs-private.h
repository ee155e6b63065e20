/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-inspection.h"

#include <guestfs.h>

G_BEGIN_DECLS

/* What libguestfs returns is made by malloc(). */
static inline void
ferry_guestfs_free_list (char **list)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    free (list[i]);
  free (list);
}
typedef char *FerryGuestfsText;
typedef char **FerryGuestfsList;
static inline void
ferry_guestfs_clear_text (FerryGuestfsText *text)
{
  free (*text);
}
static inline void
ferry_guestfs_clear_list (FerryGuestfsList *list)
{
  ferry_guestfs_free_list (*list);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryGuestfsText, ferry_guestfs_clear_text)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryGuestfsList, ferry_guestfs_clear_list)

/** ferry_guestfs_open_devices: what is encrypted and no line of @keys opens goes into @inspection */
gboolean
ferry_guestfs_open_devices (guestfs_h *guestfs, const char *keys, FerryInspection *inspection);
/** ferry_guestfs_add_roots: every operating system that can be seen, into @inspection */
gboolean ferry_guestfs_add_roots (guestfs_h *guestfs, FerryInspection *inspection);

G_END_DECLS
