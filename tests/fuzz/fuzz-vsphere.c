/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include "ferry-soap.h"
#include "ferry-vsphere-rows.h"

static void
read_page (const xmlNode *page, gboolean is_full)
{
  g_autoptr (FerryVsphereRows) rows = ferry_vsphere_rows_new (is_full);

  ferry_vsphere_objects_find (page, ferry_vsphere_rows_add, rows);
  ferry_vsphere_rows_settle (rows);
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const FerryVsphereRow *row = g_ptr_array_index (rows->rows, i);
      g_autoptr (JsonNode) node = ferry_guest_to_json (row->guest);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryGuest) back = ferry_guest_from_json (node, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (back->name, ==, row->guest->name);
    }
}

/* An answer is read into guests that can be written as JSON and read again, or refused. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) answer = ferry_soap_read (bytes, "RetrievePropertiesEx", NULL, &error);
  const xmlNode *page;

  g_assert_cmpint (answer == NULL, ==, error != NULL);
  if (answer == NULL)
    return 0;
  page = ferry_xml_get_child (ferry_soap_get_result (answer), "returnval");
  read_page (page, FALSE);
  read_page (page, TRUE);

  return 0;
}
