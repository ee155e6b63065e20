/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-outcome.h"

#include "ferryctl-boot.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static FerryctlStyle
end_style (FerryImportState state)
{
  if (state == FERRY_IMPORT_SUCCEEDED)
    return FERRYCTL_STYLE_GOOD;

  return state == FERRY_IMPORT_CANCELLED ? FERRYCTL_STYLE_WARNING : FERRYCTL_STYLE_BAD;
}

/** ferryctl_outcome_to_line: "web: Imported in 1 min 5 s" */
char *
ferryctl_outcome_to_line (const FerryctlSnapshot *snapshot, const FerryctlLook *look)
{
  const char *phase = ferryctl_snapshot_get_phase (snapshot);
  g_autofree char *name = ferryctl_text_clean (snapshot->name);
  g_autofree char *painted = ferryctl_look_paint (look, end_style (snapshot->state), phase);
  gint64 usec = snapshot->ended_usec - snapshot->started_usec;
  g_autofree char *duration = NULL;

  if (snapshot->started_usec <= 0 || usec <= 0)
    return g_strdup_printf ("%s: %s", name, painted);

  duration = ferryctl_text_duration ((usec + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
  /* Translators: name, what happened, how long it took: "web: Imported after 1 min 5 s" */
  return g_strdup_printf (_("%s: %s after %s"), name, painted, duration);
}

static void
tell_warnings (const FerryctlSnapshot *snapshot)
{
  g_autofree char *name = ferryctl_text_clean (snapshot->name);

  for (guint i = 0; snapshot->warnings[i] != NULL; i++)
    {
      g_autofree char *warning = ferryctl_text_clean (snapshot->warnings[i]);

      g_printerr (_("ferryctl: %s: Warning: %s\n"), name, warning);
    }
}

static void
tell_success (const FerryctlSnapshot *snapshot)
{
  g_autofree char *name = ferryctl_text_clean (snapshot->name);
  g_autofree char *location = ferryctl_text_clean (snapshot->location);
  g_autofree char *boot = ferryctl_boot_describe (snapshot);

  /* Translators: name of a virtual machine, where it is now */
  g_print (_("\n%s is now in %s\n"), name, location);
  for (guint i = 0; snapshot->files[i] != NULL; i++)
    {
      g_autofree char *file = ferryctl_text_clean (snapshot->files[i]);

      g_print ("  %s\n", file);
    }
  if (boot != NULL)
    g_print ("%s", boot);
}

static void
tell_failure (const FerryctlSnapshot *snapshot, FerryctlWatchFlags flags)
{
  g_autofree char *name = ferryctl_text_clean (snapshot->name);
  g_autofree char *short_id = ferryctl_snapshot_dup_short_id (snapshot->id);
  const FerryFailure *failure = snapshot->failure;
  g_autofree char *message =
      ferryctl_text_clean (failure != NULL ? failure->message : _("The import has failed."));
  g_autofree char *advice = ferryctl_text_clean (failure != NULL ? failure->advice : NULL);

  g_printerr ("ferryctl: %s: %s%s%s\n", name, message, *advice != '\0' ? " " : "", advice);
  if ((flags & FERRYCTL_WATCH_VERBOSE) && failure != NULL && *failure->details != '\0')
    {
      g_autofree char *details = ferryctl_text_indent (failure->details, 2);

      g_printerr ("%s\n%s", _("Details:"), details);
    }
  g_printerr (_("‘ferryctl log %s’ shows all that happened, ‘ferryctl retry %s’ tries again.\n"),
              short_id, short_id);
}

static void
tell_startable (const FerryctlSnapshot *snapshot)
{
  g_autofree char *name = ferryctl_text_clean (snapshot->name);
  g_autofree char *short_id = ferryctl_snapshot_dup_short_id (snapshot->id);

  if (snapshot->startable)
    g_printerr (_("%s was shut down at the source; ‘ferryctl start-source %s’ starts it there "
                  "again.\n"),
                name, short_id);
}

static FerryctlExit
exit_for (FerryImportState state, FerryctlWatchFlags flags)
{
  if (state == FERRY_IMPORT_CANCELLED)
    return flags & FERRYCTL_WATCH_CANCELS ? FERRYCTL_OK : FERRYCTL_CANCELLED;
  if (flags & FERRYCTL_WATCH_CANCELS)
    return FERRYCTL_FAILED;

  return state == FERRY_IMPORT_SUCCEEDED ? FERRYCTL_OK : FERRYCTL_FAILED;
}

/** ferryctl_outcome_tell: what a person wants to know now; only an exit code with JSON */
FerryctlExit
ferryctl_outcome_tell (const FerryctlSnapshot *snapshot, FerryctlWatchFlags flags)
{
  if (flags & FERRYCTL_WATCH_JSON)
    return exit_for (snapshot->state, flags);

  tell_warnings (snapshot);
  if (snapshot->state == FERRY_IMPORT_SUCCEEDED)
    tell_success (snapshot);
  else if (snapshot->state != FERRY_IMPORT_CANCELLED)
    tell_failure (snapshot, flags);
  tell_startable (snapshot);

  return exit_for (snapshot->state, flags);
}
