/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-connector.h"

#include "fake-backend.h"
#include "ui-test.h"

/* In which order a server is looked at, a password fetched, and a login made. */

static gboolean
is_at_rest (gpointer data)
{
  return !ferry_connector_is_busy (data) ||
         ferry_connector_get_state (data) == FERRY_CONNECTOR_ASKING;
}

static FerryConnector *
connect_to (const char *host, const char *password, const char *provider, FerryAim aim)
{
  FerryConnector *connector = ferry_connector_new (fake_backend_get ());
  g_auto (FerryPlanSource) source = { 0 };

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&source.host, host);
  ferry_plan_source_set (&source.user, "root");
  ferry_plan_source_set (&source.provider, provider);
  ferry_plan_source_set_password (&source.password, password);
  ferry_connector_start (connector, &source, aim);
  ui_test_wait_for (is_at_rest, connector);

  return connector;
}

static void
assert_failed (FerryConnector *connector, FerryError code)
{
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_FAILED);
  g_assert_error (ferry_connector_get_error (connector), FERRY_ERROR, (int) code);
}

static void
test_known (void)
{
  g_autoptr (FerryConnector) connector = NULL;

  fake_backend_reset ();
  connector = connect_to ("vc.example.com", "secret", NULL, FERRY_AIM_TEST);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_DONE);
  g_assert_nonnull (strstr (ferry_connector_get_text (connector), "vCenter"));
  g_assert_null (ferry_connector_get_guests (connector));
  g_assert_cmpfloat (ferry_connector_get_seconds (connector), >=, 0);

  ferry_connector_start (connector, ferry_connector_get_source (connector), FERRY_AIM_LIST);
  ui_test_wait_for (is_at_rest, connector);
  g_assert_null (ferry_connector_get_text (connector));
  g_assert_cmpuint (ferry_connector_get_guests (connector)->len, ==, 15);
}

static void
test_failures (void)
{
  static const struct
  {
    const char *host;
    const char *password;
    FerryError code;
  } cases[] = {
    { "nowhere", "secret", FERRY_ERROR_NOT_FOUND },
    { "refused", "secret", FERRY_ERROR_CONNECTION },
    { "vc", "wrong", FERRY_ERROR_AUTH },
    { "vc", NULL, FERRY_ERROR_AUTH },
  };

  fake_backend_reset ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryConnector) connector =
          connect_to (cases[i].host, cases[i].password, NULL, FERRY_AIM_TEST);

      assert_failed (connector, cases[i].code);
      g_assert_cmpint (ferry_connector_lacks_password (connector), ==, cases[i].password == NULL);
    }
}

/* Nothing is sent before the user has said yes, and nothing when they say no. */
static void
test_trust (void)
{
  g_autoptr (FerryConnector) connector = NULL;

  fake_backend_reset ();
  connector = connect_to ("strange", "secret", NULL, FERRY_AIM_TEST);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_ASKING);
  g_assert_true (ferry_connector_is_busy (connector));
  g_assert_nonnull (ferry_connector_get_question (connector)->fingerprint);
  g_assert_cmpuint (fake_backend_get_n_logins (), ==, 0);

  ferry_connector_answer (connector, FALSE);
  assert_failed (connector, FERRY_ERROR_CERTIFICATE);
  g_assert_cmpuint (fake_backend_get_n_logins (), ==, 0);

  /* Too late. */
  ferry_connector_answer (connector, TRUE);
  assert_failed (connector, FERRY_ERROR_CERTIFICATE);

  ferry_connector_start (connector, ferry_connector_get_source (connector), FERRY_AIM_TEST);
  ui_test_wait_for (is_at_rest, connector);
  ferry_connector_answer (connector, TRUE);
  ui_test_wait_for (is_at_rest, connector);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_DONE);
  g_assert_cmpuint (fake_backend_get_n_logins (), ==, 1);
}

static void
test_keyring (void)
{
  g_autoptr (FerryConnector) connector = NULL;
  g_autofree char *id = NULL;

  fake_backend_reset ();
  id = g_strdup (fake_backend_add_vcenter ("One", "vc", "secret"));
  connector = connect_to ("vc", NULL, id, FERRY_AIM_TEST);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_DONE);
  g_assert_cmpstr (ferry_connector_get_source (connector)->password, ==, "secret");
  g_assert_null (ferry_connector_get_keyring_problem (connector));
  g_clear_object (&connector);

  /* What was typed goes before what is kept. */
  connector = connect_to ("vc", "wrong", id, FERRY_AIM_TEST);
  assert_failed (connector, FERRY_ERROR_AUTH);
  g_clear_object (&connector);

  fake_backend_set_keyring (FAKE_KEYRING_LOCKED);
  connector = connect_to ("vc", NULL, id, FERRY_AIM_TEST);
  assert_failed (connector, FERRY_ERROR_AUTH);
  g_assert_true (ferry_connector_lacks_password (connector));
  g_assert_error (ferry_connector_get_keyring_problem (connector), FERRY_ERROR,
                  FERRY_ERROR_PERMISSION);
}

static gboolean
is_connecting (gpointer data)
{
  return ferry_connector_get_state (data) == FERRY_CONNECTOR_CONNECTING;
}

static void
test_stop (void)
{
  g_autoptr (FerryConnector) connector = ferry_connector_new (fake_backend_get ());
  g_auto (FerryPlanSource) source = { 0 };

  fake_backend_reset ();
  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&source.host, "silent");
  ferry_plan_source_set_password (&source.password, "secret");
  ferry_connector_start (connector, &source, FERRY_AIM_TEST);
  ui_test_wait_for (is_connecting, connector);
  ferry_connector_stop (connector);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_IDLE);

  /* Another one in its place, and gone in the middle of it. */
  ferry_connector_start (connector, &source, FERRY_AIM_TEST);
  ferry_plan_source_set (&source.host, "vc");
  ferry_connector_start (connector, &source, FERRY_AIM_TEST);
  ui_test_wait_for (is_at_rest, connector);
  g_assert_cmpint (ferry_connector_get_state (connector), ==, FERRY_CONNECTOR_DONE);
  ferry_plan_source_set (&source.host, "silent");
  ferry_connector_start (connector, &source, FERRY_AIM_TEST);
  ui_test_wait_for (is_connecting, connector);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/connector/known", test_known);
  g_test_add_func ("/connector/failures", test_failures);
  g_test_add_func ("/connector/trust", test_trust);
  g_test_add_func ("/connector/keyring", test_keyring);
  g_test_add_func ("/connector/stop", test_stop);

  return g_test_run ();
}
