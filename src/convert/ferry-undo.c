/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-undo.h"

#include "ferry-error.h"
#include "ferry-target-libvirt.h"
#include "ferry-tree.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define END_PROCESSES "end-processes"

/* The journal is a file: what stands in it is believed only as far as it looks like Ferry's own. */
static gboolean
check_path (const char *path, GError **error)
{
  g_autofree char *canonical =
      g_path_is_absolute (path) ? g_canonicalize_filename (path, NULL) : NULL;

  if (g_strcmp0 (canonical, path) == 0 && strcmp (path, "/") != 0)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("The journal says to remove ‘%s’, which Ferry has not made; it is left "
                       "alone."),
                     path);
}

static gboolean
end_processes (char **arguments, FerryHost *host, GError **error)
{
  return ferry_host_end_marked (host, arguments[0], error);
}

static gboolean
remove_tree (char **arguments, FerryHost *host, GError **error)
{
  return check_path (arguments[0], error) && ferry_tree_remove (arguments[0], error);
}

static gboolean
remove_file (char **arguments, FerryHost *host, GError **error)
{
  const char *path = arguments[0];

  if (!check_path (path, error))
    return FALSE;
  if (g_unlink (path) == 0 || errno == ENOENT || errno == ENOTDIR)
    return TRUE;

  return ferry_fail (error,
                     errno == EACCES || errno == EPERM || errno == EROFS ? FERRY_ERROR_PERMISSION
                                                                         : FERRY_ERROR_FAILED,
                     _("‘%s’ could not be removed: %s."), path, g_strerror (errno));
}

static gboolean
undefine_domain (char **arguments, FerryHost *host, GError **error)
{
  FerryLibvirtOwn own = {
    .uri = arguments[0],
    .name = arguments[1],
    .pool = arguments[2],
    .volume = arguments[3],
  };

  return ferry_target_libvirt_undefine (&own, error);
}

static gboolean
delete_volume (char **arguments, FerryHost *host, GError **error)
{
  return ferry_target_libvirt_delete_volume (arguments[0], arguments[1], arguments[2], error);
}

static const struct
{
  const char *kind;
  guint n_arguments;
  gboolean (*carry_out) (char **arguments, FerryHost *host, GError **error);
} kinds[] = {
  { END_PROCESSES, 1, end_processes },   { "remove-tree", 1, remove_tree },
  { "remove-file", 1, remove_file },     { "undefine-domain", 4, undefine_domain },
  { "delete-volume", 3, delete_volume },
};

static gboolean
carry_out (const FerryUndo *undo, FerryHost *host, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (undo->kind, kinds[i].kind) == 0 &&
        g_strv_length (undo->arguments) == kinds[i].n_arguments)
      return kinds[i].carry_out (undo->arguments, host, error);

  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The journal has a step ‘%s’ to take back that this version of Ferry does "
                       "not know. Use the version that made the import."),
                     undo->kind);
}

/* @error keeps the first of all. */
static gboolean
carry_out_each (FerryRecord *record, FerryHost *host, gboolean processes, GError **error)
{
  gboolean all_done = TRUE;

  for (guint left = record->undo->len; left > 0; left--)
    {
      const FerryUndo *undo = g_ptr_array_index (record->undo, left - 1);
      GError **first = all_done ? error : NULL;

      if ((strcmp (undo->kind, END_PROCESSES) == 0) != processes)
        continue;
      if (!carry_out (undo, host, first))
        {
          all_done = FALSE;
          continue;
        }
      g_ptr_array_remove_index (record->undo, left - 1);
      /* Taken back twice does no harm, so a journal that cannot be written does not stop this. */
      if (!ferry_record_save (record, first))
        all_done = FALSE;
    }

  return all_done;
}

gboolean
ferry_undo_all (FerryRecord *record, FerryHost *host, GError **error)
{
  gboolean processes_ended = carry_out_each (record, host, TRUE, error);
  gboolean rest_done = carry_out_each (record, host, FALSE, processes_ended ? error : NULL);

  return processes_ended && rest_done;
}
