/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferryctl-named.h"
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

FerryctlExit
ferryctl_cancel (FerryctlLine *line)
{
  gboolean detach = FALSE;
  const GOptionEntry entries[] = {
    { "detach", 'd', 0, G_OPTION_ARG_NONE, &detach, N_ ("Do not wait until all is undone"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FerryctlNamed) named = { 0 };
  g_auto (GStrv) ids = NULL;
  FerryctlExit worst = FERRYCTL_OK;
  FerryctlExit exit_code;

  if (!ferryctl_named_find (&named, line, entries, &exit_code))
    return exit_code;

  for (guint i = named.imports->len; i > 0; i--)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named.imports, i - 1);
      g_autoptr (GError) error = NULL;

      if (ferry_dbus_import1_call_cancel_sync (import, NULL, &error))
        continue;
      worst = ferryctl_worse (worst, ferryctl_named_refused (import, error));
      g_ptr_array_remove_index (named.imports, i - 1);
    }
  if (detach || named.imports->len == 0)
    return worst;

  ids = ferryctl_named_dup_ids (&named);
  return ferryctl_worse (worst, ferryctl_watch (named.worker, ids, FERRYCTL_WATCH_CANCELS));
}
