/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-error.h"
#include "ferry-ipc-secrets.h"
#include "ferryctl-access.h"
#include "ferryctl-named.h"
#include "ferryctl-source.h"
#include "ferryctl-terminal.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

/* The worker answers when it runs, and has its own limits for that. */
static gboolean
call (FerryDBusImport1 *import, const FerryPlan *plan, GError **error)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  GVariant *options = ferry_ipc_pack_secrets (plan, fds, error);
  g_autoptr (GVariant) reply = NULL;

  if (options == NULL)
    return FALSE;
  reply = g_dbus_proxy_call_with_unix_fd_list_sync (G_DBUS_PROXY (import), "StartSource",
                                                    g_variant_new ("(@a{sv})", options),
                                                    G_DBUS_CALL_FLAGS_NONE, G_MAXINT, fds, NULL,
                                                    NULL, error);

  return reply != NULL;
}

/* A password that the worker no longer has is asked for where somebody can answer. */
static gboolean
call_or_ask (FerryDBusImport1 *import, FerryPlan *plan, gboolean may_ask, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (call (import, plan, &problem))
    return TRUE;
  if (may_ask && g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_AUTH) &&
      ferryctl_terminal_is_there ())
    return ferryctl_source_ask_password (&plan->source, error) && call (import, plan, error);
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
start (FerryDBusImport1 *import, const FerryctlAccess *access, GError **error)
{
  g_autoptr (FerryPlan) plan =
      ferry_plan_from_text (ferry_dbus_import1_get_plan (import), -1, error);
  gboolean has_files = access->password_file != NULL || access->ssh_password_file != NULL;

  if (plan == NULL)
    return FALSE;
  if (has_files && !ferryctl_access_read_passwords (access, &plan->source, error))
    return FALSE;

  return call_or_ask (import, plan, !has_files, error);
}

FerryctlExit
ferryctl_start_source (FerryctlLine *line)
{
  g_auto (FerryctlAccess) access = { 0 };
  g_auto (FerryctlNamed) named = { 0 };
  FerryctlExit worst = FERRYCTL_OK;

  ferryctl_access_add_passwords (&access, line->context);
  if (!ferryctl_named_find (&named, line, NULL, &worst))
    return worst;
  for (guint i = 0; i < named.imports->len; i++)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named.imports, i);
      g_autofree char *name = ferryctl_text_clean (ferry_dbus_import1_get_name (import));
      g_autoptr (GError) error = NULL;

      if (start (import, &access, &error))
        g_print (_ ("%s runs at the source again.\n"), name);
      else
        worst = ferryctl_worse (worst, ferryctl_named_refused (import, error));
    }

  return worst;
}
