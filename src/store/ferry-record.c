/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record-private.h"

#include "ferry-json.h"
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

static void
undo_free (FerryUndo *undo)
{
  g_free (undo->kind);
  g_strfreev (undo->arguments);
  g_free (undo);
}

static FerryUndo *
undo_copy (const FerryUndo *undo)
{
  FerryUndo *copy = g_new0 (FerryUndo, 1);

  copy->kind = g_strdup (undo->kind);
  copy->arguments = g_strdupv (undo->arguments);
  return copy;
}

static FerryRecord *
record_new (const char *id)
{
  FerryRecord *record = g_new0 (FerryRecord, 1);

  record->id = g_strdup (id);
  record->steps = g_ptr_array_new_with_free_func (g_free);
  record->warnings = g_ptr_array_new_with_free_func (g_free);
  record->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) undo_free);
  record->attempt = 1;
  return record;
}

void
ferry_record_free (FerryRecord *record)
{
  if (record == NULL)
    return;

  g_free (record->id);
  g_clear_pointer (&record->plan, ferry_plan_free);
  g_ptr_array_unref (record->steps);
  g_ptr_array_unref (record->warnings);
  g_clear_pointer (&record->failure, ferry_failure_free);
  g_ptr_array_unref (record->undo);
  g_free (record->location);
  g_strfreev (record->files);
  g_clear_pointer (&record->extra, json_object_unref);
  g_free (record);
}

/* Shares nothing with @object: references to JSON are not counted atomically. */
static JsonObject *
dup_json_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;

  json_node_init_object (node, object);
  text = ferry_json_to_text (node, FALSE);
  copy = ferry_json_parse (text, -1, NULL);
  return copy != NULL ? json_node_dup_object (copy) : NULL;
}

/** ferry_record_copy: a copy for another thread; it shares nothing with @record */
FerryRecord *
ferry_record_copy (const FerryRecord *record)
{
  FerryRecord *copy = record_new (record->id);

  copy->plan = record->plan != NULL ? ferry_plan_copy (record->plan) : NULL;
  copy->state = record->state;
  copy->created_usec = record->created_usec;
  copy->started_usec = record->started_usec;
  copy->ended_usec = record->ended_usec;
  for (guint i = 0; i < record->steps->len; i++)
    g_ptr_array_add (copy->steps,
                     g_memdup2 (g_ptr_array_index (record->steps, i), sizeof (FerryStep)));
  for (guint i = 0; i < record->warnings->len; i++)
    g_ptr_array_add (copy->warnings, g_strdup (g_ptr_array_index (record->warnings, i)));
  for (guint i = 0; i < record->undo->len; i++)
    g_ptr_array_add (copy->undo, undo_copy (g_ptr_array_index (record->undo, i)));
  copy->failure = record->failure != NULL ? ferry_failure_copy (record->failure) : NULL;
  copy->location = g_strdup (record->location);
  copy->files = g_strdupv (record->files);
  copy->attempt = record->attempt;
  copy->damaged = record->damaged;
  copy->extra = record->extra != NULL ? dup_json_object (record->extra) : NULL;

  return copy;
}

/** ferry_failure_new: @advice and @details may be %NULL, which is "" */
FerryFailure *
ferry_failure_new (FerryError code, const char *message, const char *advice, const char *details)
{
  FerryFailure *failure = g_new0 (FerryFailure, 1);

  failure->code = code;
  failure->message = g_strdup (message != NULL ? message : "");
  failure->advice = g_strdup (advice != NULL ? advice : "");
  failure->details = g_strdup (details != NULL ? details : "");
  return failure;
}

FerryFailure *
ferry_failure_copy (const FerryFailure *failure)
{
  return ferry_failure_new (failure->code, failure->message, failure->advice, failure->details);
}

void
ferry_failure_free (FerryFailure *failure)
{
  if (failure == NULL)
    return;

  g_free (failure->message);
  g_free (failure->advice);
  g_free (failure->details);
  g_free (failure);
}

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
  record = record_new (id);
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
  FerryUndo *undo;

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

  undo = g_new0 (FerryUndo, 1);
  undo->kind = g_strdup ("end-processes");
  undo->arguments = g_strdupv ((char *[]){ record->id, NULL });
  g_ptr_array_add (record->undo, undo);
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

  record = record_new (id);
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

static void
close_step (FerryRecord *record, gint64 now_usec)
{
  FerryStep *step;

  if (record->steps->len == 0)
    return;

  step = g_ptr_array_index (record->steps, record->steps->len - 1);
  if (step->ended_usec == 0)
    step->ended_usec = now_usec;
}

static void
open_step (FerryRecord *record, FerryImportState state, gint64 now_usec)
{
  FerryStep *step = g_new0 (FerryStep, 1);

  step->state = state;
  step->started_usec = now_usec;
  g_ptr_array_add (record->steps, step);
}

/** ferry_record_restart: queues an ended import again. What is still to be undone stays noted. */
gboolean
ferry_record_restart (FerryRecord *record, GError **error)
{
  record->state = FERRY_IMPORT_QUEUED;
  record->attempt++;
  record->started_usec = 0;
  record->ended_usec = 0;
  g_ptr_array_set_size (record->steps, 0);
  g_ptr_array_set_size (record->warnings, 0);
  g_clear_pointer (&record->failure, ferry_failure_free);
  g_clear_pointer (&record->location, g_free);
  g_clear_pointer (&record->files, g_strfreev);
  ferry_record_rotate_log (record);

  return ferry_record_save (record, error);
}

/**
 * ferry_record_enter:
 *
 * Ends the step that @record is in, begins @state and saves. Entering the state it is in already
 * only saves.
 */
gboolean
ferry_record_enter (FerryRecord *record, FerryImportState state, GError **error)
{
  gint64 now_usec = g_get_real_time ();

  if (state != record->state)
    {
      close_step (record, now_usec);
      if (ferry_import_state_is_end (state))
        record->ended_usec = now_usec;
      else if (state != FERRY_IMPORT_QUEUED)
        open_step (record, state, now_usec);
      if (record->started_usec == 0 && state != FERRY_IMPORT_QUEUED
          && !ferry_import_state_is_end (state))
        record->started_usec = now_usec;
      record->state = state;
    }

  return ferry_record_save (record, error);
}

/**
 * ferry_record_fail:
 * @end: FAILED, CANCELLED or INTERRUPTED
 * @failure: (nullable): copied; %NULL for CANCELLED
 *
 * Ends the import without success, and saves. In memory it has ended even when saving fails.
 */
gboolean
ferry_record_fail (FerryRecord *record,
                   FerryImportState end,
                   const FerryFailure *failure,
                   GError **error)
{
  FerryFailure *copy = failure != NULL ? ferry_failure_copy (failure) : NULL;

  g_clear_pointer (&record->failure, ferry_failure_free);
  record->failure = copy;

  return ferry_record_enter (record, end, error);
}

/** ferry_record_add_warning: notes a sentence, once; it is on the disk with the next save */
void
ferry_record_add_warning (FerryRecord *record, const char *warning)
{
  if (!g_ptr_array_find_with_equal_func (record->warnings, warning, g_str_equal, NULL))
    g_ptr_array_add (record->warnings, g_strdup (warning));
}

static char **
collect_arguments (va_list args)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *argument;

  while ((argument = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (builder, argument);

  return g_strv_builder_end (builder);
}

/**
 * ferry_record_push_undo:
 * @kind: see convert/ferry-undo.h
 * @...: its arguments, then %NULL
 *
 * Notes, before an effect, how it is taken back. When this fails the effect must not happen.
 */
gboolean
ferry_record_push_undo (FerryRecord *record, GError **error, const char *kind, ...)
{
  FerryUndo *undo = g_new0 (FerryUndo, 1);
  va_list args;

  undo->kind = g_strdup (kind);
  va_start (args, kind);
  undo->arguments = collect_arguments (args);
  va_end (args);
  g_ptr_array_add (record->undo, undo);

  if (ferry_record_save (record, error))
    return TRUE;

  g_ptr_array_set_size (record->undo, (int) record->undo->len - 1);
  return FALSE;
}

/** ferry_record_pop_undo: forgets the newest step, which has been taken back, and saves */
gboolean
ferry_record_pop_undo (FerryRecord *record, GError **error)
{
  g_return_val_if_fail (record->undo->len > 0, TRUE);

  g_ptr_array_set_size (record->undo, (int) record->undo->len - 1);
  return ferry_record_save (record, error);
}

/** ferry_record_clear_undo: from now on what was made stays; saves */
gboolean
ferry_record_clear_undo (FerryRecord *record, GError **error)
{
  g_ptr_array_set_size (record->undo, 0);
  return ferry_record_save (record, error);
}
