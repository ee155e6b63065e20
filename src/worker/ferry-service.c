/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-service.h"

#include "ferry-fd.h"
#include "ferry-ipc.h"
#include "ferry-lock.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define DEFAULT_IDLE_SECONDS 60
/* What a stop may take: undoing a big import. systemd is told to wait longer (TimeoutStopSec). */
#define STOP_SECONDS 30
/* Longer than a stop: the worker before this one may be in it. */
#define LOCK_SECONDS (STOP_SECONDS + 10)

/* Between looks whether all calls are answered, when leaving: authorizing takes a thread. */
#define DRAIN_MSEC 5

/* Of org.freedesktop.DBus.RequestName. */
#define NAME_DO_NOT_QUEUE 4
#define NAME_IS_PRIMARY_OWNER 1

/* Counted on GDBus' own thread, read on the main thread: atomic. */
typedef struct
{
  int heard; /* method calls so far */
  int open;  /* of them, those that wait for their answer */
} Calls;

typedef struct
{
  GDBusConnection *connection; /* (owned) */
  FerryWorker *worker;         /* (owned) */
  FerryFd lock;
  GMainLoop *loop; /* (owned) */

  Calls *calls; /* (owned by the filter) */
  int calls_seen;
  guint filter;
  guint idle_source;
  guint stop_source;
  guint signal_sources[2];
  gboolean leaving;  /* the name is being given up */
  gboolean stopping; /* for good: told by a signal, or the bus is gone */
} Service;

static void
service_clear (Service *service)
{
  if (service->filter != 0)
    g_dbus_connection_remove_filter (service->connection, service->filter);
  g_clear_handle_id (&service->idle_source, g_source_remove);
  g_clear_handle_id (&service->stop_source, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (service->signal_sources); i++)
    g_clear_handle_id (&service->signal_sources[i], g_source_remove);
  if (service->connection != NULL)
    g_signal_handlers_disconnect_by_data (service->connection, service);
  if (service->worker != NULL)
    g_signal_handlers_disconnect_by_data (service->worker, service);
  g_clear_object (&service->worker);
  g_clear_object (&service->connection);
  g_clear_pointer (&service->loop, g_main_loop_unref);
  ferry_fd_close (ferry_fd_steal (&service->lock));
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, service_clear)

static GVariant *
call_bus (Service *service, const char *method, GVariant *parameters, GError **error)
{
  return g_dbus_connection_call_sync (service->connection, "org.freedesktop.DBus",
                                      "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                      parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
}

static gboolean
has_owner (Service *service)
{
  g_autoptr (GVariant) reply
      = call_bus (service, "NameHasOwner", g_variant_new ("(s)", FERRY_WORKER_NAME), NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

static gboolean
request_name (Service *service)
{
  g_autoptr (GVariant) reply
      = call_bus (service, "RequestName",
                  g_variant_new ("(su)", FERRY_WORKER_NAME, NAME_DO_NOT_QUEUE), NULL);
  guint32 result = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &result);
  return result == NAME_IS_PRIMARY_OWNER;
}

/* --- leaving --- */

static void leave (Service *service);

/* The journal knows what is left: the next worker takes it back. */
static gboolean
on_stop_time (gpointer user_data)
{
  g_message ("An import could not be undone within %d seconds; the next start of the worker will "
             "do it.", STOP_SECONDS);
  _exit (EXIT_FAILURE);
  return G_SOURCE_REMOVE;
}

static void
on_busy_changed (FerryWorker *worker, GParamSpec *pspec, gpointer user_data)
{
  Service *service = user_data;

  if (service->stopping && !ferry_worker_is_busy (worker))
    leave (service);
}

static void
stop (Service *service)
{
  if (service->stopping)
    return;

  service->stopping = TRUE;
  service->stop_source = g_timeout_add_seconds (STOP_SECONDS, on_stop_time, NULL);
  ferry_worker_interrupt (service->worker);
  if (!ferry_worker_is_busy (service->worker))
    leave (service);
}

static gboolean
on_stop_signal (gpointer user_data)
{
  stop (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_bus_closed (GDBusConnection *connection,
               gboolean remote_peer_vanished,
               GError *error,
               gpointer user_data)
{
  stop (user_data);
}

/* Every call that the bus sent here while the name was ours has been heard by now; later ones go to
 * the bus's next worker. One of them may have brought work. */
static gboolean
on_drain (gpointer user_data)
{
  Service *service = user_data;

  if (g_atomic_int_get (&service->calls->open) > 0)
    return G_SOURCE_CONTINUE;

  service->leaving = FALSE;
  if (!service->stopping && !ferry_worker_is_idle (service->worker) && request_name (service))
    {
      ferry_worker_resume (service->worker);
      return G_SOURCE_REMOVE;
    }

  stop (service);
  if (!service->leaving && !ferry_worker_is_busy (service->worker))
    {
      g_dbus_connection_flush_sync (service->connection, NULL, NULL);
      g_main_loop_quit (service->loop);
    }
  return G_SOURCE_REMOVE;
}

static void
on_name_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  g_clear_pointer (&reply, g_variant_unref);
  g_timeout_add_full (G_PRIORITY_LOW, DRAIN_MSEC, on_drain, user_data, NULL);
}

static void
leave (Service *service)
{
  if (service->leaving)
    return;

  service->leaving = TRUE;
  ferry_worker_pause (service->worker);
  g_dbus_connection_call (service->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ReleaseName",
                          g_variant_new ("(s)", FERRY_WORKER_NAME), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_name_released, service);
}

static gboolean
on_idle_time (gpointer user_data)
{
  Service *service = user_data;
  int calls = g_atomic_int_get (&service->calls->heard);

  if (calls == service->calls_seen && ferry_worker_is_idle (service->worker))
    leave (service);
  service->calls_seen = calls;

  return G_SOURCE_CONTINUE;
}

static guint
get_idle_msec (void)
{
  const char *text = g_getenv ("FERRY_WORKER_IDLE_SECONDS");
  double seconds = text != NULL ? g_ascii_strtod (text, NULL) : DEFAULT_IDLE_SECONDS;

  return (guint) (CLAMP (seconds, 0, 24 * 60 * 60) * 1000);
}

/* --- coming --- */

static GDBusMessage *
count_call (GDBusConnection *connection,
            GDBusMessage *message,
            gboolean incoming,
            gpointer user_data)
{
  Calls *calls = user_data;
  GDBusMessageType type = g_dbus_message_get_message_type (message);
  GDBusMessageFlags flags = g_dbus_message_get_flags (message);

  if (incoming && type == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_atomic_int_inc (&calls->heard);
      if ((flags & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) == 0)
        g_atomic_int_inc (&calls->open);
    }
  if (!incoming
      && (type == G_DBUS_MESSAGE_TYPE_METHOD_RETURN || type == G_DBUS_MESSAGE_TYPE_ERROR))
    g_atomic_int_add (&calls->open, -1);

  return message;
}

static gboolean
connect_to_bus (Service *service, GError **error)
{
  g_autoptr (GError) cause = NULL;

  service->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &cause);
  if (service->connection == NULL)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("There is no session bus: %s. Start the worker within a session."),
                       cause->message);

  g_dbus_connection_set_exit_on_close (service->connection, FALSE);
  g_signal_connect (service->connection, "closed", G_CALLBACK (on_bus_closed), service);
  service->calls = g_new0 (Calls, 1);
  service->filter
      = g_dbus_connection_add_filter (service->connection, count_call, service->calls, g_free);
  return TRUE;
}

static gboolean
load_worker (Service *service, const FerryWorkerOptions *options, GError **error)
{
  service->lock = ferry_lock_take (LOCK_SECONDS, error);
  if (service->lock < 0)
    return FALSE;

  service->worker = ferry_worker_new (options);
  if (!ferry_worker_load (service->worker, error))
    return FALSE;

  g_signal_connect (service->worker, "notify::busy", G_CALLBACK (on_busy_changed), service);
  ferry_worker_export (service->worker, service->connection);
  return TRUE;
}

static void
watch (Service *service)
{
  guint idle_msec = get_idle_msec ();

  if (idle_msec > 0)
    service->idle_source = g_timeout_add (idle_msec, on_idle_time, service);
  service->signal_sources[0] = g_unix_signal_add (SIGTERM, on_stop_signal, service);
  service->signal_sources[1] = g_unix_signal_add (SIGINT, on_stop_signal, service);
}

static int
give_up (const GError *error)
{
  g_printerr ("ferry-worker: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
say_running (void)
{
  g_print ("%s\n", _("A worker of Ferry is running already."));
  return EXIT_SUCCESS;
}

/**
 * ferry_service_run: the whole life of the worker
 *
 * Everything is on the bus before the name is: a call that activated the worker finds its object.
 *
 * Returns: the exit code of the program
 */
int
ferry_service_run (const FerryWorkerOptions *options)
{
  g_auto (Service) service = { .lock = -1 };
  g_autoptr (GError) error = NULL;

  ferry_ipc_init ();
  service.loop = g_main_loop_new (NULL, FALSE);
  if (!connect_to_bus (&service, &error))
    return give_up (error);
  if (has_owner (&service))
    return say_running ();
  if (!load_worker (&service, options, &error))
    return give_up (error);
  if (!request_name (&service))
    return say_running ();

  watch (&service);
  ferry_worker_start (service.worker);
  g_main_loop_run (service.loop);

  return EXIT_SUCCESS;
}
