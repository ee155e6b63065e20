/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-verifier.h"

#include "ferry-call.h"

#include <glib/gi18n-lib.h>

struct _FerryVerifier
{
  GObject parent_instance;

  FerryDraft *draft; /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): while it runs */
  char *id; /* (owned) (nullable): being read */
  char *name; /* (owned) (nullable) */
  double fraction;
};

G_DEFINE_FINAL_TYPE (FerryVerifier, ferry_verifier, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void start_next (FerryVerifier *self);

static void
ferry_verifier_dispose (GObject *object)
{
  ferry_call_end (&FERRY_VERIFIER (object)->cancellable);

  G_OBJECT_CLASS (ferry_verifier_parent_class)->dispose (object);
}

static void
ferry_verifier_finalize (GObject *object)
{
  FerryVerifier *self = FERRY_VERIFIER (object);

  g_clear_object (&self->draft);
  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (ferry_verifier_parent_class)->finalize (object);
}

static void
ferry_verifier_class_init (FerryVerifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_verifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_verifier_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_VERIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ferry_verifier_init (FerryVerifier *self)
{
}

/* A question whose plan holds the one guest. */
static gpointer
verify_in_thread (gpointer input,
                  const FerryMonitor *monitor,
                  GCancellable *cancellable,
                  GError **error)
{
  FerryQuestion *question = input;
  g_autoptr (GPtrArray) checks = ferry_checks_new ();

  if (!question->backend->verify_guest (ferry_plan_get_guest (question->plan, 0), question->plan,
                                        checks, monitor, cancellable, error))
    return NULL;

  return g_steal_pointer (&checks);
}

static void
on_part_verified (guint64 done, guint64 total, gpointer data)
{
  FerryVerifier *self = data;

  self->fraction = total > 0 ? (double) done / (double) total : -1;
  g_signal_emit (self, signals[CHANGED], 0);
}

static GPtrArray *
make_failed (const GError *error)
{
  GPtrArray *checks = ferry_checks_new ();

  g_ptr_array_add (checks, ferry_check_new ("manifest.unverified", FERRY_SEVERITY_WARNING,
                                            _("Whether the disks are undamaged is not known."),
                                            "%s", error->message));

  return checks;
}

static void
on_verified (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryVerifier *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  ferry_draft_take_findings (self->draft, self->id, checks != NULL ? checks : make_failed (error));
  start_next (self);
}

static guint
find_unverified (FerryVerifier *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  guint i = 0;

  while (i < plan->guests->len &&
         ferry_draft_is_verified (self->draft, ferry_plan_get_guest (plan, i)->source->id))
    i++;

  return i;
}

static void
start_next (FerryVerifier *self)
{
  FerryCall call = {
    .run = verify_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
    .on_part = on_part_verified,
  };
  guint index = find_unverified (self);
  FerryPlan *plan = ferry_draft_get_plan (self->draft);
  FerryQuestion *question;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  if (index == plan->guests->len)
    g_clear_object (&self->cancellable);
  else
    {
      self->id = g_strdup (ferry_plan_get_guest (plan, index)->source->id);
      self->name = g_strdup (ferry_plan_get_guest (plan, index)->source->name);
      self->fraction = -1;
      question = ferry_draft_ask (self->draft);
      for (guint i = question->plan->guests->len; i > 0; i--)
        if (i - 1 != index)
          g_ptr_array_remove_index (question->plan->guests, i - 1);
      call.input = question;
      ferry_call_async (&call, self->cancellable, on_verified, self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

FerryVerifier *
ferry_verifier_new (FerryDraft *draft)
{
  FerryVerifier *self;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);

  self = g_object_new (FERRY_TYPE_VERIFIER, NULL);
  self->draft = g_object_ref (draft);

  return self;
}

gboolean
ferry_verifier_has_checksums (FerryVerifier *self)
{
  g_return_val_if_fail (FERRY_IS_VERIFIER (self), FALSE);

  return ferry_draft_get_plan (self->draft)->source.kind == FERRY_SOURCE_OVA;
}

void
ferry_verifier_start (FerryVerifier *self)
{
  g_return_if_fail (FERRY_IS_VERIFIER (self));

  if (self->cancellable != NULL)
    return;

  ferry_call_renew (&self->cancellable);
  start_next (self);
}

void
ferry_verifier_stop (FerryVerifier *self)
{
  g_return_if_fail (FERRY_IS_VERIFIER (self));

  if (self->cancellable == NULL)
    return;

  ferry_call_end (&self->cancellable);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
ferry_verifier_is_running (FerryVerifier *self)
{
  g_return_val_if_fail (FERRY_IS_VERIFIER (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
ferry_verifier_is_done (FerryVerifier *self)
{
  g_return_val_if_fail (FERRY_IS_VERIFIER (self), FALSE);

  return find_unverified (self) == ferry_draft_get_plan (self->draft)->guests->len;
}

double
ferry_verifier_get_fraction (FerryVerifier *self)
{
  g_return_val_if_fail (FERRY_IS_VERIFIER (self), -1);

  return self->fraction;
}

const char *
ferry_verifier_get_name (FerryVerifier *self)
{
  g_return_val_if_fail (FERRY_IS_VERIFIER (self), NULL);

  return self->name;
}
