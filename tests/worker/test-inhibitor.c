/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inhibitor.h"
#include "worker-fixture.h"

#include "ferry-fd.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <unistd.h>

/* Whoever can keep the computer awake, on one private bus that is both session and system bus. */

static const char xml[]
    = "<node>"
      "<interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='h' direction='out'/></method></interface>"
      "<interface name='org.gnome.SessionManager'><method name='Inhibit'>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='Uninhibit'><arg type='u' direction='in'/></method></interface>"
      "<interface name='org.freedesktop.portal.Inhibit'><method name='Inhibit'>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method></interface>"
      "<interface name='org.freedesktop.portal.Request'><method name='Close'/></interface>"
      "</node>";

#define REQUEST_PATH "/org/freedesktop/portal/desktop/request/1"

typedef struct
{
  WorkerFixture *bus;
  GDBusConnection *keeper; /* (owned) */
  GDBusNodeInfo *node;     /* (owned) */
  FerryInhibitor *inhibitor;
  FerryFd held; /* our end of logind's pipe: at its end when the other was let go */
  char *what;
  guint inhibited;
  guint released;
} Fixture;

static void
answer_logind (Fixture *fixture, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_auto (FerryFd) theirs = -1;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  g_assert_true (g_unix_set_fd_nonblocking (ends[0], TRUE, NULL));
  ferry_fd_close (fixture->held);
  fixture->held = ends[0];
  theirs = ends[1];
  g_unix_fd_list_append (fds, theirs, NULL);
  g_clear_pointer (&fixture->what, g_free);
  g_variant_get_child (parameters, 0, "s", &fixture->what);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *fixture = user_data;

  if (!g_str_equal (method, "Inhibit"))
    {
      fixture->released++;
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  fixture->inhibited++;
  if (g_str_equal (interface, "org.freedesktop.login1.Manager"))
    answer_logind (fixture, parameters, invocation);
  else if (g_str_equal (interface, "org.gnome.SessionManager"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", REQUEST_PATH));
}

static GDBusConnection *
connect_to (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *address;

  fixture->held = -1;
  fixture->bus = worker_fixture_new ("/bin/false");
  worker_fixture_start_bus (fixture->bus);
  address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  fixture->keeper = connect_to (address);
  fixture->node = g_dbus_node_info_new_for_xml (xml, NULL);
  fixture->inhibitor = ferry_inhibitor_new (worker_fixture_get_connection (fixture->bus));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->inhibitor);
  g_dbus_connection_close_sync (fixture->keeper, NULL, NULL);
  g_clear_object (&fixture->keeper);
  g_clear_pointer (&fixture->node, g_dbus_node_info_unref);
  ferry_fd_close (fixture->held);
  g_free (fixture->what);
  worker_fixture_free (fixture->bus);
}

static void
keep (Fixture *fixture, const char *name, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  g_dbus_connection_register_object (fixture->keeper, path,
                                     g_dbus_node_info_lookup_interface (fixture->node, interface),
                                     &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (fixture->keeper, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", name, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
keep_logind (Fixture *fixture)
{
  keep (fixture, "org.freedesktop.login1", "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager");
}

static void
keep_gnome (Fixture *fixture)
{
  keep (fixture, "org.gnome.SessionManager", "/org/gnome/SessionManager",
        "org.gnome.SessionManager");
}

static void
keep_portal (Fixture *fixture)
{
  keep (fixture, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Inhibit");
  keep (fixture, "org.freedesktop.portal.Desktop", REQUEST_PATH, "org.freedesktop.portal.Request");
}

static gboolean
is_kept (gpointer user_data)
{
  return ferry_inhibitor_get_keeper (user_data) != NULL;
}

static void
activate (Fixture *fixture, const char *expected)
{
  ferry_inhibitor_set_active (fixture->inhibitor, TRUE);
  worker_fixture_wait (fixture->bus, is_kept, fixture->inhibitor, WORKER_WAIT_SECONDS);
  g_assert_cmpstr (ferry_inhibitor_get_keeper (fixture->inhibitor), ==, expected);
}

static gboolean
is_released (gpointer user_data)
{
  return ((const Fixture *) user_data)->released > 0;
}

static gboolean
is_let_go (gpointer user_data)
{
  const Fixture *fixture = user_data;
  char byte;

  return fixture->held >= 0 && read (fixture->held, &byte, 1) == 0;
}

static void
test_logind (Fixture *fixture, gconstpointer data)
{
  keep_logind (fixture);
  keep_gnome (fixture);
  activate (fixture, "logind");
  g_assert_cmpstr (fixture->what, ==, "sleep:idle");

  /* The end of the pipe that the worker holds keeps the read from ending. */
  g_assert_false (is_let_go (fixture));
  ferry_inhibitor_set_active (fixture->inhibitor, FALSE);
  worker_fixture_wait (fixture->bus, is_let_go, fixture, WORKER_WAIT_SECONDS);
  g_assert_null (ferry_inhibitor_get_keeper (fixture->inhibitor));
  g_assert_cmpuint (fixture->inhibited, ==, 1);
}

static void
test_gnome (Fixture *fixture, gconstpointer data)
{
  keep_gnome (fixture);
  keep_portal (fixture);
  activate (fixture, "gnome");
  ferry_inhibitor_set_active (fixture->inhibitor, FALSE);
  worker_fixture_wait (fixture->bus, is_released, fixture, WORKER_WAIT_SECONDS);
  g_assert_cmpuint (fixture->inhibited, ==, 1);
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  keep_portal (fixture);
  activate (fixture, "portal");
  ferry_inhibitor_set_active (fixture->inhibitor, FALSE);
  worker_fixture_wait (fixture->bus, is_released, fixture, WORKER_WAIT_SECONDS);
  g_assert_cmpuint (fixture->inhibited, ==, 1);
}

/* No longer wanted when the answer comes. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  keep_logind (fixture);
  ferry_inhibitor_set_active (fixture->inhibitor, TRUE);
  ferry_inhibitor_set_active (fixture->inhibitor, FALSE);
  worker_fixture_wait (fixture->bus, is_let_go, fixture, WORKER_WAIT_SECONDS);
  g_assert_null (ferry_inhibitor_get_keeper (fixture->inhibitor));
  activate (fixture, "logind");
}

static gboolean
is_alone (gpointer user_data)
{
  return G_OBJECT (user_data)->ref_count == 1;
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "Nothing keeps the computer awake*");
  ferry_inhibitor_set_active (fixture->inhibitor, TRUE);
  worker_fixture_wait (fixture->bus, is_alone, fixture->inhibitor, WORKER_WAIT_SECONDS);
  g_test_assert_expected_messages ();
  g_assert_null (ferry_inhibitor_get_keeper (fixture->inhibitor));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/inhibitor/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("logind", test_logind);
  ADD ("gnome", test_gnome);
  ADD ("portal", test_portal);
  ADD ("late", test_late);
  ADD ("nobody", test_nobody);

  return g_test_run ();
}
