/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ova.h"

#include "ferry-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* qemu reads whole sectors. */
#define SECTOR_BYTES 512

/* More chunks of one file than this are a mistake in the description. */
#define MAX_CHUNKS 100000

/* (transfer full) (nullable): the member of that name beside the description */
static char *
find_member (FerryOva *self, const char *href)
{
  const char *name = ferry_member_check_name (href, NULL);
  g_autofree char *full = NULL;

  if (name == NULL)
    return NULL;
  full = ferry_archive_dup_name_beside_ovf (self->archive, name);

  return ferry_archive_find (self->archive, full) != NULL ? g_steal_pointer (&full) : NULL;
}

/* macOS decomposes accents in file names, most others do not. */
static char *
find_member_normalized (FerryOva *self, const char *href)
{
  g_autofree char *composed = g_utf8_normalize (href, -1, G_NORMALIZE_NFC);
  g_autofree char *decomposed = g_utf8_normalize (href, -1, G_NORMALIZE_NFD);
  char *name = find_member (self, href);

  if (name == NULL && composed != NULL)
    name = find_member (self, composed);
  if (name == NULL && decomposed != NULL)
    name = find_member (self, decomposed);

  return name;
}

/* An href is a URI reference, but most writers do not encode it: as it stands comes first. */
static char *
resolve (FerryOva *self, const char *href)
{
  g_autofree char *decoded = g_uri_unescape_string (href, NULL);
  char *name = find_member_normalized (self, href);

  if (name == NULL && decoded != NULL && g_utf8_validate (decoded, -1, NULL))
    name = find_member_normalized (self, decoded);
  if (name == NULL && !ferry_archive_is_complete (self->archive) &&
      ferry_member_check_name (href, NULL) != NULL)
    name = ferry_archive_dup_name_beside_ovf (self->archive, ferry_member_check_name (href, NULL));

  return name;
}

/* DSP0243 section 7.1: FILE.000000000, FILE.000000001, … */
static char *
resolve_chunk (FerryOva *self, const FerryOvfFile *file, guint index)
{
  g_autofree char *href = g_strdup_printf ("%s.%09u", file->href, index);

  return resolve (self, href);
}

/* 0: the description does not say */
static guint64
get_n_chunks (const FerryOvfFile *file)
{
  if (file->size_bytes <= 0)
    return 0;

  return ((guint64) file->size_bytes - 1) / file->chunk_bytes + 1;
}

static GPtrArray *
find_chunks (FerryOva *self, const FerryOvfFile *file)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint64 n_chunks = get_n_chunks (file);
  char *name;

  if (n_chunks > MAX_CHUNKS || (n_chunks == 0 && !ferry_archive_is_complete (self->archive)))
    return NULL;
  while ((n_chunks == 0 || parts->len < n_chunks) && parts->len < MAX_CHUNKS &&
         (name = resolve_chunk (self, file, parts->len)) != NULL)
    g_ptr_array_add (parts, name);

  return parts->len > 0 && (n_chunks == 0 || parts->len == n_chunks) ? g_steal_pointer (&parts)
                                                                     : NULL;
}

GPtrArray *
ferry_ova_find_parts (FerryOva *self, const FerryOvfFile *file)
{
  GPtrArray *parts;
  char *whole;

  if (file->chunk_bytes > 0)
    return find_chunks (self, file);
  whole = resolve (self, file->href);
  if (whole == NULL)
    return NULL;
  parts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (parts, whole);

  return parts;
}

/* The name may be spelt differently in the archive. */
static gboolean
has_one_spelling (const char *href)
{
  for (; *href != '\0'; href++)
    if (*href == '%' || (*href & 0x80) != 0)
      return FALSE;

  return TRUE;
}

gboolean
ferry_ova_settle_names (FerryOva *self,
                        const FerryOvfSystem *system,
                        GCancellable *cancellable,
                        GError **error)
{
  for (guint i = 0; i < system->files->len; i++)
    {
      const FerryOvfFile *file = g_ptr_array_index (system->files, i);
      g_autoptr (GPtrArray) parts = file != NULL ? ferry_ova_find_parts (self, file) : NULL;

      if (file != NULL && (parts == NULL || !has_one_spelling (file->href)))
        return ferry_archive_complete (self->archive, cancellable, error);
    }

  return TRUE;
}

gint64
ferry_ova_get_stored_bytes (FerryOva *self, const FerryOvfFile *file)
{
  g_autoptr (GPtrArray) parts = ferry_ova_find_parts (self, file);
  gint64 bytes = 0;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const FerryMember *member = ferry_archive_find (self->archive, parts->pdata[i]);

      if (member == NULL || member->size_bytes < 0)
        return file->size_bytes;
      bytes += member->size_bytes;
    }

  return parts != NULL ? bytes : file->size_bytes;
}

gboolean
ferry_ova_is_in_place (FerryOva *self, const FerryOvfFile *file)
{
  g_autoptr (GPtrArray) parts = ferry_ova_find_parts (self, file);
  const FerryMember *member;
  guint64 end;

  if (parts == NULL || parts->len != 1 || file->compression != NULL)
    return FALSE;
  member = ferry_archive_find (self->archive, parts->pdata[0]);
  if (member == NULL || member->offset == FERRY_MEMBER_NO_OFFSET || member->size_bytes < 0)
    return FALSE;
  if (ferry_archive_get_kind (self->archive) == FERRY_ARCHIVE_FOLDER)
    return TRUE;
  end = member->offset +
        ((guint64) member->size_bytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;

  return end <= ferry_archive_get_size_bytes (self->archive);
}

static char *
dup_base_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_steal_pointer (&name);
}

static void
note_certificate (FerryGuest *guest)
{
  g_ptr_array_add (guest->checks,
                   ferry_check_new ("manifest.certificate-ignored", FERRY_SEVERITY_NOTE,
                                    _("Verify the signature with another program if it matters."),
                                    _("The appliance is signed; the signature is not verified.")));
}

static void
check_files (FerryOva *self)
{
  for (guint i = 0; i < self->ovf->systems->len; i++)
    {
      FerryOvfSystem *system = g_ptr_array_index (self->ovf->systems, i);

      for (guint disk = 0; disk < system->files->len; disk++)
        ferry_ova_check_disk_file (self, system, disk);
      if (ferry_archive_has_certificate (self->archive))
        note_certificate (system->guest);
    }
}

FerryOva *
ferry_ova_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryOva) self = g_new0 (FerryOva, 1);
  g_autofree char *base_name = dup_base_name (path);

  self->archive = ferry_archive_open (path, cancellable, error);
  if (self->archive == NULL)
    return NULL;
  self->ovf = ferry_ovf_parse (ferry_archive_get_ovf (self->archive), base_name, error);
  if (self->ovf == NULL)
    {
      g_prefix_error (error, _("The description ‘%s’ in ‘%s’ cannot be used. "),
                      ferry_archive_get_ovf_name (self->archive), path);
      return NULL;
    }
  check_files (self);

  return g_steal_pointer (&self);
}

void
ferry_ova_free (FerryOva *self)
{
  if (self == NULL)
    return;
  ferry_archive_free (self->archive);
  ferry_ovf_free (self->ovf);
  g_free (self);
}
