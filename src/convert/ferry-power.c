/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-power.h"

#include <glib/gi18n-lib.h>

/* Windows installs its updates in it; FERRY_SHUT_DOWN_TIMEOUT gives other seconds. */
#define LIMIT_SECONDS 300

static guint
limit_seconds (void)
{
  const char *text = g_getenv ("FERRY_SHUT_DOWN_TIMEOUT");
  guint64 seconds = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, 86400, &seconds, NULL))
    return LIMIT_SECONDS;

  return (guint) seconds;
}

static const FerryGuest *
get_guest (const FerryRecord *record)
{
  return ferry_plan_get_guest (record->plan, 0)->source;
}

/* @line: (transfer full) */
static void
log_line (const FerryPowerRun *run, char *line)
{
  g_autofree char *owned = line;

  ferry_record_log (run->record, owned);
}

/* --- shutting down --- */

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  const FerryPowerRun *run = user_data;
  g_autofree char *message = NULL;

  if (run->say == NULL)
    return;
  /* Translators: as in "Shutting down ‘web’ at the source: waiting for 12 of at most 300 seconds" */
  message = g_strdup_printf (_ ("Shutting down ‘%s’ at the source: waiting for %u of at most %u "
                                "seconds"),
                             get_guest (run->record)->name, (guint) done, (guint) total);
  run->say (message, run->user_data);
}

static void
say_begin (const FerryPowerRun *run)
{
  g_autofree char *message =
      g_strdup_printf (_ ("Shutting down ‘%s’ at the source"), get_guest (run->record)->name);

  ferry_record_log (run->record, message);
  if (run->say != NULL)
    run->say (message, run->user_data);
}

/* What was noted before may be of an earlier attempt; it holds on when nobody was asked now. */
static gboolean
order (const FerryPowerRun *run, const FerryGuest *now, GCancellable *cancellable, GError **error)
{
  FerryShutDown before = run->record->shut_down;
  FerryMonitor monitor = { on_part, (gpointer) run };
  gboolean asked = FALSE;
  FerryShutDownOrder shut_down = { now, limit_seconds (), &monitor, &asked };

  if (!ferry_record_note_shut_down (run->record, FERRY_SHUT_DOWN_ASKED, error))
    return FALSE;
  say_begin (run);
  if (ferry_source_shut_down (run->source, &shut_down, cancellable, error))
    return ferry_record_note_shut_down (run->record, asked ? FERRY_SHUT_DOWN_DONE : before, error);
  /* Where this cannot be written, the offer to start it does no harm. */
  if (!asked)
    ferry_record_note_shut_down (run->record, before, NULL);

  return FALSE;
}

gboolean
ferry_power_shut_down_first (const FerryPowerRun *run,
                             gboolean *out_done,
                             GCancellable *cancellable,
                             GError **error)
{
  const FerryPlanGuest *planned = ferry_plan_get_guest (run->record->plan, 0);
  g_autoptr (FerryGuest) now = NULL;

  *out_done = FALSE;
  if (!planned->shut_down)
    return TRUE;
  now = ferry_source_read (run->source, planned->source->id, cancellable, error);
  if (now == NULL)
    return FALSE;
  if (now->power != FERRY_POWER_RUNNING)
    return TRUE;
  if (!ferry_source_can_shut_down (run->source, now, error) ||
      !order (run, now, cancellable, error))
    return FALSE;
  *out_done = TRUE;
  log_line (run, g_strdup_printf (_ ("‘%s’ is shut down at the source"), now->name));

  return TRUE;
}

/* --- starting again --- */

const char *
ferry_power_advise (const FerryRecord *record)
{
  switch (record->shut_down)
    {
    case FERRY_SHUT_DOWN_ASKED:
      return _ ("It was asked to shut down at the source: once it is off, it can be started there "
                "again.");
    case FERRY_SHUT_DOWN_DONE:
      return _ ("It was shut down at the source for this import, and can be started there again.");
    case FERRY_SHUT_DOWN_NONE:
    case FERRY_SHUT_DOWN_STARTED:
      break;
    }

  return NULL;
}

/* It may have been asked to end and be about to: what runs now tells nothing then. */
static gboolean
check_ended (const FerryRecord *record, const FerryGuest *now, GError **error)
{
  if (record->shut_down == FERRY_SHUT_DOWN_DONE || now->power != FERRY_POWER_RUNNING)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("‘%s’ runs at the source. It was asked to shut down and may still do so: "
                        "start it when it is off."),
                     now->name);
}

static gboolean
start (const FerryPowerRun *run, GCancellable *cancellable, GError **error)
{
  const FerryGuest *guest = get_guest (run->record);
  g_autoptr (FerryGuest) now = ferry_source_read (run->source, guest->id, cancellable, error);

  return now != NULL && check_ended (run->record, now, error) &&
         ferry_source_start (run->source, guest, cancellable, error);
}

gboolean
ferry_power_start_again (const FerryPowerRun *run, GCancellable *cancellable, GError **error)
{
  const char *name = get_guest (run->record)->name;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (ferry_record_is_startable (run->record), FALSE);

  log_line (run, g_strdup_printf (_ ("Starting ‘%s’ at the source again"), name));
  if (!start (run, cancellable, &problem))
    {
      ferry_record_log (run->record, problem->message);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  log_line (run, g_strdup_printf (_ ("‘%s’ runs at the source again"), name));

  return ferry_record_note_shut_down (run->record, FERRY_SHUT_DOWN_STARTED, error);
}
