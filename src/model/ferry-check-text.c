/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check.h"

#include <glib/gi18n-lib.h>

const char *
ferry_severity_get_title (FerrySeverity severity)
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

static char *
describe_count (FerrySeverity severity, guint count)
{
  switch (severity)
    {
    case FERRY_SEVERITY_BLOCKER:
      return g_strdup_printf (ngettext ("%u blocker", "%u blockers", count), count);
    case FERRY_SEVERITY_WARNING:
      return g_strdup_printf (ngettext ("%u warning", "%u warnings", count), count);
    case FERRY_SEVERITY_NOTE:
      return g_strdup_printf (ngettext ("%u note", "%u notes", count), count);
    }

  return NULL;
}

char *
ferry_checks_describe (const GPtrArray *checks, FerrySeverity least)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (int i = FERRY_SEVERITY_BLOCKER; i <= (int) least; i++)
    {
      guint count = ferry_checks_count (checks, (FerrySeverity) i);
      g_autofree char *part = count > 0 ? describe_count ((FerrySeverity) i, count) : NULL;

      if (part != NULL)
        g_strv_builder_add (builder, part);
    }
  parts = g_strv_builder_end (builder);

  return g_strjoinv (", ", parts);
}
