/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-pack.h"
#include "ferry-source-ova.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define DISK_BYTES 3072
#define CHUNK_BYTES 1024
#define LARGE_BYTES (3 * 1024 * 1024)

/* "in" holds the appliance and must stay as it is; "work" is where prepare () may write. */
typedef struct
{
  char *dir;
  char *in;
  char *work;
  char *before;
} Fixture;

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every name below @path with its mode and size, but nothing of what is in @except. */
static char *
list_tree (const char *path, const char *except)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *below = NULL;
      struct stat info;

      g_assert_cmpint (lstat (child, &info), ==, 0);
      if (g_str_equal (child, except))
        continue;
      below = S_ISDIR (info.st_mode) ? list_tree (child, except) : g_strdup ("");
      g_ptr_array_add (lines, g_strdup_printf ("%s %o %" G_GINT64_FORMAT "\n%s", child,
                                               info.st_mode, (gint64) info.st_size, below));
    }
  g_ptr_array_sort (lines, compare_strings);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("", (char **) lines->pdata);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ferry_pack_dup_dir ();
  fixture->in = g_build_filename (fixture->dir, "in", NULL);
  fixture->work = g_build_filename (fixture->dir, "work", NULL);
  g_assert_cmpint (g_mkdir_with_parents (fixture->in, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (fixture->work, 0700), ==, 0);
}

/* Whatever a test did, nothing outside of the work folder was made, changed or removed. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *after = list_tree (fixture->dir, fixture->work);

  g_assert_cmpstr (after, ==, fixture->before);
  ferry_pack_remove_dir (fixture->dir);
  g_free (fixture->before);
  g_free (fixture->dir);
  g_free (fixture->in);
  g_free (fixture->work);
}

static FerrySource *
pack (Fixture *fixture, FerryPackKind kind, const FerryPackMember *members)
{
  g_autofree char *name = g_strconcat ("x.", ferry_pack_kind_to_word (kind), NULL);
  g_autofree char *path = g_build_filename (fixture->in, name, NULL);

  ferry_pack_write (path, kind, members);
  g_free (fixture->before);
  fixture->before = list_tree (fixture->dir, fixture->work);

  return ferry_source_ova_new (path);
}

static FerryGuest *
get_guest (FerrySource *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);

  g_assert_no_error (error);

  return ferry_guest_copy (guests->pdata[0]);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
assert_location (const FerryDiskLocation *location, const char *data, gsize length)
{
  g_autofree char *whole = NULL;
  gsize whole_length;

  g_assert_cmpstr (location->format, ==, "vmdk");
  g_assert_true (g_path_is_absolute (location->path));
  g_assert_true (g_file_get_contents (location->path, &whole, &whole_length, NULL));
  if (location->length == 0)
    g_assert_cmpuint (whole_length - location->offset, ==, length);
  else
    g_assert_cmpuint (location->length, ==, (length + 511) / 512 * 512);
  g_assert_cmpuint (location->offset % 512, ==, 0);
  g_assert_cmpuint (location->offset + MAX (location->length, length), <=, whole_length);
  g_assert_true (memcmp (whole + location->offset, data, length) == 0);
}

typedef struct
{
  guint64 last;
  guint64 total;
} Heard;

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (done, >=, heard->last);
  g_assert_cmpuint (done, <=, total);
  heard->last = done;
  heard->total = total;
}

/* The second disk of the appliance below, in the forms that it may be stored in. */
typedef enum
{
  WHOLE,
  GZIP,
  CHUNKS,
  GZIP_CHUNKS,
  N_FORMS,
} Form;

static char *
dup_attributes (Form form, gsize length)
{
  static const char *const formats[N_FORMS] = {
    "ovf:size='%u'",
    "ovf:size='%u' ovf:compression='gzip'",
    "ovf:size='%u' ovf:chunkSize='1024'",
    "ovf:size='%u' ovf:compression='gzip' ovf:chunkSize='1024'",
  };
  g_auto (GStrv) parts = g_strsplit (formats[form], "%u", 2);

  return g_strdup_printf ("%s%u%s", parts[0], (guint) length, parts[1]);
}

static const FerryPackKind kinds[] = { FERRY_PACK_TAR, FERRY_PACK_GZIP, FERRY_PACK_XZ,
                                       FERRY_PACK_ZIP, FERRY_PACK_FOLDER };

static gboolean
is_readable_in_place (FerryPackKind kind)
{
  return kind == FERRY_PACK_TAR || kind == FERRY_PACK_FOLDER;
}

static void
add_chunks (FerryPackMember *members, GPtrArray *names, const char *data, gsize length)
{
  for (gsize at = 0, i = 0; at < length; at += CHUNK_BYTES, i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("b.vmdk.%09u", (guint) i));
      members[i].name = names->pdata[i];
      members[i].data = data + at;
      members[i].length = MIN (CHUNK_BYTES, length - at);
    }
}

static void
check_form (Fixture *fixture, FerryPackKind kind, Form form)
{
  g_autofree char *first = ferry_pack_dup_disk (DISK_BYTES - 72, 1);
  g_autofree char *second = ferry_pack_dup_disk (DISK_BYTES, 2);
  g_autoptr (GBytes) zipped = ferry_pack_dup_gzip (second, DISK_BYTES);
  gboolean is_gzip = form == GZIP || form == GZIP_CHUNKS;
  const char *data = is_gzip ? g_bytes_get_data (zipped, NULL) : second;
  gsize length = is_gzip ? g_bytes_get_size (zipped) : DISK_BYTES;
  g_autofree char *attributes = dup_attributes (form, length);
  const FerryPackFile files[] = { { "a.vmdk", NULL }, { "b.vmdk", attributes }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  FerryPackMember members[10] = {
    { .name = "x.ovf", .data = ovf },
    { .name = "a.vmdk", .data = first, .length = DISK_BYTES - 72 },
    { .name = "b.vmdk", .data = data, .length = length },
  };
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) locations = NULL;
  g_autoptr (GError) error = NULL;
  Heard heard = { 0 };
  const FerryMonitor monitor = { on_part, &heard };
  guint n_unpacked = (is_readable_in_place (kind) ? 0 : 1) +
                     (is_readable_in_place (kind) && form == WHOLE ? 0 : 1);

  if (form == CHUNKS || form == GZIP_CHUNKS)
    add_chunks (members + 2, names, data, length);
  source = pack (fixture, kind, members);
  guest = get_guest (source);
  g_assert_cmpuint (guest->checks->len, ==, 0);
  g_assert_cmpint (ferry_source_get_work_bytes (source, guest) > 0, ==, n_unpacked > 0);
  locations = ferry_source_prepare (source, guest, fixture->work, &monitor, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 2);
  assert_location (locations->pdata[0], first, DISK_BYTES - 72);
  assert_location (locations->pdata[1], second, DISK_BYTES);
  g_assert_cmpuint (count_files (fixture->work), ==, n_unpacked);
  g_assert_cmpint (heard.total > 0, ==, n_unpacked > 0);
}

static void
test_forms (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (Form form = WHOLE; form < N_FORMS; form++)
      {
        check_form (fixture, kinds[i], form);
        ferry_pack_remove_dir (fixture->in);
        ferry_pack_remove_dir (fixture->work);
        g_assert_cmpint (g_mkdir_with_parents (fixture->in, 0700), ==, 0);
        g_assert_cmpint (g_mkdir_with_parents (fixture->work, 0700), ==, 0);
      }
  g_free (fixture->before);
  fixture->before = list_tree (fixture->dir, fixture->work);
}

/* Neither unpacked nor counted. */
static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = ferry_pack_dup_disk (DISK_BYTES, 1);
  g_autofree char *second = ferry_pack_dup_disk (DISK_BYTES, 2);
  const FerryPackFile names[] = { { "a.vmdk", NULL }, { "b.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("two", names);
  const FerryPackMember members[] = { { .name = "x.ovf", .data = ovf },
                                      { .name = "a.vmdk", .data = first, .length = DISK_BYTES },
                                      { .name = "b.vmdk", .data = second, .length = DISK_BYTES },
                                      { .name = NULL } };
  g_autoptr (FerrySource) source = pack (fixture, FERRY_PACK_ZIP, members);
  g_autoptr (FerryGuest) guest = get_guest (source);
  guint64 all_bytes = ferry_source_get_work_bytes (source, guest);
  g_autoptr (GPtrArray) locations = NULL;
  g_autoptr (GError) error = NULL;

  ((FerryDisk *) g_ptr_array_index (guest->disks, 0))->flags |= FERRY_DISK_LEFT_OUT;
  g_assert_cmpuint (ferry_source_get_work_bytes (source, guest), <, all_bytes);
  locations = ferry_source_prepare (source, guest, fixture->work, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 1);
  assert_location (locations->pdata[0], second, DISK_BYTES);
  g_assert_cmpuint (count_files (fixture->work), ==, 1);
}

/* Of no matter is also that a disk which is left out cannot be had. */
static void
test_blockers (void)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("a", "a");
  FerryCheck *check =
      ferry_check_new ("disk.file-missing", FERRY_SEVERITY_BLOCKER, "", "It is missing.");
  FerryDisk *disk = ferry_disk_new ("disk");

  g_ptr_array_add (guest->disks, disk);
  g_ptr_array_add (guest->checks, check);
  g_assert_true (ferry_source_find_blocker (guest) == check);
  ferry_check_set_remedy (check, FERRY_REMEDY_LEAVE_OUT_DISK, 0);
  g_assert_true (ferry_source_find_blocker (guest) == check);
  disk->flags |= FERRY_DISK_LEFT_OUT;
  g_assert_null (ferry_source_find_blocker (guest));
  ferry_check_set_remedy (check, FERRY_REMEDY_LEAVE_OUT_DISK, 7);
  g_assert_true (ferry_source_find_blocker (guest) == check);
}

/* One disk "d.vmdk" as @data, behind a description with @attribute_text. */
static FerrySource *
pack_one (Fixture *fixture,
          FerryPackKind kind,
          const char *attribute_text,
          const FerryPackMember *disk)
{
  const FerryPackFile files[] = { { "d.vmdk", attribute_text }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  const FerryPackMember members[] = { { .name = "x.ovf", .data = ovf }, *disk, { .name = NULL } };

  return pack (fixture, kind, members);
}

/* Either when it is described or when it is prepared. */
static void
assert_refused (Fixture *fixture, FerrySource *source, FerryError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);

  if (guests != NULL)
    g_assert_null (
        ferry_source_prepare (source, guests->pdata[0], fixture->work, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, (int) code);
  if (strstr (error->message, message) == NULL)
    g_error ("‘%s’ is missing in: %s", message, error->message);
}

typedef struct
{
  const char *name;
  FerryPackKind kind;
  const char *attributes;
  FerryPackMember disk;
  const char *message;
} Refused;

#define DESCRIPTOR "# Disk DescriptorFile\nRW 1 FLAT \"/etc/passwd\" 0\n"

static const Refused refused[] = {
  { "missing", FERRY_PACK_TAR, NULL, { .name = "e.vmdk", .data = "x" }, "missing" },
  { "missing-compressed",
    FERRY_PACK_GZIP,
    NULL,
    { .name = "e.vmdk", .data = "x" },
    "no file ‘d.vmdk’" },
  { "missing-zip", FERRY_PACK_ZIP, NULL, { .name = "e.vmdk", .data = "x" }, "missing" },
  { "link",
    FERRY_PACK_TAR,
    NULL,
    { .name = "d.vmdk", .type = '2', .link = "/etc/passwd" },
    "is a link" },
  { "link-compressed",
    FERRY_PACK_GZIP,
    NULL,
    { .name = "d.vmdk", .type = '2', .link = "/etc/passwd" },
    "is a link" },
  { "link-zip",
    FERRY_PACK_ZIP,
    NULL,
    { .name = "d.vmdk", .type = '2', .link = "/etc/passwd" },
    "is a link" },
  { "link-folder",
    FERRY_PACK_FOLDER,
    NULL,
    { .name = "d.vmdk", .type = '2', .link = "/etc/passwd" },
    "is a link" },
  { "hard-link-compressed",
    FERRY_PACK_GZIP,
    NULL,
    { .name = "d.vmdk", .type = '1', .link = "/etc/passwd" },
    "is a link" },
  { "device-compressed",
    FERRY_PACK_XZ,
    NULL,
    { .name = "d.vmdk", .type = '3' },
    "not a regular file" },
  { "outside-compressed", FERRY_PACK_GZIP, NULL, { .name = "../evil", .data = "x" }, "leads out" },
  { "absolute-compressed", FERRY_PACK_XZ, NULL, { .name = "/evil", .data = "x" }, "absolute" },
  { "other-files",
    FERRY_PACK_TAR,
    NULL,
    { .name = "d.vmdk", .data = DESCRIPTOR },
    "refers to other files" },
  { "other-files-compressed",
    FERRY_PACK_GZIP,
    NULL,
    { .name = "d.vmdk", .data = DESCRIPTOR },
    "refers to other files" },
  { "damaged-compressed", FERRY_PACK_GZIP, NULL, { .name = "d.vmdk", .data = "hello" }, "damaged" },
  { "not-gzip-compressed",
    FERRY_PACK_XZ,
    "ovf:compression='gzip'",
    { .name = "d.vmdk", .data = "hello" },
    "not compressed with gzip" },
  { "bzip2",
    FERRY_PACK_TAR,
    "ovf:compression='bzip2'",
    { .name = "d.vmdk", .data = "KDMV" },
    "bzip2" },
  { "damaged", FERRY_PACK_TAR, NULL, { .name = "d.vmdk", .data = "hello" }, "not vmdk" },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refused *test = data;
  g_autoptr (FerrySource) source = pack_one (fixture, test->kind, test->attributes, &test->disk);

  assert_refused (fixture, source, FERRY_ERROR_INVALID, test->message);
}

static void
test_blank_disk (Fixture *fixture, gconstpointer data)
{
  static const char ovf[] =
      "<Envelope xmlns:ovf='x'><DiskSection><Disk ovf:diskId='d' ovf:capacity='1' "
      "ovf:capacityAllocationUnits='byte * 2^40'/></DiskSection><VirtualSystem ovf:id='a'>"
      "<VirtualHardwareSection><Item><HostResource>ovf:/disk/d</HostResource>"
      "<ResourceType>17</ResourceType></Item></VirtualHardwareSection></VirtualSystem>"
      "</Envelope>";
  const FerryPackMember members[] = { { .name = "x.ovf", .data = ovf }, { .name = NULL } };
  g_autoptr (FerrySource) source = pack (fixture, FERRY_PACK_TAR, members);
  g_autoptr (FerryGuest) guest = get_guest (source);

  g_assert_cmpuint (ferry_guest_get_disk (guest, 0)->capacity_bytes, ==,
                    G_GUINT64_CONSTANT (1) << 40);
  g_assert_null (ferry_guest_get_disk (guest, 0)->file);
  g_assert_cmpuint (ferry_source_get_work_bytes (source, guest), ==, 0);
  assert_refused (fixture, source, FERRY_ERROR_INVALID, "has no file");
  g_assert_cmpuint (count_files (fixture->work), ==, 0);
}

/* Behind the disks of a compressed archive nobody looks before it is unpacked. */
static void
test_late_second_ovf (Fixture *fixture, gconstpointer data)
{
  const FerryPackFile files[] = { { "d.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  const FerryPackMember members[] = { { .name = "x.ovf", .data = ovf },
                                      { .name = "d.vmdk", .data = disk, .length = DISK_BYTES },
                                      { .name = "y.ovf", .data = ovf },
                                      { .name = NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] != FERRY_PACK_FOLDER)
      {
        g_autoptr (FerrySource) source = pack (fixture, kinds[i], members);

        assert_refused (fixture, source, FERRY_ERROR_INVALID, "more than one description");
        ferry_pack_remove_dir (fixture->work);
        g_assert_cmpint (g_mkdir_with_parents (fixture->work, 0700), ==, 0);
      }
}

static void
change (FerryGuest *guest, guint what)
{
  FerryDisk *disk = guest->disks->pdata[0];

  if (what == 0)
    disk->capacity_bytes++;
  else if (what == 1)
    disk->name[0] = '!';
  else if (what == 2)
    disk->file[0] = '!';
  else if (what == 3)
    g_ptr_array_set_size (guest->disks, 0);
  else
    g_ptr_array_add (guest->disks, ferry_disk_new ("one more"));
}

/* The plan says something else than the appliance now. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember member = { .name = "d.vmdk", .data = disk, .length = DISK_BYTES };
  g_autoptr (FerrySource) source = pack_one (fixture, FERRY_PACK_TAR, NULL, &member);

  for (guint what = 0; what < 5; what++)
    {
      g_autoptr (FerryGuest) guest = get_guest (source);
      g_autoptr (GError) error = NULL;

      change (guest, what);
      g_assert_null (ferry_source_prepare (source, guest, fixture->work, NULL, NULL, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "not what it was"));
    }
}

static void
cancel_at_half (guint64 done, guint64 total, gpointer user_data)
{
  if (done >= total / 2)
    g_cancellable_cancel (user_data);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (LARGE_BYTES, 1);
  g_autoptr (GBytes) zipped = ferry_pack_dup_gzip (disk, LARGE_BYTES);
  const FerryPackMember plain = { .name = "d.vmdk", .data = disk, .length = LARGE_BYTES };
  const FerryPackMember gzip = { .name = "d.vmdk",
                                 .data = g_bytes_get_data (zipped, NULL),
                                 .length = g_bytes_get_size (zipped) };
  const struct
  {
    FerryPackKind kind;
    const char *attributes;
    const FerryPackMember *disk;
  } tests[] = {
    { FERRY_PACK_GZIP, NULL, &plain },
    { FERRY_PACK_ZIP, NULL, &plain },
    { FERRY_PACK_TAR, "ovf:compression='gzip'", &gzip },
    { FERRY_PACK_FOLDER, "ovf:compression='gzip'", &gzip },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (FerrySource) source =
          pack_one (fixture, tests[i].kind, tests[i].attributes, tests[i].disk);
      g_autoptr (FerryGuest) guest = get_guest (source);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      const FerryMonitor monitor = { cancel_at_half, cancellable };
      g_autoptr (GError) error = NULL;

      g_assert_null (
          ferry_source_prepare (source, guest, fixture->work, &monitor, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      ferry_pack_remove_dir (fixture->work);
      g_assert_cmpint (g_mkdir_with_parents (fixture->work, 0700), ==, 0);
    }
}

/* The kernel refuses to write more, as it does on a full disk. */
static void
test_no_space (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (LARGE_BYTES, 1);
  const FerryPackMember member = { .name = "d.vmdk", .data = disk, .length = LARGE_BYTES };
  g_autoptr (FerrySource) source = pack_one (fixture, FERRY_PACK_GZIP, NULL, &member);
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = LARGE_BYTES / 2;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_refused (fixture, source, FERRY_ERROR_NO_SPACE, fixture->work);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
}

/* A disk of 1 MiB cannot need this much. */
static void
test_bomb (Fixture *fixture, gconstpointer data)
{
  const gsize length = 80 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (length);
  g_autoptr (GBytes) zipped = ferry_pack_dup_gzip (zeros, length);
  const FerryPackMember member = { .name = "d.vmdk",
                                   .data = g_bytes_get_data (zipped, NULL),
                                   .length = g_bytes_get_size (zipped) };
  g_autoptr (FerrySource) source =
      pack_one (fixture, FERRY_PACK_TAR, "ovf:compression='gzip'", &member);

  assert_refused (fixture, source, FERRY_ERROR_INVALID, "far larger");
}

/* What a hole was stays a hole; the file has its whole size all the same. */
static void
test_holes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = g_malloc0 (LARGE_BYTES);
  const FerryPackMember member = { .name = "d.vmdk", .data = disk, .length = LARGE_BYTES };
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GPtrArray) locations = NULL;
  struct stat info;

  memcpy (disk, "KDMV\3\0\0\0\0\0\0\0\0\x08", 14);
  disk[LARGE_BYTES / 2 + 5] = 1;
  source = pack_one (fixture, FERRY_PACK_GZIP, NULL, &member);
  guest = get_guest (source);
  locations = ferry_source_prepare (source, guest, fixture->work, NULL, NULL, NULL);
  g_assert_nonnull (locations);
  assert_location (locations->pdata[0], disk, LARGE_BYTES);
  g_assert_cmpint (stat (((FerryDiskLocation *) locations->pdata[0])->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, LARGE_BYTES);
  g_assert_cmpint (info.st_blocks * 512, <, LARGE_BYTES / 8);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* In an archive whose end was not seen yet, names are found in any spelling too. */
static void
test_encoded_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackFile files[] = { { "B%C3%BCro%201.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *ovf = ferry_pack_dup_ovf ("one", files);
  const FerryPackMember members[] = { { .name = "x.ovf", .data = ovf },
                                      { .name = "Büro 1.vmdk", .data = disk, .length = DISK_BYTES },
                                      { .name = NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (FerrySource) source = pack (fixture, kinds[i], members);
      g_autoptr (FerryGuest) guest = get_guest (source);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) locations =
          ferry_source_prepare (source, guest, fixture->work, NULL, NULL, &error);

      g_assert_no_error (error);
      assert_location (locations->pdata[0], disk, DISK_BYTES);
      ferry_pack_remove_dir (fixture->work);
      g_assert_cmpint (g_mkdir_with_parents (fixture->work, 0700), ==, 0);
    }
}

/* Something is in the way in the work folder: it is neither followed nor overwritten. */
static void
test_work_folder_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember member = { .name = "d.vmdk", .data = disk, .length = DISK_BYTES };
  g_autoptr (FerrySource) source = pack_one (fixture, FERRY_PACK_GZIP, NULL, &member);
  g_autofree char *link = g_build_filename (fixture->work, "disk1.vmdk", NULL);

  g_assert_cmpint (symlink ("../in/evil", link), ==, 0);
  assert_refused (fixture, source, FERRY_ERROR_FAILED, "disk1.vmdk");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/source-ova-prepare/forms", test_forms);
  ADD ("/source-ova-prepare/left-out", test_left_out);
  g_test_add_func ("/source-ova-prepare/blockers", test_blockers);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/source-ova-prepare/refused/", refused[i].name, NULL);

      g_test_add (path, Fixture, &refused[i], set_up, test_refused, tear_down);
    }
  ADD ("/source-ova-prepare/blank-disk", test_blank_disk);
  ADD ("/source-ova-prepare/late-second-ovf", test_late_second_ovf);
  ADD ("/source-ova-prepare/changed", test_changed);
  ADD ("/source-ova-prepare/cancelled", test_cancelled);
  ADD ("/source-ova-prepare/no-space", test_no_space);
  ADD ("/source-ova-prepare/bomb", test_bomb);
  ADD ("/source-ova-prepare/holes", test_holes);
  ADD ("/source-ova-prepare/encoded-name", test_encoded_name);
  ADD ("/source-ova-prepare/work-folder-taken", test_work_folder_taken);

  return g_test_run ();
}
