/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-check.h"
#include "ferry-manifest.h"
#include "ferry-pack.h"
#include "ferry-summary.h"

#include <string.h>

#define HEX "00aabb"

static const struct
{
  const char *line;
  gsize length; /* 0: a string */
  const char *expected; /* "algorithm|name|digest"; NULL: an odd line; "": nothing */
} lines[] = {
  { "SHA1(a.vmdk)= " HEX, 0, "SHA1|a.vmdk|" HEX },
  { "SHA256(a.vmdk)=" HEX, 0, "SHA256|a.vmdk|" HEX },
  { "SHA512 (a.vmdk) = 00AABB", 0, "SHA512|a.vmdk|" HEX },
  { "  SHA1(a.vmdk) =\t" HEX " \r", 0, "SHA1|a.vmdk|" HEX },
  { "\xef\xbb\xbfSHA1(a.vmdk)= " HEX, 0, "SHA1|a.vmdk|" HEX },
  { "SHA1(Büro (1) = x.vmdk)= " HEX, 0, "SHA1|Büro (1) = x.vmdk|" HEX },
  { "SHA1(a b)= " HEX, 0, "SHA1|a b|" HEX },
  { "MD5(a)= " HEX, 0, "MD5|a|" HEX },
  { "", 0, "" },
  { "   \r", 0, "" },
  { "SHA1(a.vmdk)= ", 0, NULL },
  { "SHA1(a.vmdk)= xyz", 0, NULL },
  { "SHA1(a.vmdk) " HEX, 0, NULL },
  { "SHA1()= " HEX, 0, NULL },
  { "(a)= " HEX, 0, NULL },
  { "SHA1 a = " HEX, 0, NULL },
  { "SHA1)a(= " HEX, 0, NULL },
  { "= " HEX, 0, NULL },
  { HEX "  a.vmdk", 0, NULL },
  { "SHA1(a\xff)= " HEX, 0, NULL },
  { "SHA1(a\0b)= " HEX, 17, NULL },
  { "\0", 1, NULL },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gsize length = lines[i].length != 0 ? lines[i].length : strlen (lines[i].line);
      g_autoptr (GBytes) bytes = g_bytes_new_static (lines[i].line, length);
      guint n_odd;
      g_autoptr (GPtrArray) entries = ferry_manifest_parse (bytes, &n_odd);
      g_autofree char *found = NULL;

      if (entries->len > 0)
        {
          const FerryManifestEntry *entry = g_ptr_array_index (entries, 0);

          found = g_strjoin ("|", entry->algorithm, entry->name, entry->digest, NULL);
        }
      if (g_strcmp0 (found != NULL ? found : n_odd > 0 ? NULL : "", lines[i].expected) != 0)
        g_error ("line %u: %s, odd %u", i, found, n_odd);
    }
}

static void
test_text (void)
{
  static const char text[] = "SHA1(a)= 00\r\n\r\nnonsense\r\nSHA256(b)= 11\nSHA512(c)= 22";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  guint n_odd;
  g_autoptr (GPtrArray) entries = ferry_manifest_parse (bytes, &n_odd);

  g_assert_cmpuint (n_odd, ==, 1);
  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpstr (((FerryManifestEntry *) entries->pdata[2])->name, ==, "c");
}

/* Files "x.ovf" (<a/>), "disk" and "B ü" (hello), under a manifest. */
typedef struct
{
  const char *name;
  const char *manifest; /* NULL: none; %s are the right digests of "hello" */
  const char *expected; /* the checks */
} Verified;

#define HELLO_SHA1 "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"
#define HELLO_SHA256 "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define HELLO_SHA512                                                                               \
  "9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"                               \
  "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043"
#define WRONG "0000000000000000000000000000000000000000"

static const Verified verified[] = {
  { "sha1", "SHA1(disk)= " HELLO_SHA1 "\nSHA1(B ü)= " HELLO_SHA1, "" },
  { "sha256", "SHA256(disk)= " HELLO_SHA256 "\nSHA256(B ü)=" HELLO_SHA256 "\r\n", "" },
  { "sha512", "SHA512(disk)= " HELLO_SHA512 "\nSHA512 (B ü) = " HELLO_SHA512 "\n", "" },
  { "mixed", "SHA1(B ü)= " HELLO_SHA1 "\nSHA512(disk)= " HELLO_SHA512 "\n", "" },
  { "mismatch", "SHA1(disk)= " WRONG "\nSHA1(B ü)= " HELLO_SHA1, "manifest.mismatch blocker" },
  { "two-mismatches", "SHA1(disk)= " WRONG "\nSHA1(B ü)= " WRONG,
    "manifest.mismatch blocker, manifest.mismatch blocker" },
  { "short-digest", "SHA1(disk)= 00\nSHA1(B ü)= " HELLO_SHA1, "manifest.mismatch blocker" },
  { "unknown-algorithm", "MD5(disk)= 00\nSHA1(B ü)= " HELLO_SHA1,
    "manifest.unknown-algorithm warning" },
  { "missing-file", "SHA1(gone)= " WRONG "\nSHA1(disk)= " HELLO_SHA1,
    "manifest.missing-file warning" },
  { "outside", "SHA1(../../etc/passwd)= " WRONG "\nSHA1(/etc/passwd)= " WRONG, "" },
  { "odd-lines", "what\nSHA1(disk)= " HELLO_SHA1 "\nis this", "manifest.odd-line warning" },
  { "empty", "", "" },
  { "none", NULL, "manifest.none note" },
};

static const FerryPackKind kinds[] = { FERRY_PACK_TAR, FERRY_PACK_GZIP, FERRY_PACK_XZ,
                                       FERRY_PACK_ZIP, FERRY_PACK_FOLDER };

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  g_assert_cmpuint (done, <=, total);
  *last = done;
}

/* The manifest where most writers put it, and at the very end, as tar itself would sort it. */
static void
pack (const char *path, FerryPackKind kind, const char *manifest, gboolean is_last)
{
  const FerryPackMember mf = { .name = "x.mf", .data = manifest };
  const FerryPackMember rest[] = { { .name = "disk", .data = "hello" },
                                   { .name = "B ü", .data = "hello" } };
  FerryPackMember members[5] = { { .name = "x.ovf", .data = "<a/>" } };
  guint n = 1;

  if (manifest != NULL && !is_last)
    members[n++] = mf;
  members[n++] = rest[0];
  members[n++] = rest[1];
  if (manifest != NULL && is_last)
    members[n++] = mf;
  ferry_pack_write (path, kind, members);
}

static void
verify_one (const Verified *test, FerryPackKind kind, gboolean is_last)
{
  g_autofree char *dir = ferry_pack_dup_dir ();
  g_autofree char *path = g_build_filename (dir, "x", NULL);
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryArchive) archive = NULL;
  guint64 last = 0;
  const FerryMonitor monitor = { on_part, &last };
  g_autofree char *found = NULL;

  pack (path, kind, test->manifest, is_last);
  archive = ferry_archive_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_manifest_verify (archive, NULL, checks, &monitor, NULL, &error));
  g_assert_no_error (error);
  found = ferry_summary_of_checks (checks);
  if (g_strcmp0 (found, test->expected) != 0)
    g_error ("%s: %s", ferry_pack_kind_to_word (kind), found);
  ferry_pack_remove_dir (dir);
}

static void
test_verified (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      verify_one (data, kinds[i], FALSE);
      verify_one (data, kinds[i], TRUE);
    }
}

/* Only files of one guest are read; one that the manifest forgets is told. */
static void
test_names (void)
{
  g_autofree char *dir = ferry_pack_dup_dir ();
  g_autofree char *path = g_build_filename (dir, "x", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (FerryArchive) archive = NULL;
  g_autofree char *found = NULL;

  pack (path, FERRY_PACK_TAR, "SHA1(disk)= " WRONG "\nSHA1(x.ovf)= " WRONG, FALSE);
  archive = ferry_archive_open (path, NULL, NULL);
  g_ptr_array_add (names, (gpointer) "disk");
  g_ptr_array_add (names, (gpointer) "B ü");
  g_assert_true (ferry_manifest_verify (archive, names, checks, NULL, NULL, NULL));
  found = ferry_summary_of_checks (checks);
  g_assert_cmpstr (found, ==, "manifest.not-listed warning, manifest.mismatch blocker");
  ferry_pack_remove_dir (dir);
}

static void
test_words_of_mismatch (void)
{
  g_autofree char *dir = ferry_pack_dup_dir ();
  g_autofree char *path = g_build_filename (dir, "x", NULL);
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (FerryArchive) archive = NULL;
  const FerryCheck *check;

  pack (path, FERRY_PACK_TAR, "SHA1(disk)= " WRONG, FALSE);
  archive = ferry_archive_open (path, NULL, NULL);
  g_assert_true (ferry_manifest_verify (archive, NULL, checks, NULL, NULL, NULL));
  g_assert_cmpuint (checks->len, ==, 1);
  check = checks->pdata[0];
  g_assert_nonnull (strstr (check->text, "‘disk’"));
  g_assert_nonnull (strstr (check->text, HELLO_SHA1));
  g_assert_nonnull (strstr (check->text, WRONG));
  ferry_pack_remove_dir (dir);
}

static void
cancel_at_half (guint64 done, guint64 total, gpointer user_data)
{
  if (done >= total / 2)
    g_cancellable_cancel (user_data);
}

static void
test_cancelled (void)
{
  const gsize length = 2 * 1024 * 1024;
  g_autofree char *disk = ferry_pack_dup_disk (length, 1);
  const FerryPackMember members[] = {
    { .name = "x.ovf", .data = "<a/>" },
    { .name = "x.mf", .data = "SHA256(disk)= 00" },
    { .name = "disk", .data = disk, .length = length },
    { .name = NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *dir = ferry_pack_dup_dir ();
      g_autofree char *path = g_build_filename (dir, "x", NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      const FerryMonitor monitor = { cancel_at_half, cancellable };
      g_autoptr (GPtrArray) checks = ferry_checks_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryArchive) archive = NULL;

      ferry_pack_write (path, kinds[i], members);
      archive = ferry_archive_open (path, NULL, NULL);
      g_assert_false (ferry_manifest_verify (archive, NULL, checks, &monitor, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (checks->len, ==, 0);
      ferry_pack_remove_dir (dir);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/lines", test_lines);
  g_test_add_func ("/manifest/text", test_text);
  for (guint i = 0; i < G_N_ELEMENTS (verified); i++)
    {
      g_autofree char *path = g_strconcat ("/manifest/verify/", verified[i].name, NULL);

      g_test_add_data_func (path, &verified[i], test_verified);
    }
  g_test_add_func ("/manifest/names", test_names);
  g_test_add_func ("/manifest/words-of-mismatch", test_words_of_mismatch);
  g_test_add_func ("/manifest/cancelled", test_cancelled);

  return g_test_run ();
}
