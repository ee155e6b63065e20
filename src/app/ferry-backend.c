/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-backend.h"

#include "ferry-promises.h"

static GPtrArray *
list_guests (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);

  return source != NULL ? ferry_source_list (source, cancellable, error) : NULL;
}

static FerryGuest *
read_guest (const FerryPlan *plan,
            const char *id,
            guint64 *out_work_bytes,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);
  g_autoptr (FerryGuest) guest = NULL;

  if (source == NULL)
    return NULL;

  guest = ferry_source_read (source, id, cancellable, error);
  if (guest == NULL)
    return NULL;

  *out_work_bytes = ferry_source_get_work_bytes (source, guest);

  return g_steal_pointer (&guest);
}

static gboolean
verify_guest (const FerryPlanGuest *guest,
              const FerryPlan *plan,
              GPtrArray *checks,
              const FerryMonitor *monitor,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);

  return source != NULL &&
         ferry_source_verify (source, guest->source, checks, monitor, cancellable, error);
}

static FerryHostFacts *
inspect_host (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryHost) host = ferry_endpoint_open_host (plan, error);
  FerryHostFacts *facts = host != NULL ? ferry_host_inspect (host, cancellable, error) : NULL;

  if (facts != NULL)
    ferry_promises_note (plan, NULL, facts, NULL);

  return facts;
}

static FerryDestinationFacts *
inspect_destination (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_endpoint_open_target (plan, error);
  FerryDestinationFacts *facts =
      target != NULL ? ferry_target_inspect (target, cancellable, error) : NULL;

  if (facts != NULL)
    ferry_promises_note (plan, NULL, NULL, facts);

  return facts;
}

const FerryBackend *
ferry_backend_get_real (void)
{
  static const FerryBackend real = {
    .list_guests = list_guests,
    .read_guest = read_guest,
    .verify_guest = verify_guest,
    .inspect_host = inspect_host,
    .inspect_destination = inspect_destination,
  };

  return &real;
}

FerryQuestion *
ferry_question_new (const FerryBackend *backend, const FerryPlan *plan)
{
  FerryQuestion *question = g_new0 (FerryQuestion, 1);

  question->backend = backend;
  question->plan = ferry_plan_copy (plan);

  return question;
}

void
ferry_question_free (FerryQuestion *question)
{
  ferry_plan_free (question->plan);
  g_free (question);
}
