/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guestfs-helper.h"

#include "ferry-guestfs-private.h"
#include "ferry-json.h"

/* MiB. LUKS2 derives its keys in up to 1 GiB, which libguestfs' own 1.25 GiB has no room for. */
#define MEMORY_WITH_KEYS 2304

G_DEFINE_AUTOPTR_CLEANUP_FUNC (guestfs_h, guestfs_close)

/* The format is said: a guest may have written a header of another to the beginning of its disk. For
 * the same reason the drive is not opened read-only, by which libguestfs 1.48 would put a layer on it
 * whose content it has qemu guess. */
static gboolean
add_disks (guestfs_h *guestfs, const char *const *disks)
{
  for (guint i = 0; disks[i] != NULL; i++)
    if (guestfs_add_drive_opts (guestfs, disks[i], GUESTFS_ADD_DRIVE_OPTS_FORMAT, "qcow2",
                                GUESTFS_ADD_DRIVE_OPTS_CACHEMODE, "unsafe", -1) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
look (guestfs_h *guestfs, const char *const *disks, const char *keys, FerryInspection *inspection)
{
  if (*keys != '\0' && guestfs_get_memsize (guestfs) < MEMORY_WITH_KEYS &&
      guestfs_set_memsize (guestfs, MEMORY_WITH_KEYS) != 0)
    return FALSE;

  return add_disks (guestfs, disks) && guestfs_launch (guestfs) == 0 &&
         ferry_guestfs_open_devices (guestfs, keys, inspection) &&
         ferry_guestfs_add_roots (guestfs, inspection);
}

char *
ferry_guestfs_helper_answer (const char *const *disks, char *keys)
{
  g_autoptr (guestfs_h) guestfs = guestfs_create ();
  g_autoptr (FerryInspection) inspection = ferry_inspection_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *why = NULL;
  JsonObject *answer = json_object_new ();

  if (guestfs != NULL)
    guestfs_set_error_handler (guestfs, NULL, NULL);
  if (guestfs != NULL && look (guestfs, disks, keys, inspection))
    json_object_set_object_member (answer, "inside", ferry_inspection_to_json (inspection));
  else
    {
      const char *said = guestfs != NULL ? guestfs_last_error (guestfs) : NULL;

      why = g_utf8_make_valid (said != NULL ? said : "libguestfs", -1);
      json_object_set_string_member (answer, "error", why);
    }
  json_node_take_object (node, answer);

  return ferry_json_to_text (node, FALSE);
}
