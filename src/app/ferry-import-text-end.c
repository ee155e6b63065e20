/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-text.h"

#include "ferry-time-text.h"

#include <glib/gi18n-lib.h>

/* Header Capitals: these are headings. */
static const char *const headings[] = {
  [FERRY_ERROR_FAILED] = N_ ("The Import Failed"),
  [FERRY_ERROR_INVALID] = N_ ("The Source Is Not as It Should Be"),
  [FERRY_ERROR_NOT_FOUND] = N_ ("Something Was Not Found"),
  [FERRY_ERROR_EXISTS] = N_ ("The Name Is Taken"),
  [FERRY_ERROR_NO_SPACE] = N_ ("There Is Not Enough Space"),
  [FERRY_ERROR_PERMISSION] = N_ ("Access Was Denied"),
  [FERRY_ERROR_UNSUPPORTED] = N_ ("This Is Not Supported"),
  [FERRY_ERROR_MISSING_TOOL] = N_ ("A Program Is Missing"),
  [FERRY_ERROR_CONVERSION] = N_ ("The Conversion Failed"),
  [FERRY_ERROR_CONNECTION] = N_ ("A Service Did Not Answer"),
  [FERRY_ERROR_AUTH] = N_ ("The Password Was Refused"),
  [FERRY_ERROR_CERTIFICATE] = N_ ("The Server Is Not Trusted"),
  [FERRY_ERROR_KEY] = N_ ("A Disk Is Encrypted"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (headings) == FERRY_N_ERRORS);

const char *
ferry_import_text_heading (const FerryImportFacts *facts)
{
  if (facts->state == FERRY_IMPORT_INTERRUPTED)
    return _("The Import Was Interrupted");
  if (facts->failure == NULL)
    return _(headings[FERRY_ERROR_FAILED]);

  return _(headings[facts->failure->code]);
}

char *
ferry_import_text_failure (const FerryImportFacts *facts)
{
  if (facts->failure == NULL)
    return g_strdup (_("The worker gave no reason. Its log may tell more."));
  if (*facts->failure->advice == '\0')
    return g_strdup (facts->failure->message);

  return g_strconcat (facts->failure->message, "\n", facts->failure->advice, NULL);
}

const char *
ferry_import_text_startable (const FerryImportFacts *facts)
{
  return facts->startable ? _("Shut down at the source") : NULL;
}

char *
ferry_import_text_started (const FerryImportFacts *facts)
{
  return g_strdup_printf (_("‘%s’ runs at the source again"), facts->name);
}

char *
ferry_import_text_ended (const FerryImportFacts *facts)
{
  gint64 seconds = ferry_import_facts_get_seconds (facts, facts->ended_usec);
  g_autofree char *clock = ferry_duration_to_clock (seconds);

  if (facts->state == FERRY_IMPORT_INTERRUPTED)
    /* Translators: the place is taken by a time span, as in "Interrupted after 18:22" */
    return g_strdup_printf (_("Interrupted after %s"), clock);

  /* Translators: the place is taken by a time span, as in "Import failed after 18:22" */
  return g_strdup_printf (_("Import failed after %s"), clock);
}

char *
ferry_import_text_notification (const FerryImportFacts *facts)
{
  guint count = ferry_import_facts_get_warning_count (facts);

  if (facts->state == FERRY_IMPORT_SUCCEEDED && count > 0)
    return g_strdup_printf (ngettext ("‘%1$s’ Was Imported With %2$u Warning",
                                      "‘%1$s’ Was Imported With %2$u Warnings", count),
                            facts->name, count);
  if (facts->state == FERRY_IMPORT_SUCCEEDED)
    return g_strdup_printf (_("‘%s’ Was Imported"), facts->name);
  if (facts->state == FERRY_IMPORT_CANCELLED)
    return g_strdup_printf (_("Importing ‘%s’ Was Cancelled"), facts->name);
  if (facts->state == FERRY_IMPORT_INTERRUPTED)
    return g_strdup_printf (_("Importing ‘%s’ Was Interrupted"), facts->name);

  return g_strdup_printf (_("Importing ‘%s’ Failed"), facts->name);
}
