/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A guest with an encrypted partition: a look into it with real libguestfs, and its import by real
 * virt-v2v with a wrong key and with the right one. One guest serves all: each step takes an appliance
 * its time. */
#include "config.h"

#include "ferry-error.h"
#include "ferry-inspect.h"
#include "ferry-tree.h"
#include "import-rig.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSPHRASE "open sesame: \"please\", ä"
#define WAIT_SECONDS 400

static void
make_guest (ImportRig *rig)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "integration", "make-encrypted", NULL);
  g_autofree char *folder = g_dir_make_tmp ("ferry-encrypted-XXXXXX", NULL);
  const char *argv[] = { script, folder, g_getenv ("FERRY_SAMPLE_DIR"), PASSPHRASE, NULL };

  import_rig_run (argv, NULL);
  g_free (rig->ova);
  rig->ova = g_build_filename (folder, "encrypted.ova", NULL);
}

static void
remove_guest (const ImportRig *rig)
{
  g_autofree char *folder = g_path_get_dirname (rig->ova);

  g_assert_true (ferry_tree_remove (folder, NULL));
}

static FerryInspection *
look (const FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;
  FerryInspection *inspection =
      ferry_inspect_guest (plan, ferry_plan_get_guest (plan, 0)->source, NULL, NULL, &error);
  const FerryRoot *root;

  g_assert_no_error (error);
  g_assert_cmpuint (inspection->roots->len, ==, 1);
  root = ferry_inspection_get_root (inspection, 0);
  g_assert_cmpstr (root->device, ==, "/dev/sda1");
  g_assert_cmpstr (root->os, ==, "debian12");
  g_assert_cmpstr (root->family, ==, "linux");
  g_assert_cmpstr (root->arch, ==, "x86_64");
  g_assert_false (root->hibernated);
  g_assert_cmpint (root->free_bytes, >, 1024 * 1024);

  return inspection;
}

static void
test_look (FerryPlan *plan)
{
  g_autoptr (FerryInspection) without = look (plan);
  g_autoptr (FerryInspection) with = NULL;

  g_assert_cmpuint (g_strv_length (without->encrypted), ==, 1);
  g_assert_cmpstr (without->encrypted[0], ==, "/dev/sdb1");

  ferry_plan_add_key (plan->keys, "/dev/sdb1", "wrong");
  ferry_plan_add_key (plan->keys, NULL, PASSPHRASE);
  with = look (plan);
  g_assert_cmpuint (g_strv_length (with->encrypted), ==, 0);
  g_ptr_array_set_size (plan->keys, 0);
}

/* In nothing that stays: neither plan nor state nor log. */
static void
assert_secret (const ImportRig *rig, const char *import, const char *secret)
{
  g_autofree char *folder = worker_fixture_dup_import_dir (rig->fixture, import);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_null (memmem (content, length, secret, strlen (secret)));
    }
}

static void
assert_refused (const ImportRig *rig, const char *import)
{
  FerryDBusImport1 *object = worker_fixture_get_import (rig->fixture, import);
  const char *code, *message, *advice, *details;

  g_variant_get (ferry_dbus_import1_get_failure (object), "(&s&s&s&s)", &code, &message, &advice,
                 &details);
  g_assert_cmpstr (code, ==, "Key");
  g_test_message ("%s %s", message, advice);
  g_assert_nonnull (strstr (details, "/dev/sdb1"));
}

/* virt-v2v knows no word for every device: it must be told the partition's name. */
static void
test_import (ImportRig *rig, FerryPlan *plan)
{
  g_autofree char *import = NULL;
  g_autofree char *file = g_build_filename (rig->destination, "encrypted", NULL);

  ferry_plan_add_key (plan->keys, NULL, "a wrong one");
  import = import_rig_start (rig, plan);
  worker_fixture_await_state (rig->fixture, import, "failed", WAIT_SECONDS);
  assert_refused (rig, import);
  assert_secret (rig, import, "a wrong one");

  g_ptr_array_set_size (plan->keys, 0);
  ferry_plan_add_key (plan->keys, NULL, PASSPHRASE);
  worker_fixture_retry_with (rig->fixture, import, plan);
  worker_fixture_await_state (rig->fixture, import, "succeeded", WAIT_SECONDS);
  assert_secret (rig, import, PASSPHRASE);
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_DIR));
}

static void
test_all (void)
{
  ImportRig *rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = NULL;

  make_guest (rig);
  plan = import_rig_plan (rig, "encrypted");
  test_look (plan);
  test_import (rig, plan);
  remove_guest (rig);
  import_rig_free (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-encrypted", test_all);

  return g_test_run ();
}
