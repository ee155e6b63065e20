/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-end.h"

#include "ferry-endpoint.h"
#include "ferry-import.h"
#include "ferry-power.h"
#include "ferry-undo.h"

#include <glib/gi18n-lib.h>

/* --- what is said in the end --- */

static char *
describe_leftovers (const FerryFailure *failure, const GError *undo_error)
{
  return g_strdup_printf ("%s%s%s", failure->details, *failure->details != '\0' ? "\n\n" : "",
                          undo_error->message);
}

FerryFailure *
ferry_import_add_leftovers (const FerryFailure *failure, const GError *undo_error)
{
  g_autofree char *advice = NULL;
  g_autofree char *details = describe_leftovers (failure, undo_error);

  advice = g_strdup_printf ("%s%s%s", failure->advice, *failure->advice != '\0' ? " " : "",
                            _("Not everything that was made could be removed: see the details."));

  return ferry_failure_new (failure->code, failure->message, advice, details);
}

/* That it is off because of Ferry must be said, too. */
static FerryFailure *
add_offer (const FerryFailure *failure, const FerryRecord *record)
{
  const char *offer = ferry_power_advise (record);
  g_autofree char *advice = NULL;

  if (offer == NULL)
    return ferry_failure_copy (failure);
  advice = g_strdup_printf ("%s%s%s", failure->advice, *failure->advice != '\0' ? " " : "", offer);

  return ferry_failure_new (failure->code, failure->message, advice, failure->details);
}

gboolean
ferry_import_note_end (FerryRecord *record,
                       FerryImportState end,
                       const FerryFailure *failure,
                       GError **error)
{
  g_autoptr (FerryFailure) whole = failure != NULL ? add_offer (failure, record) : NULL;

  return ferry_record_fail (record, end, whole, error);
}

/* --- after a crash --- */

static gboolean
was_published (FerryRecord *record)
{
  FerryTargetRun run = { .record = record, .guest = ferry_plan_get_guest (record->plan, 0) };
  g_autoptr (FerryTarget) target = ferry_endpoint_open_target (record->plan, NULL);

  return target != NULL && ferry_target_is_published (target, &run);
}

/* What is left to undo is its temporary folder, which is no reason to call it anything else. */
static gboolean
recover_published (FerryRecord *record, FerryHost *host, GError **error)
{
  g_autoptr (GError) undo_error = NULL;

  ferry_record_log (record, _("The worker was ended when the import was complete"));
  if (!ferry_undo_all (record, host, &undo_error))
    ferry_record_add_warning (record, undo_error->message);
  if (ferry_plan_get_guest (record->plan, 0)->start)
    ferry_record_add_warning (record,
                              _("The import was complete when its worker was ended. Whether the "
                                "virtual machine was started is not known."));

  return ferry_record_enter (record, FERRY_IMPORT_SUCCEEDED, error);
}

static gboolean
recover_half_made (FerryRecord *record, FerryHost *host, GError **error)
{
  g_autoptr (GError) undo_error = NULL;
  g_autoptr (FerryFailure) failure
      = ferry_failure_new (FERRY_ERROR_FAILED,
                           _("The import was interrupted: its worker was ended in the middle."),
                           _("What it had made was removed. Retry it when you are ready."), "");

  /* Before anything is taken back: what is half gone must never be taken for published. */
  ferry_record_forget_result (record);
  ferry_record_save (record, NULL);
  if (!ferry_undo_all (record, host, &undo_error))
    {
      g_autoptr (FerryFailure) first = g_steal_pointer (&failure);

      failure = ferry_import_add_leftovers (first, undo_error);
    }

  return ferry_import_note_end (record, FERRY_IMPORT_INTERRUPTED, failure, error);
}

gboolean
ferry_import_recover (FerryRecord *record, GError **error)
{
  g_autoptr (FerryHost) host = ferry_endpoint_open_host (record->plan, error);

  if (host == NULL)
    return FALSE;

  return was_published (record) ? recover_published (record, host, error)
                                : recover_half_made (record, host, error);
}
