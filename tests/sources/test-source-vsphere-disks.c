/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "vcenter-peer.h"

#include <glib/gstdio.h>
#include <string.h>

/* The disks of VMware's simulator, with a real nbdkit. */

static char *
make_image (gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_malloc (n_bytes);
  char *path;
  int fd = g_file_open_tmp ("ferry-image.XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (char) (i * 7 + i / 4096);
  g_file_set_contents (path, data, (gssize) n_bytes, &error);
  g_assert_no_error (error);

  return path;
}

static void
write_files (const FerryDiskLocation *location)
{
  for (guint i = 0; location->files != NULL && i < location->files->len; i++)
    {
      const FerryPrivateFile *file = g_ptr_array_index (location->files, i);

      g_assert_true (g_file_set_contents_full (file->path, file->text, -1, G_FILE_SET_CONTENTS_NONE,
                                               0600, NULL));
    }
}

static void
copy_with_nbdkit (const FerryDiskLocation *location, const char *out)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *run = g_strdup_printf ("nbdcopy \"$uri\" '%s'", out);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_strv_builder_add_many (argv, "nbdkit", "-r", "-U", "-", NULL);
  g_strv_builder_addv (argv, (const char **) location->serve);
  g_strv_builder_add_many (argv, "--run", run, NULL);
  words = g_strv_builder_end (argv);
  g_spawn_sync (NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
assert_no_secret (const FerryDiskLocation *location)
{
  for (guint i = 0; location->serve[i] != NULL; i++)
    g_assert_null (strstr (location->serve[i], "secret"));
}

static GPtrArray *
prepare (VcenterRig *rig, const FerryGuest *guest, const char *work_dir)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *locations = ferry_source_prepare (rig->source, guest, work_dir, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, guest->disks->len);

  return locations;
}

static void
assert_same (const char *path, const char *other)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize a_length, b_length;

  g_assert_true (g_file_get_contents (path, &a, &a_length, NULL));
  g_assert_true (g_file_get_contents (other, &b, &b_length, NULL));
  g_assert_cmpuint (a_length, ==, b_length);
  g_assert_cmpint (memcmp (a, b, a_length), ==, 0);
}

static void
remove_files (const FerryDiskLocation *location)
{
  for (guint i = 0; i < location->files->len; i++)
    g_unlink (((FerryPrivateFile *) location->files->pdata[i])->path);
}

static void
check_disk_is_read (const char *options, gboolean verify)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autofree char *image = make_image (3 << 20);
  g_autofree char *all = g_strdup_printf ("-image '%s' %s", image, options);
  g_autofree char *dir = g_dir_make_tmp ("ferry-work.XXXXXX", NULL);
  g_autofree char *out = g_build_filename (dir, "out", NULL);
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) locations = NULL;

  if (vcenter_rig_start (&rig, all))
    {
      rig.settings->verify = verify;
      vcenter_rig_renew (&rig);
      if (verify)
        vcenter_peer_trust (rig.peer);
      guest = vcenter_rig_read (&rig, "tiny");
      g_assert_cmpuint (ferry_guest_get_disk (guest, 0)->capacity_bytes, ==, 3 << 20);
      locations = prepare (&rig, guest, dir);
      assert_no_secret (locations->pdata[0]);
      write_files (locations->pdata[0]);
      copy_with_nbdkit (locations->pdata[0], out);
      assert_same (image, out);
      remove_files (locations->pdata[0]);
      ((FerryDisk *) g_ptr_array_index (guest->disks, 0))->flags |= FERRY_DISK_LEFT_OUT;
      g_clear_pointer (&locations, g_ptr_array_unref);
      locations = ferry_source_prepare (rig.source, guest, dir, NULL, NULL, NULL);
      g_assert_cmpuint (locations->len, ==, guest->disks->len - 1);
    }
  g_unlink (out);
  g_unlink (image);
  g_rmdir (dir);
}

static void
test_disk (void)
{
  check_disk_is_read ("", TRUE);
}

static void
test_disk_of_folder (void)
{
  check_disk_is_read ("-datacenters 2", TRUE);
}

static void
test_disk_of_esxi (void)
{
  check_disk_is_read ("-esx", TRUE);
}

static void
test_disk_without_verification (void)
{
  check_disk_is_read ("-names vc.example", FALSE);
}

/* Each part of the address finds its way. */
static void
test_disk_of_odd_name (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autofree char *dir = g_dir_make_tmp ("ferry-work.XXXXXX", NULL);
  g_autofree char *out = g_build_filename (dir, "out", NULL);
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) locations = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  guest = vcenter_rig_read (&rig, VCENTER_ODD_NAME);
  locations = prepare (&rig, guest, dir);
  write_files (locations->pdata[0]);
  copy_with_nbdkit (locations->pdata[0], out);
  remove_files (locations->pdata[0]);
  g_unlink (out);
  g_rmdir (dir);
}

static void
assert_prepare_fails (VcenterRig *rig, const FerryGuest *guest, FerryError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations =
      ferry_source_prepare (rig->source, guest, "/nowhere", NULL, NULL, &error);

  g_assert_null (locations);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_prepare_refused (void)
{
  g_auto (VcenterRig) rig = { NULL };
  g_autoptr (FerryGuest) db = NULL;
  g_autoptr (FerryGuest) snap = NULL;
  g_autoptr (FerryGuest) rdm = NULL;
  g_autoptr (FerryGuest) twin = NULL;

  if (!vcenter_rig_start_trusted (&rig, ""))
    return;
  snap = vcenter_rig_read (&rig, "snap");
  rdm = vcenter_rig_read (&rig, "rdm");
  twin = vcenter_rig_read (&rig, "twin-a");
  db = vcenter_rig_read (&rig, "db01");
  assert_prepare_fails (&rig, snap, FERRY_ERROR_INVALID, "snapshots");
  assert_prepare_fails (&rig, rdm, FERRY_ERROR_UNSUPPORTED, "RDM");
  g_free (vcenter_peer_command (rig.peer, "start db01"));
  assert_prepare_fails (&rig, db, FERRY_ERROR_INVALID, "runs");
  ((FerryDisk *) twin->disks->pdata[0])->capacity_bytes--;
  assert_prepare_fails (&rig, twin, FERRY_ERROR_INVALID, "changed");
  g_free (vcenter_peer_command (rig.peer, "remove twin-a"));
  assert_prepare_fails (&rig, twin, FERRY_ERROR_NOT_FOUND, "no longer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vcenter/disk/plain", test_disk);
  g_test_add_func ("/vcenter/disk/folder", test_disk_of_folder);
  g_test_add_func ("/vcenter/disk/esxi", test_disk_of_esxi);
  g_test_add_func ("/vcenter/disk/no-verify", test_disk_without_verification);
  g_test_add_func ("/vcenter/disk/odd-name", test_disk_of_odd_name);
  g_test_add_func ("/vcenter/disk/refused", test_prepare_refused);

  return g_test_run ();
}
