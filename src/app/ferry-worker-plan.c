/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-worker-client.h"

#include "ferry-ipc-secrets.h"
#include "ferry-ipc.h"
#include "ferry-worker-error.h"

static void
on_plan_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result,
                                                         &error);

  if (reply == NULL)
    g_task_return_error (task, ferry_worker_error_to_local (g_steal_pointer (&error)));
  else
    g_task_return_boolean (task, TRUE);
}

/* The task's data is the plan. */
static void
send_plan (GDBusConnection *connection, GTask *task)
{
  const FerryPlan *plan = g_task_get_task_data (task);
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  GVariant *options = ferry_ipc_pack_secrets (plan, fds, &error);

  if (options == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_dbus_connection_call_with_unix_fd_list (
      connection, FERRY_WORKER_NAME, FERRY_WORKER_PATH, FERRY_APP_ID ".Worker1", "ImportPlan",
      g_variant_new ("(s@a{sv})", text, options), G_VARIANT_TYPE ("(ao)"), G_DBUS_CALL_FLAGS_NONE,
      -1, fds, g_task_get_cancellable (task), on_plan_imported, g_object_ref (task));
}

static void
on_bus_got_for_plan (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    g_task_return_error (task, ferry_worker_error_to_local (g_steal_pointer (&error)));
  else
    send_plan (connection, task);
}

void
ferry_worker_client_import_plan (FerryWorkerClient *self,
                                 const FerryPlan *plan,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (FERRY_IS_WORKER_CLIENT (self));

  g_task_set_source_tag (task, ferry_worker_client_import_plan);
  g_task_set_task_data (task, ferry_plan_copy (plan), (GDestroyNotify) ferry_plan_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_got_for_plan, g_steal_pointer (&task));

  /* A client that had given up shows the new imports too. */
  if (!ferry_worker_client_is_loaded (self))
    ferry_worker_client_start (self);
}

gboolean
ferry_worker_client_import_plan_finish (FerryWorkerClient *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
