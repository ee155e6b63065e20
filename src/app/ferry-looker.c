/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-looker.h"

#include "ferry-call.h"

struct _FerryLooker
{
  GObject parent_instance;

  FerryDraft *draft; /* (owned) */
  GQueue *ids; /* (owned): those to come, (owned) char * */
  GCancellable *cancellable; /* (owned) (nullable): while it runs */
  char *id; /* (owned) (nullable): being looked into */
  GHashTable *problems; /* (owned): id → sentence */
};

G_DEFINE_FINAL_TYPE (FerryLooker, ferry_looker, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void start_next (FerryLooker *self);

static void
ferry_looker_dispose (GObject *object)
{
  ferry_call_end (&FERRY_LOOKER (object)->cancellable);

  G_OBJECT_CLASS (ferry_looker_parent_class)->dispose (object);
}

static void
ferry_looker_finalize (GObject *object)
{
  FerryLooker *self = FERRY_LOOKER (object);

  g_queue_free_full (self->ids, g_free);
  g_hash_table_unref (self->problems);
  g_clear_object (&self->draft);
  g_free (self->id);

  G_OBJECT_CLASS (ferry_looker_parent_class)->finalize (object);
}

static void
ferry_looker_class_init (FerryLookerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_looker_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_looker_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_LOOKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ferry_looker_init (FerryLooker *self)
{
  self->ids = g_queue_new ();
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* A question whose plan holds the one guest. */
static gpointer
look_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;

  return question->backend->inspect_guest (question->plan,
                                           ferry_plan_get_guest (question->plan, 0)->source,
                                           monitor, cancellable, error);
}

static void
on_looked (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryLooker *self = data;
  FerryPlanGuest *guest;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryInspection) inside = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* It may have been left out meanwhile. */
  guest = ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id);
  if (inside == NULL)
    g_hash_table_insert (self->problems, g_strdup (self->id), g_strdup (error->message));
  else if (guest != NULL)
    {
      g_clear_pointer (&guest->source->inside, ferry_inspection_free);
      guest->source->inside = g_steal_pointer (&inside);
      ferry_draft_touch (self->draft);
    }
  start_next (self);
}

static FerryQuestion *
make_question (FerryLooker *self)
{
  FerryQuestion *question = ferry_draft_ask (self->draft);

  for (guint i = question->plan->guests->len; i > 0; i--)
    if (!g_str_equal (ferry_plan_get_guest (question->plan, i - 1)->source->id, self->id))
      g_ptr_array_remove_index (question->plan->guests, i - 1);

  return question;
}

static void
start_next (FerryLooker *self)
{
  FerryCall call = {
    .run = look_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) ferry_inspection_free,
  };

  do
    {
      g_free (self->id);
      self->id = g_queue_pop_head (self->ids);
    }
  while (self->id != NULL &&
         ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id) == NULL);

  if (self->id == NULL)
    g_clear_object (&self->cancellable);
  else
    {
      g_hash_table_remove (self->problems, self->id);
      call.input = make_question (self);
      ferry_call_async (&call, self->cancellable, on_looked, self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

FerryLooker *
ferry_looker_new (FerryDraft *draft)
{
  FerryLooker *self;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);

  self = g_object_new (FERRY_TYPE_LOOKER, NULL);
  self->draft = g_object_ref (draft);

  return self;
}

static gboolean
is_queued (FerryLooker *self, const char *id)
{
  return g_queue_find_custom (self->ids, id, (GCompareFunc) g_strcmp0) != NULL;
}

void
ferry_looker_start (FerryLooker *self, const GPtrArray *ids)
{
  g_return_if_fail (FERRY_IS_LOOKER (self));
  g_return_if_fail (ids != NULL);

  for (guint i = 0; i < ids->len; i++)
    if (!is_queued (self, g_ptr_array_index (ids, i)) &&
        g_strcmp0 (self->id, g_ptr_array_index (ids, i)) != 0)
      g_queue_push_tail (self->ids, g_strdup (g_ptr_array_index (ids, i)));
  if (self->cancellable != NULL)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  ferry_call_renew (&self->cancellable);
  start_next (self);
}

void
ferry_looker_stop (FerryLooker *self)
{
  g_return_if_fail (FERRY_IS_LOOKER (self));

  if (self->cancellable == NULL)
    return;

  ferry_call_end (&self->cancellable);
  g_queue_clear_full (self->ids, g_free);
  g_clear_pointer (&self->id, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
ferry_looker_is_running (FerryLooker *self)
{
  g_return_val_if_fail (FERRY_IS_LOOKER (self), FALSE);

  return self->cancellable != NULL;
}

const char *
ferry_looker_get_name (FerryLooker *self)
{
  const FerryPlanGuest *guest;

  g_return_val_if_fail (FERRY_IS_LOOKER (self), NULL);

  guest = self->id != NULL ? ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id)
                           : NULL;

  return guest != NULL ? guest->name : NULL;
}

guint
ferry_looker_get_left (FerryLooker *self)
{
  g_return_val_if_fail (FERRY_IS_LOOKER (self), 0);

  return g_queue_get_length (self->ids);
}

const char *
ferry_looker_get_problem (FerryLooker *self, const char *id)
{
  g_return_val_if_fail (FERRY_IS_LOOKER (self), NULL);

  return g_hash_table_lookup (self->problems, id);
}
