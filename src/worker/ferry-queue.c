/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-queue.h"

struct _FerryQueue
{
  GObject parent_instance;

  GPtrArray *waiting; /* (owned) (element-type FerryJob): in the order of their turn */
  GPtrArray *active;  /* (owned) (element-type FerryJob) */
  guint concurrency;
  gboolean paused;

  /* As last notified. */
  guint running;
  guint queued;
};

G_DEFINE_FINAL_TYPE (FerryQueue, ferry_queue, G_TYPE_OBJECT)

typedef enum
{
  PROP_CONCURRENCY = 1,
  PROP_RUNNING,
  PROP_QUEUED,
} FerryQueueProperty;

static GParamSpec *properties[PROP_QUEUED + 1];

static void
put (GPtrArray *jobs, FerryJob *job, gboolean belongs)
{
  gboolean there = g_ptr_array_find (jobs, job, NULL);

  if (belongs && !there)
    g_ptr_array_add (jobs, g_object_ref (job));
  else if (!belongs && there)
    g_ptr_array_remove (jobs, job);
}

static void
notify_counts (FerryQueue *self)
{
  if (self->running != self->active->len)
    {
      self->running = self->active->len;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
    }
  if (self->queued != self->waiting->len)
    {
      self->queued = self->waiting->len;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUEUED]);
    }
}

/* Starting a job changes it, and a change comes back here: by then it is no longer waiting. */
static void
start_next (FerryQueue *self)
{
  while (!self->paused && self->waiting->len > 0 && self->active->len < self->concurrency)
    {
      g_autoptr (FerryJob) job = g_ptr_array_steal_index (self->waiting, 0);

      ferry_job_start (job);
    }
  notify_counts (self);
}

static void
on_job_changed (FerryJob *job, gpointer user_data)
{
  FerryQueue *self = user_data;

  put (self->active, job, ferry_job_is_active (job));
  put (self->waiting, job, ferry_job_is_waiting (job));
  start_next (self);
}

static void
set_concurrency (FerryQueue *self, guint concurrency)
{
  if (self->concurrency == concurrency)
    return;

  self->concurrency = concurrency;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONCURRENCY]);
  start_next (self);
}

static void
ferry_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryQueue *self = FERRY_QUEUE (object);

  switch ((FerryQueueProperty) id)
    {
    case PROP_CONCURRENCY:
      g_value_set_uint (value, self->concurrency);
      break;
    case PROP_RUNNING:
      g_value_set_uint (value, self->running);
      break;
    case PROP_QUEUED:
      g_value_set_uint (value, self->queued);
      break;
    }
}

static void
ferry_queue_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryQueue *self = FERRY_QUEUE (object);

  switch ((FerryQueueProperty) id)
    {
    case PROP_CONCURRENCY:
      set_concurrency (self, g_value_get_uint (value));
      break;
    case PROP_RUNNING:
    case PROP_QUEUED:
      break;
    }
}

static void
ferry_queue_finalize (GObject *object)
{
  FerryQueue *self = FERRY_QUEUE (object);

  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->active);

  G_OBJECT_CLASS (ferry_queue_parent_class)->finalize (object);
}

static void
ferry_queue_class_init (FerryQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_queue_get_property;
  object_class->set_property = ferry_queue_set_property;
  object_class->finalize = ferry_queue_finalize;

  properties[PROP_CONCURRENCY]
      = g_param_spec_uint ("concurrency", NULL, NULL, 1, FERRY_CONCURRENCY_MAX, 1,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RUNNING] = g_param_spec_uint ("running", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUEUED] = g_param_spec_uint ("queued", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_queue_init (FerryQueue *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->active = g_ptr_array_new_with_free_func (g_object_unref);
  self->concurrency = 1;
  self->paused = TRUE;
}

/** ferry_queue_new: one at once, and paused */
FerryQueue *
ferry_queue_new (void)
{
  return g_object_new (FERRY_TYPE_QUEUE, NULL);
}

/** ferry_queue_add: looks after @job from now on, whatever its state */
void
ferry_queue_add (FerryQueue *self, FerryJob *job)
{
  g_signal_connect_object (job, "changed", G_CALLBACK (on_job_changed), self, 0);
  on_job_changed (job, self);
}

/** ferry_queue_remove: lets go of @job, which has ended */
void
ferry_queue_remove (FerryQueue *self, FerryJob *job)
{
  g_signal_handlers_disconnect_by_data (job, self);
  put (self->waiting, job, FALSE);
  put (self->active, job, FALSE);
  notify_counts (self);
}

/** ferry_queue_set_paused: while paused nothing is started; what runs goes on */
void
ferry_queue_set_paused (FerryQueue *self, gboolean paused)
{
  self->paused = paused;
  start_next (self);
}

guint
ferry_queue_get_running (FerryQueue *self)
{
  return self->active->len;
}

guint
ferry_queue_get_queued (FerryQueue *self)
{
  return self->waiting->len;
}
