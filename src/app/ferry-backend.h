/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-checks.h"
#include "ferry-endpoint.h"

G_BEGIN_DECLS

/**
 * FerryBackend: what the wizard asks of the layers below; all of it blocks and runs on a thread.
 * A table, so that tests can put a fake source and destination in its place.
 */
typedef struct
{
  GPtrArray *(*list_guests) (const FerryPlan *plan, GCancellable *cancellable, GError **error);
  FerryGuest *(*read_guest) (const FerryPlan *plan,
                             const char *id,
                             guint64 *out_work_bytes,
                             GCancellable *cancellable,
                             GError **error);
  gboolean (*verify_guest) (const FerryPlanGuest *guest,
                            const FerryPlan *plan,
                            GPtrArray *checks,
                            const FerryMonitor *monitor,
                            GCancellable *cancellable,
                            GError **error);
  FerryHostFacts *(*inspect_host) (const FerryPlan *plan,
                                   GCancellable *cancellable,
                                   GError **error);
  FerryDestinationFacts *(*inspect_destination) (const FerryPlan *plan,
                                                 GCancellable *cancellable,
                                                 GError **error);
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
void ferry_question_free (FerryQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryQuestion, ferry_question_free)

G_END_DECLS
