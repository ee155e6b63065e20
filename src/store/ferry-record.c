/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record-private.h"

#include "ferry-json.h"

static void
undo_free (FerryUndo *undo)
{
  g_free (undo->kind);
  g_strfreev (undo->arguments);
  g_free (undo);
}

/** ferry_undo_new: of copies */
FerryUndo *
ferry_undo_new (const char *kind, const char *const *arguments)
{
  FerryUndo *undo = g_new0 (FerryUndo, 1);

  undo->kind = g_strdup (kind);
  undo->arguments = g_strdupv ((char **) arguments);
  return undo;
}

static FerryUndo *
undo_copy (const FerryUndo *undo)
{
  return ferry_undo_new (undo->kind, (const char *const *) undo->arguments);
}

static GPtrArray *
new_undo_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) undo_free);
}

/** ferry_record_new: queued since never, without a plan */
FerryRecord *
ferry_record_new (const char *id)
{
  FerryRecord *record = g_new0 (FerryRecord, 1);

  record->id = g_strdup (id);
  record->steps = g_ptr_array_new_with_free_func (g_free);
  record->warnings = g_ptr_array_new_with_free_func (g_free);
  record->undo = new_undo_list ();
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
  ferry_json_clear_object (&record->extra);
  g_free (record);
}

/** ferry_record_copy: a copy for another thread; it shares nothing with @record */
FerryRecord *
ferry_record_copy (const FerryRecord *record)
{
  FerryRecord *copy = ferry_record_new (record->id);

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
  copy->work_bytes = record->work_bytes;
  copy->shut_down = record->shut_down;
  copy->attempt = record->attempt;
  copy->damaged = record->damaged;
  copy->extra = ferry_json_copy_object (record->extra);

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
  ferry_record_forget_result (record);
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
  g_auto (GStrv) arguments = NULL;
  va_list args;

  va_start (args, kind);
  arguments = collect_arguments (args);
  va_end (args);
  g_ptr_array_add (record->undo, ferry_undo_new (kind, (const char *const *) arguments));

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

static GPtrArray *
dup_undo_without (const GPtrArray *undo, const char *const *kinds)
{
  GPtrArray *rest = new_undo_list ();

  for (guint i = 0; i < undo->len; i++)
    {
      const FerryUndo *one = g_ptr_array_index (undo, i);

      if (kinds == NULL || !g_strv_contains (kinds, one->kind))
        g_ptr_array_add (rest, undo_copy (one));
    }

  return rest;
}

/**
 * ferry_record_note_result:
 * @settled: (nullable): kinds of undo that are forgotten in the same save: from then on what they
 *   would have taken back stays
 *
 * Notes where the guest is, or is about to be when the next single step succeeds. When this fails,
 * @record has no result and all of its undo.
 */
gboolean
ferry_record_note_result (FerryRecord *record,
                          const char *location,
                          char **files,
                          const char *const *settled,
                          GError **error)
{
  g_autoptr (GPtrArray) undo = record->undo;

  ferry_record_forget_result (record);
  record->location = g_strdup (location);
  record->files = g_strdupv (files);
  record->undo = dup_undo_without (undo, settled);
  if (ferry_record_save (record, error))
    return TRUE;

  ferry_record_forget_result (record);
  g_ptr_array_unref (record->undo);
  record->undo = g_steal_pointer (&undo);

  return FALSE;
}

/** ferry_record_forget_result: nothing is where it was to be; on the disk with the next save */
void
ferry_record_forget_result (FerryRecord *record)
{
  g_clear_pointer (&record->location, g_free);
  g_clear_pointer (&record->files, g_strfreev);
}

/**
 * ferry_record_note_shut_down:
 *
 * Notes what is done to the guest at its source, and saves. When this fails, @record is as it was,
 * and what was to be noted must not happen.
 */
gboolean
ferry_record_note_shut_down (FerryRecord *record, FerryShutDown shut_down, GError **error)
{
  FerryShutDown before = record->shut_down;

  record->shut_down = shut_down;
  if (ferry_record_save (record, error))
    return TRUE;
  record->shut_down = before;

  return FALSE;
}

/** ferry_record_is_startable: whether its guest is (or may be) off at the source because of Ferry,
 * and the import has not made another of it */
gboolean
ferry_record_is_startable (const FerryRecord *record)
{
  return ferry_import_state_is_end (record->state) && record->state != FERRY_IMPORT_SUCCEEDED &&
         (record->shut_down == FERRY_SHUT_DOWN_ASKED || record->shut_down == FERRY_SHUT_DOWN_DONE);
}
