/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-file.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
begins_as_json (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  char text[64] = "";
  gsize length = 0;

  /* Reading a pipe or a device could wait for ever. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  stream = g_file_read (file, NULL, NULL);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, sizeof text - 1,
                                                  &length, NULL, NULL))
    return FALSE;

  return *g_strchug (text) == '{';
}

gboolean
ferry_plan_file_is_plan (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".ferry-plan"))
    return TRUE;
  if (g_str_has_suffix (path, ".ova") || g_str_has_suffix (path, ".ovf"))
    return FALSE;

  return begins_as_json (path);
}
