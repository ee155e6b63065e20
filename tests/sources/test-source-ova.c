/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-pack.h"
#include "ferry-source-ova.h"
#include "ferry-summary.h"

#include <string.h>
#include <unistd.h>

#define DISK_BYTES 3072

typedef struct
{
  char *dir;
  char *disk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ferry_pack_dup_dir ();
  fixture->disk = ferry_pack_dup_disk (DISK_BYTES, 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_pack_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->disk);
}

/* An appliance of one guest called @guest with one disk. */
static void
pack_guest (Fixture *fixture, const char *file, FerryPackKind kind, const char *guest)
{
  const FerryPackFile files[] = { { "disk.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *path = g_build_filename (fixture->dir, file, NULL);
  g_autofree char *ovf = ferry_pack_dup_ovf (guest, files);
  const FerryPackMember members[] = {
    { .name = "guest.ovf", .data = ovf },
    { .name = "disk.vmdk", .data = fixture->disk, .length = DISK_BYTES },
    { .name = NULL },
  };

  ferry_pack_write (path, kind, members);
}

static char *
list_ids (FerrySource *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);
  GString *ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      g_string_append_printf (ids, "%s%s=%s", i > 0 ? ", " : "", guest->id, guest->name);
      for (guint check = 0; check < guest->checks->len; check++)
        g_assert_cmpstr (((FerryCheck *) guest->checks->pdata[check])->guest_id, ==, guest->id);
    }

  return g_string_free (ids, FALSE);
}

static void
assert_ids (const char *dir, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (FerrySource) source = ferry_source_ova_new (path);
  g_autofree char *ids = list_ids (source);

  g_assert_cmpstr (ids, ==, expected);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = g_build_filename (fixture->dir, "broken.ova", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "notes.txt", NULL);
  g_autofree char *hidden = g_build_filename (fixture->dir, "._b.ova", NULL);
  g_autofree char *link = g_build_filename (fixture->dir, "link", NULL);
  g_autoptr (FerrySource) source = ferry_source_ova_new (fixture->dir);
  g_autoptr (GPtrArray) guests = NULL;
  const FerryGuest *guest;

  pack_guest (fixture, "b.ova", FERRY_PACK_TAR, "Beta");
  pack_guest (fixture, "c.OVA", FERRY_PACK_TAR, "Alpha");
  pack_guest (fixture, "d.ova.gz", FERRY_PACK_GZIP, "Delta");
  pack_guest (fixture, "e", FERRY_PACK_FOLDER, "Epsilon");
  pack_guest (fixture, "f/deeper", FERRY_PACK_FOLDER, "Hidden");
  g_assert_true (g_file_set_contents (broken, "junk", -1, NULL));
  g_assert_true (g_file_set_contents (other, "junk", -1, NULL));
  g_assert_true (g_file_set_contents (hidden, "junk", -1, NULL));
  g_assert_cmpint (symlink ("e", link), ==, 0);

  assert_ids (fixture->dir, "",
              "c.OVA=Alpha, b.ova=Beta, d.ova.gz=Delta, e/guest.ovf=Epsilon, "
              "broken.ova=broken.ova");
  assert_ids (fixture->dir, "e", "guest.ovf=Epsilon");
  assert_ids (fixture->dir, "e/guest.ovf", "guest.ovf=Epsilon");
  assert_ids (fixture->dir, "b.ova", "b.ova=Beta");

  guests = ferry_source_list (source, NULL, NULL);
  guest = guests->pdata[4];
  g_assert_cmpuint (guest->checks->len, ==, 1);
  g_assert_true (ferry_checks_have (guest->checks, "guest.unreadable"));
  g_assert_cmpuint (ferry_checks_count (guest->checks, FERRY_SEVERITY_BLOCKER), ==, 1);
}

static char *
wrap_systems (const char *ovf, const char *second_id)
{
  const char *start = strstr (ovf, "<VirtualSystem ");
  const char *end = strstr (ovf, "</Envelope>");
  g_autofree char *system = g_strndup (start, (gsize) (end - start));
  g_auto (GStrv) parts = g_strsplit (system, "ovf:id='one'><Info/><Name>one<", 2);

  return g_strdup_printf ("%.*s<VirtualSystemCollection>%s%sovf:id='%s'><Info/><Name>two<%s"
                          "</VirtualSystemCollection></Envelope>",
                          (int) (start - ovf), ovf, system, parts[0], second_id, parts[1]);
}

static void
test_collection (Fixture *fixture, gconstpointer data)
{
  const FerryPackFile files[] = { { "disk.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *one = ferry_pack_dup_ovf ("one", files);
  const char *const second_ids[] = { "two", "one", "" };
  const char *const expected[] = {
    "v#1.ova#one=one, v#1.ova#two=two",
    "v#1.ova#one=one, v#1.ova#2=two",
    "v#1.ova#one=one, v#1.ova#2=two",
  };

  for (guint i = 0; i < G_N_ELEMENTS (second_ids); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, "v#1.ova", NULL);
      g_autofree char *ovf = wrap_systems (one, second_ids[i]);
      const FerryPackMember members[] = {
        { .name = "guest.ovf", .data = ovf },
        { .name = "disk.vmdk", .data = fixture->disk, .length = DISK_BYTES },
        { .name = NULL },
      };
      g_autoptr (FerrySource) source = ferry_source_ova_new (path);
      g_autoptr (FerryGuest) guest = NULL;

      ferry_pack_write (path, FERRY_PACK_TAR, members);
      assert_ids (fixture->dir, "v#1.ova", expected[i]);
      guest = ferry_source_read (source, strrchr (expected[i], ' ') + 1, NULL, NULL);
      g_assert_null (guest);
      guest = ferry_source_read (source, i == 0 ? "v#1.ova#two" : "v#1.ova#2", NULL, NULL);
      g_assert_nonnull (guest);
      g_assert_cmpstr (guest->name, ==, "two");
    }
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = ferry_source_ova_new (fixture->dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  g_autofree char *summary = NULL;

  pack_guest (fixture, "b.ova", FERRY_PACK_TAR, "Beta");
  guest = ferry_source_read (source, "b.ova", NULL, &error);
  g_assert_no_error (error);
  summary = ferry_summary_of_guest (guest);
  g_assert_cmpstr (summary, ==,
                   "guest b.ova: Beta, - (-)\n"
                   "memory 268435456, vcpus 1 = 0 x 0 x 0, unknown\n"
                   "disk Hard disk 1: 1048576 bytes, used -1, vmdk, unknown, disk.vmdk\n");
  g_assert_null (ferry_source_read (source, "b", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_list_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "a.ova", NULL);
  g_autoptr (FerrySource) file = ferry_source_ova_new (path);
  g_autoptr (FerrySource) folder = ferry_source_ova_new (fixture->dir);
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_source_list (folder, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ferry_source_list (file, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "junk", -1, NULL));
  g_assert_null (ferry_source_list (file, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = ferry_source_ova_new (fixture->dir);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  pack_guest (fixture, "b.ova", FERRY_PACK_TAR, "Beta");
  g_cancellable_cancel (cancellable);
  g_assert_null (ferry_source_list (source, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is found out about the file of a disk. */
typedef struct
{
  const char *name;
  FerryPackFile file;
  FerryPackMember member; /* beside the description */
  const char *checks;
  const char *disk_file;
  FerryPackKind only; /* 0: in a tar and in a folder */
} DiskCase;

#define VMDK "KDMV\3\0\0\0\0\0\0\0\0\x08\0\0\0\0\0\0"

static const DiskCase disk_cases[] = {
  { "good",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "",
    "d.vmdk",
    0 },
  { "percent",
    { "B%C3%BCro%201.vmdk", NULL },
    { .name = "Büro 1.vmdk", .data = VMDK, .length = 600 },
    "",
    "Büro 1.vmdk",
    0 },
  { "percent-in-name",
    { "50%25.vmdk", NULL },
    { .name = "50%25.vmdk", .data = VMDK, .length = 600 },
    "",
    "50%25.vmdk",
    0 },
  { "percent-that-is-none",
    { "50%.vmdk", NULL },
    { .name = "50%.vmdk", .data = VMDK, .length = 600 },
    "",
    "50%.vmdk",
    0 },
  { "decomposed",
    { "B\303\274ro.vmdk", NULL },
    { .name = "Bu\314\210ro.vmdk", .data = VMDK, .length = 600 },
    "",
    "Bu\314\210ro.vmdk",
    0 },
  { "dot-slash",
    { "./d.vmdk", NULL },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "",
    "d.vmdk",
    0 },
  { "in-folder",
    { "disks/d.vmdk", NULL },
    { .name = "disks/d.vmdk", .data = VMDK, .length = 600 },
    "",
    "disks/d.vmdk",
    0 },
  { "missing",
    { "d.vmdk", NULL },
    { .name = "e.vmdk", .data = VMDK, .length = 600 },
    "disk.file-missing blocker",
    "d.vmdk",
    0 },
  { "outside",
    { "../d.vmdk", NULL },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "disk.path-outside blocker",
    "../d.vmdk",
    0 },
  { "outside-encoded",
    { "%2e%2e%2fd.vmdk", NULL },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "disk.path-outside blocker",
    "%2e%2e%2fd.vmdk",
    0 },
  { "absolute",
    { "/etc/passwd", NULL },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "disk.path-outside blocker",
    "/etc/passwd",
    0 },
  { "nul-encoded",
    { "d%00.vmdk", NULL },
    { .name = "d", .data = VMDK, .length = 600 },
    "disk.file-missing blocker",
    "d%00.vmdk",
    0 },
  { "link",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .type = '2', .link = "/etc/passwd" },
    "disk.is-link blocker",
    "d.vmdk",
    0 },
  { "link-beside",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .type = '2', .link = "guest.ovf" },
    "disk.is-link blocker",
    "d.vmdk",
    0 },
  { "hard-link",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .type = '1', .link = "guest.ovf" },
    "disk.is-link blocker",
    "d.vmdk",
    FERRY_PACK_TAR },
  { "device",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .type = '3' },
    "disk.not-a-file blocker",
    "d.vmdk",
    FERRY_PACK_TAR },
  { "is-folder",
    { "disks", NULL },
    { .name = "disks/d.vmdk", .data = VMDK, .length = 600 },
    "disk.not-a-file blocker",
    "disks",
    FERRY_PACK_FOLDER },
  { "not-utf8",
    { "B\303\274ro.vmdk", NULL },
    { .name = "B\xfcro.vmdk", .data = VMDK, .length = 600 },
    "disk.file-missing blocker",
    "B\303\274ro.vmdk",
    FERRY_PACK_TAR },
  { "size-differs",
    { "d.vmdk", "ovf:size='601'" },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "disk.size-differs warning",
    "d.vmdk",
    0 },
  { "size-agrees",
    { "d.vmdk", "ovf:size='600'" },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "",
    "d.vmdk",
    0 },
  { "empty", { "d.vmdk", NULL }, { .name = "d.vmdk" }, "disk.wrong-format blocker", "d.vmdk", 0 },
  { "not-vmdk",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .data = "hello" },
    "disk.wrong-format blocker",
    "d.vmdk",
    0 },
  { "really-qcow2",
    { "d.vmdk", NULL },
    { .name = "d.vmdk",
      .data = "QFI\xfb\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0",
      .length = 32 },
    "disk.format-differs note",
    "d.vmdk",
    0 },
  { "capacity-differs",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .data = "KDMV\3\0\0\0\0\0\0\0\0\x10\0\0\0\0\0\0", .length = 20 },
    "disk.capacity-differs note",
    "d.vmdk",
    0 },
  { "vmdk-of-other-files",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .data = "# Disk DescriptorFile\nRW 1 FLAT \"/etc/passwd\" 0\n" },
    "disk.outside-reference blocker",
    "d.vmdk",
    0 },
  { "qcow2-with-backing-file",
    { "d.vmdk", NULL },
    { .name = "d.vmdk", .data = "QFI\xfb\0\0\0\3\0\0\0\0\0\0\0\x68", .length = 16 },
    "disk.outside-reference blocker, disk.format-differs note",
    "d.vmdk",
    0 },
  { "not-gzip",
    { "d.vmdk", "ovf:compression='gzip'" },
    { .name = "d.vmdk", .data = VMDK, .length = 600 },
    "disk.wrong-format blocker",
    "d.vmdk",
    0 },
  { "chunks-missing",
    { "d.vmdk", "ovf:chunkSize='512' ovf:size='1200'" },
    { .name = "d.vmdk.000000000", .data = VMDK, .length = 600 },
    "disk.file-missing blocker",
    "d.vmdk",
    0 },
  { "one-chunk",
    { "d.vmdk", "ovf:chunkSize='1024' ovf:size='600'" },
    { .name = "d.vmdk.000000000", .data = VMDK, .length = 600 },
    "",
    "d.vmdk",
    0 },
  { "chunks-of-unknown-size",
    { "d.vmdk", "ovf:chunkSize='1024'" },
    { .name = "d.vmdk.000000000", .data = VMDK, .length = 600 },
    "",
    "d.vmdk",
    0 },
  { "absurd-chunks",
    { "d.vmdk", "ovf:chunkSize='1' ovf:size='9223372036854775807'" },
    { .name = "d.vmdk.000000000", .data = VMDK, .length = 600 },
    "disk.file-missing blocker",
    "d.vmdk",
    0 },
};

static void
check_disk_case (Fixture *fixture, const DiskCase *test, FerryPackKind kind)
{
  g_autofree char *dir = g_build_filename (fixture->dir, ferry_pack_kind_to_word (kind), NULL);
  g_autofree char *path =
      kind == FERRY_PACK_FOLDER ? g_strdup (dir) : g_strconcat (dir, ".ova", NULL);
  const FerryPackFile files[] = { test->file, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  g_autofree char *data = g_malloc0 (1024);
  FerryPackMember members[] = { { .name = "guest.ovf", .data = ovf },
                                test->member,
                                { .name = NULL } };
  g_autoptr (FerrySource) source = ferry_source_ova_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = NULL;
  const FerryGuest *guest;
  g_autofree char *checks = NULL;

  if (test->member.length > 0)
    {
      memcpy (data, test->member.data, MIN (test->member.length, sizeof VMDK - 1));
      members[1].data = data;
    }
  ferry_pack_write (path, kind, members);
  guests = ferry_source_list (source, NULL, &error);
  g_assert_no_error (error);
  guest = guests->pdata[0];
  checks = ferry_summary_of_checks (guest->checks);
  g_assert_cmpstr (checks, ==, test->checks);
  for (guint i = 0; i < guest->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (guest->checks, i);

      if (g_str_has_prefix (check->id, "disk."))
        g_assert_true (ferry_check_is_of_disk (check, 0));
    }
  g_assert_cmpstr (ferry_guest_get_disk (guest, 0)->file, ==, test->disk_file);
}

static void
test_disk (Fixture *fixture, gconstpointer data)
{
  const DiskCase *test = data;

  if (test->only != FERRY_PACK_FOLDER)
    check_disk_case (fixture, test, FERRY_PACK_TAR);
  if (test->only != FERRY_PACK_TAR)
    check_disk_case (fixture, test, FERRY_PACK_FOLDER);
}

static void
test_name_twice (Fixture *fixture, gconstpointer data)
{
  const FerryPackFile files[] = { { "d.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  g_autofree char *path = g_build_filename (fixture->dir, "x.ova", NULL);
  const FerryPackMember members[] = {
    { .name = "guest.ovf", .data = ovf },
    { .name = "d.vmdk", .data = fixture->disk, .length = DISK_BYTES },
    { .name = "./d.vmdk", .data = fixture->disk, .length = DISK_BYTES },
    { .name = "guest.cert", .data = "x" },
    { .name = NULL },
  };
  g_autoptr (FerrySource) source = ferry_source_ova_new (path);
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *checks = NULL;

  ferry_pack_write (path, FERRY_PACK_TAR, members);
  guests = ferry_source_list (source, NULL, NULL);
  checks = ferry_summary_of_checks (((FerryGuest *) guests->pdata[0])->checks);
  g_assert_cmpstr (checks, ==, "disk.name-twice blocker, manifest.certificate-ignored note");
}

/* Only this guest's files are verified, and the findings are about it. */
static void
test_verify (Fixture *fixture, gconstpointer data)
{
  const FerryPackFile files[] = { { "d.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  g_autofree char *path = g_build_filename (fixture->dir, "x.ova", NULL);
  g_autofree char *good = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ovf, -1);
  g_autofree char *manifest =
      g_strdup_printf ("SHA256(guest.ovf)= %s\nSHA256(d.vmdk)= 00\nSHA256(x)= 00\n", good);
  const FerryPackMember members[] = {
    { .name = "guest.ovf", .data = ovf },
    { .name = "guest.mf", .data = manifest },
    { .name = "d.vmdk", .data = fixture->disk, .length = DISK_BYTES },
    { .name = "x", .data = "x" },
    { .name = NULL },
  };
  g_autoptr (FerrySource) source = ferry_source_ova_new (path);
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  ferry_pack_write (path, FERRY_PACK_TAR, members);
  guest = ferry_source_read (source, "x.ova", NULL, NULL);
  g_assert_true (ferry_source_verify (source, guest, checks, NULL, NULL, &error));
  g_assert_no_error (error);
  found = ferry_summary_of_checks (checks);
  g_assert_cmpstr (found, ==, "manifest.mismatch blocker");
  g_assert_cmpstr (((FerryCheck *) checks->pdata[0])->guest_id, ==, "x.ova");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/source-ova/folder", test_folder);
  ADD ("/source-ova/collection", test_collection);
  ADD ("/source-ova/read", test_read);
  ADD ("/source-ova/list-fails", test_list_fails);
  ADD ("/source-ova/cancelled", test_cancelled);
  ADD ("/source-ova/name-twice", test_name_twice);
  ADD ("/source-ova/verify", test_verify);
  for (guint i = 0; i < G_N_ELEMENTS (disk_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-ova/disk/", disk_cases[i].name, NULL);

      g_test_add (path, Fixture, &disk_cases[i], set_up, test_disk, tear_down);
    }

  return g_test_run ();
}
