/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferryctl-named.h"
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

static FerryctlExit
retry_all (FerryctlNamed *named)
{
  FerryctlExit worst = FERRYCTL_OK;

  for (guint i = named->imports->len; i > 0; i--)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named->imports, i - 1);
      g_autoptr (GError) error = NULL;

      if (ferry_dbus_import1_call_retry_sync (import, NULL, &error) &&
          ferryctl_worker_refresh (import, &error))
        continue;
      worst = ferryctl_worse (worst, ferryctl_named_refused (import, error));
      g_ptr_array_remove_index (named->imports, i - 1);
    }

  return worst;
}

FerryctlExit
ferryctl_retry (FerryctlLine *line)
{
  gboolean detach = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "detach", 'd', 0, G_OPTION_ARG_NONE, &detach, N_ ("Do not wait for the end"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FerryctlNamed) named = { 0 };
  g_auto (GStrv) ids = NULL;
  FerryctlWatchFlags flags = FERRYCTL_WATCH_OWNS;
  FerryctlExit worst;

  if (!ferryctl_named_find (&named, line, entries, &worst))
    return worst;
  worst = retry_all (&named);
  if (detach || named.imports->len == 0)
    return worst;

  if (json)
    flags |= FERRYCTL_WATCH_JSON;
  if (line->verbose)
    flags |= FERRYCTL_WATCH_VERBOSE;
  ids = ferryctl_named_dup_ids (&named);
  return ferryctl_worse (worst, ferryctl_watch (named.worker, ids, flags));
}
