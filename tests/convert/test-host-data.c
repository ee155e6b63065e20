/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-host-data.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <utime.h>

static char *
make_root (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("ferry-host-XXXXXX", &error);

  g_assert_no_error (error);
  g_unsetenv ("VIRTIO_WIN");
  g_unsetenv ("VIRT_TOOLS_DATA_DIR");

  return root;
}

static char *
put (const char *root, const char *file)
{
  char *path = g_build_filename (root, file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_virtio_win (void)
{
  g_autofree char *root = make_root ();
  g_autofree char *none = ferry_host_data_find_virtio_win (root);
  G_GNUC_UNUSED g_autofree char *driver = put (root, "usr/share/virtio-win/drivers/viostor.sys");
  g_autofree char *folder = ferry_host_data_find_virtio_win (root);
  g_autofree char *iso = put (root, "usr/share/virtio-win/virtio-win.iso");
  g_autofree char *found = ferry_host_data_find_virtio_win (root);
  g_autofree char *own = put (root, "own.iso");
  g_autofree char *named = NULL;
  g_autofree char *missing = NULL;

  g_setenv ("VIRTIO_WIN", own, TRUE);
  named = ferry_host_data_find_virtio_win (root);
  g_setenv ("VIRTIO_WIN", "/nonexistent.iso", TRUE);
  missing = ferry_host_data_find_virtio_win (root);

  g_assert_null (none);
  g_assert_true (g_str_has_suffix (folder, "/usr/share/virtio-win"));
  g_assert_cmpstr (found, ==, iso);
  g_assert_cmpstr (named, ==, own);
  g_assert_null (missing);
  g_assert_true (ferry_tree_remove (root, NULL));
}

static void
test_rhsrvany (void)
{
  static const char *const names[] = { "rhsrvany.exe", "pvvxsvc.exe" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *root = make_root ();
      g_autofree char *file = g_build_filename ("usr/share/virt-tools", names[i], NULL);
      G_GNUC_UNUSED g_autofree char *other = put (root, "usr/share/virt-tools/pnp_wait.exe");
      g_autofree char *own = put (root, "own/rhsrvany.exe");
      g_autofree char *own_folder = g_path_get_dirname (own);
      g_autofree char *path = NULL;

      g_assert_false (ferry_host_data_has_rhsrvany (root));
      g_setenv ("VIRT_TOOLS_DATA_DIR", own_folder, TRUE);
      g_assert_true (ferry_host_data_has_rhsrvany (root));
      g_unsetenv ("VIRT_TOOLS_DATA_DIR");
      path = put (root, file);
      g_assert_true (ferry_host_data_has_rhsrvany (root));
      g_assert_true (ferry_tree_remove (root, NULL));
    }
}

static void
test_ovmf (void)
{
  static const char *const files[] = { "OVMF/OVMF_CODE.fd", "edk2/ovmf/OVMF_CODE.fd",
                                       "qemu/ovmf-x86_64-code.bin" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *root = make_root ();
      g_autofree char *file = g_build_filename ("usr/share", files[i], NULL);
      G_GNUC_UNUSED g_autofree char *arm = put (root, "usr/share/AAVMF/AAVMF_CODE.fd");
      g_autofree char *path = NULL;

      g_assert_false (ferry_host_data_has_ovmf (root));
      path = put (root, file);
      g_assert_true (ferry_host_data_has_ovmf (root));
      g_assert_true (ferry_tree_remove (root, NULL));
    }
}

static void
test_behind (void)
{
  g_autofree char *root = make_root ();
  g_autofree char *cache = put (root, "etc/ld.so.cache");
  g_autofree char *etc = g_path_get_dirname (cache);
  const struct utimbuf then = { 1700000000, 1700000000 };

  g_assert_cmpint (g_utime (cache, (struct utimbuf *) &then), ==, 0);
  g_assert_cmpint (g_utime (etc, (struct utimbuf *) &then), ==, 0);
  g_assert_cmpint (ferry_host_data_get_behind (root, 1700000001), ==, 0);
  g_assert_cmpint (ferry_host_data_get_behind (root, 1700000000 - 300), ==, 0);
  g_assert_cmpint (ferry_host_data_get_behind (root, 1700000000 - 301), ==, 301);
  g_assert_cmpint (ferry_host_data_get_behind (root, 0), ==, 1700000000);
  g_assert_cmpint (ferry_host_data_get_behind ("/nonexistent", 1), ==, 0);
  g_assert_true (ferry_tree_remove (root, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-data/virtio-win", test_virtio_win);
  g_test_add_func ("/host-data/rhsrvany", test_rhsrvany);
  g_test_add_func ("/host-data/ovmf", test_ovmf);
  g_test_add_func ("/host-data/behind", test_behind);

  return g_test_run ();
}
