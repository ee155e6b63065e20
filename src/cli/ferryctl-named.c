/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-named.h"

#include "ferry-error.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

/**
 * ferryctl_named_find: parses @line, reaches the worker and finds every import, or none of them
 * @out_exit: (out): set when this returns %FALSE, everything having been said
 */
gboolean
ferryctl_named_find (FerryctlNamed *named,
                     FerryctlLine *line,
                     const GOptionEntry *entries,
                     FerryctlExit *out_exit)
{
  g_autoptr (GError) error = NULL;

  if (!ferryctl_line_parse (line, entries, out_exit))
    return FALSE;
  if (line->words[0] == NULL)
    {
      *out_exit =
          ferryctl_misuse (line, _("‘%s’ needs the id of an import."), line->command->name);
      return FALSE;
    }

  named->worker = ferryctl_worker_connect (&error);
  if (named->worker == NULL)
    {
      *out_exit = ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
      return FALSE;
    }
  named->imports = ferryctl_worker_find_all (named->worker, line->words, &error);
  if (named->imports == NULL)
    {
      *out_exit = ferryctl_give_up (FERRYCTL_USAGE, error);
      return FALSE;
    }

  return TRUE;
}

void
ferryctl_named_clear (FerryctlNamed *named)
{
  g_clear_pointer (&named->imports, g_ptr_array_unref);
  g_clear_pointer (&named->worker, ferryctl_worker_free);
}

/** ferryctl_named_dup_ids: for ferryctl_watch */
char **
ferryctl_named_dup_ids (const FerryctlNamed *named)
{
  char **ids = g_new0 (char *, named->imports->len + 1);

  for (guint i = 0; i < named->imports->len; i++)
    ids[i] = g_strdup (ferry_dbus_import1_get_id (g_ptr_array_index (named->imports, i)));

  return ids;
}

/** ferryctl_named_refused: tells that the worker did not do to @import what it was asked for */
FerryctlExit
ferryctl_named_refused (FerryDBusImport1 *import, GError *error)
{
  g_autofree char *name = ferryctl_text_clean (ferry_dbus_import1_get_name (import));
  g_autofree char *message = NULL;

  g_dbus_error_strip_remote_error (error);
  message = ferryctl_text_clean (error->message);
  g_printerr ("ferryctl: %s: %s\n", name, message);

  return error->domain == FERRY_ERROR ? FERRYCTL_FAILED : FERRYCTL_UNREACHABLE;
}
