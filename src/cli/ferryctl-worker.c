/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-worker.h"

#include "ferry-error.h"
#include "ferry-ipc-secrets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The journal of each guest is flushed to the disk before the worker answers. */
#define IMPORT_PLAN_MSEC (5 * 60 * 1000)

struct _FerryctlWorker
{
  GDBusConnection *connection; /* (owned) */
  GDBusObjectManager *objects; /* (owned): FerryDBusObjectManagerClient */
};

/** ferryctl_worker_activate: starts the worker where none runs; returns when it is on the bus */
gboolean
ferryctl_worker_activate (FerryctlWorker *worker, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (worker->connection, "org.freedesktop.DBus",
                                   "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "StartServiceByName",
                                   g_variant_new ("(su)", FERRY_WORKER_NAME, 0), NULL,
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &cause);

  if (reply != NULL)
    return TRUE;

  g_dbus_error_strip_remote_error (cause);
  return ferry_fail (error, FERRY_ERROR_CONNECTION,
                     _("Ferry’s worker cannot be started: %s. Check that Ferry is installed "
                       "completely, and look into the session’s journal."),
                     cause->message);
}

/**
 * ferryctl_worker_connect: finds or starts the worker and learns of all its imports
 *
 * Errors: FERRY_ERROR_CONNECTION
 */
FerryctlWorker *
ferryctl_worker_connect (GError **error)
{
  g_autoptr (FerryctlWorker) worker = g_new0 (FerryctlWorker, 1);
  g_autoptr (GError) cause = NULL;

  worker->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &cause);
  if (worker->connection == NULL)
    {
      ferry_fail (error, FERRY_ERROR_CONNECTION,
                  _("There is no session bus to reach Ferry’s worker on: %s. Log in to a session, "
                    "or run ‘dbus-run-session ferryctl …’."),
                  cause->message);
      return NULL;
    }
  g_dbus_connection_set_exit_on_close (worker->connection, FALSE);
  if (!ferryctl_worker_activate (worker, error))
    return NULL;

  worker->objects =
      ferry_dbus_object_manager_client_new_sync (worker->connection,
                                                 G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE,
                                                 FERRY_WORKER_NAME, FERRY_WORKER_ROOT, NULL,
                                                 &cause);
  if (worker->objects == NULL)
    {
      g_dbus_error_strip_remote_error (cause);
      ferry_fail (error, FERRY_ERROR_CONNECTION,
                  _("Ferry’s worker does not answer: %s. Try again."), cause->message);
      return NULL;
    }

  return g_steal_pointer (&worker);
}

void
ferryctl_worker_free (FerryctlWorker *worker)
{
  g_clear_object (&worker->objects);
  g_clear_object (&worker->connection);
  g_free (worker);
}

/** ferryctl_worker_get_connection: (transfer none): to hear when the bus goes away */
GDBusConnection *
ferryctl_worker_get_connection (FerryctlWorker *worker)
{
  return worker->connection;
}

/** ferryctl_worker_get_objects: (transfer none): to connect to its signals */
GDBusObjectManager *
ferryctl_worker_get_objects (FerryctlWorker *worker)
{
  return worker->objects;
}

/** ferryctl_worker_is_there: whether a worker is on the bus now */
gboolean
ferryctl_worker_is_there (FerryctlWorker *worker)
{
  GDBusObjectManagerClient *client = G_DBUS_OBJECT_MANAGER_CLIENT (worker->objects);
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (client);

  return owner != NULL;
}

/* The object's path ends in the uuid with _ for -: the id is known before the object is. */
static char *
id_from_path (const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_strdelimit (g_strdup (slash != NULL ? slash + 1 : path), "_", '-');
}

static GVariant *
send_plan (FerryctlWorker *worker, const FerryPlan *plan, GError **error)
{
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  GVariant *options = ferry_ipc_pack_secrets (plan, fds, error);

  if (options == NULL)
    return NULL;

  return g_dbus_connection_call_with_unix_fd_list_sync (
      worker->connection, FERRY_WORKER_NAME, FERRY_WORKER_PATH, "io.github.ferryvm.Ferry.Worker1",
      "ImportPlan", g_variant_new ("(s@a{sv})", text, options), G_VARIANT_TYPE ("(ao)"),
      G_DBUS_CALL_FLAGS_NONE, IMPORT_PLAN_MSEC, fds, NULL, NULL, error);
}

/** ferryctl_worker_import_plan: (transfer full): the ids of the imports, one for each guest */
char **
ferryctl_worker_import_plan (FerryctlWorker *worker, const FerryPlan *plan, GError **error)
{
  g_autoptr (GVariant) reply = send_plan (worker, plan, error);
  g_auto (GStrv) paths = NULL;

  if (reply == NULL)
    {
      if (error != NULL)
        g_dbus_error_strip_remote_error (*error);
      return NULL;
    }

  g_variant_get (reply, "(^ao)", &paths);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = g_steal_pointer (&paths[i]);

      paths[i] = id_from_path (path);
    }

  return g_steal_pointer (&paths);
}

static int
compare_created (gconstpointer a, gconstpointer b)
{
  FerryDBusImport1 *left = *(FerryDBusImport1 *const *) a;
  FerryDBusImport1 *right = *(FerryDBusImport1 *const *) b;
  gint64 left_usec = ferry_dbus_import1_get_created (left);
  gint64 right_usec = ferry_dbus_import1_get_created (right);

  return (left_usec > right_usec) - (left_usec < right_usec);
}

/** ferryctl_worker_list: (transfer full) (element-type FerryDBusImport1): oldest first */
GPtrArray *
ferryctl_worker_list (FerryctlWorker *worker)
{
  GPtrArray *imports = g_ptr_array_new_with_free_func (g_object_unref);
  GList *objects = g_dbus_object_manager_get_objects (worker->objects);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      FerryDBusImport1 *import = ferry_dbus_object_get_import1 (FERRY_DBUS_OBJECT (l->data));

      if (import != NULL && ferry_dbus_import1_get_id (import) != NULL)
        g_ptr_array_add (imports, import);
      else
        g_clear_object (&import);
    }
  g_list_free_full (objects, g_object_unref);
  g_ptr_array_sort (imports, compare_created);

  return imports;
}

/** ferryctl_worker_get: (transfer full) (nullable): the import with exactly this id */
FerryDBusImport1 *
ferryctl_worker_get (FerryctlWorker *worker, const char *id)
{
  g_autofree char *path = ferry_ipc_dup_import_path (id);
  g_autoptr (GDBusObject) object = g_dbus_object_manager_get_object (worker->objects, path);

  return object != NULL ? ferry_dbus_object_get_import1 (FERRY_DBUS_OBJECT (object)) : NULL;
}

static gboolean
refuse_ambiguous (const char *word, const GPtrArray *found, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const char *id = ferry_dbus_import1_get_id (g_ptr_array_index (found, i));

      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", id);
    }

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ stands for %u imports; name one by its id: %s."), word, found->len,
                     ids->str);
}

/**
 * ferryctl_worker_find:
 * @word: an id, the beginning of one, or the name of a virtual machine
 *
 * Returns: (transfer full): or %NULL with FERRY_ERROR_NOT_FOUND, or INVALID when it is ambiguous
 */
FerryDBusImport1 *
ferryctl_worker_find (FerryctlWorker *worker, const char *word, GError **error)
{
  g_autoptr (GPtrArray) imports = ferryctl_worker_list (worker);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < imports->len; i++)
    {
      FerryDBusImport1 *import = g_ptr_array_index (imports, i);
      const char *id = ferry_dbus_import1_get_id (import);

      if (g_str_equal (id, word))
        return g_object_ref (import);
      if ((*word != '\0' && g_str_has_prefix (id, word)) ||
          g_strcmp0 (ferry_dbus_import1_get_name (import), word) == 0)
        g_ptr_array_add (found, import);
    }

  if (found->len == 1)
    return g_object_ref (g_ptr_array_index (found, 0));
  if (found->len > 1)
    refuse_ambiguous (word, found, error);
  else
    ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                _("There is no import ‘%s’; ‘ferryctl imports’ lists them."), word);
  return NULL;
}

/** ferryctl_worker_find_all: (transfer full) (element-type FerryDBusImport1): all or an error */
GPtrArray *
ferryctl_worker_find_all (FerryctlWorker *worker, char *const *words, GError **error)
{
  g_autoptr (GPtrArray) imports = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      FerryDBusImport1 *import = ferryctl_worker_find (worker, words[i], error);

      if (import == NULL)
        return NULL;
      if (g_ptr_array_find (imports, import, NULL))
        g_object_unref (import);
      else
        g_ptr_array_add (imports, import);
    }

  return g_steal_pointer (&imports);
}

/**
 * ferryctl_worker_refresh:
 *
 * Asks for all properties of @import at once. A call that changes them returns before their new
 * values are told of, so that the proxy would show the old ones for a while.
 */
gboolean
ferryctl_worker_refresh (FerryDBusImport1 *import, GError **error)
{
  GDBusProxy *proxy = G_DBUS_PROXY (import);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariantIter) properties = NULL;
  const char *name;
  GVariant *value;

  reply =
      g_dbus_connection_call_sync (g_dbus_proxy_get_connection (proxy),
                                   g_dbus_proxy_get_name (proxy),
                                   g_dbus_proxy_get_object_path (proxy),
                                   "org.freedesktop.DBus.Properties", "GetAll",
                                   g_variant_new ("(s)", g_dbus_proxy_get_interface_name (proxy)),
                                   G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                   error);
  if (reply == NULL)
    return FALSE;

  g_variant_get (reply, "(a{sv})", &properties);
  while (g_variant_iter_loop (properties, "{&sv}", &name, &value))
    g_dbus_proxy_set_cached_property (proxy, name, value);

  return TRUE;
}
