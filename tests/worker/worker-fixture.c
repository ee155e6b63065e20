/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "worker-fixture.h"

#include "ferry-fd.h"
#include "ferry-tree.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

struct _WorkerFixture
{
  char *program;               /* (owned) */
  char *dir;                   /* (owned) */
  GSubprocess *bus;            /* (owned) (nullable): dbus-daemon */
  GDBusConnection *connection; /* (owned) (nullable) */
  GDBusObjectManager *objects; /* (owned) (nullable) */
  GUnixFDList *fds;          /* (owned) (nullable): of the call that is made */
};

static void
set_folder (WorkerFixture *self, const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_setenv (variable, path, TRUE);
}

/** worker_fixture_new: @program: the worker; its folder and environment, and no bus yet */
WorkerFixture *
worker_fixture_new (const char *program)
{
  WorkerFixture *self = g_new0 (WorkerFixture, 1);
  g_autoptr (GError) error = NULL;

  ferry_ipc_init ();
  self->program = g_strdup (program);
  self->dir = g_dir_make_tmp ("ferry-worker-XXXXXX", &error);
  g_assert_no_error (error);

  set_folder (self, "FERRY_STATE_DIR", "state");
  set_folder (self, "FERRY_CACHE_DIR", "cache");
  set_folder (self, "FERRY_TMPDIR", "tmp");
  g_setenv ("FERRY_WORKER_IDLE_SECONDS", "0", TRUE);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  return self;
}

static void
write_file (WorkerFixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_bus_files (WorkerFixture *self)
{
  g_autofree char *services_dir = g_build_filename (self->dir, "services", NULL);
  g_autofree char *service = g_strdup_printf ("[D-BUS Service]\nName=%s\nExec=%s\n",
                                              FERRY_WORKER_NAME, self->program);
  g_autofree char *config = g_strdup_printf (
      "<busconfig><type>session</type><listen>unix:dir=%s</listen>"
      "<servicedir>%s/services</servicedir>"
      "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
      "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>",
      self->dir, self->dir);

  /* A folder of its own: the bus reads it again whenever something in it changes. */
  g_assert_cmpint (g_mkdir_with_parents (services_dir, 0700), ==, 0);
  write_file (self, "services/" FERRY_WORKER_NAME ".service", service);
  write_file (self, "bus.conf", config);
}

/* A test that aborts leaves no bus behind, and a worker leaves with its bus. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static char *
read_line (GInputStream *stream)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

/** worker_fixture_start_bus: from here on the worker can be started */
void
worker_fixture_start_bus (WorkerFixture *self)
{
  g_autofree char *config = g_build_filename (self->dir, "bus.conf", NULL);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  write_bus_files (self);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->bus = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", "--nofork",
                                           "--print-address", "--config-file", config, NULL);
  g_assert_no_error (error);
  address = read_line (g_subprocess_get_stdout_pipe (self->bus));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);

  self->connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
}

/** worker_fixture_stop_bus: as if the session had ended */
void
worker_fixture_stop_bus (WorkerFixture *self)
{
  g_clear_object (&self->objects);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_subprocess_send_signal (self->bus, SIGTERM);
  g_subprocess_wait (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
}

const char *
worker_fixture_get_dir (WorkerFixture *self)
{
  return self->dir;
}

GDBusConnection *
worker_fixture_get_connection (WorkerFixture *self)
{
  return self->connection;
}

/** worker_fixture_dup_import_dir: the journal's folder of the import with object @path */
char *
worker_fixture_dup_import_dir (WorkerFixture *self, const char *path)
{
  g_autofree char *id = g_strdelimit (g_path_get_basename (path), "_", '-');

  return g_build_filename (self->dir, "state", "imports", id, NULL);
}

/* --- waiting --- */

static gboolean
on_too_long (gpointer user_data)
{
  gboolean *too_long = user_data;

  *too_long = TRUE;
  return G_SOURCE_REMOVE;
}

/* Conditions about files make no event: look again now and then. */
static gboolean
on_look_again (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/** worker_fixture_wait: runs the main loop until @condition; fails the test after @seconds */
void
worker_fixture_wait (WorkerFixture *self,
                     WorkerCondition condition,
                     gpointer user_data,
                     guint seconds)
{
  gboolean too_long = FALSE;
  guint limit = g_timeout_add_seconds (seconds, on_too_long, &too_long);
  guint look = g_timeout_add (20, on_look_again, NULL);

  while (!condition (user_data) && !too_long)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (look);
  if (too_long)
    g_error ("What was waited for did not come within %u seconds", seconds);
  g_source_remove (limit);
}

typedef struct
{
  WorkerFixture *fixture;
  const char *path;
  const char *word;
} Awaited;

static gboolean
has_state (gpointer user_data)
{
  const Awaited *awaited = user_data;
  g_autoptr (FerryDBusImport1) import
      = worker_fixture_get_import (awaited->fixture, awaited->path);

  return import != NULL && g_strcmp0 (ferry_dbus_import1_get_state (import), awaited->word) == 0;
}

/** worker_fixture_await_state: until the import at @path is in @state */
void
worker_fixture_await_state (WorkerFixture *self, const char *path, const char *state, guint seconds)
{
  Awaited awaited = { self, path, state };

  worker_fixture_wait (self, has_state, &awaited, seconds);
}

static gboolean
is_there (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/** worker_fixture_await_file: until @name is in the fixture's folder */
void
worker_fixture_await_file (WorkerFixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  worker_fixture_wait (self, is_there, path, WORKER_WAIT_SECONDS);
}

/* --- the bus --- */

typedef struct
{
  GAsyncResult *result;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
}

static gboolean
has_answer (gpointer user_data)
{
  const Answer *answer = user_data;

  return answer->result != NULL;
}

static GVariant *
call_name (WorkerFixture *self,
           const char *name,
           const char *path,
           const char *interface_and_method,
           GVariant *parameters,
           GError **error)
{
  const char *dot = strrchr (interface_and_method, '.');
  g_autofree char *interface
      = g_strndup (interface_and_method, (gsize) (dot - interface_and_method));
  Answer answer = { NULL };
  GVariant *reply;

  g_dbus_connection_call_with_unix_fd_list (self->connection, name, path, interface, dot + 1,
                                            parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                            self->fds, NULL, on_answer, &answer);
  worker_fixture_wait (self, has_answer, &answer, 60);
  reply = g_dbus_connection_call_with_unix_fd_list_finish (self->connection, NULL, answer.result,
                                                           error);
  g_object_unref (answer.result);
  if (reply == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);

  return reply;
}

/** worker_fixture_call: a call to the worker, which is started when it is not there */
GVariant *
worker_fixture_call (WorkerFixture *self,
                     const char *path,
                     const char *interface_and_method,
                     GVariant *parameters,
                     GError **error)
{
  return call_name (self, FERRY_WORKER_NAME, path, interface_and_method, parameters, error);
}

static GVariant *
call_bus (WorkerFixture *self, const char *method, GVariant *parameters, GError **error)
{
  g_autofree char *whole = g_strconcat ("org.freedesktop.DBus.", method, NULL);

  return call_name (self, "org.freedesktop.DBus", "/org/freedesktop/DBus", whole, parameters,
                    error);
}

static gboolean
is_owned (WorkerFixture *self)
{
  g_autoptr (GVariant) reply
      = call_bus (self, "NameHasOwner", g_variant_new ("(s)", FERRY_WORKER_NAME), NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

static gboolean
is_owned_now (gpointer user_data)
{
  return is_owned (user_data);
}

static gboolean
is_free_now (gpointer user_data)
{
  return !is_owned (user_data);
}

/** worker_fixture_await_name: until there is a worker (@owned), or none; starts none */
void
worker_fixture_await_name (WorkerFixture *self, gboolean owned)
{
  worker_fixture_wait (self, owned ? is_owned_now : is_free_now, self, WORKER_WAIT_SECONDS);
}

/* A client of its own for each worker: none keeps objects of the one before. Made synchronously:
 * GLib 2.74 makes it on a thread else, which does not bear a worker that leaves meanwhile. */
static void
watch_objects (WorkerFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->objects);
  self->objects = ferry_dbus_object_manager_client_new_sync (
      self->connection, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE, FERRY_WORKER_NAME,
      FERRY_WORKER_ROOT, NULL, &error);
  g_assert_no_error (error);
}

/** worker_fixture_activate: starts the worker as a client would, and looks at it */
void
worker_fixture_activate (WorkerFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call_bus (
      self, "StartServiceByName", g_variant_new ("(su)", FERRY_WORKER_NAME, 0), &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
  watch_objects (self);
}

/** worker_fixture_spawn: starts the worker as a child, and looks at it; (transfer full) */
GSubprocess *
worker_fixture_spawn (WorkerFixture *self)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self->program, NULL);

  g_assert_no_error (error);
  worker_fixture_await_name (self, TRUE);
  watch_objects (self);
  return child;
}

/** worker_fixture_get_pid: of the worker; 0: there is none */
GPid
worker_fixture_get_pid (WorkerFixture *self)
{
  g_autoptr (GVariant) reply = call_bus (self, "GetConnectionUnixProcessID",
                                         g_variant_new ("(s)", FERRY_WORKER_NAME), NULL);
  guint32 pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return (GPid) pid;
}

static gboolean
has_ended (gpointer user_data)
{
  GPollFD poll_fd = { *(int *) user_data, G_IO_IN, 0 };

  return g_poll (&poll_fd, 1, 0) == 1;
}

/** worker_fixture_open_pid: a descriptor of the worker, for worker_fixture_await_end () */
int
worker_fixture_open_pid (WorkerFixture *self)
{
  GPid pid = worker_fixture_get_pid (self);
  int fd;

  g_assert_cmpint (pid, >, 1);
  fd = (int) syscall (SYS_pidfd_open, pid, 0);
  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/** worker_fixture_await_end: until the process of @pid_fd has ended */
void
worker_fixture_await_end (WorkerFixture *self, int pid_fd)
{
  worker_fixture_wait (self, has_ended, &pid_fd, 60);
}

/** worker_fixture_signal: sends the worker a signal that ends it, and waits until it has gone */
void
worker_fixture_signal (WorkerFixture *self, int signal_number)
{
  GPid pid = worker_fixture_get_pid (self);
  g_auto (FerryFd) fd = worker_fixture_open_pid (self);

  g_assert_cmpint (kill (pid, signal_number), ==, 0);
  worker_fixture_await_end (self, fd);
  worker_fixture_await_name (self, FALSE);
}

/** worker_fixture_free: ends worker and bus, and removes the folder */
void
worker_fixture_free (WorkerFixture *self)
{
  g_autoptr (GError) error = NULL;

  if (self->bus != NULL)
    {
      if (worker_fixture_get_pid (self) != 0)
        worker_fixture_signal (self, SIGTERM);
      worker_fixture_stop_bus (self);
    }
  ferry_tree_remove (self->dir, &error);
  g_assert_no_error (error);
  g_free (self->dir);
  g_free (self->program);
  g_free (self);
}

/* --- the worker --- */

static GDBusInterface *
get_interface (WorkerFixture *self, const char *path, const char *name)
{
  g_autofree char *whole = g_strconcat ("io.github.ferryvm.Ferry.", name, NULL);

  return g_dbus_object_manager_get_interface (self->objects, path, whole);
}

/** worker_fixture_get_manager: (transfer full) */
FerryDBusWorker1 *
worker_fixture_get_manager (WorkerFixture *self)
{
  GDBusInterface *manager = get_interface (self, FERRY_WORKER_PATH, "Worker1");

  g_assert_nonnull (manager);
  return FERRY_DBUS_WORKER1 (manager);
}

/** worker_fixture_get_import: (transfer full) (nullable) */
FerryDBusImport1 *
worker_fixture_get_import (WorkerFixture *self, const char *path)
{
  GDBusInterface *import = get_interface (self, path, "Import1");

  return import != NULL ? FERRY_DBUS_IMPORT1 (import) : NULL;
}

guint
worker_fixture_count_imports (WorkerFixture *self)
{
  GList *objects = g_dbus_object_manager_get_objects (self->objects);
  guint count = 0;

  for (GList *l = objects; l != NULL; l = l->next)
    if (ferry_dbus_object_peek_import1 (l->data) != NULL)
      count++;
  g_list_free_full (objects, g_object_unref);

  return count;
}

/* They go with the next call. */
static GVariant *
pack_secrets (WorkerFixture *self, const FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;
  GVariant *options;

  self->fds = g_unix_fd_list_new ();
  options = ferry_ipc_pack_secrets (plan, self->fds, &error);
  g_assert_no_error (error);

  return options;
}

/** worker_fixture_call_with: a method that takes the secrets of @plan and returns nothing */
gboolean
worker_fixture_call_with (WorkerFixture *self,
                          const char *path,
                          const char *method,
                          const FerryPlan *plan,
                          GError **error)
{
  g_autofree char *whole = g_strconcat ("io.github.ferryvm.Ferry.Import1.", method, NULL);
  GVariant *options = pack_secrets (self, plan);
  g_autoptr (GVariant) reply
      = worker_fixture_call (self, path, whole, g_variant_new ("(@a{sv})", options), error);

  g_clear_object (&self->fds);

  return reply != NULL;
}

/** worker_fixture_retry_with: the secrets of @plan */
void
worker_fixture_retry_with (WorkerFixture *self, const char *path, const FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;

  worker_fixture_call_with (self, path, "RetryWith", plan, &error);
  g_assert_no_error (error);
}

/** worker_fixture_import: the objects of @plan's imports, one for each guest */
char **
worker_fixture_import (WorkerFixture *self, const FerryPlan *plan, GError **error)
{
  g_autofree char *text = ferry_plan_to_text (plan);
  GVariant *options = pack_secrets (self, plan);
  g_autoptr (GVariant) reply
      = worker_fixture_call (self, FERRY_WORKER_PATH, "io.github.ferryvm.Ferry.Worker1.ImportPlan",
                             g_variant_new ("(s@a{sv})", text, options), error);
  char **paths = NULL;

  g_clear_object (&self->fds);

  if (reply != NULL)
    g_variant_get (reply, "(^ao)", &paths);
  return paths;
}
