/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-connector.h"

#include "ferry-call.h"
#include "ferry-source-input.h"

#include <glib/gi18n-lib.h>

struct _FerryConnector
{
  GObject parent_instance;

  const FerryBackend *backend;
  FerryPlanSource source; /* (owned) */
  FerryAim aim;
  FerryConnectorState state;
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  gint64 started_usec;

  FerryTrustQuestion *question; /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) */
  GError *keyring_problem; /* (owned) (nullable) */
  gboolean lacks_password;
  char *text; /* (owned) (nullable) */
  GPtrArray *guests; /* (owned) (nullable) */
  double seconds;
};

G_DEFINE_FINAL_TYPE (FerryConnector, ferry_connector, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void look (FerryConnector *self);

static void
set_state (FerryConnector *self, FerryConnectorState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fail (FerryConnector *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_clear_object (&self->cancellable);
  set_state (self, FERRY_CONNECTOR_FAILED);
}

static void
start_call (FerryConnector *self, FerryCall *call, GAsyncReadyCallback callback)
{
  call->input = ferry_question_new_of_source (self->backend, &self->source);
  call->free_input = (GDestroyNotify) ferry_question_free;
  ferry_call_async (call, self->cancellable, callback, self);
}

/* --- 3: the connection itself --- */

typedef struct
{
  char *text; /* (owned) (nullable) */
  GPtrArray *guests; /* (owned) (nullable) */
} Found;

static void
found_free (Found *found)
{
  g_free (found->text);
  g_clear_pointer (&found->guests, g_ptr_array_unref);
  g_free (found);
}

static gpointer
test_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;
  char *text = question->backend->test (question->plan, cancellable, error);
  Found *found = text != NULL ? g_new0 (Found, 1) : NULL;

  if (found != NULL)
    found->text = text;

  return found;
}

static gpointer
list_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;
  GPtrArray *guests = question->backend->list_guests (question->plan, cancellable, error);
  Found *found = guests != NULL ? g_new0 (Found, 1) : NULL;

  if (found != NULL)
    found->guests = guests;

  return found;
}

static void
on_found (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryConnector *self = data;
  GError *error = NULL;
  Found *found = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  if (found == NULL)
    {
      fail (self, error);
      return;
    }

  self->seconds = (double) (g_get_monotonic_time () - self->started_usec) / G_USEC_PER_SEC;
  self->text = g_steal_pointer (&found->text);
  self->guests = g_steal_pointer (&found->guests);
  found_free (found);
  g_clear_object (&self->cancellable);
  set_state (self, FERRY_CONNECTOR_DONE);
}

static void
connect_to_server (FerryConnector *self)
{
  FerryCall call = {
    .run = self->aim == FERRY_AIM_TEST ? test_in_thread : list_in_thread,
    .free_result = (GDestroyNotify) found_free,
  };

  self->started_usec = g_get_monotonic_time ();
  start_call (self, &call, on_found);
  set_state (self, FERRY_CONNECTOR_CONNECTING);
}

/* --- 2: the password, when the server is trusted --- */

/* That the keyring does not answer is no failure: it is said, and the password can be typed. */
typedef struct
{
  FerryPlanSource source; /* (owned) */
  GError *problem; /* (owned) (nullable) */
} Filled;

static void
filled_free (Filled *filled)
{
  ferry_plan_source_clear (&filled->source);
  g_clear_error (&filled->problem);
  g_free (filled);
}

static gpointer
fill_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;
  g_autoptr (FerrySecrets) secrets = question->backend->open_secrets ();
  Filled *filled = g_new0 (Filled, 1);

  ferry_plan_source_init (&filled->source, question->plan->source.kind);
  ferry_plan_source_copy (&question->plan->source, &filled->source);
  ferry_secrets_fill (secrets, &filled->source, cancellable, &filled->problem);
  if (g_error_matches (filled->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&filled->problem));
      g_clear_pointer (&filled, filled_free);
    }

  return filled;
}

static void
connect_with_password (FerryConnector *self)
{
  self->lacks_password =
      self->source.password == NULL && ferry_source_input_needs_password (&self->source);
  if (!self->lacks_password)
    connect_to_server (self);
  else
    fail (self, g_error_new_literal (FERRY_ERROR, FERRY_ERROR_AUTH,
                                     _("This source wants a password, and none is known. Type it, "
                                       "then test again.")));
}

static void
on_filled (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryConnector *self = data;
  g_autoptr (GError) error = NULL;
  Filled *filled = ferry_call_finish (result, &error);

  if (filled == NULL) /* cancelled: nothing else fails here */
    return;

  ferry_plan_source_copy (&filled->source, &self->source);
  self->keyring_problem = g_steal_pointer (&filled->problem);
  filled_free (filled);
  connect_with_password (self);
}

static gboolean
wants_keyring (const FerryPlanSource *source)
{
  if (source->provider == NULL)
    return FALSE;

  return (source->password == NULL && ferry_source_input_needs_password (source)) ||
         (source->kind == FERRY_SOURCE_VSPHERE && source->transport == FERRY_TRANSPORT_SSH &&
          source->ssh_password == NULL);
}

static void
unlock (FerryConnector *self)
{
  FerryCall call = { .run = fill_in_thread, .free_result = (GDestroyNotify) filled_free };

  if (!wants_keyring (&self->source))
    {
      connect_with_password (self);
      return;
    }

  start_call (self, &call, on_filled);
  set_state (self, FERRY_CONNECTOR_UNLOCKING);
}

/* --- 1: whether the server is the one that is trusted --- */

typedef struct
{
  FerryTrustQuestion *question; /* (owned) (nullable) */
} Look;

static void
look_free (Look *seen)
{
  g_clear_pointer (&seen->question, ferry_trust_question_free);
  g_free (seen);
}

static gpointer
look_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;
  Look *seen = g_new0 (Look, 1);

  if (!question->backend->examine (question->plan, &seen->question, cancellable, error))
    g_clear_pointer (&seen, look_free);

  return seen;
}

static void
on_looked (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryConnector *self = data;
  GError *error = NULL;
  Look *seen = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  if (seen == NULL)
    {
      fail (self, error);
      return;
    }

  self->question = g_steal_pointer (&seen->question);
  look_free (seen);
  if (self->question != NULL)
    set_state (self, FERRY_CONNECTOR_ASKING);
  else
    unlock (self);
}

static void
look (FerryConnector *self)
{
  FerryCall call = { .run = look_in_thread, .free_result = (GDestroyNotify) look_free };

  start_call (self, &call, on_looked);
  set_state (self, FERRY_CONNECTOR_LOOKING);
}

/* Asked again afterwards: a source may have two servers, and it shows that the pin holds. */
static void
accept_question (FerryConnector *self)
{
  GError *error = NULL;
  gboolean kept = self->backend->trust (self->question, &error);

  g_clear_pointer (&self->question, ferry_trust_question_free);
  if (kept)
    look (self);
  else
    fail (self, error);
}

static void
forget (FerryConnector *self)
{
  ferry_call_end (&self->cancellable);
  g_clear_pointer (&self->question, ferry_trust_question_free);
  g_clear_error (&self->error);
  g_clear_error (&self->keyring_problem);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->guests, g_ptr_array_unref);
  self->lacks_password = FALSE;
}

static void
ferry_connector_dispose (GObject *object)
{
  forget (FERRY_CONNECTOR (object));

  G_OBJECT_CLASS (ferry_connector_parent_class)->dispose (object);
}

static void
ferry_connector_finalize (GObject *object)
{
  ferry_plan_source_clear (&FERRY_CONNECTOR (object)->source);

  G_OBJECT_CLASS (ferry_connector_parent_class)->finalize (object);
}

static void
ferry_connector_class_init (FerryConnectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_connector_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_connector_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_CONNECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_connector_init (FerryConnector *self)
{
  ferry_plan_source_init (&self->source, FERRY_SOURCE_OVA);
  self->state = FERRY_CONNECTOR_IDLE;
  self->aim = FERRY_AIM_TEST;
}

FerryConnector *
ferry_connector_new (const FerryBackend *backend)
{
  FerryConnector *self;

  g_return_val_if_fail (backend != NULL, NULL);

  self = g_object_new (FERRY_TYPE_CONNECTOR, NULL);
  self->backend = backend;

  return self;
}

void
ferry_connector_start (FerryConnector *self, const FerryPlanSource *source, FerryAim aim)
{
  g_return_if_fail (FERRY_IS_CONNECTOR (self));
  g_return_if_fail (source != NULL);

  forget (self);
  ferry_plan_source_copy (source, &self->source);
  self->aim = aim;
  ferry_call_renew (&self->cancellable);
  look (self);
}

void
ferry_connector_stop (FerryConnector *self)
{
  g_return_if_fail (FERRY_IS_CONNECTOR (self));

  forget (self);
  if (self->state != FERRY_CONNECTOR_IDLE)
    set_state (self, FERRY_CONNECTOR_IDLE);
}

FerryConnectorState
ferry_connector_get_state (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), FERRY_CONNECTOR_IDLE);

  return self->state;
}

gboolean
ferry_connector_is_busy (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), FALSE);

  return self->cancellable != NULL;
}

FerryAim
ferry_connector_get_aim (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), FERRY_AIM_TEST);

  return self->aim;
}

const FerryTrustQuestion *
ferry_connector_get_question (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return self->question;
}

void
ferry_connector_answer (FerryConnector *self, gboolean trust)
{
  g_return_if_fail (FERRY_IS_CONNECTOR (self));

  if (self->state != FERRY_CONNECTOR_ASKING) /* given up meanwhile */
    return;

  if (trust)
    accept_question (self);
  else
    fail (self, g_error_new (FERRY_ERROR, FERRY_ERROR_CERTIFICATE,
                             _("‘%s’ is not trusted, so Ferry did not log in there."),
                             self->question->address));
}

const FerryPlanSource *
ferry_connector_get_source (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return &self->source;
}

const GError *
ferry_connector_get_error (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return self->error;
}

const char *
ferry_connector_get_text (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return self->text;
}

GPtrArray *
ferry_connector_get_guests (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return self->guests;
}

double
ferry_connector_get_seconds (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), 0);

  return self->seconds;
}

const GError *
ferry_connector_get_keyring_problem (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), NULL);

  return self->keyring_problem;
}

gboolean
ferry_connector_lacks_password (FerryConnector *self)
{
  g_return_val_if_fail (FERRY_IS_CONNECTOR (self), FALSE);

  return self->lacks_password;
}
