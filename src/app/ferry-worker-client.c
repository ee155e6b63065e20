/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-worker-client.h"

#include "ferry-import-item.h"
#include "ferry-worker-error.h"
#include "ferry-worker-objects.h"

#include <glib/gi18n-lib.h>

/* A worker that leaves in the midst of its imports twice in this time is not started once more. */
#define RESTART_INTERVAL_USEC (10 * G_USEC_PER_SEC)

#define WORKER_INTERFACE "io.github.ferryvm.Ferry.Worker1"

struct _FerryWorkerClient
{
  GObject parent_instance;

  GCancellable *cancellable;       /* (owned): of everything under way */
  GDBusConnection *connection;     /* (owned) (nullable): NULL before the first start */
  FerryWorkerObjects *objects; /* (owned) (nullable): NULL before the first start */
  FerryDBusWorker1 *worker;        /* (owned) (nullable): NULL while the worker is away */
  GPtrArray *items;                /* (owned) (element-type FerryImportItem): oldest first */
  char *problem;                   /* (owned) (nullable) */
  guint active;
  guint concurrency;
  gboolean starting;
  gboolean loaded;
  gint64 restarted_usec;           /* monotonic; 0: never */
};

enum
{
  PROP_LOADED = 1,
  PROP_PROBLEM,
  PROP_CONCURRENCY,
  PROP_ACTIVE,
  N_PROPS,
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void ferry_worker_client_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerryWorkerClient,
                               ferry_worker_client,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ferry_worker_client_model_init))

static GType
ferry_worker_client_get_item_type (GListModel *model)
{
  return FERRY_TYPE_IMPORT_ITEM;
}

static guint
ferry_worker_client_get_n_items (GListModel *model)
{
  return FERRY_WORKER_CLIENT (model)->items->len;
}

static gpointer
ferry_worker_client_get_item (GListModel *model, guint position)
{
  FerryWorkerClient *self = FERRY_WORKER_CLIENT (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
ferry_worker_client_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ferry_worker_client_get_item_type;
  iface->get_n_items = ferry_worker_client_get_n_items;
  iface->get_item = ferry_worker_client_get_item;
}

static void
set_problem (FerryWorkerClient *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
update_active (FerryWorkerClient *self)
{
  guint active = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      FerryImportItem *item = g_ptr_array_index (self->items, i);

      if (!ferry_import_state_is_end (ferry_import_item_get_facts (item)->state))
        active++;
    }

  if (self->active == active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static gboolean
find_item (FerryWorkerClient *self, const char *id, guint *out_position)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (ferry_import_item_get_id (g_ptr_array_index (self->items, i)), id) == 0)
      {
        *out_position = i;
        return TRUE;
      }

  return FALSE;
}

static void
remove_item (FerryWorkerClient *self, guint position)
{
  g_autoptr (FerryImportItem) item = g_ptr_array_steal_index (self->items, position);

  g_signal_handlers_disconnect_by_data (item, self);
  ferry_import_item_attach (item, NULL);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  update_active (self);
}

static void
on_item_ended (FerryImportItem *item, FerryWorkerClient *self)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, item);
}

static guint
find_place (FerryWorkerClient *self, FerryImportItem *item)
{
  gint64 created_usec = ferry_import_item_get_facts (item)->created_usec;
  guint place = self->items->len;

  while (place > 0)
    {
      FerryImportItem *other = g_ptr_array_index (self->items, place - 1);

      if (ferry_import_item_get_facts (other)->created_usec <= created_usec)
        break;
      place--;
    }

  return place;
}

static void
add_import (FerryWorkerClient *self, FerryDBusImport1 *import)
{
  FerryImportItem *item;
  guint position;

  if (find_item (self, ferry_dbus_import1_get_id (import), &position))
    {
      ferry_import_item_attach (g_ptr_array_index (self->items, position), import);
      return;
    }

  item = ferry_import_item_new (self->connection, import);
  if (item == NULL)
    return;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (update_active), self);
  g_signal_connect (item, "ended", G_CALLBACK (on_item_ended), self);
  position = find_place (self, item);
  g_ptr_array_insert (self->items, (int) position, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  update_active (self);
}

static void
on_concurrency_changed (FerryWorkerClient *self)
{
  guint concurrency = ferry_dbus_worker1_get_concurrency (self->worker);

  /* A proxy forgets everything when its worker leaves; we do not. */
  if (concurrency == 0 || concurrency == self->concurrency)
    return;

  self->concurrency = concurrency;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONCURRENCY]);
}

static void
set_worker (FerryWorkerClient *self, FerryDBusWorker1 *worker)
{
  if (self->worker != NULL)
    g_signal_handlers_disconnect_by_data (self->worker, self);
  if (!g_set_object (&self->worker, worker) || worker == NULL)
    return;

  g_signal_connect_swapped (worker, "notify::concurrency", G_CALLBACK (on_concurrency_changed),
                            self);
  on_concurrency_changed (self);
}

static void
on_added (FerryWorkerClient *self, GDBusProxy *proxy)
{
  if (FERRY_DBUS_IS_IMPORT1 (proxy))
    add_import (self, FERRY_DBUS_IMPORT1 (proxy));
  else
    set_worker (self, FERRY_DBUS_WORKER1 (proxy));
}

static char *
path_to_id (const char *path)
{
  const char *last = strrchr (path, '/');

  return g_strdelimit (g_strdup (last + 1), "_", '-');
}

static void
on_removed (FerryWorkerClient *self, const char *path)
{
  g_autofree char *id = path_to_id (path);
  guint position;

  if (find_item (self, id, &position))
    remove_item (self, position);
}

/* What another program removed while we were not told. */
static void
remove_detached (FerryWorkerClient *self)
{
  for (guint i = self->items->len; i > 0; i--)
    if (!ferry_import_item_is_attached (g_ptr_array_index (self->items, i - 1)))
      remove_item (self, i - 1);
}

static void
restart (FerryWorkerClient *self)
{
  gint64 now_usec = g_get_monotonic_time ();

  if (self->restarted_usec != 0 && now_usec - self->restarted_usec < RESTART_INTERVAL_USEC)
    {
      set_problem (self, _("The background worker stopped unexpectedly while imports were "
                           "running. Start it again to find out how they are."));
      return;
    }
  self->restarted_usec = now_usec;
  ferry_worker_client_start (self);
}

/* The end of a start that did not succeed; a cancelled one has no client any more. */
static void
give_up (FerryWorkerClient *self, GError *error)
{
  g_autoptr (GError) local = ferry_worker_error_to_local (error);

  self->starting = FALSE;
  set_problem (self, local->message);
}

static void
on_appeared (FerryWorkerClient *self)
{
  self->starting = FALSE;
  remove_detached (self);
  set_problem (self, NULL);
  if (self->loaded)
    return;
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

static void
detach_all (FerryWorkerClient *self)
{
  set_worker (self, NULL);
  for (guint i = 0; i < self->items->len; i++)
    ferry_import_item_attach (g_ptr_array_index (self->items, i), NULL);
}

static void
on_left (FerryWorkerClient *self)
{
  detach_all (self);
  if (self->starting)
    give_up (self, g_error_new_literal (FERRY_ERROR, FERRY_ERROR_CONNECTION,
                                        _("There is no background worker to ask.")));
  else if (self->active > 0)
    restart (self);
}

static void
drop_objects (FerryWorkerClient *self)
{
  if (self->objects != NULL)
    g_signal_handlers_disconnect_by_data (self->objects, self);
  g_clear_object (&self->objects);
}

/* The next start asks anew. */
static void
on_failed (FerryWorkerClient *self, const GError *error)
{
  detach_all (self);
  drop_objects (self);
  give_up (self, g_error_copy (error));
}

static void
follow_worker (FerryWorkerClient *self)
{
  self->objects = ferry_worker_objects_new (self->connection);
  g_signal_connect_swapped (self->objects, "added", G_CALLBACK (on_added), self);
  g_signal_connect_swapped (self->objects, "removed", G_CALLBACK (on_removed), self);
  g_signal_connect_swapped (self->objects, "appeared", G_CALLBACK (on_appeared), self);
  g_signal_connect_swapped (self->objects, "left", G_CALLBACK (on_left), self);
  g_signal_connect_swapped (self->objects, "failed", G_CALLBACK (on_failed), self);
}

/* Unless it is known already, one of the signals of its objects ends the start. */
static void
on_worker_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FerryWorkerClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      give_up (self, g_steal_pointer (&error));
      return;
    }

  if (self->objects == NULL)
    follow_worker (self);
  else if (ferry_worker_objects_are_known (self->objects))
    on_appeared (self);
}

/* A call by name starts who owns it. StartServiceByName would not do: it fails where the worker was
 * started by hand and no service file is installed. */
static void
start_worker (FerryWorkerClient *self)
{
  g_dbus_connection_call (self->connection, FERRY_WORKER_NAME, FERRY_WORKER_ROOT,
                          "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, self->cancellable, on_worker_started, self);
}

static void
on_bus_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FerryWorkerClient *self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_object (&connection);
      return;
    }
  if (connection == NULL)
    {
      give_up (self, g_steal_pointer (&error));
      return;
    }

  g_clear_object (&self->connection);
  self->connection = connection;
  start_worker (self);
}

static void
ferry_worker_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryWorkerClient *self = FERRY_WORKER_CLIENT (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, ferry_worker_client_is_loaded (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_CONCURRENCY:
      g_value_set_uint (value, self->concurrency);
      break;
    case PROP_ACTIVE:
      g_value_set_uint (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_worker_client_dispose (GObject *object)
{
  FerryWorkerClient *self = FERRY_WORKER_CLIENT (object);

  g_cancellable_cancel (self->cancellable);
  set_worker (self, NULL);
  drop_objects (self);
  for (guint i = 0; i < self->items->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->items, i), self);
  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (ferry_worker_client_parent_class)->dispose (object);
}

static void
ferry_worker_client_finalize (GObject *object)
{
  FerryWorkerClient *self = FERRY_WORKER_CLIENT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (ferry_worker_client_parent_class)->finalize (object);
}

static void
ferry_worker_client_class_init (FerryWorkerClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ferry_worker_client_get_property;
  object_class->dispose = ferry_worker_client_dispose;
  object_class->finalize = ferry_worker_client_finalize;

  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  props[PROP_CONCURRENCY] = g_param_spec_uint ("concurrency", NULL, NULL, 0, 32, 0, flags);
  props[PROP_ACTIVE] = g_param_spec_uint ("active", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ENDED]
      = g_signal_new ("ended", FERRY_TYPE_WORKER_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, FERRY_TYPE_IMPORT_ITEM);
}

static void
ferry_worker_client_init (FerryWorkerClient *self)
{
  self->cancellable = g_cancellable_new ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

FerryWorkerClient *
ferry_worker_client_new (void)
{
  return g_object_new (FERRY_TYPE_WORKER_CLIENT, NULL);
}

void
ferry_worker_client_start (FerryWorkerClient *self)
{
  g_return_if_fail (FERRY_IS_WORKER_CLIENT (self));

  if (self->starting)
    return;

  self->starting = TRUE;
  if (self->connection != NULL)
    start_worker (self);
  else
    g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_bus_got, self);
}

gboolean
ferry_worker_client_is_loaded (FerryWorkerClient *self)
{
  g_return_val_if_fail (FERRY_IS_WORKER_CLIENT (self), FALSE);

  return self->loaded;
}

const char *
ferry_worker_client_get_problem (FerryWorkerClient *self)
{
  g_return_val_if_fail (FERRY_IS_WORKER_CLIENT (self), NULL);

  return self->problem;
}

guint
ferry_worker_client_get_active (FerryWorkerClient *self)
{
  g_return_val_if_fail (FERRY_IS_WORKER_CLIENT (self), 0);

  return self->active;
}

guint
ferry_worker_client_get_concurrency (FerryWorkerClient *self)
{
  g_return_val_if_fail (FERRY_IS_WORKER_CLIENT (self), 0);

  return self->concurrency;
}

void
ferry_worker_client_set_concurrency (FerryWorkerClient *self, guint concurrency)
{
  GVariant *arguments;

  g_return_if_fail (FERRY_IS_WORKER_CLIENT (self));

  if (self->connection == NULL || concurrency == self->concurrency)
    return;

  arguments = g_variant_new ("(ssv)", WORKER_INTERFACE, "Concurrency",
                             g_variant_new_uint32 (concurrency));
  g_dbus_connection_call (self->connection, FERRY_WORKER_NAME, FERRY_WORKER_PATH,
                          "org.freedesktop.DBus.Properties", "Set", arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
