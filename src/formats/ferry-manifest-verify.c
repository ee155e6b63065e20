/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-manifest.h"

#include "ferry-check.h"
#include "ferry-digest.h"
#include "ferry-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (512 * 1024)

typedef struct
{
  FerryArchive *archive;
  GHashTable *entries; /* member name → FerryManifestEntry (borrowed) */
  GHashTable *done; /* the same, of those that were come across (borrowed) */
  GPtrArray *checks;
  const FerryMonitor *monitor;
  GCancellable *cancellable;
  guint64 done_bytes;
  guint64 total_bytes;
  guint8 *block;
} Verification;

static void
verification_clear (Verification *self)
{
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->done, g_hash_table_unref);
  g_clear_pointer (&self->block, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verification, verification_clear)

static void
add_check (GPtrArray *checks, FerryCheck *check)
{
  g_ptr_array_add (checks, check);
}

/* Each with a digest only: the file is good when nothing is said. */
static void
compare (Verification *self, const FerryManifestEntry *entry, FerryDigest *digest)
{
  g_autofree char *actual = ferry_digest_finish (digest);

  if (g_str_equal (actual, entry->digest))
    return;
  add_check (self->checks,
             ferry_check_new ("manifest.mismatch", FERRY_SEVERITY_BLOCKER,
                              _("The file is damaged or was changed. Copy or download the "
                                "appliance again."),
                              _("The %s of ‘%s’ is %s, but the manifest says %s."),
                              entry->algorithm, entry->name, actual, entry->digest));
}

static FerryDigest *
new_digest (Verification *self, const FerryManifestEntry *entry)
{
  FerryDigest *digest = ferry_digest_new (entry->algorithm);

  if (digest == NULL)
    add_check (self->checks,
               ferry_check_new ("manifest.unknown-algorithm", FERRY_SEVERITY_WARNING,
                                _("The file is imported without being verified."),
                                _("The manifest has a digest for ‘%s’ of a kind that Ferry cannot "
                                  "compute: ‘%s’."),
                                entry->name, entry->algorithm));

  return digest;
}

static gboolean
hash_span (Verification *self, const FerrySpan *span, FerryDigest *digest, GError **error)
{
  guint64 done = 0;

  posix_fadvise (span->fd, (off_t) span->offset, (off_t) span->length, POSIX_FADV_SEQUENTIAL);
  while (done < span->length)
    {
      ssize_t n = pread (span->fd, self->block, MIN (BLOCK_BYTES, span->length - done),
                         (off_t) (span->offset + done));

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (n < 0)
        return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be read: %s"),
                           ferry_archive_get_path (self->archive), g_strerror (errno));
      if (n == 0)
        return TRUE; /* cut off meanwhile: the digest says so */
      ferry_digest_update (digest, self->block, (gsize) n);
      done += (guint64) n;
      self->done_bytes += (guint64) n;
      ferry_monitor_part (self->monitor, self->done_bytes, self->total_bytes);
    }

  return TRUE;
}

/* The member that @entry stands for, where it can be read in place. */
static gboolean
verify_in_place (Verification *self,
                 const char *name,
                 const FerryManifestEntry *entry,
                 GError **error)
{
  const FerryMember *member = ferry_archive_find (self->archive, name);
  g_auto (FerrySpan) span = FERRY_SPAN_INIT;
  g_autoptr (FerryDigest) digest = NULL;

  if (member == NULL || member->kind != FERRY_MEMBER_FILE)
    return TRUE;
  g_hash_table_add (self->done, (gpointer) entry);
  digest = new_digest (self, entry);
  if (digest == NULL)
    return TRUE;
  if (!ferry_archive_open_span (self->archive, member, &span, error) ||
      !hash_span (self, &span, digest, error))
    return FALSE;
  compare (self, entry, digest);

  return TRUE;
}

static gboolean
verify_current (Verification *self,
                FerryArchiveReader *reader,
                const FerryManifestEntry *entry,
                GError **error)
{
  g_autoptr (FerryDigest) digest = new_digest (self, entry);
  gssize n;

  g_hash_table_add (self->done, (gpointer) entry);
  if (digest == NULL)
    return TRUE;
  while ((n = ferry_archive_reader_read (reader, self->block, BLOCK_BYTES, error)) > 0)
    {
      ferry_digest_update (digest, self->block, (gsize) n);
      ferry_monitor_part (self->monitor, ferry_archive_reader_get_position (reader),
                          self->total_bytes);
    }
  if (n == 0)
    compare (self, entry, digest);

  return n == 0;
}

static gboolean
verify_by_reading (Verification *self, GError **error)
{
  g_autoptr (FerryArchiveReader) reader =
      ferry_archive_reader_new (ferry_archive_get_path (self->archive),
                                ferry_archive_get_span (self->archive), FERRY_READER_DATA,
                                self->cancellable);
  FerryMember *next;
  FerryReaderStep step;

  self->total_bytes = ferry_archive_get_size_bytes (self->archive);
  while ((step = ferry_archive_reader_next (reader, &next, error)) == FERRY_READER_MEMBER)
    {
      g_autoptr (FerryMember) member = next;
      const FerryManifestEntry *entry = g_hash_table_lookup (self->entries, member->name);

      if (entry != NULL && member->kind == FERRY_MEMBER_FILE &&
          !verify_current (self, reader, entry, error))
        return FALSE;
    }

  return step == FERRY_READER_END;
}

/* Whether all of them can be read without unpacking; their sizes add up to the work. */
static gboolean
all_in_place (Verification *self)
{
  GHashTableIter iter;
  gpointer name;

  if (!ferry_archive_is_complete (self->archive) ||
      ferry_archive_get_kind (self->archive) == FERRY_ARCHIVE_ZIP)
    return FALSE;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const FerryMember *member = ferry_archive_find (self->archive, name);

      if (member == NULL || member->kind != FERRY_MEMBER_FILE)
        continue;
      if (member->offset == FERRY_MEMBER_NO_OFFSET)
        return FALSE;
      self->total_bytes += (guint64) member->size_bytes;
    }

  return TRUE;
}

/* In the manifest's order, which is that of the archive. */
static gboolean
verify_entries (Verification *self, GPtrArray *entries, GError **error)
{
  if (!all_in_place (self))
    return verify_by_reading (self, error);

  for (guint i = 0; i < entries->len; i++)
    {
      FerryManifestEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *name = ferry_archive_dup_name_beside_ovf (self->archive, entry->name);

      if (g_hash_table_lookup (self->entries, name) == entry &&
          !verify_in_place (self, name, entry, error))
        return FALSE;
    }

  return TRUE;
}

static void
check_missing (Verification *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      FerryManifestEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *name = ferry_archive_dup_name_beside_ovf (self->archive, entry->name);

      if (g_hash_table_lookup (self->entries, name) == entry &&
          !g_hash_table_contains (self->done, entry))
        add_check (self->checks,
                   ferry_check_new ("manifest.missing-file", FERRY_SEVERITY_WARNING,
                                    _("Copy or download the appliance again if a disk is "
                                      "missing."),
                                    _("The manifest lists a file ‘%s’ that the appliance does not "
                                      "have."),
                                    entry->name));
    }
}

/* Keyed by the name from the archive's top. Names that lead elsewhere are nobody's. */
static void
choose_entries (Verification *self, GPtrArray *entries, const GPtrArray *names)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names != NULL && i < names->len; i++)
    g_hash_table_add (wanted, names->pdata[i]);

  for (guint i = 0; i < entries->len; i++)
    {
      FerryManifestEntry *entry = g_ptr_array_index (entries, i);
      const char *name = ferry_member_check_name (entry->name, NULL);
      g_autofree char *full = NULL;

      if (name == NULL)
        continue;
      full = ferry_archive_dup_name_beside_ovf (self->archive, name);
      if (names == NULL || g_hash_table_contains (wanted, full))
        g_hash_table_replace (self->entries, g_steal_pointer (&full), entry);
    }
}

static void
check_covered (Verification *self, const GPtrArray *names)
{
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (!g_hash_table_contains (self->entries, names->pdata[i]))
      add_check (self->checks, ferry_check_new ("manifest.not-listed", FERRY_SEVERITY_WARNING,
                                                _("The file is imported without being verified."),
                                                _("The manifest has no digest for ‘%s’."),
                                                (const char *) names->pdata[i]));
}

static void
note_missing_manifest (GPtrArray *checks)
{
  add_check (checks,
             ferry_check_new ("manifest.none", FERRY_SEVERITY_NOTE,
                              _("Compare the file with its origin if you are in doubt."),
                              _("The appliance has no manifest, so damaged disks cannot be told "
                                "from good ones.")));
}

static void
note_odd_lines (GPtrArray *checks, guint n_odd)
{
  if (n_odd > 0)
    add_check (checks,
               ferry_check_new ("manifest.odd-line", FERRY_SEVERITY_WARNING,
                                _("The files that they were about are not verified."),
                                ngettext ("%u line of the manifest could not be understood.",
                                          "%u lines of the manifest could not be understood.",
                                          n_odd),
                                n_odd));
}

gboolean
ferry_manifest_verify (FerryArchive *archive,
                       const GPtrArray *names,
                       GPtrArray *checks,
                       const FerryMonitor *monitor,
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (Verification) self = {
    .archive = archive, .checks = checks, .monitor = monitor, .cancellable = cancellable
  };
  g_autoptr (GPtrArray) entries = NULL;
  guint n_odd;

  if (ferry_archive_get_manifest (archive) == NULL &&
      !ferry_archive_complete (archive, cancellable, error))
    return FALSE;
  if (ferry_archive_get_manifest (archive) == NULL)
    {
      note_missing_manifest (checks);
      return TRUE;
    }

  self.entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.done = g_hash_table_new (NULL, NULL);
  self.block = g_malloc (BLOCK_BYTES);
  entries = ferry_manifest_parse (ferry_archive_get_manifest (archive), &n_odd);
  choose_entries (&self, entries, names);
  note_odd_lines (checks, n_odd);
  check_covered (&self, names);
  if (!verify_entries (&self, entries, error))
    return FALSE;
  check_missing (&self, entries);

  return TRUE;
}
