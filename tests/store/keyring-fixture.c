/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "keyring-fixture.h"

#include "ferry-tree.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define SECRETS_NAME "org.freedesktop.secrets"
#define PROMPTER_NAME "org.gnome.keyring.SystemPrompter"
#define LOGIN_PATH "/org/freedesktop/secrets/collection/login"
#define WAIT_SECONDS 20

static const char *const prompters[] = {
  "/usr/libexec/gcr-prompter",
  "/usr/lib/gcr/gcr-prompter",
  "/usr/lib/gcr-prompter",
};

struct _KeyringFixture
{
  GDBusConnection *bus;
  GSubprocess *daemon;
  GSubprocess *prompter;
};

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* What it writes is not for a test's standard output. */
static GSubprocess *
start (const char *const *argv, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      flags | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  child = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  return child;
}

static void
end (GSubprocess **child)
{
  if (*child == NULL)
    return;
  g_subprocess_force_exit (*child);
  g_subprocess_wait (*child, NULL, NULL);
  g_clear_object (child);
}

static gboolean
name_is_owned (const char *name)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  gboolean owned = FALSE;

  g_assert_no_error (error);
  g_variant_get (reply, "(b)", &owned);

  return owned;
}

void
keyring_fixture_await_name (const char *name, gboolean owned)
{
  gint64 limit = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  while (name_is_owned (name) != owned)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_usleep (10000);
    }
}

static void
send_password (GSubprocess *daemon, const char *password)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (daemon);

  if (password != NULL)
    g_assert_true (
        g_output_stream_write_all (input, password, strlen (password), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));
}

/* @password: (nullable): NULL: nobody has logged in */
static KeyringFixture *
start_daemon (const char *password)
{
  const char *const argv[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets",
                               password != NULL ? "--unlock" : NULL, NULL };
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autofree char *keyrings = g_build_filename (g_get_user_data_dir (), "keyrings", NULL);
  KeyringFixture *fixture;

  if (program == NULL)
    return NULL;
  ferry_tree_remove (keyrings, NULL);
  fixture = g_new0 (KeyringFixture, 1);
  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (fixture->bus);
  fixture->daemon = start (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE);
  send_password (fixture->daemon, password);
  keyring_fixture_await_name (SECRETS_NAME, TRUE);

  return fixture;
}

KeyringFixture *
keyring_fixture_new (void)
{
  return start_daemon ("test-password");
}

KeyringFixture *
keyring_fixture_new_empty (void)
{
  return start_daemon (NULL);
}

void
keyring_fixture_free (KeyringFixture *fixture)
{
  g_assert_true (name_is_owned (SECRETS_NAME));
  end (&fixture->prompter);
  end (&fixture->daemon);
  keyring_fixture_await_name (SECRETS_NAME, FALSE);
  g_clear_object (&fixture->bus);
  g_free (fixture);
}

void
keyring_fixture_end_prompter (KeyringFixture *fixture)
{
  end (&fixture->prompter);
}

void
keyring_fixture_lock (KeyringFixture *fixture)
{
  const char *const paths[] = { LOGIN_PATH, NULL };
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (fixture->bus, SECRETS_NAME, "/org/freedesktop/secrets",
                                   "org.freedesktop.Secret.Service", "Lock",
                                   g_variant_new ("(^ao)", paths), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                   NULL, &error);

  g_assert_no_error (error);
}

gboolean
keyring_fixture_start_prompter (KeyringFixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (prompters); i++)
    if (g_file_test (prompters[i], G_FILE_TEST_IS_EXECUTABLE))
      {
        const char *const argv[] = { prompters[i], NULL };

        fixture->prompter = start (argv, G_SUBPROCESS_FLAGS_NONE);
        keyring_fixture_await_name (PROMPTER_NAME, TRUE);
        return TRUE;
      }

  return FALSE;
}
