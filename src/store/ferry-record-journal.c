/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record-private.h"

#include "ferry-fd.h"
#include "ferry-paths.h"
#include "ferry-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Folders in the making and in the going: no crash leaves half a record that looks whole. */
#define NEW_PREFIX ".new-"
#define OLD_PREFIX ".old-"

/** ferry_record_id_is_valid: whether @id is a UUID in lower case, and so never a way elsewhere */
gboolean
ferry_record_id_is_valid (const char *id)
{
  if (id == NULL || !g_uuid_string_is_valid (id))
    return FALSE;

  for (const char *at = id; *at != '\0'; at++)
    if (g_ascii_isupper (*at))
      return FALSE;

  return TRUE;
}

/** ferry_record_dup_dir: the folder of import @id. Errors: INVALID, and those of the paths */
char *
ferry_record_dup_dir (const char *id, GError **error)
{
  g_autofree char *imports_dir = NULL;

  if (!ferry_record_id_is_valid (id))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is not the id of an import."), id);
      return NULL;
    }
  imports_dir = ferry_paths_dup_imports_dir (error);

  return imports_dir != NULL ? g_build_filename (imports_dir, id, NULL) : NULL;
}

static gboolean
fail_with_errno (GError **error, const char *path)
{
  int saved_errno = errno;
  FerryError code = saved_errno == ENOSPC || saved_errno == EDQUOT ? FERRY_ERROR_NO_SPACE
                                                                   : FERRY_ERROR_PERMISSION;

  return ferry_fail (error, code, _("The journal’s folder ‘%s’ cannot be changed: %s."), path,
                     g_strerror (saved_errno));
}

/* A rename is on the disk only when its folder is. */
static void
sync_dir (const char *path)
{
  g_auto (FerryFd) fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    fsync (fd);
}

static gboolean
write_file_in (const char *dir, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return ferry_paths_write_atomic (path, text, -1, error);
}

static gboolean
publish (FerryRecord *record, const char *new_dir, GError **error)
{
  g_autofree char *dir = ferry_record_dup_dir (record->id, error);
  g_autofree char *imports_dir = NULL;
  g_autofree char *plan_text = NULL;
  g_autofree char *state_text = NULL;

  if (dir == NULL)
    return FALSE;

  plan_text = ferry_plan_to_text (record->plan);
  state_text = ferry_record_to_text (record);
  if (!write_file_in (new_dir, "plan.json", plan_text, error)
      || !write_file_in (new_dir, "state.json", state_text, error))
    return FALSE;
  if (g_rename (new_dir, dir) != 0)
    return fail_with_errno (error, dir);

  imports_dir = g_path_get_dirname (dir);
  sync_dir (imports_dir);
  return TRUE;
}

/**
 * ferry_record_create:
 * @plan: a plan of exactly one guest
 *
 * Returns: (transfer full) (nullable): a queued import that is on the disk
 * Errors: FERRY_ERROR_NO_SPACE, FERRY_ERROR_PERMISSION, FERRY_ERROR_FAILED
 */
FerryRecord *
ferry_record_create (const FerryPlan *plan, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (NEW_PREFIX, id, NULL);
  g_autofree char *imports_dir = ferry_paths_dup_imports_dir (error);
  g_autofree char *new_dir = NULL;
  g_autoptr (FerryRecord) record = NULL;

  g_return_val_if_fail (plan != NULL && plan->guests->len == 1, NULL);

  if (imports_dir == NULL)
    return NULL;
  record = ferry_record_new (id);
  record->plan = ferry_plan_copy (plan);
  record->state = FERRY_IMPORT_QUEUED;
  record->created_usec = g_get_real_time ();

  new_dir = g_build_filename (imports_dir, name, NULL);
  if (g_mkdir (new_dir, 0700) != 0)
    {
      fail_with_errno (error, new_dir);
      return NULL;
    }
  if (!publish (record, new_dir, error))
    {
      ferry_tree_remove (new_dir, NULL);
      return NULL;
    }

  return g_steal_pointer (&record);
}

static gboolean
read_plan (FerryRecord *record, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "plan.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local_error))
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("The plan of the import %s is missing: %s."),
                       record->id, local_error->message);

  record->plan = ferry_plan_from_text (text, (gssize) length, error);
  if (record->plan == NULL)
    {
      g_prefix_error (error, _("The plan of the import %s cannot be used: "), record->id);
      return FALSE;
    }
  if (record->plan->guests->len != 1)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The plan of the import %s does not hold exactly one virtual machine."),
                       record->id);

  return TRUE;
}

/* Nothing that was sound is lost, and what may still be running or lying about is taken back: one
 * that had no readable end is handed to recovery by its undo. */
static void
mend (FerryRecord *record, const GError *cause)
{
  g_autofree char *warning
    = g_strdup_printf (_("The record of this import was damaged: %s"), cause->message);
  const char *const arguments[] = { record->id, NULL };

  record->damaged = TRUE;
  ferry_record_add_warning (record, warning);
  if (record->state != 0 && ferry_import_state_is_end (record->state))
    return;

  if (record->state == 0 || record->state == FERRY_IMPORT_QUEUED)
    record->state = FERRY_IMPORT_INTERRUPTED;
  g_clear_pointer (&record->failure, ferry_failure_free);
  record->failure
    = ferry_failure_new (FERRY_ERROR_INVALID, _("The record of this import was damaged."),
                         _("Look whether the destination holds parts of it, then retry it."),
                         cause->message);

  g_ptr_array_add (record->undo, ferry_undo_new ("end-processes", arguments));
}

static gboolean
read_record_state (FerryRecord *record, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "state.json", NULL);
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, error)
         && ferry_record_read_text (record, text, (gssize) length, error);
}

/**
 * ferry_record_load:
 *
 * Reads the record of import @id. Damage in state.json is no error: what is sound is there, and
 * what has no readable state is INTERRUPTED with a failure that says so.
 *
 * Returns: (transfer full) (nullable): the record
 * Errors: FERRY_ERROR_INVALID: not an id, or a plan that cannot be read; FERRY_ERROR_NOT_FOUND;
 *   FERRY_ERROR_UNSUPPORTED: written by a newer Ferry; FERRY_ERROR_EXISTS: a copy of another
 */
FerryRecord *
ferry_record_load (const char *id, GError **error)
{
  g_autofree char *dir = ferry_record_dup_dir (id, error);
  g_autoptr (FerryRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  if (dir == NULL)
    return NULL;

  record = ferry_record_new (id);
  if (!read_plan (record, dir, error))
    return NULL;
  if (read_record_state (record, dir, &local_error))
    return g_steal_pointer (&record);

  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED)
      || g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  mend (record, local_error);
  return g_steal_pointer (&record);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * ferry_record_list_ids:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the ids of all imports in the journal,
 *   whether they can be read or not, in no meaningful order
 */
GPtrArray *
ferry_record_list_ids (GError **error)
{
  g_autofree char *imports_dir = ferry_paths_dup_imports_dir (error);
  g_autoptr (GDir) dir = imports_dir != NULL ? g_dir_open (imports_dir, 0, error) : NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (ferry_record_id_is_valid (name))
      g_ptr_array_add (ids, g_strdup (name));
  g_ptr_array_sort (ids, compare_strings);

  return g_steal_pointer (&ids);
}

static gboolean
is_leftover (const char *name)
{
  return (g_str_has_prefix (name, NEW_PREFIX)
          && ferry_record_id_is_valid (name + strlen (NEW_PREFIX)))
         || (g_str_has_prefix (name, OLD_PREFIX)
             && ferry_record_id_is_valid (name + strlen (OLD_PREFIX)));
}

/** ferry_record_sweep: removes records that a crash left half made or half removed */
gboolean
ferry_record_sweep (GError **error)
{
  g_autofree char *imports_dir = ferry_paths_dup_imports_dir (error);
  g_autoptr (GDir) dir = imports_dir != NULL ? g_dir_open (imports_dir, 0, error) : NULL;
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (imports_dir, name, NULL);

      if (is_leftover (name) && !ferry_tree_remove (path, error))
        return FALSE;
    }

  return TRUE;
}

static void
keep_damaged_file (FerryRecord *record, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "state.json", NULL);
  g_autofree char *aside = g_build_filename (dir, "state.json.damaged", NULL);

  /* A link, not a rename: there is a state.json at every moment. */
  if (link (path, aside) == 0 || errno == ENOENT || errno == EEXIST)
    record->damaged = FALSE;
}

/** ferry_record_save: writes the state; on the disk when it returns */
gboolean
ferry_record_save (FerryRecord *record, GError **error)
{
  g_autofree char *dir = ferry_record_dup_dir (record->id, error);
  g_autofree char *text = NULL;

  if (dir == NULL)
    return FALSE;
  if (record->damaged)
    keep_damaged_file (record, dir);

  text = ferry_record_to_text (record);
  return write_file_in (dir, "state.json", text, error);
}

/** ferry_record_delete: removes the record and its log from the disk; @record stays usable */
gboolean
ferry_record_delete (FerryRecord *record, GError **error)
{
  g_autofree char *dir = ferry_record_dup_dir (record->id, error);
  g_autofree char *imports_dir = ferry_paths_dup_imports_dir (error);
  g_autofree char *name = g_strconcat (OLD_PREFIX, record->id, NULL);
  g_autofree char *old_dir = NULL;

  if (dir == NULL || imports_dir == NULL)
    return FALSE;

  old_dir = g_build_filename (imports_dir, name, NULL);
  if (g_rename (dir, old_dir) != 0)
    return errno == ENOENT || fail_with_errno (error, dir);

  return ferry_tree_remove (old_dir, error);
}

