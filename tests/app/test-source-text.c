/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-text.h"

#include "ferry-guest.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60)
#define NOW (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC)

static FerryProvider *
make_provider (FerrySourceKind kind)
{
  g_auto (FerryPlanSource) source = { 0 };

  ferry_plan_source_init (&source, kind);
  if (kind == FERRY_SOURCE_VSPHERE)
    {
      ferry_plan_source_set (&source.host, "vc.example.com");
      ferry_plan_source_set (&source.user, "root");
    }
  else
    ferry_plan_source_set (&source.uri, "xen+ssh://root@xen");

  return ferry_provider_new ("Name", &source);
}

static void
assert_status (const FerryProvider *provider, gboolean testing, const char *text, int action)
{
  g_auto (FerryProviderStatus) status = { 0 };

  ferry_text_provider_status (provider, testing, NOW, &status);
  g_assert_cmpstr (status.text, ==, text);
  g_assert_cmpint (status.action, ==, action);
  g_assert_cmpint (status.icon == NULL, ==, testing);
}

static void
test_status (void)
{
  g_autoptr (FerryProvider) provider = make_provider (FERRY_SOURCE_VSPHERE);
  g_autoptr (FerryProvider) xen = make_provider (FERRY_SOURCE_LIBVIRT);
  g_auto (FerryProviderStatus) status = { 0 };

  assert_status (provider, FALSE, "Never tested", FERRY_PROVIDER_TEST);
  assert_status (provider, TRUE, "Testing…", FERRY_PROVIDER_STOP);

  provider->tested_usec = NOW;
  provider->test_result = g_strdup ("The server does not accept the password.");
  ferry_text_provider_status (provider, FALSE, NOW, &status);
  g_assert_true (g_str_has_prefix (status.text, "Connected today, "));
  g_assert_nonnull (strstr (status.hint, "does not accept"));

  provider->test_failed = TRUE;
  provider->test_code = FERRY_ERROR_AUTH;
  assert_status (provider, FALSE, "Password rejected", FERRY_PROVIDER_EDIT);
  provider->test_code = FERRY_ERROR_CERTIFICATE;
  assert_status (provider, FALSE, "Certificate not trusted", FERRY_PROVIDER_REVIEW);
  provider->test_code = FERRY_ERROR_CONNECTION;
  assert_status (provider, FALSE, "No connection", FERRY_PROVIDER_TEST);

  xen->tested_usec = NOW;
  xen->test_failed = TRUE;
  xen->test_code = FERRY_ERROR_CERTIFICATE;
  assert_status (xen, FALSE, "Host key not trusted", FERRY_PROVIDER_REVIEW);
}

static void
test_source (void)
{
  g_autoptr (FerryProvider) provider = make_provider (FERRY_SOURCE_VSPHERE);
  g_autoptr (FerryProvider) xen = make_provider (FERRY_SOURCE_LIBVIRT);
  g_autofree char *detail = ferry_text_source (&provider->source);
  g_autofree char *uri = ferry_text_source (&xen->source);
  g_autofree char *name = ferry_text_suggest_name (&xen->source);
  g_autofree char *advanced = ferry_text_advanced (&provider->source);

  g_assert_cmpstr (detail, ==, "root · vc.example.com");
  g_assert_cmpstr (uri, ==, "xen+ssh://root@xen");
  g_assert_cmpstr (name, ==, "xen");
  g_assert_cmpstr (advanced, ==, "HTTPS transport · certificate verified");
  g_assert_cmpint (ferry_kind_of_source (&xen->source), ==, FERRY_KIND_XEN);
}

static void
test_fingerprint (void)
{
  const char *certificate = "8F:3A:52:C9:0B:7E:44:D1:6A:F0:91:2C:E7:58:B3:0D:"
                            "4E:A6:17:F2:9B:C8:35:60:DD:82:1F:74:0A:E9:63:B5";
  g_autofree char *two = ferry_text_fingerprint (certificate);
  g_autofree char *key =
      ferry_text_fingerprint ("SHA256:mPv7kI0nV4GLvSNUv0Xz6xkM8dTzZ3nJb1J4m0w2Q9E");
  g_autofree char *odd = ferry_text_fingerprint ("");

  g_assert_cmpstr (two, ==,
                   "8F:3A:52:C9:0B:7E:44:D1:6A:F0:91:2C:E7:58:B3:0D:\n"
                   "4E:A6:17:F2:9B:C8:35:60:DD:82:1F:74:0A:E9:63:B5");
  g_assert_cmpstr (key, ==, "SHA256:mPv7kI0nV4GLvSNUv0\nXz6xkM8dTzZ3nJb1J4m0w2Q9E");
  g_assert_cmpstr (odd, ==, "");
}

static void
test_validity (void)
{
  g_autofree char *valid = ferry_text_validity (1000 * DAY, 3000 * DAY, 2000 * DAY);
  g_autofree char *expired = ferry_text_validity (1000 * DAY, 1500 * DAY, 2000 * DAY);
  g_autofree char *early = ferry_text_validity (2500 * DAY, 3000 * DAY, 2000 * DAY);
  g_autofree char *none = ferry_text_validity (0, 0, 2000 * DAY);
  g_autofree char *wild = ferry_text_validity (G_MININT64, G_MAXINT64, 0);

  g_assert_nonnull (strstr (valid, " – "));
  g_assert_null (strstr (valid, "expired"));
  g_assert_true (g_str_has_suffix (expired, "expired"));
  g_assert_true (g_str_has_suffix (early, "not valid yet"));
  g_assert_cmpstr (none, ==, "Not said");
  g_assert_nonnull (strstr (wild, "Unknown"));
}

static void
test_names (void)
{
  static const char *const cases[][2] = {
    { "CN=vc.example.com,O=Example", "vc.example.com" },
    { "O=Example,CN=Some\\, CA", "Some, CA" },
    { "O=Example", "O=Example" },
    { "", "" },
    { "CN=", "" },
    { "CN=x\\", "x\\" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = ferry_text_distinguished_name (cases[i][0]);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

static void
test_transports (void)
{
  g_autoptr (FerryHostFacts) facts = ferry_host_facts_new ();
  g_autofree char *why = NULL;
  g_autofree char *nfc = NULL;

  g_assert_null (ferry_text_transport_problem (FERRY_TRANSPORT_VDDK, NULL));
  g_strfreev (facts->nbdkit_plugins);
  facts->nbdkit_plugins = g_strdupv ((char *[]){ (char *) "curl", NULL });
  g_assert_null (ferry_text_transport_problem (FERRY_TRANSPORT_HTTPS, facts));
  why = ferry_text_transport_problem (FERRY_TRANSPORT_VDDK, facts);
  g_assert_nonnull (strstr (why, "nbdkit-vddk-plugin"));
  nfc = ferry_text_transport_problem (FERRY_TRANSPORT_NFC, facts);
  g_assert_nonnull (strstr (nfc, "nfc"));
}

static void
add_guest (GPtrArray *guests, const char *place)
{
  FerryGuest *guest = ferry_guest_new (place != NULL ? place : "none", "x");

  guest->place = g_strdup (place);
  g_ptr_array_add (guests, guest);
}

static void
test_places (void)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  g_autoptr (FerryPlaces) all = NULL;
  g_autoptr (FerryPlaces) berlin = NULL;

  add_guest (guests, "Frankfurt/A/esx1");
  add_guest (guests, "Frankfurt/A/esx2");
  add_guest (guests, "Berlin/esx3");
  add_guest (guests, "Berlin/esx3");
  add_guest (guests, "Folder/DC/B/esx4");
  add_guest (guests, "alone");
  add_guest (guests, "");
  add_guest (guests, NULL);
  all = ferry_places_new (guests, NULL);
  g_assert_cmpuint (g_strv_length (all->hosts), ==, 5);
  g_assert_cmpuint (g_strv_length (all->datacenters), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) all->datacenters, "Folder/DC"));
  g_assert_true (g_strv_contains ((const char *const *) all->clusters, "B"));
  berlin = ferry_places_new (guests, "Berlin");
  g_assert_cmpuint (g_strv_length (berlin->datacenters), ==, g_strv_length (all->datacenters));
  g_assert_cmpuint (g_strv_length (berlin->clusters), ==, 0);
  g_assert_cmpstr (berlin->hosts[0], ==, "esx3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source-text/status", test_status);
  g_test_add_func ("/source-text/source", test_source);
  g_test_add_func ("/source-text/fingerprint", test_fingerprint);
  g_test_add_func ("/source-text/validity", test_validity);
  g_test_add_func ("/source-text/names", test_names);
  g_test_add_func ("/source-text/transports", test_transports);
  g_test_add_func ("/source-text/places", test_places);

  return g_test_run ();
}
