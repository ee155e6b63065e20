/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-findings.h"

#include "ferryctl-text.h"

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
                                                   ferry_severity_get_title (check->severity));
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
