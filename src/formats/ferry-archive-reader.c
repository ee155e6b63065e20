/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-archive-reader.h"

#include "ferry-error.h"
#include "ferry-folder.h"
#include "ferry-tar-names.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define HEADER_BLOCK_BYTES (16 * 1024)
#define DATA_BLOCK_BYTES (256 * 1024)

/* Headers of one member that are looked at for hidden names; libarchive allows no more. */
#define MAX_HEADER_BYTES (1024 * 1024)

struct _FerryArchiveReader
{
  struct archive *archive;
  char *path;
  const FerrySpan *span;
  GCancellable *cancellable;
  guint8 *block;
  gsize block_bytes;
  guint64 position; /* within the span */
  guint64 bytes_read;
  guint n_unnamed;
  int saved_errno;
  gboolean is_open;
  gboolean has_member;
};

static la_ssize_t
on_read (struct archive *archive, void *user_data, const void **out_block)
{
  FerryArchiveReader *self = user_data;
  guint64 left = self->span->length - self->position;
  ssize_t n;

  if (g_cancellable_is_cancelled (self->cancellable))
    return ARCHIVE_FATAL;
  n = pread (self->span->fd, self->block, MIN (left, self->block_bytes),
             (off_t) (self->span->offset + self->position));
  if (n < 0)
    {
      self->saved_errno = errno;
      return ARCHIVE_FATAL;
    }
  self->position += (guint64) n;
  self->bytes_read += (guint64) n;
  *out_block = self->block;

  return n;
}

static la_int64_t
on_skip (struct archive *archive, void *user_data, la_int64_t request)
{
  FerryArchiveReader *self = user_data;
  guint64 skipped = MIN ((guint64) request, self->span->length - self->position);

  self->position += skipped;

  return (la_int64_t) skipped;
}

static la_int64_t
on_seek (struct archive *archive, void *user_data, la_int64_t offset, int whence)
{
  FerryArchiveReader *self = user_data;
  gint64 length = (gint64) self->span->length;
  gint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (gint64) self->position : length;

  self->position = (guint64) CLAMP (base + offset, 0, length);

  return (la_int64_t) self->position;
}

static FerryArchiveReader *
reader_new (const char *path, const FerrySpan *span, gsize block_bytes, GCancellable *cancellable)
{
  FerryArchiveReader *self = g_new0 (FerryArchiveReader, 1);

  self->archive = archive_read_new ();
  self->path = ferry_member_dup_printable (path);
  self->span = span;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->block_bytes = block_bytes;
  self->block = g_malloc (block_bytes);
  archive_read_set_callback_data (self->archive, self);
  archive_read_set_read_callback (self->archive, on_read);
  archive_read_set_skip_callback (self->archive, on_skip);
  archive_read_set_seek_callback (self->archive, on_seek);

  return self;
}

/* Only what was asked for: every further format is code that reads hostile bytes. */
FerryArchiveReader *
ferry_archive_reader_new (const char *path,
                          const FerrySpan *span,
                          FerryReaderTask task,
                          GCancellable *cancellable)
{
  gsize block_bytes = task == FERRY_READER_HEADERS ? HEADER_BLOCK_BYTES : DATA_BLOCK_BYTES;
  FerryArchiveReader *self = reader_new (path, span, block_bytes, cancellable);

  archive_read_support_format_tar (self->archive);
  archive_read_support_format_zip_seekable (self->archive);
  archive_read_support_filter_gzip (self->archive);
  archive_read_support_filter_bzip2 (self->archive);
  archive_read_support_filter_xz (self->archive);
  archive_read_support_filter_zstd (self->archive);

  return self;
}

FerryArchiveReader *
ferry_archive_reader_new_gzip (const char *path, const FerrySpan *span, GCancellable *cancellable)
{
  FerryArchiveReader *self = reader_new (path, span, DATA_BLOCK_BYTES, cancellable);

  archive_read_support_format_raw (self->archive);
  archive_read_support_filter_gzip (self->archive);

  return self;
}

void
ferry_archive_reader_free (FerryArchiveReader *self)
{
  if (self == NULL)
    return;
  archive_read_free (self->archive);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->block);
  g_free (self);
}

/* An archive that is cut off very early is not recognised as one by its structure. */
static gboolean
looks_like_archive (FerryArchiveReader *self)
{
  static const char *const magics[] = { "PK\3\4", "\037\213", "BZh", "\3757zXZ",
                                        "\050\265\057\375" };
  char head[265] = { 0 };

  if (pread (self->span->fd, head, sizeof head, (off_t) self->span->offset) < 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (memcmp (head, magics[i], strlen (magics[i])) == 0)
      return TRUE;

  return memcmp (head + 257, "ustar", strlen ("ustar")) == 0;
}

static gboolean
fail_reading (FerryArchiveReader *self, GError **error)
{
  const char *message = archive_error_string (self->archive);
  g_autofree char *why = ferry_member_dup_printable (message != NULL ? message : "");

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->saved_errno != 0)
    return ferry_folder_fail_errno (error, self->path, self->saved_errno);
  if (self->span->length == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is empty. Copy or download it again."),
                       self->path);
  if (!self->has_member && !looks_like_archive (self))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not a virtual appliance: it is neither a tar nor a zip "
                         "archive."),
                       self->path);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is damaged or not complete (%s). Copy or download it again."),
                     self->path, why);
}

static FerryMemberKind
get_kind (struct archive_entry *entry)
{
  if (archive_entry_hardlink (entry) != NULL || archive_entry_filetype (entry) == AE_IFLNK)
    return FERRY_MEMBER_LINK;

  return archive_entry_filetype (entry) == AE_IFREG ? FERRY_MEMBER_FILE : FERRY_MEMBER_SPECIAL;
}

/* Names are UTF-8 whatever the locale is. libarchive hands raw bytes through where the archive
 * says no character set, and converts to the locale's where it does. */
static const char *
get_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname (entry);

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    name = archive_entry_pathname_utf8 (entry);

  return name != NULL && g_utf8_validate (name, -1, NULL) ? name : NULL;
}

/* Where the bytes of the current member start in the file. */
static guint64
get_offset (FerryArchiveReader *self, struct archive_entry *entry)
{
  if (!ferry_archive_reader_is_plain_tar (self) || archive_entry_sparse_count (entry) > 0)
    return FERRY_MEMBER_NO_OFFSET;

  return self->span->offset + (guint64) archive_filter_bytes (self->archive, 0);
}

static gboolean
check_headers (FerryArchiveReader *self, GError **error)
{
  guint64 start = (guint64) archive_read_header_position (self->archive);
  guint64 end = (guint64) archive_filter_bytes (self->archive, 0);
  gsize length = MIN (end - start, MAX_HEADER_BYTES);
  g_autofree guint8 *headers = NULL;
  ssize_t n;

  if (end <= start)
    return TRUE;
  headers = g_malloc (length);
  n = pread (self->span->fd, headers, length, (off_t) (self->span->offset + start));
  self->bytes_read += (guint64) MAX (n, 0);
  if (n > 0 && ferry_tar_headers_hide_name (headers, (gsize) n))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is refused: it has a file whose name has a NUL character."),
                       self->path);

  return TRUE;
}

/* A plain tar that ends too early is found without reading to its end. */
static gboolean
check_size (FerryArchiveReader *self, const FerryMember *member, GError **error)
{
  guint64 end = self->span->offset + self->span->length;

  if (member->offset == FERRY_MEMBER_NO_OFFSET || member->size_bytes < 0)
    return TRUE;
  if (member->offset > end || (guint64) member->size_bytes > end - member->offset)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not complete: its file ‘%s’ is cut off. Copy or download it "
                         "again."),
                       self->path, member->name);

  return TRUE;
}

/* *out_member stays NULL for what is to be passed over. */
static gboolean
make_member (FerryArchiveReader *self,
             struct archive_entry *entry,
             FerryMember **out_member,
             GError **error)
{
  const char *raw_name = get_name (entry);
  gboolean is_folder = archive_entry_filetype (entry) == AE_IFDIR;
  g_autofree char *given = NULL;
  const char *name;
  g_autoptr (FerryMember) member = NULL;

  if (ferry_archive_reader_is_plain_tar (self) && !check_headers (self, error))
    return FALSE;
  if (raw_name == NULL)
    {
      self->n_unnamed++;
      return TRUE;
    }
  given = g_strdup (raw_name);
  if (is_folder && g_str_has_suffix (given, "/"))
    given[strlen (given) - 1] = '\0';
  if (is_folder && g_str_equal (given, "."))
    return TRUE;
  name = ferry_member_check_name (given, error);
  if (name == NULL)
    {
      g_prefix_error (error, _("‘%s’ cannot be used. "), self->path);
      return FALSE;
    }
  if (is_folder || ferry_member_is_ignored (name))
    return TRUE;

  member = ferry_member_new (name, get_kind (entry));
  member->offset = get_offset (self, entry);
  if (archive_entry_size_is_set (entry))
    member->size_bytes = MAX (archive_entry_size (entry), 0);
  if (!check_size (self, member, error))
    return FALSE;
  *out_member = g_steal_pointer (&member);
  return TRUE;
}

/* Passing over a member of a compressed archive means unpacking it. libarchive would do so without
 * looking up, for seconds where the data are all zeros. */
static gboolean
pass_over (FerryArchiveReader *self)
{
  const void *block;
  size_t length;
  la_int64_t offset;
  int result = ARCHIVE_OK;

  if (!self->has_member || ferry_archive_reader_is_plain_tar (self) ||
      ferry_archive_reader_is_zip (self))
    return TRUE;
  while (result == ARCHIVE_OK && !g_cancellable_is_cancelled (self->cancellable))
    result = archive_read_data_block (self->archive, &block, &length, &offset);

  return result == ARCHIVE_EOF;
}

static int
read_header (FerryArchiveReader *self, struct archive_entry **out_entry)
{
  int result;

  if (!pass_over (self))
    return ARCHIVE_FATAL;
  do
    result = archive_read_next_header (self->archive, out_entry);
  while (result == ARCHIVE_RETRY && !g_cancellable_is_cancelled (self->cancellable));

  return result;
}

FerryReaderStep
ferry_archive_reader_next (FerryArchiveReader *self, FerryMember **out_member, GError **error)
{
  g_autoptr (FerryMember) member = NULL;

  if (!self->is_open && archive_read_open1 (self->archive) != ARCHIVE_OK)
    {
      fail_reading (self, error);
      return FERRY_READER_FAILED;
    }
  self->is_open = TRUE;

  while (member == NULL)
    {
      struct archive_entry *entry;
      int result = read_header (self, &entry);

      if (result == ARCHIVE_EOF && self->span->length > 0)
        return FERRY_READER_END;
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        {
          fail_reading (self, error);
          return FERRY_READER_FAILED;
        }
      self->has_member = TRUE;
      if (!make_member (self, entry, &member, error))
        return FERRY_READER_FAILED;
    }

  *out_member = g_steal_pointer (&member);
  return FERRY_READER_MEMBER;
}

gssize
ferry_archive_reader_read (FerryArchiveReader *self, void *buffer, gsize length, GError **error)
{
  la_ssize_t n = archive_read_data (self->archive, buffer, length);

  if (n < 0 || g_cancellable_is_cancelled (self->cancellable))
    {
      fail_reading (self, error);
      return -1;
    }

  return n;
}

GBytes *
ferry_archive_reader_read_all (FerryArchiveReader *self,
                               const char *name,
                               gsize limit,
                               GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (DATA_BLOCK_BYTES);
  gssize n;

  while ((n = ferry_archive_reader_read (self, block, DATA_BLOCK_BYTES, error)) > 0)
    {
      if (bytes->len + (gsize) n > limit)
        {
          g_autofree char *size = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);

          ferry_fail (error, FERRY_ERROR_INVALID,
                      _("‘%s’ in ‘%s’ is larger than %s, which no description needs."), name,
                      self->path, size);
          return NULL;
        }
      g_byte_array_append (bytes, block, (guint) n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
ferry_archive_reader_is_plain_tar (FerryArchiveReader *self)
{
  return (archive_format (self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR &&
         archive_filter_code (self->archive, 0) == ARCHIVE_FILTER_NONE;
}

gboolean
ferry_archive_reader_is_gzip (FerryArchiveReader *self)
{
  return archive_filter_code (self->archive, 0) == ARCHIVE_FILTER_GZIP;
}

gboolean
ferry_archive_reader_is_zip (FerryArchiveReader *self)
{
  return (archive_format (self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

guint64
ferry_archive_reader_get_position (FerryArchiveReader *self)
{
  return self->position;
}

guint64
ferry_archive_reader_get_bytes_read (FerryArchiveReader *self)
{
  return self->bytes_read;
}

guint
ferry_archive_reader_get_n_unnamed (FerryArchiveReader *self)
{
  return self->n_unnamed;
}
