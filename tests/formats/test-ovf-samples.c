/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-ovf.h"
#include "ferry-summary.h"

/* Each NAME.ovf in tests/data/ovf is written in the style of a product; NAME.txt beside it is what
 * is to be read from it. */
static const char *const samples[] = {
  "amazon",          "collection",         "options",      "ovirt",
  "virtualbox",      "virtualbox-ovf2",    "vmware-esx35", "vmware-vsphere5",
  "vmware-vsphere8", "vmware-workstation", "xenserver",
};

static char *
dup_data (const char *name, const char *extension, gsize *out_length)
{
  g_autofree char *base = g_strconcat (name, extension, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "ovf", base, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, out_length, &error);
  g_assert_no_error (error);

  return text;
}

static char *
summarize (const FerryOvf *ovf)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ovf->systems->len; i++)
    {
      const FerryOvfSystem *system = g_ptr_array_index (ovf->systems, i);
      g_autofree char *summary = ferry_summary_of_guest (system->guest);

      g_assert_cmpuint (system->files->len, ==, system->guest->disks->len);
      g_string_append (text, summary);
    }

  return g_string_free (text, FALSE);
}

static void
test_sample (gconstpointer data)
{
  const char *name = data;
  gsize length;
  char *text = dup_data (name, ".ovf", &length);
  g_autofree char *expected = dup_data (name, ".txt", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryOvf) ovf = ferry_ovf_parse (bytes, "base", &error);
  g_autofree char *summary = NULL;

  g_assert_no_error (error);
  summary = summarize (ovf);
  g_assert_cmpstr (summary, ==, expected);
}

/* However a description is cut off or damaged, it is read or refused, never a crash. */
static void
test_damaged (gconstpointer data)
{
  const char *name = data;
  gsize length;
  g_autofree char *text = dup_data (name, ".ovf", &length);

  for (gsize i = 0; i < length; i += 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_static (text, i);
      g_autoptr (GBytes) damaged = NULL;
      g_autofree char *copy = g_memdup2 (text, length);
      g_autoptr (FerryOvf) from_cut = ferry_ovf_parse (cut, "base", NULL);
      g_autoptr (FerryOvf) from_damaged = NULL;

      g_assert_true (from_cut == NULL || i + 1 >= length);
      copy[i] = (char) (copy[i] ^ 0x15);
      damaged = g_bytes_new_static (copy, length);
      from_damaged = ferry_ovf_parse (damaged, "base", NULL);
      g_assert_true (from_damaged == NULL || from_damaged->systems->len > 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/ovf/sample/", samples[i], NULL);
      g_autofree char *damaged_path = g_strconcat ("/ovf/damaged/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], test_sample);
      g_test_add_data_func (damaged_path, samples[i], test_damaged);
    }

  return g_test_run ();
}
