/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-text.h"

#include "ferry-time-text.h"

#include <glib/gi18n-lib.h>

/* The phases of every import; one with nothing to do is gone through in no time. */
static const FerryImportState phases[] = {
  FERRY_IMPORT_PREPARING, FERRY_IMPORT_UPLOADING, FERRY_IMPORT_CONVERTING,
  FERRY_IMPORT_COPYING,   FERRY_IMPORT_FINISHING,
};

static const char *
phase_to_title (FerryImportState phase)
{
  switch (phase)
    {
    case FERRY_IMPORT_PREPARING:
      return _("Check source and destination");
    case FERRY_IMPORT_UPLOADING:
      return _("Upload to the conversion host");
    case FERRY_IMPORT_CONVERTING:
      return _("Convert operating system");
    case FERRY_IMPORT_COPYING:
      return _("Copy disks");
    case FERRY_IMPORT_FINISHING:
      return _("Verify and hand over");
    case FERRY_IMPORT_QUEUED:
    case FERRY_IMPORT_SUCCEEDED:
    case FERRY_IMPORT_FAILED:
    case FERRY_IMPORT_CANCELLED:
    case FERRY_IMPORT_INTERRUPTED:
      break;
    }

  g_return_val_if_reached ("");
}

static const FerryStep *
find_step (const FerryImportFacts *facts, FerryImportState phase)
{
  for (guint i = facts->steps->len; i > 0; i--)
    {
      const FerryStep *step = g_ptr_array_index (facts->steps, i - 1);

      if (step->state == phase)
        return step;
    }

  return NULL;
}

/* Whether @step is where an import that did not succeed came to its end. */
static gboolean
is_where_it_stopped (const FerryImportFacts *facts, const FerryStep *step)
{
  const FerryStep *later = NULL;

  if (!ferry_import_facts_can_retry (facts))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      const FerryStep *found = find_step (facts, phases[i]);

      if (found != NULL)
        later = found;
    }

  return step == later;
}

static FerryImportLook
step_to_look (const FerryImportFacts *facts, const FerryStep *step)
{
  if (step == NULL)
    return (FerryImportLook) { "ferry-pending-symbolic", "dim-label", _("To come") };
  if (is_where_it_stopped (facts, step))
    return facts->state == FERRY_IMPORT_FAILED
               ? (FerryImportLook) { "ferry-blocker-symbolic", "error", _("Failed") }
               : (FerryImportLook) { "ferry-cancelled-symbolic", "dim-label", _("Stopped") };
  if (step->ended_usec == 0 && !ferry_import_state_is_end (facts->state))
    return (FerryImportLook) { "ferry-current-symbolic", "accent", _("Under way") };

  return (FerryImportLook) { "ferry-done-symbolic", "success", _("Done") };
}

static char *
step_to_time (const FerryImportFacts *facts, const FerryStep *step, gint64 now_usec)
{
  gint64 until_usec = now_usec;

  if (step == NULL)
    return g_strdup ("");
  if (facts->ended_usec != 0)
    until_usec = facts->ended_usec;
  if (step->ended_usec != 0)
    until_usec = step->ended_usec;

  return ferry_duration_to_clock ((until_usec - step->started_usec) / G_USEC_PER_SEC);
}

static void
step_free (gpointer data)
{
  FerryImportStep *step = data;

  g_free (step->time);
  g_free (step);
}

GPtrArray *
ferry_import_text_steps (const FerryImportFacts *facts, gint64 now_usec)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      const FerryStep *found = find_step (facts, phases[i]);
      FerryImportStep *step;

      if (found == NULL && phases[i] == FERRY_IMPORT_UPLOADING)
        continue;
      step = g_new0 (FerryImportStep, 1);
      step->look = step_to_look (facts, found);
      step->title = phase_to_title (phases[i]);
      step->time = step_to_time (facts, found, now_usec);
      step->coming = found == NULL;
      step->current = found != NULL && found->ended_usec == 0
                      && !ferry_import_state_is_end (facts->state);
      g_ptr_array_add (steps, step);
    }

  return steps;
}
