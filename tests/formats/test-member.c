/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-folder.h"
#include "ferry-member.h"
#include "ferry-pack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const struct
{
  const char *name;
  const char *checked; /* NULL: refused */
} names[] = {
  { "disk.vmdk", "disk.vmdk" },
  { "./disk.vmdk", "disk.vmdk" },
  { "././disk.vmdk", "disk.vmdk" },
  { "a/b/disk.vmdk", "a/b/disk.vmdk" },
  { "..disk..", "..disk.." },
  { "a/...", "a/..." },
  { "Büro 1.vmdk", "Büro 1.vmdk" },
  { "..\\disk.vmdk", "..\\disk.vmdk" },
  { "", NULL },
  { "/", NULL },
  { "/etc/passwd", NULL },
  { "..", NULL },
  { "../disk.vmdk", NULL },
  { "./../disk.vmdk", NULL },
  { "a/../disk.vmdk", NULL },
  { "a/..", NULL },
  { "a//disk.vmdk", NULL },
  { ".//etc/passwd", NULL },
  { "a/./disk.vmdk", NULL },
  { "a/", NULL },
  { ".", NULL },
  { "./", NULL },
  { "disk\n.vmdk", NULL },
  { "\x1b[2Jdisk", NULL },
  { "disk\x7f", NULL },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *checked = ferry_member_check_name (names[i].name, &error);

      g_assert_cmpstr (checked, ==, names[i].checked);
      g_assert_cmpint (error != NULL, ==, names[i].checked == NULL);
      if (error == NULL)
        continue;
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      for (const char *c = error->message; *c != '\0'; c++)
        g_assert_false (g_ascii_iscntrl (*c));
    }
}

static void
test_words (void)
{
  g_autofree char *printable = ferry_member_dup_printable ("a\xff\x1b z");

  g_assert_true (ferry_member_is_ignored ("._disk.vmdk"));
  g_assert_true (ferry_member_is_ignored ("a/._x.ovf"));
  g_assert_true (ferry_member_is_ignored ("__MACOSX/x.ovf"));
  g_assert_false (ferry_member_is_ignored ("x._ovf"));
  g_assert_true (ferry_member_has_suffix ("X.OVF", ".ovf"));
  g_assert_false (ferry_member_has_suffix ("ovf", ".ovf"));
  g_assert_cmpstr (printable, ==, "a\357\277\275? z");
}

/* Below "in" there are files and links of all kinds; "secret" is beside it. */
static const struct
{
  const char *name;
  FerryMemberKind kind; /* 0: none */
  int code; /* of opening it; -1: works */
} finds[] = {
  { "disk", FERRY_MEMBER_FILE, -1 },
  { "sub/disk", FERRY_MEMBER_FILE, -1 },
  { "none", 0, FERRY_ERROR_NOT_FOUND },
  { "none/disk", 0, FERRY_ERROR_NOT_FOUND },
  { "disk/disk", 0, FERRY_ERROR_NOT_FOUND },
  { "sub", FERRY_MEMBER_SPECIAL, FERRY_ERROR_INVALID },
  { "pipe", FERRY_MEMBER_SPECIAL, FERRY_ERROR_INVALID },
  { "to-secret", FERRY_MEMBER_LINK, FERRY_ERROR_INVALID },
  { "to-disk", FERRY_MEMBER_LINK, FERRY_ERROR_INVALID },
  { "to-top/secret", FERRY_MEMBER_LINK, FERRY_ERROR_INVALID },
  { "to-sub/disk", FERRY_MEMBER_LINK, FERRY_ERROR_INVALID },
};

static void
test_folder (void)
{
  g_autofree char *top = ferry_pack_dup_dir ();
  g_autofree char *in = g_build_filename (top, "in", NULL);
  g_autofree char *secret = g_build_filename (top, "secret", NULL);
  g_autofree char *pipe_path = g_build_filename (in, "pipe", NULL);
  const FerryPackMember members[] = {
    { .name = "disk", .data = "one" },
    { .name = "sub/disk", .data = "three" },
    { .name = "to-secret", .type = '2', .link = "../secret" },
    { .name = "to-disk", .type = '2', .link = "disk" },
    { .name = "to-top", .type = '2', .link = ".." },
    { .name = "to-sub", .type = '2', .link = "sub" },
    { .name = NULL },
  };
  g_auto (FerryFd) dir = -1;

  ferry_pack_write (in, FERRY_PACK_FOLDER, members);
  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  dir = open (in, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (dir, >=, 0);

  for (guint i = 0; i < G_N_ELEMENTS (finds); i++)
    {
      g_autoptr (FerryMember) member = ferry_folder_find (dir, finds[i].name);
      g_autoptr (GError) error = NULL;
      g_auto (FerryFd) fd = ferry_folder_open (dir, finds[i].name, &error);

      g_assert_cmpint (member != NULL ? (int) member->kind : 0, ==, (int) finds[i].kind);
      g_assert_cmpint (fd >= 0, ==, finds[i].code < 0);
      if (finds[i].code >= 0)
        g_assert_error (error, FERRY_ERROR, finds[i].code);
    }
  ferry_pack_remove_dir (top);
}

static void
test_errno (void)
{
  static const struct
  {
    int number;
    FerryError code;
  } numbers[] = {
    { ENOENT, FERRY_ERROR_NOT_FOUND },
    { EACCES, FERRY_ERROR_PERMISSION },
    { ELOOP, FERRY_ERROR_INVALID },
    { EIO, FERRY_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_folder_fail_errno (&error, "/x/y", numbers[i].number));
      g_assert_error (error, FERRY_ERROR, (int) numbers[i].code);
      g_assert_nonnull (strstr (error->message, "/x/y"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/member/names", test_names);
  g_test_add_func ("/member/words", test_words);
  g_test_add_func ("/member/folder", test_folder);
  g_test_add_func ("/member/errno", test_errno);

  return g_test_run ();
}
