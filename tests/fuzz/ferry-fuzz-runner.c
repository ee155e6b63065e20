/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include <string.h>

/* Stands in for libFuzzer in `meson test`: every file of the folder that is given, then the same
 * with damage that is the same in every run. */

#define N_DAMAGED 200

static void
run_damaged (const guint8 *data, gsize length, GRand *random)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint n_changes = (guint) g_rand_int_range (random, 1, 6);
  gsize end = length;

  for (guint i = 0; i < n_changes && length > 0; i++)
    copy[g_rand_int_range (random, 0, (gint32) length)] =
        (guint8) g_rand_int_range (random, 0, 256);
  if (g_rand_int_range (random, 0, 4) == 0)
    end = (gsize) g_rand_int_range (random, 0, (gint32) length + 1);
  LLVMFuzzerTestOneInput (copy, end);
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *content = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const guint8 *) content, length);
  for (guint i = 0; i < N_DAMAGED; i++)
    run_damaged ((const guint8 *) content, length, random);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/fuzz/", name, NULL);

      g_test_add_data_func_full (path, g_build_filename (argv[1], name, NULL), test_file, g_free);
    }

  return g_test_run ();
}
