/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-archive.h"
#include "ferry-error.h"
#include "ferry-pack.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DISK_BYTES 3000

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ferry_pack_dup_dir ();
  fixture->path = g_build_filename (fixture->dir, "guest.ova", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_pack_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
assert_bytes (FerryArchive *archive, const char *name, const char *data, gsize length)
{
  const FerryMember *member = ferry_archive_find (archive, name);
  g_auto (FerrySpan) span = FERRY_SPAN_INIT;
  g_autofree char *bytes = g_malloc (length);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (member);
  g_assert_cmpint (member->kind, ==, FERRY_MEMBER_FILE);
  g_assert_cmpuint (member->offset, !=, FERRY_MEMBER_NO_OFFSET);
  ferry_archive_open_span (archive, member, &span, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (span.length, ==, length);
  g_assert_cmpint (pread (span.fd, bytes, length, (off_t) span.offset), ==, length);
  g_assert_true (memcmp (bytes, data, length) == 0);
}

static void
assert_text (GBytes *bytes, const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (text));
  g_assert_true (memcmp (g_bytes_get_data (bytes, NULL), text, strlen (text)) == 0);
}

static const struct
{
  FerryPackKind pack;
  FerryArchiveKind kind;
  gboolean in_place;
  gboolean complete;
} kinds[] = {
  { FERRY_PACK_TAR, FERRY_ARCHIVE_TAR, TRUE, TRUE },
  { FERRY_PACK_GZIP, FERRY_ARCHIVE_COMPRESSED_TAR, FALSE, FALSE },
  { FERRY_PACK_XZ, FERRY_ARCHIVE_COMPRESSED_TAR, FALSE, FALSE },
  { FERRY_PACK_BZIP2, FERRY_ARCHIVE_COMPRESSED_TAR, FALSE, FALSE },
  { FERRY_PACK_ZSTD, FERRY_ARCHIVE_COMPRESSED_TAR, FALSE, FALSE },
  { FERRY_PACK_ZIP, FERRY_ARCHIVE_ZIP, FALSE, TRUE },
  { FERRY_PACK_FOLDER, FERRY_ARCHIVE_FOLDER, TRUE, TRUE },
};

/* The same files however they are packed. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember members[] = {
    { .name = "guest.OVF", .data = "<Envelope/>" },
    { .name = "guest.mf", .data = "SHA1(guest.OVF)= 00" },
    { .name = "guest.cert", .data = "x" },
    { .name = "._guest.ovf", .data = "macOS" },
    { .name = "Dïsk 1.vmdk", .data = disk, .length = DISK_BYTES },
    { .name = "last", .data = "end" },
    { .name = NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strconcat ("guest.", ferry_pack_kind_to_word (kinds[i].pack), NULL);
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryArchive) archive = NULL;

      ferry_pack_write (path, kinds[i].pack, members);
      archive = ferry_archive_open (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (ferry_archive_get_kind (archive), ==, kinds[i].kind);
      g_assert_cmpstr (ferry_archive_get_ovf_name (archive), ==, "guest.OVF");
      assert_text (ferry_archive_get_ovf (archive), "<Envelope/>");
      assert_text (ferry_archive_get_manifest (archive), "SHA1(guest.OVF)= 00");
      g_assert_true (ferry_archive_has_certificate (archive));
      g_assert_cmpint (ferry_archive_is_complete (archive), ==, kinds[i].complete);
      if (kinds[i].in_place)
        {
          assert_bytes (archive, "Dïsk 1.vmdk", disk, DISK_BYTES);
          assert_bytes (archive, "last", "end", 3);
        }
      g_assert_true (ferry_archive_complete (archive, NULL, &error));
      g_assert_cmpint (ferry_archive_find (archive, "last")->size_bytes, ==, 3);
      g_assert_null (ferry_archive_find (archive, "none"));
    }
}

static void
test_ovf_file (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = {
    { .name = "a.ovf", .data = "<a/>" },
    { .name = "a.mf", .data = "a" },
    { .name = "b.ovf", .data = "<b/>" },
    { .name = "disk", .data = "disk" },
    { .name = NULL },
  };
  g_autofree char *path = g_build_filename (fixture->path, "b.ovf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;
  g_autoptr (FerryArchive) folder = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_FOLDER, members);
  archive = ferry_archive_open (path, NULL, &error);
  g_assert_no_error (error);
  assert_text (ferry_archive_get_ovf (archive), "<b/>");
  g_assert_null (ferry_archive_get_manifest (archive));
  assert_bytes (archive, "disk", "disk", 4);

  folder = ferry_archive_open (fixture->path, NULL, &error);
  g_assert_null (folder);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* Wherever the description stands, with long names, folders and doubled names around it. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (150, 'x');
  const FerryPackMember members[] = {
    { .name = "pad", .data = "1" },
    { .name = "./top/", .type = '5' },
    { .name = long_name, .data = "long" },
    { .name = "pad", .data = "2" },
    { .name = "./top/other.mf", .data = "other" },
    { .name = "./top/guest.mf", .data = "mine" },
    { .name = "./top/guest.ovf", .data = "<a/>" },
    { .name = "top/disk", .data = "disk" },
    { .name = NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;
  g_autofree char *beside = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  archive = ferry_archive_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ferry_archive_get_ovf_name (archive), ==, "top/guest.ovf");
  assert_bytes (archive, long_name, "long", 4);
  g_assert_true (ferry_archive_find (archive, "pad")->is_ambiguous);
  beside = ferry_archive_dup_name_beside_ovf (archive, "disk");
  g_assert_cmpstr (beside, ==, "top/disk");
  assert_bytes (archive, beside, "disk", 4);
}

/* The same archive with the manifest called as the description is, before or after another one. */
static void
test_manifest_choice (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = {
    { .name = "guest.ovf", .data = "<a/>" },
    { .name = "other.mf", .data = "other" },
    { .name = "guest.mf", .data = "mine" },
    { .name = "more.mf", .data = "more" },
    { .name = NULL },
  };
  g_autoptr (FerryArchive) archive = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  archive = ferry_archive_open (fixture->path, NULL, NULL);
  g_assert_nonnull (archive);
  g_assert_cmpstr (ferry_archive_get_manifest_name (archive), ==, "guest.mf");
  assert_text (ferry_archive_get_manifest (archive), "mine");
}

typedef struct
{
  const char *name;
  FerryPackMember members[4];
  const char *message;
} Refused;

#define OVF                                                                                        \
  {                                                                                                \
    .name = "a.ovf", .data = "<a/>"                                                                \
  }

static const Refused refused[] = {
  { "no-members", { { NULL } }, "no description" },
  { "no-ovf", { { .name = "disk" } }, "no description" },
  { "ovf-is-link", { { .name = "a.ovf", .type = '2', .link = "/etc/passwd" } }, "no description" },
  { "ovf-is-hard-link", { { .name = "a.ovf", .type = '1', .link = "x" } }, "no description" },
  { "two-ovfs",
    { OVF, { .name = "disk", .data = "x" }, { .name = "b.ovf", .data = "<b/>" } },
    "more than one" },
  { "same-ovf-twice", { OVF, OVF }, "more than one" },
  { "parent", { OVF, { .name = "../evil", .data = "x" } }, "leads out" },
  { "parent-before", { { .name = "../evil", .data = "x" }, OVF }, "leads out" },
  { "parent-inside", { OVF, { .name = "a/../../evil", .data = "x" } }, "leads out" },
  { "parent-folder", { OVF, { .name = "../", .type = '5' } }, "leads out" },
  { "absolute", { OVF, { .name = "/etc/evil", .data = "x" } }, "absolute" },
  { "absolute-link", { OVF, { .name = "/evil", .type = '2', .link = "x" } }, "absolute" },
  { "ignored-but-outside", { OVF, { .name = "../._x", .data = "x" } }, "leads out" },
  { "odd-name", { OVF, { .name = "a//b", .data = "x" } }, "empty part" },
  { "control-character", { OVF, { .name = "a\x1b[2Jb", .data = "x" } }, "control" },
  { "nul-in-long-name", { OVF, { .name = "disk\0.vmdk", .name_length = 10, .data = "x" } }, "NUL" },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refused *test = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, test->members);
  archive = ferry_archive_open (fixture->path, NULL, &error);
  g_assert_null (archive);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, test->message));
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
assert_refused (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = ferry_archive_open (path, NULL, &error);

  g_assert_null (archive);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  if (strstr (error->message, message) == NULL)
    g_error ("‘%s’ is missing in: %s", message, error->message);
}

static void
test_not_an_archive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *junk = ferry_pack_dup_disk (100000, 3);

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  assert_refused (fixture->path, "is empty");
  g_assert_true (g_file_set_contents (fixture->path, "hello\n", -1, NULL));
  assert_refused (fixture->path, "neither a tar nor a zip");
  g_assert_true (g_file_set_contents (fixture->path, junk, 100000, NULL));
  assert_refused (fixture->path, "neither a tar nor a zip");
  assert_refused ("/dev/null", "neither a file nor a folder");
}

/* A NUL in the name field itself: libarchive would read "di". */
static void
test_nul_in_short_name (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = { OVF, { .name = "disk", .data = "x" }, { .name = NULL } };
  g_autofree char *tar = NULL;
  gsize length;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  g_assert_true (g_file_get_contents (fixture->path, &tar, &length, NULL));
  tar[1024 + 2] = '\0';
  memcpy (tar + 1024 + 148, "006000\0 ", 8);
  for (guint sum = 0, i = 0; i < 512; i++)
    {
      sum += (guint) (i >= 148 && i < 156 ? ' ' : (guint8) tar[1024 + i]);
      if (i == 511)
        g_snprintf (tar + 1024 + 148, 8, "%06o", sum);
    }
  g_assert_true (g_file_set_contents (fixture->path, tar, (gssize) length, NULL));
  assert_refused (fixture->path, "NUL");
}

/* Cut off anywhere: an error, or an archive whose members all lie within the file. */
static void
test_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember members[] = { OVF,
                                      { .name = "disk", .data = disk, .length = DISK_BYTES },
                                      { .name = NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *whole = NULL;
      gsize length;

      if (kinds[i].pack == FERRY_PACK_FOLDER)
        continue;
      ferry_pack_write (fixture->path, kinds[i].pack, members);
      g_assert_true (g_file_get_contents (fixture->path, &whole, &length, NULL));
      for (gsize cut = 0; cut<length; cut += length> 2000 ? 97 : 13)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (FerryArchive) archive = NULL;
          const FerryMember *member;

          g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) cut, NULL));
          archive = ferry_archive_open (fixture->path, NULL, &error);
          g_assert_cmpint (archive == NULL, ==, error != NULL);
          if (archive == NULL)
            {
              g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
              continue;
            }
          member = ferry_archive_find (archive, "disk");
          if (member != NULL && member->offset != FERRY_MEMBER_NO_OFFSET)
            g_assert_cmpuint (member->offset + DISK_BYTES, <=, cut);
        }
    }
}

static void
test_truncated_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember members[] = { OVF,
                                      { .name = "disk", .data = disk, .length = DISK_BYTES },
                                      { .name = NULL } };

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  g_assert_cmpint (truncate (fixture->path, 3 * 512 + 2000), ==, 0);
  assert_refused (fixture->path, "is cut off");
}

/* A name in another character set is passed over; the rest of the archive can be used. */
static void
test_not_utf8 (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = {
    { .name = "B\xfcro.vmdk", .data = "x" }, OVF, { .name = "disk", .data = "y" }, { .name = NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  archive = ferry_archive_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ferry_archive_get_n_unnamed (archive), ==, 1);
  g_assert_null (ferry_archive_find (archive, "B\xfcro.vmdk"));
  assert_bytes (archive, "disk", "y", 1);
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = {
    OVF,
    { .name = "symbolic", .type = '2', .link = "/etc/passwd" },
    { .name = "hard", .type = '1', .link = "a.ovf" },
    { .name = "device", .type = '3' },
    { .name = NULL },
  };
  g_autoptr (FerryArchive) archive = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  archive = ferry_archive_open (fixture->path, NULL, NULL);
  g_assert_nonnull (archive);
  g_assert_cmpint (ferry_archive_find (archive, "symbolic")->kind, ==, FERRY_MEMBER_LINK);
  g_assert_cmpint (ferry_archive_find (archive, "hard")->kind, ==, FERRY_MEMBER_LINK);
  g_assert_cmpint (ferry_archive_find (archive, "device")->kind, ==, FERRY_MEMBER_SPECIAL);
}

static void
test_large_ovf (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = {
    { .name = "a.ovf", .data = "<a>", .hole_bytes = 17 * 1024 * 1024 }, { .name = NULL }
  };
  g_autofree char *ovf = g_build_filename (fixture->dir, "a.ovf", NULL);

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  assert_refused (fixture->path, "larger than");
  ferry_pack_write (fixture->path, FERRY_PACK_GZIP, members);
  assert_refused (fixture->path, "larger than");
  g_assert_true (g_file_set_contents (ovf, "<a>", -1, NULL));
  g_assert_cmpint (truncate (ovf, 17 * 1024 * 1024), ==, 0);
  assert_refused (ovf, "larger than");
}

static void
test_many_members (Fixture *fixture, gconstpointer data)
{
  const guint n_members = 100002;
  g_autofree FerryPackMember *members = g_new0 (FerryPackMember, n_members + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_members; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("%u", i));
      members[i].name = names->pdata[i];
    }
  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  assert_refused (fixture->path, "more than 100000 files");
}

/* 20 GB, and a second description behind it: found by its header, not by reading. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  const guint64 disk_bytes = G_GUINT64_CONSTANT (10) * 1024 * 1024 * 1024;
  const FerryPackMember members[] = {
    OVF,
    { .name = "one", .data = "KDMV", .hole_bytes = disk_bytes },
    { .name = "two", .data = "KDMV", .hole_bytes = disk_bytes },
    { .name = "last", .data = "end" },
    { .name = NULL },
  };
  FerryPackMember with_second[G_N_ELEMENTS (members)];
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;

  memcpy (with_second, members, sizeof members);
  with_second[3].name = "last.ovf";
  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  archive = ferry_archive_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_archive_is_complete (archive));
  g_assert_cmpuint (ferry_archive_get_bytes_read (archive), <, 256 * 1024);
  g_assert_cmpint (ferry_archive_find (archive, "two")->size_bytes, ==, (gint64) disk_bytes + 4);
  assert_bytes (archive, "last", "end", 3);

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, with_second);
  assert_refused (fixture->path, "more than one");
}

/* Behind the description a compressed archive is not read on. */
static void
test_early_stop (Fixture *fixture, gconstpointer data)
{
  const gsize length = 8 * 1024 * 1024;
  g_autofree char *disk = ferry_pack_dup_disk (length, 5);
  const FerryPackMember members[] = { OVF,
                                      { .name = "disk", .data = disk, .length = length },
                                      { .name = NULL } };
  g_autoptr (FerryArchive) archive = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_GZIP, members);
  archive = ferry_archive_open (fixture->path, NULL, NULL);
  g_assert_nonnull (archive);
  g_assert_cmpuint (ferry_archive_get_bytes_read (archive), <, 512 * 1024);
  g_assert_cmpuint (ferry_archive_get_size_bytes (archive), >, 4 * 1024 * 1024);
}

static void
test_missing_and_forbidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_archive_open (fixture->path, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  if (geteuid () == 0)
    return; /* root may read everything */
  g_assert_true (g_file_set_contents (fixture->path, "x", 1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  g_assert_null (ferry_archive_open (fixture->path, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  const FerryPackMember members[] = { OVF, { .name = NULL } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  ferry_pack_write (fixture->path, FERRY_PACK_TAR, members);
  g_cancellable_cancel (cancellable);
  g_assert_null (ferry_archive_open (fixture->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/archive/refused/", refused[i].name, NULL);

      g_test_add (path, Fixture, &refused[i], set_up, test_refused, tear_down);
    }
  ADD ("/archive/kinds", test_kinds);
  ADD ("/archive/ovf-file", test_ovf_file);
  ADD ("/archive/order", test_order);
  ADD ("/archive/manifest-choice", test_manifest_choice);
  ADD ("/archive/not-an-archive", test_not_an_archive);
  ADD ("/archive/nul-in-short-name", test_nul_in_short_name);
  ADD ("/archive/cut-off", test_cut_off);
  ADD ("/archive/truncated-disk", test_truncated_disk);
  ADD ("/archive/not-utf8", test_not_utf8);
  ADD ("/archive/links", test_links);
  ADD ("/archive/large-ovf", test_large_ovf);
  ADD ("/archive/many-members", test_many_members);
  ADD ("/archive/large", test_large);
  ADD ("/archive/early-stop", test_early_stop);
  ADD ("/archive/missing-and-forbidden", test_missing_and_forbidden);
  ADD ("/archive/cancelled", test_cancelled);

  return g_test_run ();
}
