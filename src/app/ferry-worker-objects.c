/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-worker-objects.h"

#include "ferry-ipc.h"

#define MANAGER_INTERFACE "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

struct _FerryWorkerObjects
{
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) */
  guint watch;
  char *owner; /* (owned) (nullable): unique name */
  GCancellable *cancellable; /* (owned) (nullable): of what @owner is asked */
  guint subscriptions[2]; /* to @owner */
  GHashTable *proxies; /* (owned): object path → GDBusProxy */
  gboolean appeared;
};

G_DEFINE_FINAL_TYPE (FerryWorkerObjects, ferry_worker_objects, G_TYPE_OBJECT)

enum
{
  SIGNAL_ADDED,
  SIGNAL_REMOVED,
  SIGNAL_APPEARED,
  SIGNAL_LEFT,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
find_type (const char *interface)
{
  if (g_str_equal (interface, "io.github.ferryvm.Ferry.Import1"))
    return FERRY_DBUS_TYPE_IMPORT1_PROXY;

  return g_str_equal (interface, "io.github.ferryvm.Ferry.Worker1") ? FERRY_DBUS_TYPE_WORKER1_PROXY
                                                                    : G_TYPE_INVALID;
}

static void
cache_properties (GDBusProxy *proxy, GVariant *properties)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_dbus_proxy_set_cached_property (proxy, name, value);
}

/* With a unique name, and told all that it is to know, a proxy asks nobody when it is made. */
static GDBusProxy *
make_proxy (FerryWorkerObjects *self, const char *path, const char *interface)
{
  GType type = find_type (interface);
  GDBusProxyFlags flags =
      G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES | G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS;

  if (type == G_TYPE_INVALID)
    return NULL;

  return g_initable_new (type, NULL, NULL, "g-connection", self->connection, "g-flags", flags,
                         "g-name", self->owner, "g-object-path", path, "g-interface-name",
                         interface, NULL);
}

/* Each object has one interface of Ferry's. One that was announced before the list came is in both. */
static void
add_object (FerryWorkerObjects *self, const char *path, GVariant *interfaces)
{
  GVariantIter iter;
  const char *interface;
  GVariant *properties;

  g_variant_iter_init (&iter, interfaces);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &interface, &properties))
    {
      g_autoptr (GDBusProxy) proxy = NULL;

      if (!g_hash_table_contains (self->proxies, path))
        proxy = make_proxy (self, path, interface);
      if (proxy == NULL)
        continue;
      cache_properties (proxy, properties);
      g_hash_table_insert (self->proxies, g_strdup (path), g_object_ref (proxy));
      g_signal_emit (self, signals[SIGNAL_ADDED], 0, proxy);
    }
}

static void
add_objects (FerryWorkerObjects *self, GVariant *objects)
{
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    add_object (self, path, interfaces);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FerryWorkerObjects *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) objects = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }

  objects = g_variant_get_child_value (reply, 0);
  add_objects (self, objects);
  self->appeared = TRUE;
  g_signal_emit (self, signals[SIGNAL_APPEARED], 0);
}

static void
on_manager_signal (GDBusConnection *connection,
                   const char *sender,
                   const char *object_path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer user_data)
{
  FerryWorkerObjects *self = user_data;
  const char *path;

  if (g_str_equal (signal, "InterfacesAdded") &&
      g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sa{sv}})")))
    {
      g_autoptr (GVariant) interfaces = g_variant_get_child_value (parameters, 1);

      g_variant_get_child (parameters, 0, "&o", &path);
      add_object (self, path, interfaces);
    }
  else if (g_str_equal (signal, "InterfacesRemoved") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oas)")))
    {
      g_variant_get_child (parameters, 0, "&o", &path);
      if (g_hash_table_remove (self->proxies, path))
        g_signal_emit (self, signals[SIGNAL_REMOVED], 0, path);
    }
}

static void
on_properties_signal (GDBusConnection *connection,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  FerryWorkerObjects *self = user_data;
  GDBusProxy *found = g_hash_table_lookup (self->proxies, path);
  g_autoptr (GDBusProxy) proxy = found != NULL ? g_object_ref (found) : NULL;
  g_autoptr (GVariant) changed = NULL;
  g_autofree const char **invalidated = NULL;
  const char *of_interface;

  if (proxy == NULL || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}^a&s)", &of_interface, &changed, &invalidated);
  if (g_strcmp0 (of_interface, g_dbus_proxy_get_interface_name (proxy)) != 0)
    return;

  cache_properties (proxy, changed);
  g_signal_emit_by_name (proxy, "g-properties-changed", changed, invalidated);
}

static void
forget_owner (FerryWorkerObjects *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->subscriptions); i++)
    if (self->subscriptions[i] != 0)
      {
        g_dbus_connection_signal_unsubscribe (self->connection, self->subscriptions[i]);
        self->subscriptions[i] = 0;
      }
  g_hash_table_remove_all (self->proxies);
  g_clear_pointer (&self->owner, g_free);
  self->appeared = FALSE;
}

/* Listening comes before asking: no change can fall between the two. */
static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *owner,
                  gpointer user_data)
{
  FerryWorkerObjects *self = user_data;

  forget_owner (self);
  self->owner = g_strdup (owner);
  self->cancellable = g_cancellable_new ();
  self->subscriptions[0] =
      g_dbus_connection_signal_subscribe (connection, owner, MANAGER_INTERFACE, NULL,
                                          FERRY_WORKER_ROOT, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                          on_manager_signal, self, NULL);
  self->subscriptions[1] =
      g_dbus_connection_signal_subscribe (connection, owner, PROPERTIES_INTERFACE,
                                          "PropertiesChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                          on_properties_signal, self, NULL);
  g_dbus_connection_call (connection, owner, FERRY_WORKER_ROOT, MANAGER_INTERFACE,
                          "GetManagedObjects", NULL, G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_listed, self);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FerryWorkerObjects *self = user_data;

  forget_owner (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
ferry_worker_objects_dispose (GObject *object)
{
  FerryWorkerObjects *self = FERRY_WORKER_OBJECTS (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  forget_owner (self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (ferry_worker_objects_parent_class)->dispose (object);
}

static void
ferry_worker_objects_finalize (GObject *object)
{
  g_hash_table_unref (FERRY_WORKER_OBJECTS (object)->proxies);

  G_OBJECT_CLASS (ferry_worker_objects_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_arguments, GType argument)
{
  return g_signal_new (name, FERRY_TYPE_WORKER_OBJECTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_arguments, argument);
}

static void
ferry_worker_objects_class_init (FerryWorkerObjectsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ferry_worker_objects_dispose;
  object_class->finalize = ferry_worker_objects_finalize;

  signals[SIGNAL_ADDED] = new_signal ("added", 1, G_TYPE_DBUS_PROXY);
  signals[SIGNAL_REMOVED] = new_signal ("removed", 1, G_TYPE_STRING);
  signals[SIGNAL_APPEARED] = new_signal ("appeared", 0, G_TYPE_NONE);
  signals[SIGNAL_LEFT] = new_signal ("left", 0, G_TYPE_NONE);
  signals[SIGNAL_FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
}

static void
ferry_worker_objects_init (FerryWorkerObjects *self)
{
  self->proxies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

FerryWorkerObjects *
ferry_worker_objects_new (GDBusConnection *connection)
{
  FerryWorkerObjects *self = g_object_new (FERRY_TYPE_WORKER_OBJECTS, NULL);

  self->connection = g_object_ref (connection);
  self->watch =
      g_bus_watch_name_on_connection (connection, FERRY_WORKER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                      on_name_appeared, on_name_vanished, self, NULL);

  return self;
}

gboolean
ferry_worker_objects_are_known (FerryWorkerObjects *self)
{
  g_return_val_if_fail (FERRY_IS_WORKER_OBJECTS (self), FALSE);

  return self->appeared;
}
