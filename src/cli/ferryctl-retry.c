/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-error.h"
#include "ferry-ipc-secrets.h"
#include "ferryctl-access.h"
#include "ferryctl-keys.h"
#include "ferryctl-named.h"
#include "ferryctl-source.h"
#include "ferryctl-terminal.h"
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

/* Without another password, or a key, it would only fail again. */
static gboolean
failed_for (FerryDBusImport1 *import, FerryError why)
{
  GVariant *failure = ferry_dbus_import1_get_failure (import);
  const char *code = "";

  if (failure != NULL)
    g_variant_get_child (failure, 0, "&s", &code);

  return g_str_equal (code, ferry_error_code_to_word (why));
}

typedef struct
{
  FerryctlAccess access;
  char **key_files; /* (owned) (nullable) */
} Options;

static void
options_clear (Options *options)
{
  ferryctl_access_clear (&options->access);
  g_strfreev (options->key_files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Into @plan, which stays without secrets when none is needed. */
static gboolean
get_secrets (FerryDBusImport1 *import, const Options *options, FerryPlan *plan, GError **error)
{
  const FerryctlAccess *access = &options->access;

  if (!ferryctl_access_read_passwords (access, &plan->source, error) ||
      !ferryctl_keys_read (options->key_files, plan, error))
    return FALSE;
  if (access->password_file != NULL || access->ssh_password_file != NULL ||
      options->key_files != NULL || !ferryctl_terminal_is_there ())
    return TRUE;
  if (failed_for (import, FERRY_ERROR_KEY))
    return ferryctl_keys_ask (ferry_dbus_import1_get_name (import), plan, error);

  return !failed_for (import, FERRY_ERROR_AUTH) ||
         ferryctl_source_ask_password (&plan->source, error);
}

static gboolean
retry (FerryDBusImport1 *import, const Options *retry_options, GError **error)
{
  GDBusProxy *proxy = G_DBUS_PROXY (import);
  g_autoptr (FerryPlan) plan =
      ferry_plan_from_text (ferry_dbus_import1_get_plan (import), -1, error);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GVariant) reply = NULL;
  GVariant *options;

  if (plan == NULL || !get_secrets (import, retry_options, plan, error))
    return FALSE;
  options = ferry_ipc_pack_secrets (plan, fds, error);
  if (options == NULL)
    return FALSE;
  reply = g_dbus_proxy_call_with_unix_fd_list_sync (proxy, "RetryWith",
                                                    g_variant_new ("(@a{sv})", options),
                                                    G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL, NULL,
                                                    error);

  return reply != NULL;
}

static FerryctlExit
retry_all (FerryctlNamed *named, const Options *options)
{
  FerryctlExit worst = FERRYCTL_OK;

  for (guint i = named->imports->len; i > 0; i--)
    {
      FerryDBusImport1 *import = g_ptr_array_index (named->imports, i - 1);
      g_autoptr (GError) error = NULL;

      if (retry (import, options, &error) && ferryctl_worker_refresh (import, &error))
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
  g_auto (Options) options = { 0 };
  g_auto (FerryctlNamed) named = { 0 };
  g_auto (GStrv) ids = NULL;
  FerryctlWatchFlags flags = FERRYCTL_WATCH_OWNS;
  FerryctlExit worst;

  ferryctl_access_add_passwords (&options.access, line->context);
  ferryctl_keys_add_option (&options.key_files, line->context);
  if (!ferryctl_named_find (&named, line, entries, &worst))
    return worst;
  worst = retry_all (&named, &options);
  if (detach || named.imports->len == 0)
    return worst;

  if (json)
    flags |= FERRYCTL_WATCH_JSON;
  if (line->verbose)
    flags |= FERRYCTL_WATCH_VERBOSE;
  ids = ferryctl_named_dup_ids (&named);
  return ferryctl_worse (worst, ferryctl_watch (named.worker, ids, flags));
}
