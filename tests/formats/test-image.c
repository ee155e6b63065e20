/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-image.h"

#include <string.h>

/* Bytes to be set in a head of zeros: at most two places. */
typedef struct
{
  const char *name;
  struct
  {
    gsize at;
    const char *bytes;
    gsize length;
  } places[4];
  const char *format;
  gboolean refers_elsewhere;
  guint64 capacity_bytes;
} Head;

static const Head heads[] = {
  { "zeros", { { 0, "", 0 } }, NULL, FALSE, 0 },
  { "boot-sector", { { 510, "\x55\xaa", 2 } }, NULL, FALSE, 0 },
  { "vmdk", { { 0, "KDMV", 4 }, { 13, "\x08", 1 } }, "vmdk", FALSE, 1024 * 1024 },
  { "vmdk-without-capacity", { { 0, "KDMV", 4 } }, "vmdk", TRUE, 0 },
  { "vmdk-esx", { { 0, "COWD", 4 } }, "vmdk", FALSE, 0 },
  { "vmdk-text", { { 0, "# Disk DescriptorFile\n", 22 } }, "vmdk", TRUE, 0 },
  { "qcow2-v2",
    { { 0, "QFI\xfb\0\0\0\2", 8 }, { 28, "\x00\x10", 2 } },
    "qcow2",
    FALSE,
    1024 * 1024 },
  { "qcow2-v3", { { 0, "QFI\xfb\0\0\0\3", 8 } }, "qcow2", FALSE, 0 },
  { "qcow2-backing", { { 0, "QFI\xfb\0\0\0\3", 8 }, { 15, "\x70", 1 } }, "qcow2", TRUE, 0 },
  { "qcow2-data-file", { { 0, "QFI\xfb\0\0\0\3", 8 }, { 79, "\4", 1 } }, "qcow2", TRUE, 0 },
  { "qcow2-v2-has-no-features",
    { { 0, "QFI\xfb\0\0\0\2", 8 }, { 79, "\4", 1 } },
    "qcow2",
    FALSE,
    0 },
  { "vhdx", { { 0, "vhdxfile", 8 } }, "vhdx", FALSE, 0 },
  { "vhd", { { 0, "conectix", 8 }, { 53, "\x10", 1 } }, "vpc", FALSE, 1024 * 1024 },
  { "vdi", { { 64, "\x7f\x10\xda\xbe", 4 }, { 370, "\x10", 1 } }, "vdi", FALSE, 1024 * 1024 },
};

static void
test_head (gconstpointer data)
{
  const Head *test = data;
  guint8 head[FERRY_IMAGE_PROBE_BYTES] = { 0 };
  FerryImage image;

  for (guint i = 0; i < G_N_ELEMENTS (test->places); i++)
    if (test->places[i].length > 0)
      memcpy (head + test->places[i].at, test->places[i].bytes, test->places[i].length);
  image = ferry_image_probe (head, sizeof head);

  g_assert_cmpstr (image.format, ==, test->format);
  g_assert_cmpint (image.refers_elsewhere, ==, test->refers_elsewhere);
  g_assert_cmpuint (image.capacity_bytes, ==, test->capacity_bytes);
  g_assert_false (image.is_gzip);
}

static void
test_short (void)
{
  g_assert_null (ferry_image_probe ((const guint8 *) "", 0).format);
  g_assert_cmpstr (ferry_image_probe ((const guint8 *) "COWD", 4).format, ==, "vmdk");
  g_assert_null (ferry_image_probe ((const guint8 *) "COW", 3).format);
  g_assert_true (ferry_image_probe ((const guint8 *) "\x1f\x8b\x08", 3).is_gzip);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *path = g_strconcat ("/image/", heads[i].name, NULL);

      g_test_add_data_func (path, &heads[i], test_head);
    }
  g_test_add_func ("/image/short", test_short);

  return g_test_run ();
}
