/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider.h"

#include "ferry-tree.h"

#define HEAD "[Ferry]\nVersion=1\n"

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-provider-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  g_setenv ("FERRY_CONFIG_DIR", fixture->dir, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
}

static FerryProvider *
make_provider (const char *name)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  FerryProvider *provider;

  ferry_plan_source_set (&source->uri, "qemu+ssh://root@kvm1.example.com/system");
  ferry_plan_source_set_password (&source->password, "geheim");
  provider = ferry_provider_new (name, source);
  provider->remember = TRUE;
  provider->tested_usec = 1;
  provider->test_result = g_strdup ("12 virtual machines");

  return provider;
}

static GPtrArray *
import (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *providers = ferry_provider_import (text, -1, &error);

  g_assert_no_error (error);
  return providers;
}

/* Out and in again, beside those that are there: with ids and names of their own. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) exported =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);
  g_autoptr (GPtrArray) imported = NULL;
  g_autofree char *text = NULL;
  FerryProvider *first = make_provider ("KVM");
  FerryProvider *second = make_provider ("Büro");
  const FerryProvider *result;

  g_ptr_array_add (exported, first);
  g_ptr_array_add (exported, second);
  g_assert_true (ferry_provider_save (first, NULL));
  text = ferry_provider_export (exported);
  g_assert_null (strstr (text, "geheim"));
  g_assert_null (strstr (text, first->id));
  g_assert_null (strstr (text, "12 virtual machines"));

  imported = import (text);
  g_assert_cmpuint (imported->len, ==, 2);
  result = g_ptr_array_index (imported, 0);
  g_assert_cmpstr (result->name, ==, "KVM (2)");
  g_assert_cmpstr (result->id, !=, first->id);
  g_assert_cmpstr (result->source.provider, ==, result->id);
  g_assert_cmpstr (result->source.uri, ==, "qemu+ssh://root@kvm1.example.com/system");
  g_assert_true (result->remember);
  g_assert_cmpint (result->tested_usec, ==, 0);
  g_assert_null (result->test_result);
  g_assert_cmpstr (((FerryProvider *) g_ptr_array_index (imported, 1))->name, ==, "Büro");
  g_assert_true (ferry_provider_save (result, NULL));
}

/* Names that are the same in the text itself, up to the last one. */
static void
test_same_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autofree char *name = g_strnfill (119, 'a');
  g_autoptr (GPtrArray) imported = NULL;

  for (guint i = 1; i <= 1000; i++)
    g_string_append_printf (text, "[Provider %u]\nname=%s\n[Source %u]\nkind=vsphere\nhost=h\n", i,
                            name, i);
  imported = import (text->str);
  g_assert_cmpuint (imported->len, ==, 1000);
  for (guint i = 990; i < 1000; i++)
    g_assert_true (ferry_provider_save (g_ptr_array_index (imported, i), NULL));
}

static void
assert_refused (const char *text, gssize length, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imported = ferry_provider_import (text, length, &error);

  if (imported != NULL)
    g_error ("This was imported: %s", text);
  g_assert_error (error, FERRY_ERROR, (int) code);
}

#define ONE(source) HEAD "[Provider 1]\nname=a\n[Source 1]\n" source "\n"

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "",
    "garbage",
    "{\"version\": 1}",
    HEAD,
    HEAD "[Provider 2]\nname=a\n[Source 2]\nkind=vsphere\nhost=h\n",
    HEAD "[Provider 1]\nname=a\n",
    HEAD "[Provider 1]\n[Source 1]\nkind=vsphere\nhost=h\n",
    HEAD "[Provider 1]\nname=a\\nb\n[Source 1]\nkind=vsphere\nhost=h\n",
    "[Ferry]\nVersion=0\n[Provider 1]\nname=a\n[Source 1]\nkind=vsphere\nhost=h\n",
    ONE ("kind=tape"),
    ONE ("kind=ova\npath=relative.ova"),
    ONE ("kind=vsphere\nhost=a\\nb"),
    ONE ("kind=vsphere\nhost="),
    ONE ("kind=vsphere\nhost=h\ntransport=pigeon"),
    ONE ("kind=libvirt\nuri=qemu+ssh://h/system?command=/tmp/evil"),
    ONE ("kind=libvirt\nuri=qemu+ssh://h/system?no_tty=1&COMMAND=/tmp/evil"),
    ONE ("kind=libvirt\nuri=qemu+ssh://h/system?%63ommand=/tmp/evil"),
    ONE ("kind=libvirt\nuri=qemu+ext:///system"),
    ONE ("kind=libvirt\nuri=qemu+ssh://h/%00"),
    /* A good one before it does not come in by itself. */
    ONE ("kind=vsphere\nhost=h") "[Provider 2]\nname=b\n[Source 2]\nkind=tape\n",
  };
  static const char nul[] = HEAD "[Provider 1]\nname=a\0b\n[Source 1]\nkind=vsphere\nhost=h\n";
  g_autofree char *endless = g_strnfill (5 << 20, '\n');
  g_autofree char *long_name = g_strnfill (1 << 20, 'a');
  g_autofree char *long_text =
      g_strdup_printf (HEAD "[Provider 1]\nname=%s\n[Source 1]\nkind=vsphere\nhost=h\n", long_name);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], -1, FERRY_ERROR_INVALID);
  assert_refused (nul, sizeof nul - 1, FERRY_ERROR_INVALID);
  assert_refused ("\xff\xfe", 2, FERRY_ERROR_INVALID);
  assert_refused (endless, -1, FERRY_ERROR_INVALID);
  assert_refused (long_text, -1, FERRY_ERROR_INVALID);
  assert_refused ("[Ferry]\nVersion=2\n[Provider 1]\nname=a\n", -1, FERRY_ERROR_UNSUPPORTED);
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  for (guint i = 1; i <= 50000; i++)
    g_string_append_printf (text, "[Provider %u]\nname=n%u\n[Source %u]\nkind=tape\n", i, i, i);
  assert_refused (text->str, -1, FERRY_ERROR_INVALID);
}

/* Words in a text that could be taken for passwords go nowhere. */
static void
test_no_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) imported =
      import (ONE ("kind=vsphere\nhost=h\npassword=x\nssh_password=y\nprovider=z"));
  const FerryProvider *provider = g_ptr_array_index (imported, 0);

  g_assert_null (provider->source.password);
  g_assert_null (provider->source.ssh_password);
  g_assert_null (provider->source.extra);
  g_assert_cmpstr (provider->source.provider, ==, provider->id);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/provider-text/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("same-names", test_same_names);
  ADD ("hostile", test_hostile);
  ADD ("too-many", test_too_many);
  ADD ("no-password", test_no_password);

  return g_test_run ();
}
