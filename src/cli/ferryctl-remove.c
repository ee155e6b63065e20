/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferryctl-named.h"

FerryctlExit
ferryctl_remove (FerryctlLine *line)
{
  g_auto (FerryctlNamed) named = { 0 };
  FerryctlExit worst = FERRYCTL_OK;

  if (!ferryctl_named_find (&named, line, NULL, &worst))
    return worst;

  for (guint i = 0; i < named.imports->len; i++)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named.imports, i);
      g_autoptr (GError) error = NULL;

      if (!ferry_dbus_import1_call_remove_sync (import, NULL, &error))
        worst = ferryctl_worse (worst, ferryctl_named_refused (import, error));
    }

  return worst;
}
