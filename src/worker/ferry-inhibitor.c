/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inhibitor.h"

#include "ferry-fd.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

/* org.gnome.SessionManager and the portal share their numbers: 4 is suspend, 8 is idle. */
#define INHIBIT_SUSPEND_AND_IDLE (4 | 8)

struct _FerryInhibitor
{
  GObject parent_instance;

  GDBusConnection *session; /* (owned) (nullable) */
  gboolean active;          /* what is wanted */
  gboolean asking;          /* someone has been asked and has not answered */
  const char *keeper;

  FerryFd fd;            /* logind: closing it ends the inhibition */
  guint32 cookie;        /* GNOME */
  char *portal_request;  /* (owned) (nullable): object path */
};

G_DEFINE_FINAL_TYPE (FerryInhibitor, ferry_inhibitor, G_TYPE_OBJECT)

static const char *
get_reason (void)
{
  return _("Virtual machines are being imported");
}

static void
call_and_forget (FerryInhibitor *self,
                 const char *name,
                 const char *path,
                 const char *interface_and_method,
                 GVariant *parameters)
{
  const char *dot = strrchr (interface_and_method, '.');
  g_autofree char *interface = g_strndup (interface_and_method, dot - interface_and_method);

  g_dbus_connection_call (self->session, name, path, interface, dot + 1, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
release (FerryInhibitor *self)
{
  ferry_fd_close (ferry_fd_steal (&self->fd));
  if (self->cookie != 0)
    call_and_forget (self, "org.gnome.SessionManager", "/org/gnome/SessionManager",
                     "org.gnome.SessionManager.Uninhibit", g_variant_new ("(u)", self->cookie));
  if (self->portal_request != NULL)
    call_and_forget (self, "org.freedesktop.portal.Desktop", self->portal_request,
                     "org.freedesktop.portal.Request.Close", NULL);

  self->cookie = 0;
  g_clear_pointer (&self->portal_request, g_free);
  self->keeper = NULL;
}

/* An answer may come when it is no longer wanted. */
static void
settle (FerryInhibitor *self, const char *keeper)
{
  self->asking = FALSE;
  self->keeper = keeper;
  if (!self->active)
    release (self);
}

static void
on_portal_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryInhibitor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    {
      g_message ("Nothing keeps the computer awake during imports: %s, ignoring", error->message);
      settle (self, NULL);
      return;
    }
  g_variant_get (reply, "(o)", &self->portal_request);
  settle (self, "portal");
}

static void
ask_portal (FerryInhibitor *self)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&options, "reason", "s", get_reason ());
  g_dbus_connection_call (self->session, "org.freedesktop.portal.Desktop",
                          "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit",
                          "Inhibit",
                          g_variant_new ("(su@a{sv})", "", INHIBIT_SUSPEND_AND_IDLE,
                                         g_variant_dict_end (&options)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          on_portal_answer, g_object_ref (self));
}

static void
on_gnome_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryInhibitor) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL)
    {
      ask_portal (self);
      return;
    }
  g_variant_get (reply, "(u)", &self->cookie);
  settle (self, "gnome");
}

static void
ask_session (FerryInhibitor *self)
{
  if (self->session == NULL)
    {
      settle (self, NULL);
      return;
    }

  g_dbus_connection_call (
      self->session, "org.gnome.SessionManager", "/org/gnome/SessionManager",
      "org.gnome.SessionManager", "Inhibit",
      g_variant_new ("(susu)", FERRY_APP_ID, 0, get_reason (), INHIBIT_SUSPEND_AND_IDLE),
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_gnome_answer,
      g_object_ref (self));
}

static void
on_logind_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryInhibitor) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (source), &fds, result, NULL);
  gint32 handle = -1;

  if (reply != NULL)
    g_variant_get (reply, "(h)", &handle);
  if (fds != NULL && handle >= 0 && handle < g_unix_fd_list_get_length (fds))
    self->fd = g_unix_fd_list_get (fds, handle, NULL);

  if (self->fd >= 0)
    settle (self, "logind");
  else
    ask_session (self);
}

static void
on_system_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryInhibitor) self = user_data;
  g_autoptr (GDBusConnection) system = g_bus_get_finish (result, NULL);

  if (system == NULL)
    {
      ask_session (self);
      return;
    }

  /* The worker goes on without the system bus. */
  g_dbus_connection_set_exit_on_close (system, FALSE);
  g_dbus_connection_call_with_unix_fd_list (
      system, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
      "Inhibit", g_variant_new ("(ssss)", "sleep:idle", "Ferry", get_reason (), "block"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, on_logind_answer,
      g_object_ref (self));
}

static void
ask_logind (FerryInhibitor *self)
{
  self->asking = TRUE;
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_system_bus, g_object_ref (self));
}

static void
ferry_inhibitor_dispose (GObject *object)
{
  FerryInhibitor *self = FERRY_INHIBITOR (object);

  release (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ferry_inhibitor_parent_class)->dispose (object);
}

static void
ferry_inhibitor_class_init (FerryInhibitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_inhibitor_dispose;
}

static void
ferry_inhibitor_init (FerryInhibitor *self)
{
  self->fd = -1;
}

/** ferry_inhibitor_new: @session: (nullable): where to look for a session manager */
FerryInhibitor *
ferry_inhibitor_new (GDBusConnection *session)
{
  FerryInhibitor *self = g_object_new (FERRY_TYPE_INHIBITOR, NULL);

  self->session = session != NULL ? g_object_ref (session) : NULL;
  return self;
}

/** ferry_inhibitor_set_active: takes effect some time after */
void
ferry_inhibitor_set_active (FerryInhibitor *self, gboolean active)
{
  if (self->active == active)
    return;

  self->active = active;
  if (self->asking)
    return;
  if (active)
    ask_logind (self);
  else
    release (self);
}

const char *
ferry_inhibitor_get_keeper (FerryInhibitor *self)
{
  return self->keeper;
}
