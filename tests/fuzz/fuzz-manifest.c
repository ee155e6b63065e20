/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include "ferry-manifest.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  guint n_odd;
  g_autoptr (GPtrArray) entries = ferry_manifest_parse (bytes, &n_odd);

  for (guint i = 0; i < entries->len; i++)
    {
      const FerryManifestEntry *entry = g_ptr_array_index (entries, i);

      g_assert_true (g_utf8_validate (entry->name, -1, NULL));
      g_assert_cmpint (*entry->digest, !=, '\0');
    }

  return 0;
}
