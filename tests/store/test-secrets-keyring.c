/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets.h"

#include "ferry-error.h"
#include "keyring-fixture.h"

#include <string.h>

/* The keyring of a session: unlocked, locked with and without somebody to ask, silent, absent. */

#define ID "0a0b0c0d-1111-4222-8333-444455556666"
#define CANCEL_USEC 300000

static const FerrySecret password = { FERRY_SECRET_PASSWORD, ID, "Büro" };
static const FerrySecret ssh_password = { FERRY_SECRET_SSH_PASSWORD, ID, "Büro" };

static KeyringFixture *
start_keyring (void)
{
  KeyringFixture *keyring = keyring_fixture_new ();

  if (keyring == NULL)
    g_test_skip ("gnome-keyring is not installed");

  return keyring;
}

static void
keep (FerrySecrets *secrets, const FerrySecret *secret, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_secrets_keep (secrets, secret, text, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_kept (FerrySecrets *secrets, const FerrySecret *secret, const char *expected)
{
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_secrets_look_up (secrets, secret, &found, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_unlocked (void)
{
  g_autoptr (KeyringFixture) keyring = start_keyring ();
  g_autoptr (FerrySecrets) secrets = NULL;
  g_autoptr (FerrySecrets) another = NULL;

  if (keyring == NULL)
    return;
  secrets = ferry_secrets_keyring_new ();
  assert_kept (secrets, &password, NULL);
  keep (secrets, &password, "old");
  keep (secrets, &password, "Geheim ‘1’\n\t \xff");
  keep (secrets, &ssh_password, "");
  assert_kept (secrets, &password, "Geheim ‘1’\n\t \xff");
  another = ferry_secrets_keyring_new ();
  assert_kept (another, &ssh_password, "");
  g_assert_true (ferry_secrets_forget (secrets, &password, NULL, NULL));
  g_assert_true (ferry_secrets_forget (secrets, &password, NULL, NULL));
  g_assert_true (ferry_secrets_forget (secrets, &ssh_password, NULL, NULL));
  assert_kept (another, &password, NULL);
}

static void
assert_fails (FerrySecrets *secrets, GCancellable *cancellable, GQuark domain, int code)
{
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_secrets_look_up (secrets, &password, &found, cancellable, &error));
  g_assert_error (error, domain, code);
  g_assert_null (found);
}

static void
assert_keep_fails (FerrySecrets *secrets, GCancellable *cancellable, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_secrets_keep (secrets, &ssh_password, "x", cancellable, &error));
  g_assert_error (error, domain, code);
}

static void
assert_seconds (gint64 started, double seconds)
{
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC, <, seconds);
}

/* Nobody is there to ask for the password: that is known at once. */
static void
test_locked (void)
{
  g_autoptr (KeyringFixture) keyring = start_keyring ();
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autoptr (GError) error = NULL;
  gint64 started;

  if (keyring == NULL)
    return;
  keep (secrets, &password, "a");
  keyring_fixture_lock (keyring);
  started = g_get_monotonic_time ();
  assert_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  assert_keep_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  ferry_plan_source_set (&source->provider, ID);
  g_assert_false (ferry_secrets_fill (secrets, source, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_assert_nonnull (strstr (error->message, "locked"));
  assert_seconds (started, 5);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_usleep (CANCEL_USEC);
  g_cancellable_cancel (cancellable);

  return NULL;
}

typedef void (*Attempt) (FerrySecrets *secrets, GCancellable *cancellable, GQuark domain, int code);

static void
assert_cancels (FerrySecrets *secrets, Attempt attempt)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  gint64 started = g_get_monotonic_time ();

  attempt (secrets, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_seconds (started, 3);
  g_thread_join (thread);
}

/* Somebody asks, and nobody answers: Cancel works, and there is an end by itself. */
static void
test_prompt (void)
{
  g_autoptr (KeyringFixture) keyring = start_keyring ();
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  gint64 started;

  if (keyring == NULL)
    return;
  keep (secrets, &password, "a");
  keyring_fixture_lock (keyring);
  if (!keyring_fixture_start_prompter (keyring))
    {
      g_test_skip ("gcr-prompter is not installed");
      return;
    }
  assert_cancels (secrets, assert_fails);
  assert_cancels (secrets, assert_keep_fails);

  g_setenv ("FERRY_KEYRING_SECONDS", "1", TRUE);
  started = g_get_monotonic_time ();
  assert_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_assert_cmpint (g_get_monotonic_time () - started, >, G_USEC_PER_SEC / 2);
  assert_keep_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  assert_seconds (started, 8);
  g_unsetenv ("FERRY_KEYRING_SECONDS");
}

static gpointer
end_prompter_in_thread (gpointer keyring)
{
  g_usleep (CANCEL_USEC);
  keyring_fixture_end_prompter (keyring);

  return NULL;
}

/* The user closes the prompt, or what shows it dies. */
static void
test_prompt_closed (void)
{
  g_autoptr (KeyringFixture) keyring = start_keyring ();
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  GThread *thread;
  gint64 started;

  if (keyring == NULL)
    return;
  keep (secrets, &password, "a");
  keyring_fixture_lock (keyring);
  if (!keyring_fixture_start_prompter (keyring))
    {
      g_test_skip ("gcr-prompter is not installed");
      return;
    }
  started = g_get_monotonic_time ();
  thread = g_thread_new ("end", end_prompter_in_thread, keyring);
  assert_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  assert_seconds (started, 5);
  g_thread_join (thread);
}

/* The first password of somebody who has no keyring yet would need one for the keyring itself. */
static void
test_empty (void)
{
  g_autoptr (KeyringFixture) keyring = keyring_fixture_new_empty ();
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  gint64 started = g_get_monotonic_time ();

  if (keyring == NULL)
    {
      g_test_skip ("gnome-keyring is not installed");
      return;
    }
  assert_kept (secrets, &password, NULL);
  assert_keep_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_assert_true (ferry_secrets_forget (secrets, &password, NULL, NULL));
  assert_seconds (started, 5);
}

/* A service that has the name and answers nothing. */
static void
test_silent (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (GSubprocess) silent = NULL;
  g_autoptr (GError) error = NULL;
  gint64 started;

  silent = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_get_prgname (), "--silent", NULL);
  g_assert_no_error (error);
  keyring_fixture_await_name ("org.freedesktop.secrets", TRUE);
  assert_cancels (secrets, assert_fails);
  g_setenv ("FERRY_KEYRING_SECONDS", "1", TRUE);
  started = g_get_monotonic_time ();
  assert_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  assert_seconds (started, 4);
  g_unsetenv ("FERRY_KEYRING_SECONDS");
  g_subprocess_force_exit (silent);
  g_subprocess_wait (silent, NULL, NULL);
  keyring_fixture_await_name ("org.freedesktop.secrets", FALSE);
}

static void
test_absent (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  gint64 started = g_get_monotonic_time ();

  assert_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  assert_keep_fails (secrets, NULL, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  assert_seconds (started, 2);
}

static GDBusMessage *
drop_calls (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_object_unref (message);

  return NULL;
}

static int
be_silent (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  g_dbus_connection_add_filter (bus, drop_calls, NULL, NULL);
  g_bus_own_name_on_connection (bus, "org.freedesktop.secrets", G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                NULL, NULL, NULL);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--silent") == 0)
    return be_silent ();

  g_test_init (&argc, &argv, NULL);
  g_set_prgname (argv[0]);

  g_test_add_func ("/secrets-keyring/absent", test_absent);
  g_test_add_func ("/secrets-keyring/unlocked", test_unlocked);
  g_test_add_func ("/secrets-keyring/locked", test_locked);
  g_test_add_func ("/secrets-keyring/prompt", test_prompt);
  g_test_add_func ("/secrets-keyring/prompt-closed", test_prompt_closed);
  g_test_add_func ("/secrets-keyring/empty", test_empty);
  g_test_add_func ("/secrets-keyring/silent", test_silent);

  return g_test_run ();
}
