/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets-call.h"

/* How long a service has to say that what it did was cancelled. */
#define GRACE_MSEC 1000

struct _FerrySecretsCall
{
  GMainContext *context; /* (owned) */
  GCancellable *outer; /* (owned) (nullable) */
  GCancellable *inner; /* (owned): cancelled with the outer one, or when the time is over */
  GAsyncResult *result; /* (owned) (nullable) */
  GPtrArray *sources; /* (owned) (element-type GSource): of one wait */
  gboolean timed_out;
  gboolean gave_up;
};

static void
destroy_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

FerrySecretsCall *
ferry_secrets_call_begin (GCancellable *cancellable)
{
  FerrySecretsCall *call = g_new0 (FerrySecretsCall, 1);

  call->context = g_main_context_new ();
  call->outer = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  call->inner = g_cancellable_new ();
  call->sources = g_ptr_array_new_with_free_func (destroy_source);
  g_main_context_push_thread_default (call->context);

  return call;
}

void
ferry_secrets_call_end (FerrySecretsCall *call)
{
  /* What was subscribed to is freed by the context. */
  while (g_main_context_iteration (call->context, FALSE))
    ;
  g_main_context_pop_thread_default (call->context);
  /* One that never answered still points here: a few bytes are lost to a service that is broken. */
  if (call->gave_up)
    return;
  g_main_context_unref (call->context);
  g_clear_object (&call->outer);
  g_clear_object (&call->inner);
  g_clear_object (&call->result);
  g_ptr_array_unref (call->sources);
  g_free (call);
}

GCancellable *
ferry_secrets_call_get_cancellable (FerrySecretsCall *call)
{
  return call->inner;
}

void
ferry_secrets_call_on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerrySecretsCall *call = user_data;

  g_set_object (&call->result, result);
}

static void
add_source (FerrySecretsCall *call, GSource *source, GSourceFunc function)
{
  g_source_set_callback (source, function, call, NULL);
  g_source_attach (source, call->context);
  g_ptr_array_add (call->sources, source);
}

static gboolean
on_grace_over (gpointer user_data)
{
  FerrySecretsCall *call = user_data;

  call->gave_up = TRUE;

  return G_SOURCE_REMOVE;
}

static void
cancel (FerrySecretsCall *call)
{
  add_source (call, g_timeout_source_new (GRACE_MSEC), on_grace_over);
  g_cancellable_cancel (call->inner);
}

static gboolean
on_time_over (gpointer user_data)
{
  FerrySecretsCall *call = user_data;

  call->timed_out = TRUE;
  cancel (call);

  return G_SOURCE_REMOVE;
}

/* In the thread that cancels. */
static void
on_outer_cancelled (GCancellable *cancellable, gpointer context)
{
  g_main_context_wakeup (context);
}

static gboolean
must_be_cancelled (const FerrySecretsCall *call)
{
  return g_cancellable_is_cancelled (call->outer) && !g_cancellable_is_cancelled (call->inner);
}

/* Not with a source for the cancellable: in GLib 2.74 that leaks when it is destroyed while the other
 * thread is still about to cancel. */
GAsyncResult *
ferry_secrets_call_wait (FerrySecretsCall *call, guint seconds)
{
  gulong handler = 0;

  if (call->outer != NULL)
    handler =
        g_cancellable_connect (call->outer, G_CALLBACK (on_outer_cancelled), call->context, NULL);
  add_source (call, g_timeout_source_new_seconds (seconds), on_time_over);
  while (call->result == NULL && !call->gave_up)
    {
      if (must_be_cancelled (call))
        cancel (call);
      g_main_context_iteration (call->context, TRUE);
    }
  g_cancellable_disconnect (call->outer, handler);
  g_ptr_array_set_size (call->sources, 0);

  return g_steal_pointer (&call->result);
}

gboolean
ferry_secrets_call_timed_out (const FerrySecretsCall *call)
{
  return call->timed_out;
}
