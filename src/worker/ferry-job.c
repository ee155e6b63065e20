/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-job.h"

#include "ferry-authority.h"
#include "ferry-ipc-secrets.h"
#include "ferry-ipc.h"
#include "ferry-job-properties.h"
#include "ferry-power.h"
#include "ferry-report.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  WORK_RUN,
  WORK_RECOVER,
  WORK_START_SOURCE, /* of an import that has ended, and stays so */
} Work;

/* What the thread works with; the main thread keeps off its record until the thread has ended. */
typedef struct
{
  FerryRecord *record; /* (owned) */
  const FerryJobRunners *runners;
  Work work;
  GError *problem;           /* (owned) (nullable): why the source was not started */
  GCancellable *cancellable; /* (owned) */
  int interrupted;           /* atomic */
  FerryReport *report;       /* (owned) */
  GThread *thread;           /* (owned) */
} Run;

struct _FerryJob
{
  GObject parent_instance;

  const FerryJobRunners *runners;
  FerryRecord *record; /* (owned) (nullable): NULL while a thread has it */
  Run *run;            /* (owned) (nullable) */
  FerryImportState state;
  gint64 created_usec;

  FerryDBusObjectSkeleton *object;   /* (owned) */
  FerryDBusImport1 *import;          /* (owned) */
  GDBusMethodInvocation *removal;    /* (owned) (nullable): Remove that waits for an undo */
  GDBusMethodInvocation *starting;   /* (owned) (nullable): StartSource that waits for its end */
};

G_DEFINE_FINAL_TYPE (FerryJob, ferry_job, G_TYPE_OBJECT)

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
run_free (Run *run)
{
  g_clear_pointer (&run->record, ferry_record_free);
  g_clear_error (&run->problem);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->report, ferry_report_free);
  g_free (run);
}

/* --- on the import's thread --- */

/* An end is shown when the thread has ended too: who sees it may retry or remove at once. */
static void
on_thread_record (const FerryRecord *record, gpointer user_data)
{
  Run *run = user_data;

  if (!ferry_import_state_is_end (record->state))
    ferry_report_post_record (run->report, record);
}

static void
on_thread_progress (const FerryProgress *progress, gpointer user_data)
{
  Run *run = user_data;

  ferry_report_post_progress (run->report, progress);
}

/* The worker was told to go: nobody wanted this import to end. */
static void
mark_interrupted (FerryRecord *record)
{
  const char *offer = ferry_power_advise (record);
  g_autofree char *advice
      = g_strjoin (" ",
                   _("What it had made was removed. Retry it when you are ready."), offer, NULL);
  g_autoptr (FerryFailure) failure = NULL;

  if (record->failure != NULL)
    failure = ferry_failure_copy (record->failure);
  else
    failure = ferry_failure_new (
        FERRY_ERROR_FAILED,
        _("The import was interrupted: the session or Ferry’s worker was ended."), advice, "");
  ferry_record_fail (record, FERRY_IMPORT_INTERRUPTED, failure, NULL);
}

/* A full disk can keep the journal from being written; in memory an import ends all the same. */
static void
mark_ended (Run *run, const GError *error)
{
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_FAILED,
                           error != NULL ? error->message : _("The import ended unexpectedly."),
                           _("Look into the import’s log, then retry it."), "");

  ferry_record_fail (run->record,
                     run->work == WORK_RECOVER ? FERRY_IMPORT_INTERRUPTED : FERRY_IMPORT_FAILED,
                     failure, NULL);
}

static void
work_on_import (Run *run)
{
  FerryImportWatcher watcher = { on_thread_progress, on_thread_record, run };
  g_autoptr (GError) error = NULL;

  if (run->work == WORK_RECOVER)
    run->runners->recover (run->record, &error);
  else
    run->runners->run (run->record, &watcher, run->cancellable, &error);

  if (!ferry_import_state_is_end (run->record->state))
    mark_ended (run, error);
  else if (run->record->state == FERRY_IMPORT_CANCELLED && g_atomic_int_get (&run->interrupted))
    mark_interrupted (run->record);
}

static gpointer
work_in_thread (gpointer data)
{
  Run *run = data;

  if (run->work == WORK_START_SOURCE)
    run->runners->start_source (run->record, run->cancellable, &run->problem);
  else
    work_on_import (run);

  ferry_report_post_end (run->report);
  return NULL;
}

/* --- on the main thread --- */

static void
show_record (FerryJob *self, const FerryRecord *record)
{
  self->state = record->state;
  ferry_job_show_record (self->import, record);
}

static void
on_report_record (const FerryRecord *record, gpointer user_data)
{
  show_record (user_data, record);
}

static void
on_report_progress (const FerryProgress *progress, gpointer user_data)
{
  FerryJob *self = user_data;

  ferry_job_show_progress (self->import, progress);
}

static gboolean
delete_record (FerryJob *self, GError **error)
{
  if (!ferry_record_delete (self->record, error))
    return FALSE;

  g_signal_emit (self, signals[REMOVED], 0);
  return TRUE;
}

/* When the record is gone, so is the last reference that others have to the job. */
static void
answer_removal (FerryJob *self, GDBusMethodInvocation *invocation)
{
  g_autoptr (FerryJob) kept = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (delete_record (kept, &error))
    ferry_dbus_import1_complete_remove (kept->import, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

/* Nobody needs them again. */
static void
forget_secrets (FerryRecord *record)
{
  ferry_plan_source_set_password (&record->plan->source.password, NULL);
  ferry_plan_source_set_password (&record->plan->source.ssh_password, NULL);
  g_ptr_array_set_size (record->plan->keys, 0);
  for (guint i = 0; i < record->plan->guests->len; i++)
    g_ptr_array_set_size (ferry_plan_get_guest (record->plan, i)->keys, 0);
}

/* @problem: (nullable). Who has the answer sees the properties that go with it. */
static void
answer_start (FerryJob *self, const GError *problem)
{
  GDBusMethodInvocation *invocation = g_steal_pointer (&self->starting);

  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->import));
  if (problem == NULL)
    ferry_dbus_import1_complete_start_source (self->import, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, problem);
}

static void
on_report_ended (gpointer user_data)
{
  g_autoptr (FerryJob) self = g_object_ref (user_data);
  Run *run = g_steal_pointer (&self->run);
  g_autoptr (GError) problem = NULL;

  g_thread_join (g_steal_pointer (&run->thread));
  problem = g_steal_pointer (&run->problem);
  self->record = g_steal_pointer (&run->record);
  run_free (run);
  if (self->record->state == FERRY_IMPORT_SUCCEEDED)
    forget_secrets (self->record);

  show_record (self, self->record);
  ferry_dbus_import1_set_cancelling (self->import, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->starting != NULL)
    answer_start (self, problem);
  if (self->removal != NULL)
    answer_removal (self, g_steal_pointer (&self->removal));
}

static const FerryReportReader report_reader = {
  on_report_record,
  on_report_progress,
  on_report_ended,
};

static void
fail_to_start (FerryJob *self, Work work, const GError *cause)
{
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_FAILED, cause->message,
                           _("Let other imports end first, then retry it."), "");

  if (work != WORK_START_SOURCE)
    ferry_record_fail (self->record, FERRY_IMPORT_FAILED, failure, NULL);
  show_record (self, self->record);
  if (work == WORK_START_SOURCE)
    answer_start (self, cause);
}

static void
start_thread (FerryJob *self, Work work)
{
  Run *run = g_new0 (Run, 1);
  /* The kernel shows 15 bytes of it. */
  g_autofree char *name = g_strdup_printf ("import-%.8s", self->record->id);
  g_autoptr (GError) error = NULL;

  run->record = g_steal_pointer (&self->record);
  run->runners = self->runners;
  run->work = work;
  run->cancellable = g_cancellable_new ();
  run->report = ferry_report_new (&report_reader, self);
  self->run = run;
  ferry_dbus_import1_set_cancelling (self->import, work == WORK_RECOVER);

  run->thread = g_thread_try_new (name, work_in_thread, run, &error);
  if (run->thread == NULL)
    {
      self->record = g_steal_pointer (&run->record);
      g_clear_pointer (&self->run, run_free);
      fail_to_start (self, work, error);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_handle_cancel (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (ferry_job_cancel (user_data, &error))
    ferry_dbus_import1_complete_cancel (import, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_retry_with (FerryDBusImport1 *import,
                      GDBusMethodInvocation *invocation,
                      GVariant *options,
                      gpointer user_data)
{
  FerryJob *self = user_data;
  g_autoptr (GError) error = NULL;

  if ((self->record == NULL ||
       ferry_ipc_unpack_secrets (invocation, options, self->record->plan, &error)) &&
      ferry_job_retry (self, &error))
    ferry_dbus_import1_complete_retry_with (import, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_retry (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (ferry_job_retry (user_data, &error))
    ferry_dbus_import1_complete_retry (import, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Why @self, which has ended, cannot be touched now; FALSE: it can */
static gboolean
is_being_started (FerryJob *self, GError **error)
{
  if (self->run == NULL || self->run->work != WORK_START_SOURCE)
    return FALSE;
  ferry_fail (error, FERRY_ERROR_INVALID,
              _("‘%s’ is being started at the source. Wait until that is done."),
              ferry_dbus_import1_get_name (self->import));

  return TRUE;
}

static gboolean
check_startable (FerryJob *self, GError **error)
{
  if (is_being_started (self, error))
    return FALSE;
  if (self->run == NULL && ferry_record_is_startable (self->record))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("There is nothing to start at the source: the import of ‘%s’ has shut "
                       "nothing down there, or has not ended yet, or has succeeded."),
                     ferry_dbus_import1_get_name (self->import));
}

static gboolean
on_handle_start_source (FerryDBusImport1 *import,
                        GDBusMethodInvocation *invocation,
                        GVariant *options,
                        gpointer user_data)
{
  FerryJob *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!check_startable (self, &error) ||
      !ferry_ipc_unpack_secrets (invocation, options, self->record->plan, &error))
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  self->starting = invocation;
  ferry_dbus_import1_set_startable_at_source (import, FALSE);
  start_thread (self, WORK_START_SOURCE);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* What could not be undone before is tried once more: the journal is all that knows of it. */
static gboolean
on_handle_remove (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  FerryJob *self = user_data;
  g_autoptr (GError) error = NULL;

  if (is_being_started (self, &error))
    g_dbus_method_invocation_return_gerror (invocation, error);
  else if (self->run != NULL || !ferry_import_state_is_end (self->state))
    g_dbus_method_invocation_return_error (
        invocation, FERRY_ERROR, FERRY_ERROR_INVALID,
        _("The import of ‘%s’ has not ended yet. Cancel it first."),
        ferry_dbus_import1_get_name (import));
  else if (self->record->undo->len == 0)
    answer_removal (self, invocation);
  else
    {
      self->removal = invocation;
      start_thread (self, WORK_RECOVER);
    }

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
ferry_job_finalize (GObject *object)
{
  FerryJob *self = FERRY_JOB (object);

  g_assert (self->run == NULL);
  g_clear_pointer (&self->record, ferry_record_free);
  g_clear_object (&self->object);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (ferry_job_parent_class)->finalize (object);
}

static void
ferry_job_class_init (FerryJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_job_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", FERRY_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ferry_job_init (FerryJob *self)
{
  self->import = ferry_dbus_import1_skeleton_new ();
  g_signal_connect (self->import, "handle-cancel", G_CALLBACK (on_handle_cancel), self);
  g_signal_connect (self->import, "handle-retry", G_CALLBACK (on_handle_retry), self);
  g_signal_connect (self->import, "handle-retry-with", G_CALLBACK (on_handle_retry_with), self);
  g_signal_connect (self->import, "handle-start-source", G_CALLBACK (on_handle_start_source),
                    self);
  g_signal_connect (self->import, "handle-remove", G_CALLBACK (on_handle_remove), self);
}

/**
 * ferry_job_new:
 * @record: (transfer full): of any state
 * @runners: static
 * @owner: the user who may call it
 */
FerryJob *
ferry_job_new (FerryRecord *record, const FerryJobRunners *runners, uid_t owner)
{
  FerryJob *self = g_object_new (FERRY_TYPE_JOB, NULL);
  g_autofree char *path = ferry_ipc_dup_import_path (record->id);

  self->record = record;
  self->runners = runners;
  self->created_usec = record->created_usec;
  ferry_authority_guard (G_DBUS_INTERFACE_SKELETON (self->import), owner);
  ferry_job_show_identity (self->import, record);
  ferry_job_show_initial_progress (self->import, record);
  show_record (self, record);
  self->object = ferry_dbus_object_skeleton_new (path);
  ferry_dbus_object_skeleton_set_import1 (self->object, self->import);

  return self;
}

/** ferry_job_get_object: (transfer none) */
GDBusObjectSkeleton *
ferry_job_get_object (FerryJob *self)
{
  return G_DBUS_OBJECT_SKELETON (self->object);
}

gint64
ferry_job_get_created_usec (FerryJob *self)
{
  return self->created_usec;
}

/** ferry_job_is_waiting: whether it is queued and nobody works on it */
gboolean
ferry_job_is_waiting (FerryJob *self)
{
  return self->run == NULL && self->state == FERRY_IMPORT_QUEUED;
}

/** ferry_job_is_active: whether a thread works on it */
gboolean
ferry_job_is_active (FerryJob *self)
{
  return self->run != NULL;
}

/** ferry_job_needs_recovery: whether a worker left it in the middle */
gboolean
ferry_job_needs_recovery (FerryJob *self)
{
  if (self->run != NULL || self->state == FERRY_IMPORT_QUEUED)
    return FALSE;

  return !ferry_import_state_is_end (self->state)
         || (self->state == FERRY_IMPORT_INTERRUPTED && self->record->undo->len > 0);
}

/** ferry_job_start: one that waits */
void
ferry_job_start (FerryJob *self)
{
  g_return_if_fail (ferry_job_is_waiting (self));

  start_thread (self, WORK_RUN);
}

/** ferry_job_recover: one that needs it */
void
ferry_job_recover (FerryJob *self)
{
  g_return_if_fail (ferry_job_needs_recovery (self));

  start_thread (self, WORK_RECOVER);
}

/** ferry_job_interrupt: cancels what is under way, to be retried later: the worker must go */
void
ferry_job_interrupt (FerryJob *self)
{
  if (self->run == NULL || g_cancellable_is_cancelled (self->run->cancellable))
    return;

  g_atomic_int_set (&self->run->interrupted, TRUE);
  g_cancellable_cancel (self->run->cancellable);
  if (self->run->work != WORK_START_SOURCE)
    ferry_dbus_import1_set_cancelling (self->import, TRUE);
}

/**
 * ferry_job_cancel: ends a waiting import at once; one under way when all of it is undone
 *
 * Errors: FERRY_ERROR_INVALID: it has ended already
 */
gboolean
ferry_job_cancel (FerryJob *self, GError **error)
{
  gboolean noted;

  if (is_being_started (self, error))
    return FALSE;
  if (self->run != NULL)
    {
      g_cancellable_cancel (self->run->cancellable);
      ferry_dbus_import1_set_cancelling (self->import, TRUE);
      return TRUE;
    }
  if (ferry_import_state_is_end (self->state))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The import of ‘%s’ has ended already."),
                       ferry_dbus_import1_get_name (self->import));

  noted = ferry_record_fail (self->record, FERRY_IMPORT_CANCELLED, NULL, error);
  if (!noted)
    g_prefix_error (error, _("The import was cancelled, but this could not be noted: "));
  show_record (self, self->record);
  g_signal_emit (self, signals[CHANGED], 0);

  return noted;
}

/**
 * ferry_job_retry: queues it again
 *
 * Errors: FERRY_ERROR_INVALID: not failed, cancelled or interrupted; those of the journal
 */
gboolean
ferry_job_retry (FerryJob *self, GError **error)
{
  g_autoptr (FerryRecord) again = NULL;

  if (is_being_started (self, error))
    return FALSE;
  if (self->run != NULL || !ferry_import_state_is_end (self->state)
      || self->state == FERRY_IMPORT_SUCCEEDED)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       self->state == FERRY_IMPORT_SUCCEEDED
                           ? _("The import of ‘%s’ has succeeded: there is nothing to retry.")
                           : _("The import of ‘%s’ has not ended yet."),
                       ferry_dbus_import1_get_name (self->import));

  again = ferry_record_copy (self->record);
  if (!ferry_record_restart (again, error))
    return FALSE;
  ferry_record_free (self->record);
  self->record = g_steal_pointer (&again);
  show_record (self, self->record);
  ferry_job_show_initial_progress (self->import, self->record);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}
