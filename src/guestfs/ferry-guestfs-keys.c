/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guestfs-private.h"

#include <string.h>

static gboolean
is_encrypted (const char *type)
{
  return g_str_equal (type, "crypto_LUKS") || g_str_equal (type, "BitLocker");
}

/* As virt-v2v calls it once it is open, so that a root in there has the same name for it: by the UUID,
 * where there is one. */
static char *
dup_map_name (guestfs_h *guestfs, const char *device, const char *type)
{
  g_auto (FerryGuestfsText) uuid = NULL;
  g_autoptr (GString) name = g_string_new ("crypt");

  if (g_str_equal (type, "crypto_LUKS"))
    uuid = guestfs_luks_uuid (guestfs, device);
  if (uuid != NULL)
    return g_strconcat ("luks-", uuid, NULL);
  for (const char *at = device + (g_str_has_prefix (device, "/dev/") ? strlen ("/dev/") : 0);
       *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (name, *at);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* The key that begins at @line's blank, if it is for the device. */
static const char *
match_line (guestfs_h *guestfs, const char *line, const char *device)
{
  const char *blank = strchr (line, ' ');
  g_autofree char *selector = blank != NULL ? g_strndup (line, (gsize) (blank - line)) : NULL;
  g_auto (FerryGuestfsText) uuid = NULL;

  if (selector == NULL)
    return NULL;
  if (g_str_equal (selector, "-") || g_str_equal (selector, device))
    return blank + 1;
  uuid = guestfs_luks_uuid (guestfs, device);

  return uuid != NULL && g_str_equal (selector, uuid) ? blank + 1 : NULL;
}

static gboolean
try_keys (guestfs_h *guestfs, const char *keys, const char *device, const char *map_name)
{
  gboolean opened = FALSE;

  for (const char *line = keys; *line != '\0' && !opened;)
    {
      gsize length = strcspn (line, "\n");
      char *copy = g_strndup (line, length);
      const char *key = match_line (guestfs, copy, device);

      /* Writable: a journal is played back before what is in there can be read, and the overlay is
       * thrown away. */
      opened = key != NULL && guestfs_cryptsetup_open (guestfs, device, key, map_name, -1) == 0;
      explicit_bzero (copy, length);
      g_free (copy);
      line += length + (line[length] == '\n' ? 1 : 0);
    }

  return opened;
}

static void
open_device (guestfs_h *guestfs, const char *keys, const char *device, FerryInspection *inspection)
{
  g_auto (FerryGuestfsText) type = guestfs_vfs_type (guestfs, device);
  g_autofree char *map_name = NULL;

  if (type == NULL || !is_encrypted (type))
    return;
  map_name = dup_map_name (guestfs, device, type);
  if (!try_keys (guestfs, keys, device, map_name))
    ferry_inspection_add_encrypted (inspection, device);
}

/* Takes @devices; NULL: they cannot be asked for. */
static gboolean
open_all (guestfs_h *guestfs, const char *keys, char **devices, FerryInspection *inspection)
{
  g_auto (FerryGuestfsList) list = devices;

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    open_device (guestfs, keys, list[i], inspection);

  return list != NULL;
}

/* What virt-v2v opens, and no more: a whole disk that is encrypted is copied as it is, without a key. */
gboolean
ferry_guestfs_open_devices (guestfs_h *guestfs, const char *keys, FerryInspection *inspection)
{
  if (!open_all (guestfs, keys, guestfs_list_partitions (guestfs), inspection))
    return FALSE;
  /* There may be volume groups in what is open now. */
  guestfs_lvm_scan (guestfs, 1);

  return open_all (guestfs, keys, guestfs_lvs (guestfs), inspection);
}
