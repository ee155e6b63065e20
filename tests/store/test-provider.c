/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider.h"

#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *dir;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-provider-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->folder = g_build_filename (fixture->dir, "providers", NULL);
  g_setenv ("FERRY_CONFIG_DIR", fixture->dir, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->folder);
  g_free (fixture->dir);
}

static FerryProvider *
make_vsphere (const char *name)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);

  ferry_plan_source_set (&source->host, "vc.example.com");
  ferry_plan_source_set (&source->user, "administrator@vsphere.local");
  ferry_plan_source_set (&source->datacenter, "Büro; 1");
  ferry_plan_source_set_password (&source->password, "sehr geheim");
  ferry_plan_source_set_password (&source->ssh_password, "noch geheimer");
  source->transport = FERRY_TRANSPORT_SSH;
  source->verify = FALSE;

  return ferry_provider_new (name, source);
}

static void
save (const FerryProvider *provider)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_provider_save (provider, &error));
  g_assert_no_error (error);
}

static char *
dup_path (Fixture *fixture, const char *id, const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (fixture->folder, name, NULL);
}

static char *
read_file (Fixture *fixture, const char *id)
{
  g_autofree char *path = dup_path (fixture, id, ".ini");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_file (Fixture *fixture, const char *id, const char *text)
{
  g_autofree char *path = dup_path (fixture, id, ".ini");

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

static FerryProvider *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  FerryProvider *provider = ferry_provider_load (id, &error);

  g_assert_no_error (error);
  return provider;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) provider = make_vsphere ("vCenter ‘Büro’ = [1]");
  g_autoptr (FerryProvider) copy = NULL;
  g_autoptr (FerryProvider) loaded = NULL;

  provider->remember = TRUE;
  provider->tested_usec = 1234567890123456;
  provider->test_result = g_strdup ("The password was\nrefused.");
  provider->test_failed = TRUE;
  provider->test_code = FERRY_ERROR_AUTH;
  copy = ferry_provider_copy (provider);
  save (copy);
  loaded = load (provider->id);

  g_assert_cmpstr (loaded->name, ==, "vCenter ‘Büro’ = [1]");
  g_assert_true (ferry_plan_source_is_same (&loaded->source, &provider->source));
  g_assert_cmpstr (loaded->source.provider, ==, provider->id);
  g_assert_true (loaded->remember);
  g_assert_cmpint (loaded->tested_usec, ==, 1234567890123456);
  g_assert_cmpstr (loaded->test_result, ==, "The password was\nrefused.");
  g_assert_true (loaded->test_failed);
  g_assert_cmpint (loaded->test_code, ==, FERRY_ERROR_AUTH);
  g_assert_null (loaded->source.password);
  g_assert_cmpstr (copy->source.password, ==, "sehr geheim");
}

/* No password in the file, whatever was typed; nobody else can read it. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) provider = make_vsphere ("a");
  g_autofree char *path = dup_path (fixture, provider->id, ".ini");
  g_autofree char *text = NULL;
  struct stat status;

  save (provider);
  text = read_file (fixture, provider->id);
  g_assert_null (strstr (text, "geheim"));
  g_assert_null (strstr (text, "password"));
  g_assert_nonnull (strstr (text, "[Ferry]\nVersion=1\n"));
  g_assert_nonnull (strstr (text, "host=vc.example.com\n"));
  g_assert_nonnull (strstr (text, "verify=false\n"));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0700);
}

/* What a newer Ferry of the same version wrote is there after this one has saved; what belonged to
 * the source before is not. */
static void
test_unknown_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (FerryProvider) provider = NULL;
  g_autofree char *text = NULL;

  write_file (fixture, id,
              "# by hand\n[Ferry]\nVersion=1\n[Provider]\nname=a\ncolour=red\n"
              "[Source]\nkind=vsphere\nhost=h\nesx=e\nspeed=fast\n[Later]\nx=1\n");
  provider = load (id);
  g_assert_cmpstr (provider->source.esx, ==, "e");
  g_assert_null (provider->source.extra);
  ferry_plan_source_set (&source->uri, "qemu:///system");
  ferry_plan_source_copy (source, &provider->source);
  save (provider);
  text = read_file (fixture, id);
  g_assert_nonnull (strstr (text, "# by hand\n"));
  g_assert_nonnull (strstr (text, "colour=red\n"));
  g_assert_nonnull (strstr (text, "speed=fast\n"));
  g_assert_nonnull (strstr (text, "[Later]\nx=1\n"));
  g_assert_nonnull (strstr (text, "uri=qemu:///system\n"));
  g_assert_null (strstr (text, "esx="));
  g_assert_null (strstr (text, "host="));
}

static void
assert_save_fails (const FerryProvider *provider, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_provider_save (provider, &error));
  g_assert_error (error, FERRY_ERROR, (int) code);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (121, 'a');
  const char *const bad[] = { "", " \t", "a\nb", "a\x7f", "\xff", "a\xc2\x85", long_name };
  g_autoptr (FerryProvider) first = make_vsphere ("Büro");
  g_autoptr (FerryProvider) same = make_vsphere ("BÜRO");
  g_autoptr (FerryProvider) composed = make_vsphere ("bu\xcc\x88ro");

  save (first);
  save (first);
  assert_save_fails (same, FERRY_ERROR_EXISTS);
  assert_save_fails (composed, FERRY_ERROR_EXISTS);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (FerryProvider) provider = make_vsphere (bad[i]);

      assert_save_fails (provider, FERRY_ERROR_INVALID);
    }
  g_free (first->name);
  first->name = g_strdup ("büro");
  save (first);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) first = make_vsphere ("vCenter");
  g_autoptr (FerryProvider) second = make_vsphere ("Lab");
  g_autoptr (FerryProvider) by_name = NULL;
  g_autoptr (FerryProvider) by_id = NULL;
  g_autoptr (FerryProvider) none = NULL;
  g_autofree char *upper = NULL;
  g_autoptr (GError) error = NULL;

  save (first);
  save (second);
  by_name = ferry_provider_find ("VCENTER", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_name->id, ==, first->id);
  upper = g_ascii_strup (second->id, -1);
  by_id = ferry_provider_find (upper, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_id->name, ==, "Lab");
  none = ferry_provider_find ("vCentre", &error);
  g_assert_null (none);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "‘vCenter’"));
  g_clear_error (&error);
  none = ferry_provider_find ("\xff", &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "beta", "Alpha", "Gamma" };
  g_autofree char *damaged_id = g_uuid_string_random ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  guint damaged = 7;

  none = ferry_provider_list (&damaged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (damaged, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FerryProvider) provider = make_vsphere (names[i]);

      save (provider);
    }
  write_file (fixture, damaged_id, "[Ferry]\nVersion=1\n[Provider]\nname=x\n");
  write_file (fixture, "no-uuid", "garbage");
  all = ferry_provider_list (&damaged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (damaged, ==, 1);
  g_assert_cmpstr (((FerryProvider *) g_ptr_array_index (all, 0))->name, ==, "Alpha");
  g_assert_cmpstr (((FerryProvider *) g_ptr_array_index (all, 1))->name, ==, "beta");
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) provider = make_vsphere ("a");
  g_autoptr (FerryProvider) none = NULL;
  g_autoptr (GError) error = NULL;

  save (provider);
  g_assert_true (ferry_provider_remove (provider->id, &error));
  g_assert_no_error (error);
  g_assert_false (ferry_provider_remove (provider->id, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  none = ferry_provider_load (provider->id, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* An id is no way to any other file. */
  g_assert_false (ferry_provider_remove ("../known_hosts", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

/* Saving over a damaged file sets it aside; one of a newer Ferry stays as it is. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const damaged[] = {
    "",
    "garbage",
    "[Ferry]\nVersion=1\n",
    "[Ferry]\nVersion=1\n[Provider]\nname=a\n[Source]\nkind=tape\n",
    "[Ferry]\nVersion=1\n[Provider]\nname=a\n[Source]\nkind=vsphere\n",
    "[Ferry]\nVersion=1\n[Provider]\nname=a\n[Source]\nkind=vsphere\nhost=h\nverify=maybe\n",
    "[Ferry]\nVersion=1\n[Provider]\nname=a\\x\n[Source]\nkind=vsphere\nhost=h\n",
    "[Ferry]\nVersion=1\n[Provider]\nname=a\n[Source]\nkind=vsphere\nhost=\xff\n",
  };
  g_autoptr (FerryProvider) provider = make_vsphere ("a");
  g_autofree char *path = dup_path (fixture, provider->id, ".ini.damaged");

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (FerryProvider) none = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      write_file (fixture, provider->id, damaged[i]);
      none = ferry_provider_load (provider->id, &error);
      g_assert_null (none);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      save (provider);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, damaged[i]);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  static const char newer[] = "[Ferry]\nVersion=2\n[Provider]\nname=a\n";
  g_autoptr (FerryProvider) provider = make_vsphere ("a");
  g_autoptr (FerryProvider) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_file (fixture, provider->id, newer);
  none = ferry_provider_load (provider->id, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "newer version of Ferry"));
  assert_save_fails (provider, FERRY_ERROR_UNSUPPORTED);
  text = read_file (fixture, provider->id);
  g_assert_cmpstr (text, ==, newer);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/provider/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("file", test_file);
  ADD ("unknown-kept", test_unknown_kept);
  ADD ("names", test_names);
  ADD ("find", test_find);
  ADD ("list", test_list);
  ADD ("remove", test_remove);
  ADD ("damaged", test_damaged);
  ADD ("newer", test_newer);

  return g_test_run ();
}
