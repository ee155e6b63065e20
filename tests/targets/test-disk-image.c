/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-disk-image.h"

#include "ferry-error.h"
#include "ferry-tree.h"
#include "target-fixture.h"

static void
test_name (void)
{
  static const struct
  {
    guint index;
    const char *name;
  } cases[] = {
    { 0, "web-sda" },   { 1, "web-sdb" },    { 25, "web-sdz" },
    { 26, "web-sdaa" }, { 27, "web-sdab" },  { 51, "web-sdaz" },
    { 52, "web-sdba" }, { 701, "web-sdzz" }, { 702, "web-sdaaa" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = ferry_disk_image_dup_name ("web", cases[i].index);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

/* Sizes in bytes: what the source said, what the file has. */
static void
test_size (void)
{
  static const struct
  {
    guint64 capacity_bytes;
    guint64 virtual_bytes;
    gboolean fine;
  } cases[] = {
    { 1048576, 1048576, TRUE },
    { 1048575, 1048576, TRUE },
    { 1048577, 1048576, FALSE },
    { 1048577, 1049088, TRUE },
    { 1000000, 1048576, TRUE },
    { 0, 512, TRUE },
    { 0, 0, FALSE },
    { 1048576, 1048064, FALSE },
    { G_MAXUINT64, 512, FALSE },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("ferry-image:XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "json: disk,é", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FerryDiskImage image = { .path = path,
                               .format = "qcow2",
                               .capacity_bytes = cases[i].capacity_bytes };
      g_autoptr (GError) why = NULL;

      target_fixture_make_disk (path, "qcow2", cases[i].virtual_bytes);
      g_assert_true (ferry_disk_image_verify (&image, NULL, &why) == cases[i].fine);
      if (!cases[i].fine)
        g_assert_error (why, FERRY_ERROR, FERRY_ERROR_CONVERSION);
    }
  g_assert_true (ferry_tree_remove (dir, NULL));
}

/* A raw disk whose guest wrote a qcow2 head into it is a raw disk. */
static void
test_raw_is_not_guessed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("ferry-image-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "disk", NULL);
  FerryDiskImage image = { .path = path, .format = "raw", .capacity_bytes = 1024 };

  target_fixture_make_disk (path, "qcow2", 1024 * 1024 * 1024);
  g_assert_true (ferry_disk_image_verify (&image, NULL, &error));
  g_assert_no_error (error);
  image.capacity_bytes = 1024 * 1024 * 1024;
  g_assert_false (ferry_disk_image_verify (&image, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONVERSION);
  g_assert_true (ferry_tree_remove (dir, NULL));
}

static void
put_tool (const char *dir, const char *script)
{
  g_autofree char *path = g_build_filename (dir, "qemu-img", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
}

static void
test_odd_tool (void)
{
  static const struct
  {
    const char *script;
    FerryError code;
  } cases[] = {
    { "echo '{'", FERRY_ERROR_INVALID },
    { "echo '[]'", FERRY_ERROR_INVALID },
    { "echo '{\"virtual-size\": \"big\", \"format\": \"raw\"}'", FERRY_ERROR_INVALID },
    { "echo '{}'", FERRY_ERROR_CONVERSION },
    { "echo broken >&2; exit 1", FERRY_ERROR_CONVERSION },
    { "kill -SEGV $$", FERRY_ERROR_CONVERSION },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("ferry-image-XXXXXX", &error);
  FerryDiskImage image = { .path = "/dev/null", .format = "raw" };

  g_setenv ("FERRY_TOOL_PATH", dir, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) why = NULL;

      put_tool (dir, cases[i].script);
      g_assert_false (ferry_disk_image_verify (&image, NULL, &why));
      g_test_message ("%s", why->message);
      g_assert_error (why, FERRY_ERROR, (int) cases[i].code);
    }
  g_unsetenv ("FERRY_TOOL_PATH");
  g_assert_true (ferry_tree_remove (dir, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disk-image/name", test_name);
  g_test_add_func ("/disk-image/size", test_size);
  g_test_add_func ("/disk-image/raw-is-not-guessed", test_raw_is_not_guessed);
  g_test_add_func ("/disk-image/odd-tool", test_odd_tool);

  return g_test_run ();
}
