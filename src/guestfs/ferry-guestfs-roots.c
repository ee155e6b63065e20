/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guestfs-private.h"

#include <string.h>

/* Takes @text, which may be NULL or libguestfs' word for it. */
static char *
take_known (FerryGuestfsText text)
{
  g_auto (FerryGuestfsText) said = text;

  if (said == NULL || *said == '\0' || g_str_equal (said, "unknown"))
    return NULL;

  return g_utf8_make_valid (said, -1);
}

/* The first bytes of the file that Windows sleeps in: after it has woken up, they are others. */
static gboolean
is_hibernated (guestfs_h *guestfs)
{
  static const char *const sleeping[] = { "hibr", "HIBR", "rstr", "RSTR" };
  g_auto (FerryGuestfsText) begin = NULL;
  gsize length = 0;

  if (guestfs_is_file (guestfs, "/hiberfil.sys") != 1)
    return FALSE;
  begin = guestfs_pread (guestfs, "/hiberfil.sys", 4, 0, &length);
  for (guint i = 0; begin != NULL && length == 4 && i < G_N_ELEMENTS (sleeping); i++)
    if (memcmp (begin, sleeping[i], 4) == 0)
      return TRUE;

  return FALSE;
}

/* What cannot be known stays unknown: a file system that is not clean may refuse to be mounted. */
static void
look_at_system (guestfs_h *guestfs, FerryRoot *root)
{
  struct guestfs_statvfs *info;

  if (guestfs_mount_ro (guestfs, root->device, "/") != 0)
    return;
  info = guestfs_statvfs (guestfs, "/");
  if (info != NULL && info->bavail >= 0 && info->frsize > 0 &&
      info->bavail <= G_MAXINT64 / info->frsize)
    root->free_bytes = info->bavail * info->frsize;
  if (info != NULL)
    guestfs_free_statvfs (info);
  if (g_strcmp0 (root->family, "windows") == 0)
    root->hibernated = is_hibernated (guestfs);
  guestfs_umount_all (guestfs);
}

gboolean
ferry_guestfs_add_roots (guestfs_h *guestfs, FerryInspection *inspection)
{
  g_auto (FerryGuestfsList) roots = guestfs_inspect_os (guestfs);

  if (roots == NULL)
    return FALSE;
  for (guint i = 0; roots[i] != NULL; i++)
    {
      g_autofree char *device = g_utf8_make_valid (roots[i], -1);
      FerryRoot *root = ferry_root_new (device);

      root->name = take_known (guestfs_inspect_get_product_name (guestfs, roots[i]));
      root->os = take_known (guestfs_inspect_get_osinfo (guestfs, roots[i]));
      root->family = take_known (guestfs_inspect_get_type (guestfs, roots[i]));
      root->arch = take_known (guestfs_inspect_get_arch (guestfs, roots[i]));
      look_at_system (guestfs, root);
      g_ptr_array_add (inspection->roots, root);
    }

  return TRUE;
}
