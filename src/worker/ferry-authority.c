/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-authority.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>

static gboolean
ask_uid (GDBusConnection *connection, const char *sender, guint32 *out_uid)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixUser", g_variant_new ("(s)", sender), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(u)", out_uid);
  return TRUE;
}

/**
 * ferry_authority_check:
 * @sender: (nullable): unique name of the caller; the bus itself vouches for its user
 *
 * Errors: FERRY_ERROR_PERMISSION: not @owner, or not to be found out
 */
gboolean
ferry_authority_check (GDBusConnection *connection,
                       const char *sender,
                       uid_t owner,
                       GError **error)
{
  guint32 uid = 0;

  if (sender != NULL && ask_uid (connection, sender, &uid) && uid == owner)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_PERMISSION,
                     _("Only the user whose imports these are may do this."));
}

static gboolean
on_authorize_method (GDBusInterfaceSkeleton *skeleton,
                     GDBusMethodInvocation *invocation,
                     gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (ferry_authority_check (g_dbus_method_invocation_get_connection (invocation),
                             g_dbus_method_invocation_get_sender (invocation),
                             GPOINTER_TO_UINT (user_data), &error))
    return TRUE;

  g_dbus_method_invocation_return_gerror (invocation, error);
  return FALSE;
}

/** ferry_authority_guard: refuses every method call to @skeleton that is not @owner's */
void
ferry_authority_guard (GDBusInterfaceSkeleton *skeleton, uid_t owner)
{
  g_signal_connect (skeleton, "g-authorize-method", G_CALLBACK (on_authorize_method),
                    GUINT_TO_POINTER (owner));
}
