/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-undo.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- a host that notes what it is told --- */

#define TEST_TYPE_HOST (test_host_get_type ())
G_DECLARE_FINAL_TYPE (TestHost, test_host, TEST, HOST, GObject)

struct _TestHost
{
  GObject parent_instance;

  GString *said;
  gboolean fails;
};

static gboolean
host_end_marked (FerryHost *host, const char *marker, GError **error)
{
  TestHost *self = TEST_HOST (host);

  g_string_append_printf (self->said, "end %s;", marker);

  return !self->fails || ferry_fail (error, FERRY_ERROR_FAILED, "It does not end.");
}

static void
test_host_host_init (FerryHostInterface *iface)
{
  iface->end_marked = host_end_marked;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestHost,
                               test_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_HOST, test_host_host_init))

static void
test_host_finalize (GObject *object)
{
  g_string_free (TEST_HOST (object)->said, TRUE);

  G_OBJECT_CLASS (test_host_parent_class)->finalize (object);
}

static void
test_host_class_init (TestHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_host_finalize;
}

static void
test_host_init (TestHost *self)
{
  self->said = g_string_new (NULL);
}

/* --- the tests --- */

typedef struct
{
  char *dir;
  FerryRecord *record;
  TestHost *host;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("tiny", "tiny");
  g_autofree char *state = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-undo-XXXXXX", &error);
  g_assert_no_error (error);
  state = g_build_filename (fixture->dir, "state", NULL);
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);

  ferry_plan_set_ova_source (plan, "/srv/tiny.ova");
  ferry_plan_set_folder_destination (plan, fixture->dir);
  ferry_plan_add_guest (plan, guest);
  fixture->record = ferry_record_create (plan, &error);
  g_assert_no_error (error);
  ferry_record_clear_undo (fixture->record, &error);
  g_assert_no_error (error);
  fixture->host = g_object_new (TEST_TYPE_HOST, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_clear_pointer (&fixture->record, ferry_record_free);
  g_clear_object (&fixture->host);
  g_free (fixture->dir);
}

static char *
make_file (Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));

  return path;
}

static void
push (Fixture *fixture, const char *kind, const char *argument)
{
  g_autoptr (GError) error = NULL;

  ferry_record_push_undo (fixture->record, &error, kind, argument, NULL);
  g_assert_no_error (error);
}

static gboolean
undo (Fixture *fixture, GError **error)
{
  return ferry_undo_all (fixture->record, FERRY_HOST (fixture->host), error);
}

/* What the journal on disk still has to undo. */
static guint
count_left (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) record = ferry_record_load (fixture->record->id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (record->undo->len, ==, fixture->record->undo->len);

  return record->undo->len;
}

static gboolean
is_there (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (undo (fixture, &error));
  g_assert_no_error (error);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *inner = make_file (fixture, "staging é/deep/er/disk");
  g_autofree char *tree = g_build_filename (fixture->dir, "staging é", NULL);
  g_autofree char *file = make_file (fixture, "pool/tiny-sda");
  g_autofree char *other = make_file (fixture, "pool/other-sda");
  g_autofree char *gone = g_build_filename (fixture->dir, "never/made", NULL);

  push (fixture, "end-processes", "some-id");
  push (fixture, "remove-tree", tree);
  push (fixture, "remove-tree", gone);
  push (fixture, "remove-file", file);
  push (fixture, "remove-file", gone);

  g_assert_true (undo (fixture, &error));
  g_assert_no_error (error);
  g_assert_false (is_there (inner) || is_there (tree));
  g_assert_false (is_there (file));
  g_assert_true (is_there (other));
  g_assert_cmpstr (fixture->host->said->str, ==, "end some-id;");
  g_assert_cmpuint (count_left (fixture), ==, 0);
}

/* Links are removed themselves; what they lead to is somebody else's. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *precious = make_file (fixture, "precious/file");
  g_autofree char *folder = g_path_get_dirname (precious);
  g_autofree char *tree = g_build_filename (fixture->dir, "tree", NULL);
  g_autofree char *in_tree = g_build_filename (tree, "link", NULL);
  g_autofree char *tree_link = g_build_filename (fixture->dir, "tree-link", NULL);
  g_autofree char *file_link = g_build_filename (fixture->dir, "file-link", NULL);

  g_assert_cmpint (g_mkdir (tree, 0700), ==, 0);
  g_assert_cmpint (symlink (folder, in_tree), ==, 0);
  g_assert_cmpint (symlink (folder, tree_link), ==, 0);
  g_assert_cmpint (symlink (precious, file_link), ==, 0);
  push (fixture, "remove-tree", tree);
  push (fixture, "remove-tree", tree_link);
  push (fixture, "remove-file", file_link);

  g_assert_true (undo (fixture, &error));
  g_assert_no_error (error);
  g_assert_false (is_there (tree) || is_there (tree_link) || is_there (file_link));
  g_assert_true (is_there (precious));
}

/* Each fails, none does harm, and what is before and after it is done all the same. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *argument;
    FerryError code;
  } cases[] = {
    { "remove-tree", "/", FERRY_ERROR_INVALID },
    { "remove-tree", "", FERRY_ERROR_INVALID },
    { "remove-tree", ".", FERRY_ERROR_INVALID },
    { "remove-tree", "precious", FERRY_ERROR_INVALID },
    { "remove-tree", "/tmp/../etc", FERRY_ERROR_INVALID },
    { "remove-tree", "/tmp//x", FERRY_ERROR_INVALID },
    { "remove-file", "precious/file", FERRY_ERROR_INVALID },
    { "remove-file", "/tmp/./x", FERRY_ERROR_INVALID },
    { "remove-file", "/proc/self", FERRY_ERROR_PERMISSION },
    { "remove-moon", "/tmp/x", FERRY_ERROR_UNSUPPORTED },
    { "delete-volume", "too few", FERRY_ERROR_UNSUPPORTED },
    { "undefine-domain", "too few", FERRY_ERROR_UNSUPPORTED },
  };
  g_autofree char *precious = make_file (fixture, "precious/file");

  g_assert_cmpint (g_chdir (fixture->dir), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *before = make_file (fixture, "before");
      g_autofree char *after = make_file (fixture, "after");

      push (fixture, "remove-file", before);
      push (fixture, cases[i].kind, cases[i].argument);
      push (fixture, "remove-file", after);
      g_assert_false (undo (fixture, &error));
      g_test_message ("%s %s: %s", cases[i].kind, cases[i].argument, error->message);
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
      g_assert_false (is_there (before) || is_there (after));
      g_assert_cmpuint (count_left (fixture), ==, 1);
      g_assert_true (ferry_record_clear_undo (fixture->record, NULL));
    }
  g_assert_true (is_there (precious));
  g_assert_cmpint (g_chdir ("/"), ==, 0);
}

/* A folder where a file was: not what was recorded. */
static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = make_file (fixture, "folder/file");
  g_autofree char *folder = g_path_get_dirname (file);

  push (fixture, "remove-file", folder);
  g_assert_false (undo (fixture, &error));
  g_assert_nonnull (error);
  g_assert_true (is_there (file));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = make_file (fixture, "file");

  push (fixture, "remove-moon", "first");
  push (fixture, "end-processes", "some-id");
  push (fixture, "remove-file", file);
  push (fixture, "remove-sun", "last");
  fixture->host->fails = TRUE;

  g_assert_false (undo (fixture, &error));
  g_assert_cmpstr (error->message, ==, "It does not end."); /* processes first */
  g_assert_false (is_there (file));
  g_assert_cmpuint (count_left (fixture), ==, 3);

  g_clear_error (&error);
  fixture->host->fails = FALSE;
  g_assert_false (undo (fixture, &error));
  g_assert_nonnull (strstr (error->message, "remove-sun")); /* then the newest */
  g_assert_cmpuint (count_left (fixture), ==, 2);
}

/* libvirt is asked through its helper; here one that answers as told. */
static void
put_helper (Fixture *fixture, const char *answer)
{
  g_autofree char *path = g_build_filename (fixture->dir, "ferry-libvirt-helper", NULL);
  g_autofree char *text =
      g_strdup_printf ("#!/bin/sh\ncat >>\"$0.log\"\ncat <<'END'\n%s\nEND\n", answer);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
}

static void
test_libvirt (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    gboolean done;
  } cases[] = {
    { "{\"item\":\"done\"}", TRUE },
    { "{\"item\":\"error\",\"reason\":\"no-volume\",\"message\":\"\"}", TRUE },
    { "{\"item\":\"error\",\"reason\":\"no-pool\",\"message\":\"\"}", TRUE },
    { "{\"item\":\"error\",\"reason\":\"no-daemon\",\"message\":\"\"}", FALSE },
    { "garbage", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      put_helper (fixture, cases[i].answer);
      ferry_record_push_undo (fixture->record, &error, "delete-volume", "qemu:///system", "pool",
                              "tiny-sda", NULL);
      g_assert_no_error (error);
      g_assert_true (undo (fixture, &error) == cases[i].done);
      g_assert_cmpuint (count_left (fixture), ==, cases[i].done ? 0 : 1);
      g_assert_true (ferry_record_clear_undo (fixture->record, NULL));
    }
}

/* A domain of that name that is not the import's own is not undefined. */
static void
test_strange_domain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_build_filename (fixture->dir, "ferry-libvirt-helper.log", NULL);
  g_autofree char *asked = NULL;

  put_helper (fixture, "{\"item\":\"domain\",\"xml\":\"<domain><name>tiny</name></domain>\"}\n"
                       "{\"item\":\"done\"}");
  ferry_record_push_undo (fixture->record, &error, "undefine-domain", "qemu:///system", "tiny",
                          "pool", "tiny-sda", NULL);
  g_assert_no_error (error);
  g_assert_true (undo (fixture, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (log, &asked, NULL, NULL));
  g_assert_nonnull (strstr (asked, "read-domain"));
  g_assert_null (strstr (asked, "undefine-domain"));
}

#define ADD(name, function) g_test_add ("/undo/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing", test_nothing);
  ADD ("files", test_files);
  ADD ("links", test_links);
  ADD ("refused", test_refused);
  ADD ("not-a-file", test_not_a_file);
  ADD ("order", test_order);
  ADD ("libvirt", test_libvirt);
  ADD ("strange-domain", test_strange_domain);

  return g_test_run ();
}
