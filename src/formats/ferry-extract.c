/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-extract.h"

#include "ferry-error.h"
#include "ferry-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Small enough for a cancel to be heard within milliseconds. */
#define BLOCK_BYTES (512 * 1024)

/* What a hole is made of; the usual block of a file system. */
#define HOLE_BYTES 4096

FerryExtractItem *
ferry_extract_item_new (const char *name, int fd, guint64 at)
{
  FerryExtractItem *item = g_new0 (FerryExtractItem, 1);

  item->name = g_strdup (name);
  item->fd = fd;
  item->at = at;
  item->written_bytes = -1;

  return item;
}

void
ferry_extract_item_free (FerryExtractItem *item)
{
  g_free (item->name);
  g_free (item);
}

static gboolean
fail_writing (FerryExtract *self, int saved_errno, GError **error)
{
  if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
    return ferry_fail (error, FERRY_ERROR_NO_SPACE,
                       _("There is no room left in ‘%s’ to unpack the disks. Make room there, or "
                         "choose another temporary folder with the variable TMPDIR."),
                       self->folder);

  return ferry_fail (error, FERRY_ERROR_FAILED, _("The disks cannot be unpacked into ‘%s’: %s"),
                     self->folder, g_strerror (saved_errno));
}

static gboolean
is_zero (const guint8 *data, gsize length)
{
  return length > 0 && data[0] == 0 && memcmp (data, data + 1, length - 1) == 0;
}

/* Some bytes and where they go in the file @fd. */
typedef struct
{
  int fd;
  guint64 at;
  const guint8 *data;
  gsize length;
} Piece;

static gboolean
write_piece (FerryExtract *self, const Piece *piece, GError **error)
{
  const guint8 *data = piece->data;
  gsize length = piece->length;
  guint64 at = piece->at;

  while (length > 0)
    {
      ssize_t n = pwrite (piece->fd, data, length, (off_t) at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_writing (self, errno, error);
      data += n;
      at += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Blocks of zeros are left out: the file has a hole there. */
static gboolean
write_sparse (FerryExtract *self, const Piece *whole, GError **error)
{
  gsize done = 0;

  while (done < whole->length)
    {
      gsize end = done;

      while (end < whole->length &&
             !is_zero (whole->data + end, MIN (HOLE_BYTES, whole->length - end)))
        end += MIN (HOLE_BYTES, whole->length - end);
      if (end > done)
        {
          Piece piece = { whole->fd, whole->at + done, whole->data + done, end - done };

          if (!write_piece (self, &piece, error))
            return FALSE;
        }
      done = MIN (end + HOLE_BYTES, whole->length);
    }

  return TRUE;
}

/* A hole at the end must count to the size too. */
static gboolean
set_end (FerryExtract *self, int fd, guint64 end, GError **error)
{
  if (lseek (fd, 0, SEEK_END) < (off_t) end && ftruncate (fd, (off_t) end) != 0)
    return fail_writing (self, errno, error);

  return TRUE;
}

static void
add_done (FerryExtract *self, guint64 bytes)
{
  self->done_bytes += bytes;
  ferry_monitor_part (self->monitor, MIN (self->done_bytes, self->total_bytes), self->total_bytes);
}

static gboolean
fail_cut_off (const FerrySpan *span, int saved_errno, GError **error)
{
  if (saved_errno != 0)
    return ferry_fail (error, FERRY_ERROR_FAILED, _("A disk’s file cannot be read: %s"),
                       g_strerror (saved_errno));

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("A disk’s file ends before its %" G_GUINT64_FORMAT
                        " bytes are read. Copy or download the appliance again."),
                     span->length);
}

gboolean
ferry_extract_span (FerryExtract *self,
                    const FerrySpan *span,
                    int fd,
                    guint64 at,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);

  posix_fadvise (span->fd, (off_t) span->offset, (off_t) span->length, POSIX_FADV_SEQUENTIAL);
  for (guint64 done = 0; done < span->length;)
    {
      ssize_t n = pread (span->fd, block, MIN (BLOCK_BYTES, span->length - done),
                         (off_t) (span->offset + done));
      Piece piece = { fd, at + done, block, (gsize) MAX (n, 0) };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n <= 0)
        return fail_cut_off (span, n < 0 ? errno : 0, error);
      if (!write_sparse (self, &piece, error))
        return FALSE;
      done += (guint64) n;
      add_done (self, (guint64) n);
    }

  return set_end (self, fd, at + span->length, error);
}

static gboolean
fail_too_large (const FerryExtractItem *item, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is refused: unpacked it is far larger than the disk that it is said "
                       "to hold."),
                     item->name);
}

/* The current member of @reader. */
static gboolean
extract_current (FerryExtract *self,
                 FerryArchiveReader *reader,
                 FerryExtractItem *item,
                 GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  guint64 position = ferry_archive_reader_get_position (reader);
  guint64 written = 0;
  gssize n;

  while ((n = ferry_archive_reader_read (reader, block, BLOCK_BYTES, error)) > 0)
    {
      Piece piece = { item->fd, item->at + written, block, (gsize) n };
      guint64 now = ferry_archive_reader_get_position (reader);

      written += (guint64) n;
      if (item->max_bytes != 0 && written > item->max_bytes)
        return fail_too_large (item, error);
      if (!write_sparse (self, &piece, error))
        return FALSE;
      add_done (self, now - position);
      position = now;
    }
  item->written_bytes = (gint64) written;

  return n == 0 && set_end (self, item->fd, item->at + written, error);
}

gboolean
ferry_extract_gzip (FerryExtract *self,
                    const FerrySpan *span,
                    FerryExtractItem *item,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (FerryArchiveReader) reader =
      ferry_archive_reader_new_gzip (item->name, span, cancellable);
  g_autoptr (FerryMember) member = NULL;

  if (ferry_archive_reader_next (reader, &member, error) != FERRY_READER_MEMBER)
    return FALSE;
  if (!ferry_archive_reader_is_gzip (reader))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not compressed with gzip, as the description says. Export the "
                         "virtual machine again."),
                       item->name);

  return extract_current (self, reader, item, error);
}

static FerryExtractItem *
find_item (GPtrArray *items, const FerryMember *member)
{
  for (guint i = 0; i < items->len; i++)
    {
      FerryExtractItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->name, member->name))
        return item;
    }

  return NULL;
}

static gboolean
check_member (const FerryExtractItem *item, const FerryMember *member, GError **error)
{
  if (member->kind == FERRY_MEMBER_LINK)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is a link to another file, which is not followed."), member->name);
  if (member->kind != FERRY_MEMBER_FILE)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is not a regular file."), member->name);
  if (item->written_bytes >= 0 || member->is_ambiguous)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The appliance has two files named ‘%s’."),
                       member->name);

  return TRUE;
}

/* Opening a compressed archive stops behind its description, so a second one shows here only. */
static gboolean
check_only_ovf (FerryArchive *archive, const FerryMember *member, GError **error)
{
  const char *ovf_name = ferry_archive_get_ovf_name (archive);

  if (!ferry_member_has_suffix (member->name, ".ovf") || g_str_equal (member->name, ovf_name))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ has more than one description: ‘%s’ and ‘%s’. Unpack it and choose "
                       "one of the .ovf files."),
                     ferry_archive_get_path (archive), ovf_name, member->name);
}

static gboolean
extract_by_reading (FerryExtract *self,
                    FerryArchive *archive,
                    GPtrArray *items,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (FerryArchiveReader) reader =
      ferry_archive_reader_new (ferry_archive_get_path (archive), ferry_archive_get_span (archive),
                                FERRY_READER_DATA, cancellable);
  guint64 before = self->done_bytes;
  FerryMember *next;
  FerryReaderStep step;

  while ((step = ferry_archive_reader_next (reader, &next, error)) == FERRY_READER_MEMBER)
    {
      g_autoptr (FerryMember) member = next;
      FerryExtractItem *item = find_item (items, member);

      self->done_bytes = before + ferry_archive_reader_get_position (reader);
      if (!check_only_ovf (archive, member, error))
        return FALSE;
      if (item == NULL)
        continue;
      if (!check_member (item, member, error) || !extract_current (self, reader, item, error))
        return FALSE;
    }

  return step == FERRY_READER_END;
}

static gboolean
extract_in_place (FerryExtract *self,
                  FerryArchive *archive,
                  FerryExtractItem *item,
                  GCancellable *cancellable,
                  GError **error)
{
  const FerryMember *member = ferry_archive_find (archive, item->name);
  g_auto (FerrySpan) span = FERRY_SPAN_INIT;

  if (!check_member (item, member, error) ||
      !ferry_archive_open_span (archive, member, &span, error) ||
      !ferry_extract_span (self, &span, item->fd, item->at, cancellable, error))
    return FALSE;
  item->written_bytes = (gint64) span.length;

  return TRUE;
}

static gboolean
can_read_in_place (FerryArchive *archive, const FerryExtractItem *item)
{
  const FerryMember *member = ferry_archive_find (archive, item->name);

  return member != NULL && member->offset != FERRY_MEMBER_NO_OFFSET;
}

static gboolean
check_all_written (GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const FerryExtractItem *item = g_ptr_array_index (items, i);

      if (item->written_bytes < 0)
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _("The appliance has no file ‘%s’. Export or download it again."),
                           item->name);
    }

  return TRUE;
}

gboolean
ferry_extract_members (FerryExtract *self,
                       FerryArchive *archive,
                       GPtrArray *items,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      FerryExtractItem *item = g_ptr_array_index (items, i);

      if (!can_read_in_place (archive, item))
        g_ptr_array_add (others, item);
      else if (!extract_in_place (self, archive, item, cancellable, error))
        return FALSE;
    }
  if (others->len > 0 && ferry_archive_get_kind (archive) != FERRY_ARCHIVE_FOLDER &&
      !extract_by_reading (self, archive, others, cancellable, error))
    return FALSE;

  return check_all_written (items, error);
}
