/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include "ferry-domain.h"

/* A description is read into a guest that can be written as JSON, or refused. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = ferry_domain_parse (bytes, &error);
  g_autoptr (JsonNode) node = guest != NULL ? ferry_guest_to_json (guest) : NULL;

  g_assert_cmpint (guest == NULL, ==, error != NULL);
  g_assert_cmpint (guest == NULL, ==, node == NULL);

  return 0;
}
