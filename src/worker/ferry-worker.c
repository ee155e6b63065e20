/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-worker.h"

#include "ferry-concurrency.h"
#include "ferry-inhibitor.h"
#include "ferry-ipc-secrets.h"
#include "ferry-ipc.h"
#include "ferry-manager.h"
#include "ferry-queue.h"

#include <glib/gi18n-lib.h>

struct _FerryWorker
{
  GObject parent_instance;

  FerryWorkerOptions options;
  GPtrArray *jobs;                    /* (owned) (element-type FerryJob) */
  FerryQueue *queue;                  /* (owned) */
  FerryManager *manager;              /* (owned) */
  GDBusObjectManagerServer *objects;  /* (owned) */
  FerryInhibitor *inhibitor;          /* (owned) (nullable): from export on */
};

G_DEFINE_FINAL_TYPE (FerryWorker, ferry_worker, G_TYPE_OBJECT)

typedef enum
{
  PROP_BUSY = 1,
} FerryWorkerProperty;

static GParamSpec *properties[PROP_BUSY + 1];

static const FerryJobRunners real_runners = { ferry_import_run, ferry_import_recover,
                                             ferry_import_start_source };

static void
on_job_removed (FerryJob *job, gpointer user_data)
{
  FerryWorker *self = user_data;
  const char *path = g_dbus_object_get_object_path (G_DBUS_OBJECT (ferry_job_get_object (job)));

  g_dbus_object_manager_server_unexport (self->objects, path);
  ferry_queue_remove (self->queue, job);
  g_ptr_array_remove (self->jobs, job);
}

/* Exported before it is queued: who hears of it running can already look at it. */
static FerryJob *
add_job (FerryWorker *self, FerryRecord *record)
{
  FerryJob *job = ferry_job_new (record, self->options.runners, self->options.owner);

  g_signal_connect_object (job, "removed", G_CALLBACK (on_job_removed), self, 0);
  g_ptr_array_add (self->jobs, job);
  g_dbus_object_manager_server_export (self->objects, ferry_job_get_object (job));

  return job;
}

static gboolean
check_plan (const FerryPlan *plan, GError **error)
{
  if (plan->guests->len == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The plan names no virtual machine."));

  for (guint i = 0; i < plan->guests->len; i++)
    if (!ferry_guest_name_is_valid (ferry_plan_get_guest (plan, i)->name, error))
      return FALSE;

  return TRUE;
}

/* All of the plan or nothing of it. */
static GPtrArray *
create_records (const FerryPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  for (guint i = 0; i < plan->guests->len; i++)
    {
      g_autoptr (FerryPlan) one = ferry_plan_dup_for_guest (plan, i);
      FerryRecord *record = ferry_record_create (one, error);

      if (record == NULL)
        {
          g_ptr_array_foreach (records, (GFunc) ferry_record_delete, NULL);
          g_ptr_array_foreach (records, (GFunc) ferry_record_free, NULL);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

static char **
queue_plan (FerryWorker *self, const FerryPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) records = create_records (plan, error);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      FerryJob *job = add_job (self, g_ptr_array_index (records, i));

      g_strv_builder_add (paths, g_dbus_object_get_object_path (
                                     G_DBUS_OBJECT (ferry_job_get_object (job))));
      ferry_queue_add (self->queue, job);
    }

  return g_strv_builder_end (paths);
}

static gboolean
on_handle_import_plan (FerryDBusWorker1 *manager,
                       GDBusMethodInvocation *invocation,
                       const char *plan,
                       GVariant *options,
                       gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) read = ferry_plan_from_text (plan, -1, &error);
  g_auto (GStrv) paths = NULL;

  if (read != NULL && check_plan (read, &error) &&
      ferry_ipc_unpack_secrets (invocation, options, read, &error))
    paths = queue_plan (user_data, read, &error);
  if (paths != NULL)
    ferry_dbus_worker1_complete_import_plan (manager, invocation, (const char *const *) paths);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_concurrency_changed (FerryQueue *queue, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint concurrency;

  g_object_get (queue, "concurrency", &concurrency, NULL);
  if (!ferry_concurrency_save (concurrency, &error))
    g_message ("%s Ignoring it until the worker leaves.", error->message);
}

static void
on_running_changed (FerryQueue *queue, GParamSpec *pspec, gpointer user_data)
{
  FerryWorker *self = user_data;

  if (self->inhibitor != NULL)
    ferry_inhibitor_set_active (self->inhibitor, ferry_worker_is_busy (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
ferry_worker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FerryWorkerProperty) id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, ferry_worker_is_busy (FERRY_WORKER (object)));
      break;
    }
}

static void
ferry_worker_dispose (GObject *object)
{
  FerryWorker *self = FERRY_WORKER (object);

  if (self->objects != NULL)
    g_dbus_object_manager_server_set_connection (self->objects, NULL);
  g_clear_object (&self->inhibitor);
  g_clear_object (&self->objects);
  g_clear_object (&self->manager);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);

  G_OBJECT_CLASS (ferry_worker_parent_class)->dispose (object);
}

static void
ferry_worker_class_init (FerryWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_worker_get_property;
  object_class->dispose = ferry_worker_dispose;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_worker_init (FerryWorker *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->queue = ferry_queue_new ();
  self->objects = g_dbus_object_manager_server_new (FERRY_WORKER_ROOT);
}

static void
set_up_manager (FerryWorker *self)
{
  g_autoptr (FerryDBusObjectSkeleton) object = ferry_dbus_object_skeleton_new (FERRY_WORKER_PATH);

  self->manager = ferry_manager_new (self->options.owner);
  ferry_dbus_worker1_set_version (FERRY_DBUS_WORKER1 (self->manager), FERRY_VERSION);
  g_signal_connect_object (self->manager, "handle-import-plan",
                           G_CALLBACK (on_handle_import_plan), self, 0);
  g_object_bind_property (self->queue, "running", self->manager, "running", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->queue, "queued", self->manager, "queued", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->queue, "concurrency", self->manager, "concurrency",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  ferry_dbus_object_skeleton_set_worker1 (object, FERRY_DBUS_WORKER1 (self->manager));
  g_dbus_object_manager_server_export (self->objects, G_DBUS_OBJECT_SKELETON (object));
}

/** ferry_worker_new: without imports, and starting none */
FerryWorker *
ferry_worker_new (const FerryWorkerOptions *options)
{
  FerryWorker *self = g_object_new (FERRY_TYPE_WORKER, NULL);

  self->options = *options;
  if (self->options.runners == NULL)
    self->options.runners = &real_runners;

  g_object_set (self->queue, "concurrency", ferry_concurrency_load (), NULL);
  g_signal_connect_object (self->queue, "notify::concurrency",
                           G_CALLBACK (on_concurrency_changed), self, 0);
  g_signal_connect_object (self->queue, "notify::running", G_CALLBACK (on_running_changed), self,
                           0);
  set_up_manager (self);

  return self;
}

static int
compare_created (gconstpointer a, gconstpointer b)
{
  gint64 left_usec = ferry_job_get_created_usec (*(FerryJob *const *) a);
  gint64 right_usec = ferry_job_get_created_usec (*(FerryJob *const *) b);

  return (left_usec > right_usec) - (left_usec < right_usec);
}

static void
load_one (FerryWorker *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  FerryRecord *record = ferry_record_load (id, &error);

  if (record != NULL)
    add_job (self, record);
  else
    g_message ("Import %s is left as it is in the journal: %s", id, error->message);
}

/**
 * ferry_worker_load: reads the journal; what cannot be read in it is left alone and told
 *
 * Errors: FERRY_ERROR_PERMISSION, FERRY_ERROR_NO_SPACE: there can be no journal
 */
gboolean
ferry_worker_load (FerryWorker *self, GError **error)
{
  g_autoptr (GError) sweep_error = NULL;
  g_autoptr (GPtrArray) ids = ferry_record_list_ids (error);

  if (ids == NULL)
    return FALSE;
  if (!ferry_record_sweep (&sweep_error))
    g_message ("%s, ignoring", sweep_error->message);

  for (guint i = 0; i < ids->len; i++)
    load_one (self, g_ptr_array_index (ids, i));
  g_ptr_array_sort (self->jobs, compare_created);

  return TRUE;
}

/** ferry_worker_export: shows everything on @connection; nothing is started yet */
void
ferry_worker_export (FerryWorker *self, GDBusConnection *connection)
{
  self->inhibitor = ferry_inhibitor_new (connection);
  g_dbus_object_manager_server_set_connection (self->objects, connection);
}

/** ferry_worker_start: recovers what was left in the middle, and then starts what waits */
void
ferry_worker_start (FerryWorker *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      FerryJob *job = g_ptr_array_index (self->jobs, i);

      ferry_queue_add (self->queue, job);
      if (ferry_job_needs_recovery (job))
        ferry_job_recover (job);
    }
  ferry_queue_set_paused (self->queue, FALSE);
}

/** ferry_worker_pause: starts nothing more; what is under way goes on, new plans are noted */
void
ferry_worker_pause (FerryWorker *self)
{
  ferry_queue_set_paused (self->queue, TRUE);
}

void
ferry_worker_resume (FerryWorker *self)
{
  ferry_queue_set_paused (self->queue, FALSE);
}

/** ferry_worker_interrupt: cancels what is under way, so that it can be retried; then not busy */
void
ferry_worker_interrupt (FerryWorker *self)
{
  ferry_worker_pause (self);
  for (guint i = 0; i < self->jobs->len; i++)
    ferry_job_interrupt (g_ptr_array_index (self->jobs, i));
}

/** ferry_worker_is_busy: whether something is under way */
gboolean
ferry_worker_is_busy (FerryWorker *self)
{
  return ferry_queue_get_running (self->queue) > 0;
}

/** ferry_worker_is_idle: whether nothing is under way and nothing waits */
gboolean
ferry_worker_is_idle (FerryWorker *self)
{
  return !ferry_worker_is_busy (self) && ferry_queue_get_queued (self->queue) == 0;
}
