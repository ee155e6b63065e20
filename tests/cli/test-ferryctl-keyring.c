/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"
#include "keyring-fixture.h"

#include "ferry-provider.h"
#include "ferry-secrets.h"

#include <string.h>

/* Passwords of providers in a real keyring: kept, used, moved, and forgotten. */

typedef struct
{
  KeyringFixture *keyring;
  FerryctlSample *sample;
  char *uri;
  char *password;
  char *wrong;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->keyring = keyring_fixture_new ();
  fixture->sample = ferryctl_sample_new ();
  fixture->uri = ferryctl_sample_add_libvirt (fixture->sample);
  fixture->password = ferryctl_sample_write (fixture->sample, "password", "sehr geheim\n");
  fixture->wrong = ferryctl_sample_write (fixture->sample, "wrong", "falsch\n");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->keyring, keyring_fixture_free);
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->uri);
  g_free (fixture->password);
  g_free (fixture->wrong);
}

static gboolean
is_there (const Fixture *fixture)
{
  if (fixture->keyring == NULL)
    g_test_skip ("gnome-keyring is not installed");

  return fixture->keyring != NULL;
}

static char *
dup_kept (const char *name)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryProvider) provider = ferry_provider_find (name, &error);
  FerrySecret secret = { FERRY_SECRET_PASSWORD, NULL, NULL };
  char *password = NULL;

  g_assert_no_error (error);
  secret.provider = provider->id;
  g_assert_true (ferry_secrets_look_up (secrets, &secret, &password, NULL, &error));
  g_assert_no_error (error);

  return password;
}

static void
assert_kept (const char *name, const char *expected)
{
  g_autofree char *kept = dup_kept (name);

  g_assert_cmpstr (kept, ==, expected);
}

#define RUN(exit_code, out, err, ...)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) run_ = ferryctl_run (__VA_ARGS__, NULL);                               \
    ferryctl_run_assert (run_, exit_code, out, err);                                               \
  }                                                                                                \
  G_STMT_END

static void
test_used (Fixture *fixture, gconstpointer data)
{
  if (!is_there (fixture))
    return;
  RUN (0, "Saved", NULL, "provider", "add", "bob", fixture->uri, "--user", "bob", "--remember",
       "--password-file", fixture->password);
  assert_kept ("bob", "sehr geheim");
  RUN (0, "web", NULL, "list", "bob");
  RUN (0, "1 virtual machine", NULL, "provider", "test", "bob");
}

/* One that was refused is not kept; one that worked is. */
static void
test_kept_when_right (Fixture *fixture, gconstpointer data)
{
  if (!is_there (fixture))
    return;
  RUN (0, "Saved", NULL, "provider", "add", "bob", fixture->uri, "--user", "bob", "--remember");
  RUN (4, NULL, "wants a user name and a password", "list", "bob");
  RUN (4, NULL, "password is wrong", "list", "bob", "--password-file", fixture->wrong);
  assert_kept ("bob", NULL);
  RUN (0, "web", NULL, "list", "bob", "--password-file", fixture->password);
  assert_kept ("bob", "sehr geheim");
  RUN (0, "web", NULL, "list", "bob");

  RUN (0, "Saved", NULL, "provider", "add", "eve", fixture->uri, "--user", "bob");
  RUN (0, "web", NULL, "list", "eve", "--password-file", fixture->password);
  assert_kept ("eve", NULL);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) removed = NULL;
  g_autoptr (FerrySecrets) secrets = NULL;
  g_autofree char *left = NULL;
  FerrySecret secret = { FERRY_SECRET_PASSWORD, NULL, NULL };

  if (!is_there (fixture))
    return;
  RUN (0, "Saved", NULL, "provider", "add", "bob", fixture->uri, "--user", "bob", "--remember",
       "--password-file", fixture->password);
  RUN (0, "Saved", NULL, "provider", "duplicate", "bob", "copy");
  assert_kept ("copy", "sehr geheim");
  RUN (0, "Saved", NULL, "provider", "edit", "bob", "--no-remember");
  assert_kept ("bob", NULL);

  removed = ferry_provider_find ("copy", NULL);
  RUN (0, "", NULL, "provider", "remove", "copy");
  secrets = ferry_secrets_keyring_new ();
  secret.provider = removed->id;
  g_assert_true (ferry_secrets_look_up (secrets, &secret, &left, NULL, NULL));
  g_assert_null (left);
}

/* What the keyring does not give can still be typed; it is said once that it is locked. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) run = NULL;
  const char *first;

  if (!is_there (fixture))
    return;
  RUN (0, "Saved", NULL, "provider", "add", "bob", fixture->uri, "--user", "bob", "--remember",
       "--password-file", fixture->password);
  keyring_fixture_lock (fixture->keyring);
  run = ferryctl_run ("list", "bob", NULL);
  ferryctl_run_assert (run, 4, NULL, "wants a user name and a password");
  first = strstr (run->err, "The keyring is locked");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "The keyring is locked"));
  RUN (0, "web", "The keyring is locked", "list", "bob", "--password-file", fixture->password);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ferryctl/keyring/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("used", test_used);
  ADD ("kept-when-right", test_kept_when_right);
  ADD ("forgotten", test_forgotten);
  ADD ("locked", test_locked);

  return g_test_run ();
}
