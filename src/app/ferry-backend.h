/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-checks.h"
#include "ferry-endpoint.h"
#include "ferry-provider.h"
#include "ferry-secrets.h"
#include "ferry-trust.h"

G_BEGIN_DECLS

/** FerryReading: a guest with all that its source knows of it
 * @work_bytes: what importing it unpacks into temporary files */
typedef struct
{
  FerryGuest *guest; /* (owned) */
  guint64 work_bytes;
} FerryReading;

FerryReading *ferry_reading_new (FerryGuest *guest, guint64 work_bytes);
void ferry_reading_free (FerryReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryReading, ferry_reading_free)

/**
 * FerryBackend: what the wizard and the providers ask of the layers below; all of it blocks and
 * runs on a thread, but for the providers, which are a few small files of this user. A table, so
 * that tests can put made-up sources and destinations in its place.
 */
typedef struct
{
  /* The source of @plan. examine() and test() are ferry_source_examine() and _test(). */
  gboolean (*examine) (const FerryPlan *plan,
                       FerryTrustQuestion **out_question,
                       GCancellable *cancellable,
                       GError **error);
  char *(*test) (const FerryPlan *plan, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_guests) (const FerryPlan *plan, GCancellable *cancellable, GError **error);
  /* (element-type FerryReading): one for each of @ids, as ferry_source_read_many() */
  GPtrArray *(*read_guests) (const FerryPlan *plan,
                             const char *const *ids,
                             const FerryMonitor *monitor,
                             GCancellable *cancellable,
                             GError **error);
  gboolean (*verify_guest) (const FerryPlanGuest *guest,
                            const FerryPlan *plan,
                            GPtrArray *checks,
                            const FerryMonitor *monitor,
                            GCancellable *cancellable,
                            GError **error);

  /* ferry_inspect_guest(): (transfer full), for the guest's "inside" */
  FerryInspection *(*inspect_guest) (const FerryPlan *plan,
                                     const FerryGuest *guest,
                                     const FerryMonitor *monitor,
                                     GCancellable *cancellable,
                                     GError **error);

  FerryHostFacts *(*inspect_host) (const FerryPlan *plan,
                                   GCancellable *cancellable,
                                   GError **error);
  FerryDestinationFacts *(*inspect_destination) (const FerryPlan *plan,
                                                 GCancellable *cancellable,
                                                 GError **error);

  gboolean (*trust) (const FerryTrustQuestion *question, GError **error);
  /* (transfer full): where passwords are kept */
  FerrySecrets *(*open_secrets) (void);
  GPtrArray *(*list_providers) (guint *out_damaged, GError **error);
  gboolean (*save_provider) (const FerryProvider *provider, GError **error);
  gboolean (*remove_provider) (const char *id, GError **error);
} FerryBackend;

/** ferry_backend_get_real: the sources, destinations and hosts of the plan */
const FerryBackend *ferry_backend_get_real (void);

/** FerryQuestion: what a thread asks the backend, with its own copy of the plan */
typedef struct
{
  const FerryBackend *backend;
  FerryPlan *plan; /* (owned) */
} FerryQuestion;

FerryQuestion *ferry_question_new (const FerryBackend *backend, const FerryPlan *plan);
/** ferry_question_new_of_source: about nothing but @source */
FerryQuestion *ferry_question_new_of_source (const FerryBackend *backend,
                                             const FerryPlanSource *source);
void ferry_question_free (FerryQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryQuestion, ferry_question_free)

G_END_DECLS
