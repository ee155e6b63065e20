/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-pack.h"

#include "ferry-fd.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES 512
#define NAME_BYTES 100

static gsize
get_length (const FerryPackMember *member)
{
  return member->length == 0 && member->data != NULL ? strlen (member->data) : member->length;
}

static gsize
get_name_length (const FerryPackMember *member)
{
  return member->name_length == 0 ? strlen (member->name) : member->name_length;
}

static void
append_padding (GByteArray *tar)
{
  static const guint8 zeros[BLOCK_BYTES];

  g_byte_array_append (tar, zeros, (BLOCK_BYTES - tar->len % BLOCK_BYTES) % BLOCK_BYTES);
}

static void
set_size (guint8 *header, guint64 size)
{
  char digits[13];

  if (size < (G_GUINT64_CONSTANT (1) << 33))
    {
      g_snprintf (digits, sizeof digits, "%011" G_GINT64_MODIFIER "o", size);
      memcpy (header + 124, digits, 11);
      return;
    }
  header[124] = 0x80; /* the binary form for large ones */
  for (guint i = 0; i < 8; i++)
    header[135 - i] = (guint8) (size >> (8 * i));
}

static void
append_header (GByteArray *tar, const FerryPackMember *member, char type, guint64 size)
{
  guint8 header[BLOCK_BYTES] = { 0 };
  guint sum = 0;
  char digits[8];

  memcpy (header, member->name, MIN (get_name_length (member), NAME_BYTES));
  memcpy (header + 100, "0000644", 7);
  memcpy (header + 108, "0000000", 7);
  memcpy (header + 116, "0000000", 7);
  set_size (header, size);
  memcpy (header + 136, "14000000000", 11);
  memset (header + 148, ' ', 8);
  header[156] = (guint8) type;
  if (member->link != NULL)
    memcpy (header + 157, member->link, strlen (member->link));
  memcpy (header + 257, "ustar\00000", 8);
  for (guint i = 0; i < BLOCK_BYTES; i++)
    sum += header[i];
  g_snprintf (digits, sizeof digits, "%06o", sum);
  memcpy (header + 148, digits, 7);
  g_byte_array_append (tar, header, BLOCK_BYTES);
}

/* "LENGTH path=NAME\n", the length counting itself */
static void
append_pax_name (GByteArray *tar, const FerryPackMember *member)
{
  const FerryPackMember header = { .name = "PaxHeader" };
  gsize rest = strlen (" path=\n") + get_name_length (member);
  gsize length = rest + 1;
  g_autofree char *digits = NULL;

  while (length != rest + (gsize) snprintf (NULL, 0, "%" G_GSIZE_FORMAT, length))
    length++;
  digits = g_strdup_printf ("%" G_GSIZE_FORMAT " path=", length);
  append_header (tar, &header, 'x', length);
  g_byte_array_append (tar, (const guint8 *) digits, (guint) strlen (digits));
  g_byte_array_append (tar, (const guint8 *) member->name, (guint) get_name_length (member));
  g_byte_array_append (tar, (const guint8 *) "\n", 1);
  append_padding (tar);
}

static void
write_bytes (int fd, const GByteArray *bytes)
{
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
}

static void
write_member (int fd, const FerryPackMember *member)
{
  g_autoptr (GByteArray) tar = g_byte_array_new ();
  gsize length = get_length (member);
  guint64 hole_bytes = (member->hole_bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;

  if (get_name_length (member) > NAME_BYTES || member->name_length > 0)
    append_pax_name (tar, member);
  append_header (tar, member, member->type != 0 ? member->type : '0', length + member->hole_bytes);
  if (length > 0)
    g_byte_array_append (tar, (const guint8 *) member->data, (guint) length);
  append_padding (tar);
  write_bytes (fd, tar);
  g_assert_cmpint (lseek (fd, (off_t) hole_bytes, SEEK_CUR), >=, 0);
}

static void
write_tar (const char *path, const FerryPackMember *members)
{
  g_auto (FerryFd) fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const guint8 end[2 * BLOCK_BYTES] = { 0 };

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; members[i].name != NULL; i++)
    write_member (fd, &members[i]);
  g_assert_cmpint (write (fd, end, sizeof end), ==, sizeof end);
}

/* The plain tar in another file, compressed: libarchive's raw format has one member, its content. */
static void
write_filtered (const char *path, int filter, const FerryPackMember *members)
{
  g_autofree char *tar_path = g_strconcat (path, ".tmp", NULL);
  g_autofree char *tar = NULL;
  gsize length;
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();

  write_tar (tar_path, members);
  g_assert_true (g_file_get_contents (tar_path, &tar, &length, NULL));
  g_unlink (tar_path);
  archive_write_set_format_raw (archive);
  archive_write_add_filter (archive, filter);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  archive_entry_set_filetype (entry, AE_IFREG);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, tar, length), ==, length);
  archive_entry_free (entry);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
}

static void
write_zip (const char *path, const FerryPackMember *members)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; members[i].name != NULL; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = get_length (&members[i]);

      archive_entry_set_pathname (entry, members[i].name);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_filetype (entry, members[i].type == '2' ? AE_IFLNK : AE_IFREG);
      if (members[i].type == '2')
        archive_entry_set_symlink (entry, members[i].link);
      archive_entry_set_size (entry, (la_int64_t) length);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      if (length > 0 && members[i].type != '2')
        g_assert_cmpint (archive_write_data (archive, members[i].data, length), ==, length);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
}

static void
write_folder (const char *path, const FerryPackMember *members)
{
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  for (guint i = 0; members[i].name != NULL; i++)
    {
      g_autofree char *file = g_build_filename (path, members[i].name, NULL);
      g_autofree char *folder = g_path_get_dirname (file);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      if (members[i].type == '2')
        g_assert_cmpint (symlink (members[i].link, file), ==, 0);
      else
        g_assert_true (g_file_set_contents (file, members[i].data != NULL ? members[i].data : "",
                                            (gssize) get_length (&members[i]), NULL));
    }
}

void
ferry_pack_write (const char *path, FerryPackKind kind, const FerryPackMember *members)
{
  switch (kind)
    {
    case FERRY_PACK_TAR:
      write_tar (path, members);
      return;
    case FERRY_PACK_GZIP:
      write_filtered (path, ARCHIVE_FILTER_GZIP, members);
      return;
    case FERRY_PACK_XZ:
      write_filtered (path, ARCHIVE_FILTER_XZ, members);
      return;
    case FERRY_PACK_BZIP2:
      write_filtered (path, ARCHIVE_FILTER_BZIP2, members);
      return;
    case FERRY_PACK_ZSTD:
      write_filtered (path, ARCHIVE_FILTER_ZSTD, members);
      return;
    case FERRY_PACK_ZIP:
      write_zip (path, members);
      return;
    case FERRY_PACK_FOLDER:
      write_folder (path, members);
      return;
    }
}

const char *
ferry_pack_kind_to_word (FerryPackKind kind)
{
  static const char *const words[] = { NULL,      "tar",     "tar.gz", "tar.xz",
                                       "tar.bz2", "tar.zst", "zip",    "folder" };

  return words[kind];
}

GBytes *
ferry_pack_dup_gzip (const void *data, gsize length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) stream =
      g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

char *
ferry_pack_dup_disk (gsize length, guint seed)
{
  static const guint8 head[] = { 'K', 'D', 'M', 'V', 3, 0, 0, 0, 0, 0, 0, 0, 0, 8 };
  char *disk = g_malloc0 (length);
  guint32 state = seed * 2654435761u + 1;

  g_assert_cmpuint (length, >=, BLOCK_BYTES);
  for (gsize i = BLOCK_BYTES; i < length; i++)
    {
      state = state * 1664525u + 1013904223u;
      disk[i] = (char) (state >> 24);
    }
  memcpy (disk, head, sizeof head);

  return disk;
}

#define NAMESPACES                                                                                 \
  "xmlns='http://schemas.dmtf.org/ovf/envelope/1' "                                                \
  "xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1' "                                            \
  "xmlns:rasd='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"                                 \
  "CIM_ResourceAllocationSettingData'"

char *
ferry_pack_dup_ovf (const char *name, const FerryPackFile *files)
{
  g_autoptr (GString) references = g_string_new (NULL);
  g_autoptr (GString) disks = g_string_new (NULL);
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; files[i].href != NULL; i++)
    {
      g_autofree char *href = g_markup_escape_text (files[i].href, -1);

      g_string_append_printf (references, "<File ovf:id='f%u' ovf:href='%s' %s/>", i, href,
                              files[i].attributes != NULL ? files[i].attributes : "");
      g_string_append_printf (disks,
                              "<Disk ovf:diskId='d%u' ovf:fileRef='f%u' ovf:capacity='1048576' "
                              "ovf:format='http://www.vmware.com/interfaces/specifications/"
                              "vmdk.html#streamOptimized'/>",
                              i, i);
      g_string_append_printf (items,
                              "<Item><rasd:ElementName>Hard disk %u</rasd:ElementName>"
                              "<rasd:HostResource>ovf:/disk/d%u</rasd:HostResource>"
                              "<rasd:InstanceID>%u</rasd:InstanceID>"
                              "<rasd:ResourceType>17</rasd:ResourceType></Item>",
                              i + 1, i, i + 10);
    }

  return g_strdup_printf (
      "<Envelope " NAMESPACES "><References>%s</References>"
      "<DiskSection><Info/>%s</DiskSection><VirtualSystem ovf:id='%s'><Info/><Name>%s</Name>"
      "<VirtualHardwareSection><Info/>"
      "<Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType>"
      "<rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>"
      "<Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>"
      "<rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType>"
      "<rasd:VirtualQuantity>256</rasd:VirtualQuantity></Item>%s"
      "</VirtualHardwareSection></VirtualSystem></Envelope>",
      references->str, disks->str, name, name, items->str);
}

char *
ferry_pack_dup_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("ferry-test-XXXXXX", &error);

  g_assert_no_error (error);

  return path;
}

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  return remove (path);
}

void
ferry_pack_remove_dir (const char *path)
{
  nftw (path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
