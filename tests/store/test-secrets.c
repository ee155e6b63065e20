/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets.h"

#include "ferry-error.h"

#define ID "0a0b0c0d-1111-4222-8333-444455556666"
#define OTHER_ID "0a0b0c0d-1111-4222-8333-444455557777"

static const FerrySecret password = { FERRY_SECRET_PASSWORD, ID, "vCenter" };
static const FerrySecret ssh_password = { FERRY_SECRET_SSH_PASSWORD, ID, "vCenter" };
static const FerrySecret other = { FERRY_SECRET_PASSWORD, OTHER_ID, NULL };

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
  g_autofree char *found = g_strdup ("untouched");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&found, g_free);
  g_assert_true (ferry_secrets_look_up (secrets, secret, &found, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_memory (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_memory_new ();

  assert_kept (secrets, &password, NULL);
  keep (secrets, &password, "old");
  keep (secrets, &password, "new");
  keep (secrets, &ssh_password, "");
  assert_kept (secrets, &password, "new");
  assert_kept (secrets, &ssh_password, "");
  assert_kept (secrets, &other, NULL);
  g_assert_true (ferry_secrets_forget (secrets, &password, NULL, NULL));
  g_assert_true (ferry_secrets_forget (secrets, &password, NULL, NULL));
  assert_kept (secrets, &password, NULL);
  assert_kept (secrets, &ssh_password, "");
}

static void
assert_filled (FerrySecrets *secrets,
               FerryPlanSource *source,
               const char *expected,
               const char *expected_ssh)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_secrets_fill (secrets, source, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (source->password, ==, expected);
  g_assert_cmpstr (source->ssh_password, ==, expected_ssh);
}

static void
test_fill (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_memory_new ();
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);

  keep (secrets, &password, "kept");
  keep (secrets, &ssh_password, "kept too");
  assert_filled (secrets, source, NULL, NULL);
  ferry_plan_source_set (&source->provider, ID);
  assert_filled (secrets, source, "kept", NULL);
  source->transport = FERRY_TRANSPORT_SSH;
  ferry_plan_source_set_password (&source->password, "typed");
  assert_filled (secrets, source, "typed", "kept too");
  ferry_plan_source_set (&source->provider, OTHER_ID);
  ferry_plan_source_set_password (&source->password, NULL);
  assert_filled (secrets, source, NULL, "kept too");
}

/* Where there is no session at all, as under cron or in a container. */
static void
test_no_session (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gint64 started = g_get_monotonic_time ();

  g_assert_false (ferry_secrets_look_up (secrets, &password, &found, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_clear_error (&error);
  g_assert_false (ferry_secrets_keep (secrets, &password, "x", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_clear_error (&error);
  g_assert_false (ferry_secrets_forget (secrets, &password, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_clear_error (&error);
  ferry_plan_source_set (&source->provider, ID);
  g_assert_false (ferry_secrets_fill (secrets, source, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_USEC_PER_SEC);
}

static void
test_cancelled (void)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_memory_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (ferry_secrets_look_up (secrets, &password, &found, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  g_test_add_func ("/secrets/memory", test_memory);
  g_test_add_func ("/secrets/fill", test_fill);
  g_test_add_func ("/secrets/no-session", test_no_session);
  g_test_add_func ("/secrets/cancelled", test_cancelled);

  return g_test_run ();
}
