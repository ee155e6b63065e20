/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-keys.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  FerryHost *host;
  FerryPlan *plan;
  FerryPlanGuest *guest;
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = ferry_guest_new ("web", "web");

  fixture->dir = g_dir_make_tmp ("ferry-keys-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->host = ferry_host_local_new ();
  fixture->plan = ferry_plan_new ();
  g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 1"));
  g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 2"));
  fixture->guest = ferry_plan_add_guest (fixture->plan, guest);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  ferry_plan_free (fixture->plan);
  g_object_unref (fixture->host);
  g_free (fixture->dir);
}

static char **
write_keys (Fixture *fixture, const char *version)
{
  const FerryKeyFiles files = { fixture->plan, fixture->guest, version, fixture->dir };
  g_autoptr (GError) error = NULL;
  char **values = ferry_keys_write (fixture->host, &files, &error);

  g_assert_no_error (error);

  return values;
}

/* The file that @value, "SELECTOR:file:PATH", names holds exactly @key, for its owner only. */
static void
assert_file (const char *value, const char *key)
{
  const char *path = strstr (value, ":file:") + strlen (":file:");
  g_autofree char *content = NULL;
  struct stat info;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpstr (content, ==, key);
  g_assert_cmpuint (length, ==, strlen (key));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) values = write_keys (fixture, "2.2.0");
  g_autofree char *lines = ferry_keys_to_lines (fixture->plan, fixture->guest);

  g_assert_null (values[0]);
  g_assert_cmpstr (lines, ==, "");
}

static void
test_new_virt_v2v (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) values = NULL;

  ferry_plan_add_key (fixture->plan->keys, NULL, "for all, ä: \"1\"");
  ferry_plan_add_key (fixture->guest->keys, "/dev/sda2", "own");
  values = write_keys (fixture, "2.4.0");
  g_assert_cmpuint (g_strv_length (values), ==, 2);
  g_assert_true (g_str_has_prefix (values[0], "/dev/sda2:file:/"));
  assert_file (values[0], "own");
  g_assert_true (g_str_has_prefix (values[1], "all:file:/"));
  assert_file (values[1], "for all, ä: \"1\"");
}

/* It knows no "all": each partition that there may be gets the key, and what was found. */
static void
test_old_virt_v2v (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = { "/dev/vg/home:file:/", "/dev/sda1:file:/",
                                          "/dev/sda16:file:/", "/dev/sdb1:file:/" };
  static const guint at[] = { 0, 1, 16, 17 };
  g_auto (GStrv) values = NULL;
  FerryInspection *inside = ferry_inspection_new ();

  fixture->guest->source->inside = inside;
  ferry_inspection_add_encrypted (inside, "/dev/vg/home");
  ferry_inspection_add_encrypted (inside, "btrfsvol:/dev/sda1/x y");
  ferry_plan_add_key (fixture->plan->keys, NULL, "secret");
  values = write_keys (fixture, "2.2.0");
  g_assert_cmpuint (g_strv_length (values), ==, 33);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    g_assert_true (g_str_has_prefix (values[at[i]], expected[i]));
  for (guint i = 0; i < 33; i++)
    assert_file (values[i], "secret");
}

static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) values = NULL;

  ferry_plan_guest_get_disk (fixture->guest, 0)->included = FALSE;
  ferry_plan_add_key (fixture->plan->keys, NULL, "secret");
  values = write_keys (fixture, NULL);
  g_assert_cmpuint (g_strv_length (values), ==, 16);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *version;
    gboolean knows_all;
  } cases[] = {
    { "2.3.99", FALSE }, { "2.4", TRUE }, { "2.10.0", TRUE }, { "3.0", TRUE },
    { "1.44", FALSE },   { "", FALSE },   { "x", FALSE },     { "99999999999.9", FALSE },
  };

  ferry_plan_add_key (fixture->plan->keys, NULL, "secret");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) values = write_keys (fixture, cases[i].version);
      const char *path = strstr (values[0], "/key-");

      g_assert_true (g_str_has_prefix (values[0], "all:") == cases[i].knows_all);
      g_assert_nonnull (path);
      g_assert_cmpint (g_remove (strstr (values[0], ":file:") + strlen (":file:")), ==, 0);
    }
}

static void
test_cannot_write (Fixture *fixture, gconstpointer data)
{
  const FerryKeyFiles files = { fixture->plan, fixture->guest, NULL, "/nowhere" };
  g_autoptr (GError) error = NULL;

  ferry_plan_add_key (fixture->plan->keys, NULL, "hidden");
  g_assert_null (ferry_keys_write (fixture->host, &files, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_null (strstr (error->message, "hidden"));
}

static void
test_valid (void)
{
  g_autofree char *longest = g_strnfill (512, 'x');
  g_autofree char *longer = g_strnfill (513, 'x');

  g_assert_true (ferry_key_is_valid ("a b:c"));
  g_assert_true (ferry_key_is_valid (longest));
  g_assert_false (ferry_key_is_valid (longer));
  g_assert_false (ferry_key_is_valid (""));
  g_assert_false (ferry_key_is_valid ("a\nb"));
  g_assert_true (ferry_key_device_is_valid ("/dev/mapper/vg-root"));
  g_assert_true (ferry_key_device_is_valid ("3c2bbd39-b56f-438a-999d-b21fd2114552"));
  g_assert_false (ferry_key_device_is_valid (""));
  g_assert_false (ferry_key_device_is_valid ("-"));
  g_assert_false (ferry_key_device_is_valid ("--key"));
  g_assert_false (ferry_key_device_is_valid ("/dev/sda1:key:x"));
  g_assert_false (ferry_key_device_is_valid ("/dev/sda 1"));
  g_assert_false (ferry_key_device_is_valid (longer));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/keys/none", test_none);
  ADD ("/keys/new-virt-v2v", test_new_virt_v2v);
  ADD ("/keys/old-virt-v2v", test_old_virt_v2v);
  ADD ("/keys/left-out", test_left_out);
  ADD ("/keys/versions", test_versions);
  ADD ("/keys/cannot-write", test_cannot_write);
  g_test_add_func ("/keys/valid", test_valid);

  return g_test_run ();
}
