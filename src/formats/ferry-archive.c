/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-archive.h"

#include "ferry-error.h"
#include "ferry-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_TEXT_BYTES (16 * 1024 * 1024)
#define MAX_MEMBERS 100000

struct _FerryArchive
{
  char *path;
  FerryArchiveKind kind;
  FerrySpan span; /* the archive's file, or only the descriptor of the folder */
  GHashTable *members;
  char *ovf_name;
  GBytes *ovf;
  char *manifest_name;
  GBytes *manifest;
  gboolean has_certificate;
  gboolean is_complete;
  guint n_unnamed;
  guint64 bytes_read;
};

/* Folders and extension aside: what a description and its manifest share. */
static char *
dup_stem (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
}

static gboolean
stems_are_equal (const char *name, const char *other)
{
  g_autofree char *stem = dup_stem (name);
  g_autofree char *other_stem = dup_stem (other);

  return g_str_equal (stem, other_stem);
}

static gboolean
fail_several (FerryArchive *self, const char *name, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ has more than one description: ‘%s’ and ‘%s’. Unpack it and choose "
                       "one of the .ovf files."),
                     self->path, self->ovf_name, name);
}

static gboolean
fail_none (FerryArchive *self, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is not a virtual appliance: it has no description (.ovf)."),
                     self->path);
}

static gboolean
add_member (FerryArchive *self, FerryMember *member, GError **error)
{
  FerryMember *same = g_hash_table_lookup (self->members, member->name);

  if (same != NULL)
    {
      same->is_ambiguous = TRUE;
      ferry_member_free (member);
      return TRUE;
    }
  g_hash_table_insert (self->members, member->name, member);
  if (g_hash_table_size (self->members) > MAX_MEMBERS)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ has more than %d files, which no appliance needs."), self->path,
                       MAX_MEMBERS);

  return TRUE;
}

static gboolean
take_ovf (FerryArchive *self, FerryArchiveReader *reader, const char *name, GError **error)
{
  if (self->ovf_name != NULL)
    return fail_several (self, name, error);
  self->ovf = ferry_archive_reader_read_all (reader, name, MAX_TEXT_BYTES, error);
  self->ovf_name = self->ovf != NULL ? g_strdup (name) : NULL;

  return self->ovf != NULL;
}

/* With several, the one that is called like the description counts. */
static gboolean
take_manifest (FerryArchive *self, FerryArchiveReader *reader, const char *name, GError **error)
{
  if (self->manifest != NULL && (self->ovf_name == NULL || !stems_are_equal (name, self->ovf_name)))
    return TRUE;
  g_clear_pointer (&self->manifest, g_bytes_unref);
  g_free (self->manifest_name);
  self->manifest_name = g_strdup (name);
  self->manifest = ferry_archive_reader_read_all (reader, name, MAX_TEXT_BYTES, error);

  return self->manifest != NULL;
}

typedef enum
{
  MEMBER_OVF = 1,
  MEMBER_MANIFEST,
  MEMBER_CERTIFICATE,
  MEMBER_OTHER,
} MemberRole;

static MemberRole
get_role (const FerryMember *member)
{
  if (member->kind != FERRY_MEMBER_FILE)
    return MEMBER_OTHER;
  if (ferry_member_has_suffix (member->name, ".ovf"))
    return MEMBER_OVF;
  if (ferry_member_has_suffix (member->name, ".mf"))
    return MEMBER_MANIFEST;
  if (ferry_member_has_suffix (member->name, ".cert"))
    return MEMBER_CERTIFICATE;

  return MEMBER_OTHER;
}

static gboolean
take_member (FerryArchive *self, FerryArchiveReader *reader, FerryMember *member, GError **error)
{
  switch (get_role (member))
    {
    case MEMBER_OVF:
      return take_ovf (self, reader, member->name, error);
    case MEMBER_MANIFEST:
      return take_manifest (self, reader, member->name, error);
    case MEMBER_CERTIFICATE:
      self->has_certificate = TRUE;
      return TRUE;
    case MEMBER_OTHER:
      return TRUE;
    }

  return TRUE;
}

static void
find_kind (FerryArchive *self, FerryArchiveReader *reader)
{
  if (ferry_archive_reader_is_zip (reader))
    self->kind = FERRY_ARCHIVE_ZIP;
  else if (ferry_archive_reader_is_plain_tar (reader))
    self->kind = FERRY_ARCHIVE_TAR;
  else
    self->kind = FERRY_ARCHIVE_COMPRESSED_TAR;
}

/* Behind the description and what goes with it come the disks; in a compressed archive passing
 * over them means unpacking them. */
static gboolean
has_enough (const FerryArchive *self, const FerryMember *member)
{
  return self->kind == FERRY_ARCHIVE_COMPRESSED_TAR && self->ovf != NULL &&
         get_role (member) == MEMBER_OTHER;
}

static gboolean
read_members (FerryArchive *self, FerryArchiveReader *reader, gboolean may_stop, GError **error)
{
  FerryMember *member;
  FerryReaderStep step;

  while ((step = ferry_archive_reader_next (reader, &member, error)) == FERRY_READER_MEMBER)
    {
      g_autoptr (FerryMember) mine = member;

      find_kind (self, reader);
      if (may_stop && has_enough (self, mine))
        return TRUE;
      if (!take_member (self, reader, mine, error) ||
          !add_member (self, g_steal_pointer (&mine), error))
        return FALSE;
    }
  self->is_complete = step == FERRY_READER_END;

  return step == FERRY_READER_END;
}

static gboolean
read_archive (FerryArchive *self, gboolean may_stop, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryArchiveReader) reader =
      ferry_archive_reader_new (self->path, &self->span, FERRY_READER_HEADERS, cancellable);
  gboolean done = read_members (self, reader, may_stop, error);

  self->n_unnamed = ferry_archive_reader_get_n_unnamed (reader);
  self->bytes_read += ferry_archive_reader_get_bytes_read (reader);
  if (done && self->ovf == NULL)
    return fail_none (self, error);

  return done;
}

static GBytes *
read_text (FerryArchive *self, const char *name, GError **error)
{
  g_auto (FerryFd) fd = ferry_folder_open (self->span.fd, name, error);
  g_autofree guint8 *text = NULL;
  struct stat info;
  gsize length;
  ssize_t n = 0;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) != 0 || info.st_size > MAX_TEXT_BYTES)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("‘%s’ in ‘%s’ is larger than any description or manifest."), name, self->path);
      return NULL;
    }
  text = g_malloc ((gsize) info.st_size + 1);
  for (length = 0; length < (gsize) info.st_size; length += (gsize) n)
    {
      n = read (fd, text + length, (gsize) info.st_size - length);
      if (n <= 0)
        break;
    }
  if (n < 0)
    {
      ferry_folder_fail_errno (error, name, errno);
      return NULL;
    }
  self->bytes_read += length;

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static gboolean
has_file (FerryArchive *self, const char *name)
{
  const FerryMember *member = ferry_archive_find (self, name);

  return member != NULL && member->kind == FERRY_MEMBER_FILE;
}

/* Beside "x.ovf" lie "x.mf" and "x.cert". */
static gboolean
read_folder (FerryArchive *self, const char *ovf_name, GError **error)
{
  g_autofree char *stem = dup_stem (ovf_name);
  g_autofree char *manifest = g_strconcat (stem, ".mf", NULL);
  g_autofree char *certificate = g_strconcat (stem, ".cert", NULL);

  self->ovf = read_text (self, ovf_name, error);
  if (self->ovf == NULL)
    return FALSE;
  self->ovf_name = g_strdup (ovf_name);
  self->has_certificate = has_file (self, certificate);
  if (!has_file (self, manifest))
    return TRUE;
  self->manifest = read_text (self, manifest, error);
  self->manifest_name = g_steal_pointer (&manifest);

  return self->manifest != NULL;
}

/* (transfer full): the only description directly in the folder */
static char *
find_ovf (FerryArchive *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->path, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!ferry_member_has_suffix (name, ".ovf") || ferry_member_is_ignored (name) ||
          !g_utf8_validate (name, -1, NULL) || !has_file (self, name))
        continue;
      if (self->ovf_name != NULL)
        {
          fail_several (self, name, error);
          return NULL;
        }
      self->ovf_name = g_strdup (name);
    }
  if (dir != NULL && self->ovf_name == NULL)
    fail_none (self, error);

  return g_steal_pointer (&self->ovf_name);
}

static gboolean
open_folder (FerryArchive *self, GError **error)
{
  g_autofree char *ovf_name = NULL;

  self->kind = FERRY_ARCHIVE_FOLDER;
  self->is_complete = TRUE;
  ovf_name = find_ovf (self, error);

  return ovf_name != NULL && read_folder (self, ovf_name, error);
}

static gboolean
open_ovf (FerryArchive *self, GError **error)
{
  g_autofree char *ovf_name = g_path_get_basename (self->path);
  char *folder = g_path_get_dirname (self->path);

  g_free (self->path);
  self->path = folder;
  self->kind = FERRY_ARCHIVE_FOLDER;
  self->is_complete = TRUE;
  ferry_span_clear (&self->span);
  self->span.fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->span.fd < 0)
    return ferry_folder_fail_errno (error, folder, errno);

  return read_folder (self, ovf_name, error);
}

static gboolean
open_path (FerryArchive *self, GCancellable *cancellable, GError **error)
{
  struct stat info;

  self->span.fd = open (self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (self->span.fd < 0 || fstat (self->span.fd, &info) != 0)
    return ferry_folder_fail_errno (error, self->path, errno);
  if (S_ISDIR (info.st_mode))
    return open_folder (self, error);
  if (!S_ISREG (info.st_mode))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is neither a file nor a folder of files."), self->path);
  if (ferry_member_has_suffix (self->path, ".ovf"))
    return open_ovf (self, error);

  self->span.length = (guint64) info.st_size;
  return read_archive (self, TRUE, cancellable, error);
}

FerryArchive *
ferry_archive_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryArchive) self = g_new0 (FerryArchive, 1);

  self->span.fd = -1;
  self->path = g_strdup (path);
  self->members =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ferry_member_free);
  if (!g_utf8_validate (path, -1, NULL))
    {
      g_autofree char *printable = ferry_member_dup_printable (path);

      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("The path ‘%s’ is not in UTF-8. Give the file and its folders other names."),
                  printable);
      return NULL;
    }

  return open_path (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
ferry_archive_free (FerryArchive *self)
{
  if (self == NULL)
    return;
  ferry_span_clear (&self->span);
  g_hash_table_unref (self->members);
  g_clear_pointer (&self->ovf, g_bytes_unref);
  g_clear_pointer (&self->manifest, g_bytes_unref);
  g_free (self->ovf_name);
  g_free (self->manifest_name);
  g_free (self->path);
  g_free (self);
}

gboolean
ferry_archive_complete (FerryArchive *self, GCancellable *cancellable, GError **error)
{
  if (self->is_complete)
    return TRUE;
  g_hash_table_remove_all (self->members);
  g_clear_pointer (&self->ovf_name, g_free);
  g_clear_pointer (&self->ovf, g_bytes_unref);
  g_clear_pointer (&self->manifest_name, g_free);
  g_clear_pointer (&self->manifest, g_bytes_unref);

  return read_archive (self, FALSE, cancellable, error);
}

char *
ferry_archive_dup_name_beside_ovf (const FerryArchive *self, const char *href)
{
  const char *slash = strrchr (self->ovf_name, '/');
  gsize prefix = slash != NULL ? (gsize) (slash - self->ovf_name) + 1 : 0;

  return g_strdup_printf ("%.*s%s", (int) prefix, self->ovf_name, href);
}

/* The files of a folder are looked at when they are asked for. */
const FerryMember *
ferry_archive_find (FerryArchive *self, const char *name)
{
  FerryMember *member = g_hash_table_lookup (self->members, name);

  if (member != NULL || self->kind != FERRY_ARCHIVE_FOLDER)
    return member;
  member = ferry_folder_find (self->span.fd, name);
  if (member != NULL)
    g_hash_table_insert (self->members, member->name, member);

  return member;
}

gboolean
ferry_archive_open_span (FerryArchive *self,
                         const FerryMember *member,
                         FerrySpan *out_span,
                         GError **error)
{
  g_return_val_if_fail (member->offset != FERRY_MEMBER_NO_OFFSET, FALSE);

  if (self->kind == FERRY_ARCHIVE_FOLDER)
    out_span->fd = ferry_folder_open (self->span.fd, member->name, error);
  else
    out_span->fd = fcntl (self->span.fd, F_DUPFD_CLOEXEC, 0);
  if (out_span->fd < 0)
    return self->kind == FERRY_ARCHIVE_FOLDER ? FALSE
                                              : ferry_folder_fail_errno (error, self->path, errno);
  out_span->offset = member->offset;
  out_span->length = (guint64) MAX (member->size_bytes, 0);

  return TRUE;
}

FerryArchiveKind
ferry_archive_get_kind (const FerryArchive *self)
{
  return self->kind;
}

const char *
ferry_archive_get_path (const FerryArchive *self)
{
  return self->path;
}

guint64
ferry_archive_get_size_bytes (const FerryArchive *self)
{
  return self->span.length;
}

const char *
ferry_archive_get_ovf_name (const FerryArchive *self)
{
  return self->ovf_name;
}

GBytes *
ferry_archive_get_ovf (const FerryArchive *self)
{
  return self->ovf;
}

const char *
ferry_archive_get_manifest_name (const FerryArchive *self)
{
  return self->manifest_name;
}

GBytes *
ferry_archive_get_manifest (const FerryArchive *self)
{
  return self->manifest;
}

gboolean
ferry_archive_has_certificate (const FerryArchive *self)
{
  return self->has_certificate;
}

gboolean
ferry_archive_is_complete (const FerryArchive *self)
{
  return self->is_complete;
}

guint
ferry_archive_get_n_unnamed (const FerryArchive *self)
{
  return self->n_unnamed;
}

guint64
ferry_archive_get_bytes_read (const FerryArchive *self)
{
  return self->bytes_read;
}

const FerrySpan *
ferry_archive_get_span (const FerryArchive *self)
{
  return &self->span;
}
