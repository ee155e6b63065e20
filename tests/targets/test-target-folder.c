/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-folder.h"
#include "target-fixture.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* @path: the destination */
typedef struct
{
  TargetFixture base;
  char *path;
  FerryTarget *target;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  target_fixture_set_up (&fixture->base, NULL);
  fixture->path = g_build_filename (fixture->base.dir, "guests", NULL);
  g_assert_cmpint (g_mkdir (fixture->path, 0755), ==, 0);
  fixture->target = ferry_target_folder_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->target);
  g_free (fixture->path);
  target_fixture_tear_down (&fixture->base, NULL);
}

static FerryOutput *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  FerryOutput *output = ferry_target_begin (fixture->target, &fixture->base.run, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (output);

  return output;
}

static void
write_xml (Fixture *fixture, const FerryOutput *output, const char *xml)
{
  g_autofree char *name = g_strdup_printf ("%s.xml", fixture->base.guest->name);

  target_fixture_write (output->storage, name, xml);
}

/* begin, and what a virt-v2v that ended well has left */
static FerryOutput *
convert (Fixture *fixture)
{
  FerryOutput *output = begin (fixture);
  g_autofree char *xml = target_fixture_make_xml (&fixture->base, output);

  target_fixture_make_disks (&fixture->base, output);
  write_xml (fixture, output, xml);

  return output;
}

/* What the next worker reads in the journal if this one is ended now. */
static gboolean
is_published_after_crash (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) record = ferry_record_load (fixture->base.record->id, &error);
  FerryTargetRun run = { .record = record, .guest = fixture->base.guest };

  g_assert_no_error (error);

  return ferry_target_is_published (fixture->target, &run);
}

static void
assert_not_published (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRecord) record = ferry_record_load (fixture->base.record->id, &error);

  g_assert_no_error (error);
  g_assert_null (fixture->base.record->location);
  g_assert_null (record->location);
  g_assert_false (is_published_after_crash (fixture));
}

static void
assert_fails (Fixture *fixture, const FerryOutput *output, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *final = g_build_filename (fixture->path, fixture->base.guest->name, NULL);

  g_assert_false (ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  assert_not_published (fixture);
  if (code != FERRY_ERROR_EXISTS)
    g_assert_false (g_file_test (final, G_FILE_TEST_EXISTS));
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (folder);
  while (g_dir_read_name (folder) != NULL)
    count++;

  return count;
}

static char *
read_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_inspect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = g_build_filename (fixture->path, "Grün & <blau>", NULL);
  g_autoptr (FerryDestinationFacts) facts = NULL;
  const FerryStorage *storage;

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  facts = ferry_target_inspect (fixture->target, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (facts->any_network);
  g_assert_cmpstr (facts->guest_names[0], ==, "Grün & <blau>");
  g_assert_null (facts->guest_names[1]);

  g_assert_cmpuint (facts->storages->len, ==, 1);
  storage = g_ptr_array_index (facts->storages, 0);
  g_assert_true (storage->usable);
  g_assert_cmpstr (storage->path, ==, fixture->path);
  g_assert_cmpuint (storage->free_bytes, <=, storage->total_bytes);
  g_assert_cmpuint (storage->total_bytes, !=, G_MAXUINT64);
  g_assert_cmpuint (count_entries (fixture->path), ==, 1);
}

static void
assert_unusable (const char *path, const char *word)
{
  g_autoptr (FerryTarget) target = ferry_target_folder_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_target_inspect (target, NULL, &error);
  const FerryStorage *storage;

  g_assert_no_error (error);
  storage = g_ptr_array_index (facts->storages, 0);
  g_test_message ("%s", storage->why_not);
  g_assert_false (storage->usable);
  g_assert_nonnull (strstr (storage->why_not, word));
}

/* /proc cannot be written to even by root. */
static void
test_unusable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->path, "missing", NULL);
  g_autofree char *file = g_build_filename (fixture->path, "file", NULL);

  target_fixture_write (fixture->path, "file", "");
  assert_unusable (missing, "no folder");
  assert_unusable (file, "not a folder");
  assert_unusable ("/proc/self", "/proc/self");
}

static void
test_begin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);
  const FerryUndo *undo;
  struct stat info;

  g_assert_cmpstr (output->mode, ==, "local");
  g_assert_null (output->connection);
  g_assert_cmpint (g_lstat (output->storage, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpuint (g_strv_length (output->disk_paths), ==, 2);
  g_assert_true (g_str_has_prefix (output->disk_paths[1], output->storage));
  g_assert_true (g_str_has_suffix (output->disk_paths[1], "-sdb"));

  g_assert_cmpuint (fixture->base.record->undo->len, ==, 1);
  undo = g_ptr_array_index (fixture->base.record->undo, 0);
  g_assert_cmpstr (undo->kind, ==, "remove-tree");
  g_assert_cmpstr (undo->arguments[0], ==, output->storage);
}

/* Another attempt of the same import begins anew. */
static void
test_begin_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) first = convert (fixture);
  g_autoptr (FerryOutput) second = begin (fixture);

  g_assert_cmpstr (first->storage, ==, second->storage);
  g_assert_cmpuint (count_entries (second->storage), ==, 0);
}

static void
assert_not_begun (Fixture *fixture, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_target_begin (fixture->target, &fixture->base.run, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
}

static void
test_begin_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *final = g_build_filename (fixture->path, fixture->base.guest->name, NULL);
  g_autofree char *name = fixture->base.guest->name;

  /* A link that leads nowhere is something too. */
  g_assert_cmpint (symlink ("/nonexistent", final), ==, 0);
  assert_not_begun (fixture, FERRY_ERROR_EXISTS);
  g_assert_cmpint (g_unlink (final), ==, 0);

  fixture->base.guest->name = g_strdup ("../escaped");
  assert_not_begun (fixture, FERRY_ERROR_INVALID);
  g_free (fixture->base.guest->name);
  fixture->base.guest->name = g_strdup (name);

  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  assert_not_begun (fixture, FERRY_ERROR_NOT_FOUND);
  g_assert_cmpuint (fixture->base.record->undo->len, ==, 0);
}

static void
assert_xml (Fixture *fixture)
{
  g_autofree char *name = g_strdup_printf ("%s.xml", fixture->base.guest->name);
  g_autofree char *xml = read_text (fixture->base.record->location, name);
  g_autofree char *disk = g_markup_escape_text (fixture->base.record->files[0], -1);
  g_autofree char *attribute = NULL;

  /* libxml2 escapes fewer characters than GLib in attributes with double quotes */
  attribute = g_strdup_printf ("file=\"%s\"", disk);
  g_assert_nonnull (strstr (xml, attribute));
  g_assert_nonnull (strstr (xml, "<domain type=\"kvm\">"));
  g_assert_nonnull (strstr (xml, "<interface type=\"user\">\n      <link state=\"down\"/>"));
  g_assert_nonnull (strstr (xml, "<description>From &lt;the&gt; old &amp; slow “cluster”<"));
  g_assert_null (strstr (xml, ".ferry-"));
  g_assert_null (strstr (xml, FERRY_UNCONNECTED_BRIDGE));
}

static void
test_finish (Fixture *fixture, gconstpointer data)
{
  FerryFormat format = (FerryFormat) GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryOutput) output = NULL;
  FerryRecord *record = fixture->base.record;
  g_autofree char *final = g_build_filename (fixture->path, fixture->base.guest->name, NULL);
  g_autofree char *suffix = g_strdup_printf ("-sdb.%s", ferry_format_to_word (format));
  struct stat info;
  mode_t mask = umask (0);

  umask (mask);
  fixture->base.guest->format = format;
  output = convert (fixture);
  ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (record->location, ==, final);
  g_assert_cmpuint (g_strv_length (record->files), ==, 2);
  g_assert_true (g_str_has_suffix (record->files[1], suffix));
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_file_test (record->files[i], G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_entries (final), ==, 3);
  g_assert_cmpuint (count_entries (fixture->path), ==, 1);
  g_assert_cmpint (g_lstat (final, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0777 & ~mask);
  assert_xml (fixture);
  g_assert_true (is_published_after_crash (fixture));
}

/* The instants around the rename. */
static void
test_crash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryOutput) output = convert (fixture);
  FerryRecord *record = fixture->base.record;
  g_autofree char *aside = g_strconcat (fixture->path, "/aside", NULL);

  g_assert_false (is_published_after_crash (fixture));
  ferry_target_finish (fixture->target, &fixture->base.run, output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_published_after_crash (fixture));

  /* Before it: the hidden folder is there, whoever has the name. */
  g_assert_cmpint (g_mkdir (output->storage, 0700), ==, 0);
  g_assert_false (is_published_after_crash (fixture));
  g_assert_cmpint (g_rmdir (output->storage), ==, 0);
  g_assert_true (is_published_after_crash (fixture));

  /* Neither is there, or only a part. */
  g_assert_cmpint (g_rename (record->files[1], aside), ==, 0);
  g_assert_false (is_published_after_crash (fixture));
  g_assert_cmpint (g_rename (aside, record->files[1]), ==, 0);
  g_assert_cmpint (g_rename (record->location, aside), ==, 0);
  g_assert_false (is_published_after_crash (fixture));
}

/* Each mistake of virt-v2v that a zero exit would hide. */
static void
test_disk_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);

  g_unlink (output->disk_paths[1]);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

static void
test_disk_small (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);

  g_unlink (output->disk_paths[1]);
  target_fixture_make_disk (output->disk_paths[1], "qcow2", 1024 * 1024 - 512);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

static void
test_disk_format (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);

  g_unlink (output->disk_paths[0]);
  target_fixture_make_disk (output->disk_paths[0], "raw", 1024 * 1024);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

static void
test_disk_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (output->disk_paths[0], "QFI\xfb garbage", -1, &error);
  g_assert_no_error (error);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

/* One that is only a layer over a file that will be gone. */
static void
test_disk_layer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);
  const char *const argv[] = { "qemu-img",
                               "create",
                               "-q",
                               "-f",
                               "qcow2",
                               "-F",
                               "qcow2",
                               "-b",
                               output->disk_paths[1],
                               output->disk_paths[0],
                               NULL };

  g_unlink (output->disk_paths[0]);
  target_fixture_run_tool (argv);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

static void
test_xml_bad (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "<domain",
    "<network/>",
    "<!DOCTYPE d [<!ENTITY e 'x'>]><domain>&e;</domain>",
    "<domain type='kvm'><name>x</name><devices/></domain>",
  };
  g_autoptr (FerryOutput) output = convert (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_xml (fixture, output, texts[i]);
      assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
    }
}

static void
test_xml_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = begin (fixture);

  target_fixture_make_disks (&fixture->base, output);
  assert_fails (fixture, output, FERRY_ERROR_CONVERSION);
}

/* Whoever took the name during the import keeps what is theirs. */
static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);
  g_autofree char *final = g_build_filename (fixture->path, fixture->base.guest->name, NULL);

  g_assert_cmpint (g_mkdir (final, 0755), ==, 0);
  assert_fails (fixture, output, FERRY_ERROR_EXISTS);
  g_assert_cmpuint (count_entries (final), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryOutput) output = convert (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
      ferry_target_finish (fixture->target, &fixture->base.run, output, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (fixture->path), ==, 1);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/target-folder/" name, Fixture, GINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("inspect", 0, test_inspect);
  ADD ("unusable", 0, test_unusable);
  ADD ("begin", 0, test_begin);
  ADD ("begin-again", 0, test_begin_again);
  ADD ("begin-refused", 0, test_begin_refused);
  ADD ("finish/qcow2", FERRY_FORMAT_QCOW2, test_finish);
  ADD ("finish/raw", FERRY_FORMAT_RAW, test_finish);
  ADD ("crash", 0, test_crash);
  ADD ("disk/missing", 0, test_disk_missing);
  ADD ("disk/small", 0, test_disk_small);
  ADD ("disk/format", 0, test_disk_format);
  ADD ("disk/broken", 0, test_disk_broken);
  ADD ("disk/layer", 0, test_disk_layer);
  ADD ("xml/bad", 0, test_xml_bad);
  ADD ("xml/missing", 0, test_xml_missing);
  ADD ("name-taken", 0, test_name_taken);
  ADD ("cancelled", 0, test_cancelled);

  return g_test_run ();
}
