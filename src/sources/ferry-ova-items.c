/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ova-items.h"

#include "ferry-error.h"
#include "ferry-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
item_free (FerryOvaItem *item)
{
  g_free (item->id);
  g_free (item->path);
  g_free (item);
}

static void
add_item (GPtrArray *items, const char *folder, const char *name)
{
  FerryOvaItem *item = g_new0 (FerryOvaItem, 1);

  item->id = g_filename_display_name (name);
  item->path = g_build_filename (folder, name, NULL);
  g_ptr_array_add (items, item);
}

static gboolean
is_archive_name (const char *name)
{
  static const char *const suffixes[] = { ".ova", ".ova.gz", ".ova.xz", ".ova.bz2", ".ova.zst" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (ferry_member_has_suffix (name, suffixes[i]))
      return TRUE;

  return FALSE;
}

/* What is hidden is not offered: temporary files, and macOS' "._…". */
static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));

  return names;
}

static void
add_unpacked (GPtrArray *items, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) names = list_names (path);

  for (guint i = 0; i < names->len; i++)
    if (ferry_member_has_suffix (names->pdata[i], ".ovf"))
      {
        g_autofree char *relative = g_build_filename (name, names->pdata[i], NULL);

        add_item (items, folder, relative);
      }
}

/* A folder behind a symbolic link is not looked into. */
static gboolean
is_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;

  return lstat (path, &info) == 0 && S_ISDIR (info.st_mode);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const FerryOvaItem *const *item = a, *const *other = b;

  return strcmp ((*item)->id, (*other)->id);
}

static gboolean
list_folder (GPtrArray *items, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (g_access (folder, R_OK | X_OK) != 0)
    return ferry_folder_fail_errno (error, folder, errno);
  names = list_names (folder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (is_folder (folder, name))
        add_unpacked (items, folder, name);
      else if (is_archive_name (name) || ferry_member_has_suffix (name, ".ovf"))
        add_item (items, folder, name);
    }
  g_ptr_array_sort (items, compare_items);
  if (items->len > 0)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                     _("There is no virtual appliance in ‘%s’: neither .ova files nor unpacked "
                       "ones (.ovf)."),
                     folder);
}

GPtrArray *
ferry_ova_list_items (const char *path, gboolean *out_is_folder, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  struct stat info;

  if (stat (path, &info) != 0)
    {
      ferry_folder_fail_errno (error, path, errno);
      return NULL;
    }
  *out_is_folder = S_ISDIR (info.st_mode);
  if (*out_is_folder)
    return list_folder (items, path, error) ? g_steal_pointer (&items) : NULL;

  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  add_item (items, folder, name);

  return g_steal_pointer (&items);
}

/* "FILE" or "FILE#SYSTEM"; file names may have a # of their own, so the longest one counts. */
const FerryOvaItem *
ferry_ova_find_item (GPtrArray *items, const char *guest_id)
{
  const FerryOvaItem *found = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const FerryOvaItem *item = g_ptr_array_index (items, i);
      gsize length = strlen (item->id);

      if (strncmp (guest_id, item->id, length) != 0 ||
          (guest_id[length] != '\0' && guest_id[length] != '#'))
        continue;
      if (found == NULL || length > strlen (found->id))
        found = item;
    }

  return found;
}
