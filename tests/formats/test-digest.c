/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-digest.h"

#include <string.h>

/* Of "abc", from FIPS 180-4's examples. */
static const struct
{
  const char *algorithm;
  const char *digest;
} known[] = {
  { "SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d" },
  { "sha-1", "a9993e364706816aba3e25717850c26c9cd0d89d" },
  { "SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "Sha-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "SHA512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
};

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (FerryDigest) digest = ferry_digest_new (known[i].algorithm);
      g_autofree char *text = NULL;

      g_assert_nonnull (digest);
      ferry_digest_update (digest, "a", 1);
      ferry_digest_update (digest, "bc", 2);
      text = ferry_digest_finish (digest);
      g_assert_cmpstr (text, ==, known[i].digest);
    }
}

static void
test_unknown (void)
{
  g_assert_null (ferry_digest_new ("MD5"));
  g_assert_null (ferry_digest_new ("SHA2"));
  g_assert_null (ferry_digest_new (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/known", test_known);
  g_test_add_func ("/digest/unknown", test_unknown);

  return g_test_run ();
}
