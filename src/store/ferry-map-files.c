/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map-private.h"

#include "ferry-config-file.h"
#include "ferry-fd.h"
#include "ferry-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "maps"
#define SUFFIX ".json"
#define LARGEST_MAP (4 * 1024 * 1024)

/* --- saved maps --- */

static char *
dup_path (const FerryMap *map, GError **error)
{
  g_autofree char *folder = ferry_paths_dup_config_folder (FOLDER, error);
  g_autofree char *file = g_strconcat (map->id, SUFFIX, NULL);

  return folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
}

/* NULL: a file that is none of ours. An id that is no uuid could be the path of any file. */
static char *
dup_id_of_file (const char *name)
{
  g_autofree char *id = NULL;

  if (!g_str_has_suffix (name, SUFFIX))
    return NULL;
  id = g_strndup (name, strlen (name) - strlen (SUFFIX));

  return g_uuid_string_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

static FerryMap *
load_path (const char *id, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  FerryMap *map;
  gsize length = 0;

  if (!ferry_config_file_read (path, &text, &length, error))
    return NULL;
  map = ferry_map_from_text (text, (gssize) length, error);
  if (map == NULL)
    {
      g_prefix_error (error, "‘%s’: ", path);
      return NULL;
    }
  g_free (map->id);
  map->id = g_strdup (id);

  return map;
}

static int
compare_maps (gconstpointer a, gconstpointer b)
{
  const FerryMap *first = *(FerryMap *const *) a;
  const FerryMap *second = *(FerryMap *const *) b;
  int order = g_utf8_collate (first->name, second->name);

  if (order == 0)
    order = (int) first->kind - (int) second->kind;

  return order != 0 ? order : strcmp (first->id, second->id);
}

/* @problems: (nullable) (element-type utf8): gets a sentence for each file that cannot be read */
static GPtrArray *
load_all (GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);
  g_autofree char *folder = ferry_paths_dup_config_folder (FOLDER, error);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  if (folder == NULL)
    return NULL;
  if (dir == NULL)
    {
      ferry_fail (error, FERRY_ERROR_PERMISSION,
                  _ ("The folder ‘%s’ cannot be read. Check who owns it."), folder);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = dup_id_of_file (name);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) problem = NULL;
      FerryMap *map = id != NULL ? load_path (id, path, &problem) : NULL;

      if (map != NULL)
        g_ptr_array_add (maps, map);
      else if (id != NULL && problems != NULL)
        g_ptr_array_add (problems, g_strdup (problem->message));
    }
  g_ptr_array_sort (maps, compare_maps);

  return g_steal_pointer (&maps);
}

GPtrArray *
ferry_maps_load (GError **error)
{
  return load_all (NULL, error);
}

char **
ferry_maps_list_problems (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) maps = load_all (problems, &error);

  if (maps == NULL)
    g_ptr_array_add (problems, g_strdup (error->message));
  g_ptr_array_add (problems, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&problems), FALSE);
}

gboolean
ferry_map_save (FerryMap *map, GError **error)
{
  g_autoptr (GPtrArray) maps = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  const FerryMap *before;

  if (!ferry_map_check_name (map->name, error))
    return FALSE;
  maps = ferry_maps_load (error);
  if (maps == NULL)
    return FALSE;
  before = ferry_maps_find (maps, map->kind, map->name);
  if (before != NULL)
    {
      g_free (map->id);
      map->id = g_strdup (before->id);
    }
  path = dup_path (map, error);
  text = ferry_map_to_text (map);

  return path != NULL && ferry_paths_write_atomic (path, text, -1, error);
}

gboolean
ferry_map_remove (const FerryMap *map, GError **error)
{
  g_autofree char *path = dup_path (map, error);

  if (path == NULL)
    return FALSE;
  if (g_unlink (path) == 0)
    return TRUE;
  if (errno == ENOENT)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _ ("There is no map ‘%s’."), map->name);

  return ferry_fail (error, errno == EACCES ? FERRY_ERROR_PERMISSION : FERRY_ERROR_FAILED,
                     _ ("‘%s’ cannot be removed: %s."), path, g_strerror (errno));
}

/* --- maps of others --- */

gboolean
ferry_map_export (const FerryMap *map, const char *path, GError **error)
{
  g_autofree char *text = ferry_map_to_text (map);

  return ferry_paths_write_atomic (path, text, -1, error);
}

static gboolean
fail_to_read (const char *path, int number, GError **error)
{
  FerryError code = FERRY_ERROR_FAILED;

  if (number == ENOENT)
    code = FERRY_ERROR_NOT_FOUND;
  else if (number == EACCES || number == EPERM)
    code = FERRY_ERROR_PERMISSION;

  return ferry_fail (error, code, _ ("‘%s’ cannot be read: %s."), path, g_strerror (number));
}

static gboolean
read_file (const char *path, GString *text, GError **error)
{
  /* Not blocking: a pipe that nobody writes to must not hang Ferry. */
  g_auto (FerryFd) fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status;
  char bytes[4096];
  gssize n;

  if (fd < 0 || fstat (fd, &status) != 0)
    return fail_to_read (path, errno, error);
  if (!S_ISREG (status.st_mode))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ is not a file. Choose a file."), path);
  while ((n = read (fd, bytes, sizeof bytes)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return fail_to_read (path, errno, error);
      if (n > 0)
        g_string_append_len (text, bytes, n);
      if (text->len > LARGEST_MAP)
        return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ is too large to be a map."), path);
    }

  return TRUE;
}

FerryMap *
ferry_map_import_file (const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_filename_display_name (path);
  FerryMap *map;

  if (!read_file (path, text, error))
    return NULL;
  map = ferry_map_from_text (text->str, (gssize) text->len, error);
  if (map == NULL)
    g_prefix_error (error, "‘%s’: ", name);

  return map;
}
