/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Where the keys of encrypted disks are in the course of an import, with a stand-in for virt-v2v. */
#include "config.h"

#include "ferry-error.h"
#include "ferry-import.h"
#include "ferry-tree.h"
#include "two-disk-ova.h"

#include <glib/gstdio.h>
#include <string.h>

#define KEY "open [s]esame, 'please'"
#define OWN_KEY "its own [s]esame"

/* It notes how it was called, what its key files hold, and where else the keys are to be seen; then it
 * says what the real one says of a wrong key. */
static const char script[] =
    "#!/bin/sh\n"
    "case \"$*\" in\n"
    "  --version) echo 'virt-v2v 2.2.0'; exit 0 ;;\n"
    "  --machine-readable) printf '%s\\n' input:libvirtxml output:local mac-option; exit 0 ;;\n"
    "esac\n"
    "cd \"$FERRY_TEST_NOTES\" || exit 9\n"
    "echo \"$*\" > called\n"
    "for word; do\n"
    "  case $word in\n"
    "    *:file:*) stat -c %a \"${word#*:file:}\" >> modes; cat \"${word#*:file:}\" >> keys ;;\n"
    "  esac\n"
    "done\n"
    "grep -laz '[[]s]esame' /proc/[0-9]*/cmdline /proc/[0-9]*/environ ../state/imports/*/* > leaks "
    "2>/dev/null\n"
    "echo 'virt-v2v: could not find key to open LUKS encrypted /dev/sdb1.' >&2\n"
    "exit 1\n";

typedef struct
{
  char *dir;
  char *tmp;
  FerryPlan *plan;
  FerryPlanGuest *guest;
} Fixture;

static char *
make_folder (Fixture *fixture, const char *name, const char *variable)
{
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  if (variable != NULL)
    g_setenv (variable, path, TRUE);

  return path;
}

static void
put_virt_v2v (Fixture *fixture)
{
  g_autofree char *tools = make_folder (fixture, "tools", "FERRY_TOOL_PATH");
  g_autofree char *path = g_build_filename (tools, "virt-v2v", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryGuest) guest = NULL;
  g_autofree char *state = NULL;
  g_autofree char *destination = NULL;
  g_autofree char *notes = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-keys-XXXXXX", NULL);
  fixture->tmp = make_folder (fixture, "tmp", "FERRY_TMPDIR");
  state = make_folder (fixture, "state", "FERRY_STATE_DIR");
  notes = make_folder (fixture, "notes", "FERRY_TEST_NOTES");
  destination = make_folder (fixture, "destination", NULL);
  g_setenv ("FERRY_CACHE_DIR", fixture->dir, TRUE);
  g_setenv ("FERRY_KVM", "absent", TRUE);
  put_virt_v2v (fixture);
  fixture->plan = two_disk_ova_new (fixture->dir, &guest);
  ferry_plan_set_folder_destination (fixture->plan, destination);
  fixture->guest = ferry_plan_add_guest (fixture->plan, guest);
  fixture->guest->memory_bytes = 1 << 30;
  fixture->guest->vcpus = 1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  ferry_plan_free (fixture->plan);
  g_free (fixture->dir);
  g_free (fixture->tmp);
}

static char *
read_note (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, "notes", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* In no file below @path. */
static void
assert_no_key (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *content = NULL;
  gsize length = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_no_key (child);
    }
  if (dir == NULL && g_file_get_contents (path, &content, &length, NULL))
    g_assert_null (memmem (content, length, "[s]esame", strlen ("[s]esame")));
}

static void
run_import (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) record = ferry_record_create (fixture->plan, &error);

  g_assert_no_error (error);
  g_assert_false (ferry_import_run (record, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_KEY);
  g_assert_cmpint (record->failure->code, ==, FERRY_ERROR_KEY);
}

static void
test_files_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *called = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *leaks = NULL;
  g_autofree char *modes = NULL;
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  ferry_plan_add_key (fixture->plan->keys, "/dev/sdb1", KEY);
  ferry_plan_add_key (fixture->guest->keys, "/dev/sda2", OWN_KEY);
  run_import (fixture);
  called = read_note (fixture, "called");
  g_assert_nonnull (strstr (called, " --key /dev/sda2:file:"));
  g_assert_nonnull (strstr (called, " --key /dev/sdb1:file:"));
  keys = read_note (fixture, "keys");
  g_assert_cmpstr (keys, ==, OWN_KEY KEY);
  modes = read_note (fixture, "modes");
  g_assert_cmpstr (modes, ==, "600\n600\n");
  leaks = read_note (fixture, "leaks");
  g_assert_cmpstr (leaks, ==, "");
  assert_no_key (state);
  assert_no_key (fixture->tmp);
}

/* Without keys, virt-v2v is called as ever. */
static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autofree char *called = NULL;

  run_import (fixture);
  called = read_note (fixture, "called");
  g_assert_null (strstr (called, "--key"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/import-keys/files-only", test_files_only);
  ADD ("/import-keys/none", test_none);

  return g_test_run ();
}
