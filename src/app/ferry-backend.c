/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-backend.h"

#include "ferry-inspect.h"
#include "ferry-promises.h"

static gboolean
examine (const FerryPlan *plan,
         FerryTrustQuestion **out_question,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);

  return source != NULL && ferry_source_examine (source, out_question, cancellable, error);
}

static char *
test (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);

  return source != NULL ? ferry_source_test (source, cancellable, error) : NULL;
}

static GPtrArray *
list_guests (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);

  return source != NULL ? ferry_source_list (source, cancellable, error) : NULL;
}

/* (transfer full) of each guest. */
static GPtrArray *
add_work_bytes (FerrySource *source, GPtrArray *guests)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_reading_free);

  for (guint i = 0; i < guests->len; i++)
    {
      FerryGuest *guest = g_ptr_array_index (guests, i);

      g_ptr_array_add (readings,
                       ferry_reading_new (guest, ferry_source_get_work_bytes (source, guest)));
    }
  g_ptr_array_set_free_func (guests, NULL);

  return readings;
}

static GPtrArray *
read_guests (const FerryPlan *plan,
             const char *const *ids,
             const FerryMonitor *monitor,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (plan, error);
  g_autoptr (GPtrArray) guests = NULL;

  if (source == NULL)
    return NULL;

  guests = ferry_source_read_many (source, ids, monitor, cancellable, error);

  return guests != NULL ? add_work_bytes (source, guests) : NULL;
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
    .examine = examine,
    .test = test,
    .list_guests = list_guests,
    .read_guests = read_guests,
    .verify_guest = verify_guest,
    .inspect_guest = ferry_inspect_guest,
    .inspect_host = inspect_host,
    .inspect_destination = inspect_destination,
    .trust = ferry_trust_accept,
    .open_secrets = ferry_secrets_keyring_new,
    .list_providers = ferry_provider_list,
    .save_provider = ferry_provider_save,
    .remove_provider = ferry_provider_remove,
  };

  return &real;
}

FerryReading *
ferry_reading_new (FerryGuest *guest, guint64 work_bytes)
{
  FerryReading *reading = g_new0 (FerryReading, 1);

  reading->guest = guest;
  reading->work_bytes = work_bytes;

  return reading;
}

void
ferry_reading_free (FerryReading *reading)
{
  ferry_guest_free (reading->guest);
  g_free (reading);
}

FerryQuestion *
ferry_question_new (const FerryBackend *backend, const FerryPlan *plan)
{
  FerryQuestion *question = g_new0 (FerryQuestion, 1);

  question->backend = backend;
  question->plan = ferry_plan_copy (plan);

  return question;
}

FerryQuestion *
ferry_question_new_of_source (const FerryBackend *backend, const FerryPlanSource *source)
{
  FerryQuestion *question = g_new0 (FerryQuestion, 1);

  question->backend = backend;
  question->plan = ferry_plan_new ();
  ferry_plan_source_copy (source, &question->plan->source);

  return question;
}

void
ferry_question_free (FerryQuestion *question)
{
  ferry_plan_free (question->plan);
  g_free (question);
}
