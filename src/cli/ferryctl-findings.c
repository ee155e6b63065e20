/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-findings.h"

#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static const char *
severity_title (FerrySeverity severity)
{
  switch (severity)
    {
    case FERRY_SEVERITY_BLOCKER:
      return _("Blocker");
    case FERRY_SEVERITY_WARNING:
      return _("Warning");
    case FERRY_SEVERITY_NOTE:
      return _("Note");
    }

  return _("Note");
}

static FerryctlStyle
severity_style (FerrySeverity severity)
{
  if (severity == FERRY_SEVERITY_BLOCKER)
    return FERRYCTL_STYLE_BAD;

  return severity == FERRY_SEVERITY_WARNING ? FERRYCTL_STYLE_WARNING : FERRYCTL_STYLE_BOLD;
}

static void
append_check (GString *lines, const FerryCheck *check, const FerryctlLook *look, const char *name)
{
  g_autofree char *severity = ferryctl_look_paint (look, severity_style (check->severity),
                                                   severity_title (check->severity));
  g_autofree char *clean = ferryctl_text_clean (name);
  g_autofree char *text = ferryctl_text_clean (check->text);
  g_autofree char *advice = ferryctl_text_clean (check->advice);

  if (name != NULL)
    g_string_append_printf (lines, "%s: %s: %s", severity, clean, text);
  else
    g_string_append_printf (lines, "%s: %s", severity, text);
  g_string_append_printf (lines, "%s%s\n", *advice != '\0' ? " " : "", advice);
}

char *
ferryctl_findings_render (const GPtrArray *checks,
                          const FerryctlLook *look,
                          const char *(*name_of) (const char *id, gconstpointer data),
                          gconstpointer data)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);
      const char *name = NULL;

      if (name_of != NULL && check->guest_id != NULL)
        name = name_of (check->guest_id, data);
      append_check (lines, check, look, name);
    }

  return g_string_free (lines, FALSE);
}

/** ferryctl_findings_count: "1 blocker, 2 warnings"; "" when there is nothing */
char *
ferryctl_findings_count (const GPtrArray *checks)
{
  guint blockers = ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER);
  guint warnings = ferry_checks_count (checks, FERRY_SEVERITY_WARNING);
  guint notes = ferry_checks_count (checks, FERRY_SEVERITY_NOTE);
  g_autofree char *blockers_text =
      g_strdup_printf (ngettext ("%u blocker", "%u blockers", blockers), blockers);
  g_autofree char *warnings_text =
      g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  g_autofree char *notes_text = g_strdup_printf (ngettext ("%u note", "%u notes", notes), notes);
  const char *parts[4] = { NULL };
  guint n_parts = 0;

  if (blockers > 0)
    parts[n_parts++] = blockers_text;
  if (warnings > 0)
    parts[n_parts++] = warnings_text;
  if (notes > 0)
    parts[n_parts++] = notes_text;

  return g_strjoinv (", ", (char **) parts);
}
