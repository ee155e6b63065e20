/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-trust.h"

#include <string.h>

static FerryTrustQuestion *
make_certificate (void)
{
  FerryTrustQuestion *question = g_new0 (FerryTrustQuestion, 1);

  question->kind = FERRY_TRUST_CERTIFICATE;
  question->address = g_strdup ("vc.example.com:443");
  question->fingerprint = g_strdup ("AB:CD:01");
  question->subject = g_strdup ("CN=vc\033[31m.example.com");
  question->problem = g_strdup ("It has expired.");
  question->not_before = 1577836800;

  return question;
}

static FerryTrustQuestion *
make_host_key (void)
{
  FerryTrustQuestion *question = g_new0 (FerryTrustQuestion, 1);

  question->kind = FERRY_TRUST_HOST_KEY;
  question->address = g_strdup ("esx1");
  question->fingerprint = g_strdup ("SHA256:aBc+/");
  question->known_fingerprint = g_strdup ("SHA256:old");
  question->key_type = g_strdup ("ED25519");
  question->problem = g_strdup ("It has CHANGED.");

  return question;
}

static void
test_fingerprint (void)
{
  g_autoptr (FerryTrustQuestion) certificate = make_certificate ();
  g_autoptr (FerryTrustQuestion) key = make_host_key ();
  static const char *const same[] = { "AB:CD:01", "ab:cd:01", "ABCD01", "SHA256:ab cd 01" };
  static const char *const other[] = { "", "AB:CD", "AB:CD:02", "AB:CD:01:00", "SHA256:", ":" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_true (ferryctl_trust_is_fingerprint (certificate, same[i]));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_assert_false (ferryctl_trust_is_fingerprint (certificate, other[i]));
      g_assert_false (ferryctl_trust_is_fingerprint (key, other[i]));
    }
  g_assert_true (ferryctl_trust_is_fingerprint (key, "SHA256:aBc+/"));
  g_assert_true (ferryctl_trust_is_fingerprint (key, "aBc+/"));
  g_assert_false (ferryctl_trust_is_fingerprint (key, "SHA256:abc+/"));
}

static void
test_describe (void)
{
  g_autoptr (FerryTrustQuestion) certificate = make_certificate ();
  g_autoptr (FerryTrustQuestion) key = make_host_key ();
  g_autofree char *text = ferryctl_trust_describe (certificate);
  g_autofree char *key_text = ferryctl_trust_describe (key);

  g_assert_null (strchr (text, '\033'));
  g_assert_nonnull (strstr (text, "vc.example.com:443"));
  g_assert_nonnull (strstr (text, "AB:CD:01"));
  g_assert_nonnull (strstr (text, "It has expired."));
  g_assert_nonnull (strstr (text, "until ?"));
  g_assert_nonnull (strstr (key_text, "SHA256:old"));
  g_assert_nonnull (strstr (key_text, "SHA256:aBc+/"));
  g_assert_nonnull (strstr (key_text, "ED25519"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/trust/fingerprint", test_fingerprint);
  g_test_add_func ("/ferryctl/trust/describe", test_describe);

  return g_test_run ();
}
