/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-digest.h"

#include <gnutls/crypto.h>

struct _FerryDigest
{
  gnutls_hash_hd_t hash;
  gnutls_digest_algorithm_t algorithm;
};

static const struct
{
  const char *name;
  gnutls_digest_algorithm_t algorithm;
} algorithms[] = {
  { "SHA1", GNUTLS_DIG_SHA1 },     { "SHA-1", GNUTLS_DIG_SHA1 },
  { "SHA256", GNUTLS_DIG_SHA256 }, { "SHA-256", GNUTLS_DIG_SHA256 },
  { "SHA512", GNUTLS_DIG_SHA512 }, { "SHA-512", GNUTLS_DIG_SHA512 },
};

FerryDigest *
ferry_digest_new (const char *algorithm)
{
  g_autofree FerryDigest *digest = g_new0 (FerryDigest, 1);

  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_ascii_strcasecmp (algorithm, algorithms[i].name) == 0)
      {
        digest->algorithm = algorithms[i].algorithm;
        return gnutls_hash_init (&digest->hash, digest->algorithm) == 0 ? g_steal_pointer (&digest)
                                                                        : NULL;
      }

  return NULL;
}

void
ferry_digest_free (FerryDigest *digest)
{
  if (digest == NULL)
    return;
  gnutls_hash_deinit (digest->hash, NULL);
  g_free (digest);
}

void
ferry_digest_update (FerryDigest *digest, const void *data, gsize length)
{
  gnutls_hash (digest->hash, data, length);
}

char *
ferry_digest_finish (FerryDigest *digest)
{
  guint8 bytes[64];
  gsize length = (gsize) gnutls_hash_get_len (digest->algorithm);
  GString *text = g_string_new (NULL);

  g_assert (length <= sizeof bytes);
  gnutls_hash_output (digest->hash, bytes);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}
