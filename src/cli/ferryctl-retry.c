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
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

/* Without another password it would only fail again. */
static gboolean
failed_for_password (FerryDBusImport1 *import)
{
  GVariant *failure = ferry_dbus_import1_get_failure (import);
  const char *code = "";

  if (failure != NULL)
    g_variant_get_child (failure, 0, "&s", &code);

  return g_str_equal (code, ferry_error_code_to_word (FERRY_ERROR_AUTH));
}

/* Into @source, whose passwords stay NULL when none is needed. */
static gboolean
get_passwords (FerryDBusImport1 *import,
               const FerryctlAccess *access,
               FerryPlanSource *source,
               GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (ferry_dbus_import1_get_plan (import), -1, error);

  if (plan == NULL)
    return FALSE;
  ferry_plan_source_copy (&plan->source, source);
  if (access->password_file != NULL || access->ssh_password_file != NULL)
    return ferryctl_access_read_passwords (access, source, error);
  if (!failed_for_password (import) || !ferryctl_terminal_is_there ())
    return TRUE;

  return ferryctl_source_ask_password (source, error);
}

static gboolean
retry (FerryDBusImport1 *import, const FerryctlAccess *access, GError **error)
{
  GDBusProxy *proxy = G_DBUS_PROXY (import);
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GVariant) reply = NULL;
  GVariant *options;

  ferry_plan_source_init (&source, FERRY_SOURCE_OVA);
  if (!get_passwords (import, access, &source, error))
    return FALSE;
  options = ferry_ipc_pack_secrets (&source, fds, error);
  if (options == NULL)
    return FALSE;
  reply = g_dbus_proxy_call_with_unix_fd_list_sync (proxy, "RetryWith",
                                                    g_variant_new ("(@a{sv})", options),
                                                    G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL, NULL,
                                                    error);

  return reply != NULL;
}

static FerryctlExit
retry_all (FerryctlNamed *named, const FerryctlAccess *access)
{
  FerryctlExit worst = FERRYCTL_OK;

  for (guint i = named->imports->len; i > 0; i--)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named->imports, i - 1);
      g_autoptr (GError) error = NULL;

      if (retry (import, access, &error) && ferryctl_worker_refresh (import, &error))
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
  g_auto (FerryctlAccess) access = { 0 };
  g_auto (FerryctlNamed) named = { 0 };
  g_auto (GStrv) ids = NULL;
  FerryctlWatchFlags flags = FERRYCTL_WATCH_OWNS;
  FerryctlExit worst;

  ferryctl_access_add_passwords (&access, line->context);
  if (!ferryctl_named_find (&named, line, entries, &worst))
    return worst;
  worst = retry_all (&named, &access);
  if (detach || named.imports->len == 0)
    return worst;

  if (json)
    flags |= FERRYCTL_WATCH_JSON;
  if (line->verbose)
    flags |= FERRYCTL_WATCH_VERBOSE;
  ids = ferryctl_named_dup_ids (&named);
  return ferryctl_worse (worst, ferryctl_watch (named.worker, ids, flags));
}
