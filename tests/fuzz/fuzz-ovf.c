/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include "ferry-ovf.h"

/* A description is read into guests that can be written as JSON, or refused. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryOvf) ovf = ferry_ovf_parse (bytes, "base", &error);

  g_assert_cmpint (ovf == NULL, ==, error != NULL);
  for (guint i = 0; ovf != NULL && i < ovf->systems->len; i++)
    {
      const FerryOvfSystem *system = g_ptr_array_index (ovf->systems, i);
      g_autoptr (JsonNode) node = ferry_guest_to_json (system->guest);

      g_assert_nonnull (node);
      g_assert_cmpuint (system->files->len, ==, system->guest->disks->len);
    }

  return 0;
}
