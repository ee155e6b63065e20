/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-copy.h"

#include "ferry-advice.h"
#include "ferry-domain-adopt.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-image.h"
#include "ferry-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bars of qemu-img have two places after the point. */
#define PERCENT_PARTS 10000

/* What libvirt has a disk be that says nothing. */
static const char *
get_format (const FerryDisk *disk)
{
  return disk->format != NULL ? disk->format : "raw";
}

/* A sparse file is made full by itself; for a qcow2 image qemu-img must do it. */
static gboolean
must_be_converted (const FerryPlanGuest *guest, const FerryDisk *disk)
{
  return strcmp (get_format (disk), ferry_format_to_word (guest->format)) != 0 ||
         (guest->format == FERRY_FORMAT_QCOW2 &&
          guest->allocation == FERRY_ALLOCATION_PREALLOCATED);
}

/* One disk after the other: the largest counts. */
guint64
ferry_copy_get_work_bytes (const FerryPlanGuest *guest)
{
  guint64 bytes = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest->source, i);

      if (must_be_converted (guest, disk))
        bytes = MAX (bytes, disk->used_bytes >= 0 ? (guint64) disk->used_bytes
                                                  : disk->capacity_bytes);
    }

  return bytes;
}

/* --- the description --- */

static char *
dup_description_path (const FerryCopy *copy)
{
  g_autofree char *name = g_strconcat (copy->guest->name, ".xml", NULL);

  if (strcmp (copy->output->mode, "libvirt") == 0)
    return g_build_filename (copy->work_dir, "v2vlibvirt-copied.xml", NULL);

  return g_build_filename (copy->output->storage, name, NULL);
}

static gboolean
write_description (const FerryCopy *copy,
                   const FerryCopyEvents *events,
                   GCancellable *cancellable,
                   GError **error)
{
  FerryDomainAdoption adoption = {
    .guest = copy->guest,
    .files = (const char *const *) copy->output->disk_paths,
    .pool = strcmp (copy->output->mode, "libvirt") == 0 ? copy->output->storage : NULL,
    .warn = events->warning,
    .user_data = events->user_data,
  };
  g_autofree char *source_text =
      ferry_source_describe (copy->source, copy->guest->source, cancellable, error);
  g_autofree char *path = dup_description_path (copy);
  g_autofree char *text = NULL;
  g_autoptr (xmlDoc) domain =
      source_text != NULL ? ferry_domain_xml_parse (source_text, error) : NULL;

  if (domain == NULL || !ferry_domain_xml_adopt (domain, &adoption, error))
    return FALSE;
  text = ferry_domain_xml_to_text (domain);

  return ferry_paths_write_atomic (path, text, -1, error);
}

/* --- one disk --- */

/* @converts: downloading is the first half of it, and converting the second */
typedef struct
{
  const FerryCopy *copy;
  const FerryCopyEvents *events;
  const FerryDisk *disk;
  const char *to;
  const char *growing;
  guint index;
  gboolean converts;
  gboolean is_downloaded;
  guint64 done; /* of the running half */
  guint64 total;
  GString *complaint;
} Disk;

static void
tell (const Disk *disk)
{
  guint64 half = disk->is_downloaded ? disk->total : 0;
  guint64 done = disk->converts ? disk->done / 2 + half / 2 : disk->done;

  disk->events->bytes (done, disk->total, disk->growing, disk->events->user_data);
}

static void
tell_bytes (Disk *disk, guint64 done, guint64 total)
{
  disk->done = done;
  disk->total = total;
  tell (disk);
}

static void
on_downloaded (guint64 done, guint64 total, gpointer user_data)
{
  tell_bytes (user_data, done, total);
}

static gboolean
make_file (const char *path, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);

  if (fd >= 0 && ftruncate (fd, 0) == 0)
    return TRUE;

  return ferry_fail (error, errno == ENOSPC ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("‘%s’ cannot be made: %s."), path, g_strerror (errno));
}

/* What the source's guest could write into its disk must not have qemu open files of this
 * computer. */
static gboolean
check_image (const Disk *disk, const char *path, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_RDONLY | O_CLOEXEC);
  guint8 head[FERRY_IMAGE_PROBE_BYTES];
  gssize n = fd >= 0 ? pread (fd, head, sizeof head, 0) : -1;

  if (strcmp (get_format (disk->disk), "raw") == 0)
    return TRUE;
  if (n < 0)
    return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be read: %s."), path,
                       g_strerror (errno));
  if (!ferry_image_probe (head, (gsize) n).refers_elsewhere)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disk ‘%s’ holds only what differs from another one. Merge them at the "
                       "source with ‘virsh blockcommit’ or ‘blockpull’, and try again."),
                     disk->disk->name);
}

static gboolean
download (Disk *disk, const char *path, GCancellable *cancellable, GError **error)
{
  const FerryCopy *copy = disk->copy;
  FerryDownload download = { copy->guest->source, disk->index, path, copy->marker };
  FerryMonitor monitor = { on_downloaded, disk };

  disk->growing = path;

  return make_file (path, error) &&
         ferry_source_download (copy->source, &download, &monitor, cancellable, error) &&
         check_image (disk, path, error);
}

/* --- another format --- */

/* "    (12.34/100%)" and a carriage return; the last one that is whole counts. */
static void
hear_percent (Disk *disk, const char *bytes, gsize length)
{
  const char *end = g_strrstr_len (bytes, (gssize) length, "/100%)");
  const char *start = end != NULL ? g_strrstr_len (bytes, end - bytes, "(") : NULL;
  double percent = start != NULL ? g_ascii_strtod (start + 1, NULL) : -1;

  if (isfinite (percent) && percent >= 0)
    tell_bytes (disk, (guint64) (MIN (percent, 100) * PERCENT_PARTS / 100), PERCENT_PARTS);
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Disk *disk = user_data;

  if (stream == FERRY_STREAM_STDOUT)
    hear_percent (disk, bytes, length);
  else if (disk->complaint->len < FERRY_IMAGE_PROBE_BYTES * 16)
    g_string_append_len (disk->complaint, bytes, (gssize) length);
}

static void
on_tick (gpointer user_data)
{
  tell (user_data);
}

static gboolean
fail_to_convert (const Disk *disk, GError **error)
{
  g_autofree char *text =
      g_strstrip (g_utf8_make_valid (disk->complaint->str, (gssize) disk->complaint->len));
  FerryAdvice advice;

  if (ferry_advice_find (text, &advice))
    return ferry_fail (error, advice.code, _("The disk ‘%s’ could not be converted. %s (%s)"),
                       disk->disk->name, advice.heading, text);

  return ferry_fail (error, FERRY_ERROR_CONVERSION, _("The disk ‘%s’ could not be converted: %s"),
                     disk->disk->name, text);
}

static gboolean
convert (Disk *disk, const char *from, GCancellable *cancellable, GError **error)
{
  const FerryPlanGuest *guest = disk->copy->guest;
  gboolean is_full = guest->allocation == FERRY_ALLOCATION_PREALLOCATED;
  const char *argv[] = { "qemu-img",
                         "convert",
                         "-p",
                         "-f",
                         get_format (disk->disk),
                         "-O",
                         ferry_format_to_word (guest->format),
                         "-o",
                         is_full ? "preallocation=falloc" : "preallocation=off",
                         from,
                         disk->to,
                         NULL };
  FerryCommand command = {
    .argv = argv,
    .marker = disk->copy->marker,
    .on_data = on_data,
    .on_tick = on_tick,
    .user_data = disk,
  };
  int status = 0;

  disk->growing = disk->to;
  disk->is_downloaded = TRUE;
  tell_bytes (disk, 0, PERCENT_PARTS);
  if (!ferry_host_run (disk->copy->host, &command, &status, cancellable, error))
    return FALSE;

  return status == 0 || fail_to_convert (disk, error);
}

static gboolean
download_and_convert (Disk *disk, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_strdup_printf ("copy-%u", disk->index);
  g_autofree char *path = g_build_filename (disk->copy->work_dir, name, NULL);

  if (!download (disk, path, cancellable, error))
    return FALSE;
  if (!convert (disk, path, cancellable, error))
    return FALSE;
  g_unlink (path);

  return TRUE;
}

/* Every block of it: what reads as zero stays so. */
static gboolean
fill_up (const char *path, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_WRONLY | O_CLOEXEC);
  struct stat info;
  int number;

  if (fd < 0 || fstat (fd, &info) != 0)
    return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be opened: %s."), path,
                       g_strerror (errno));
  number = info.st_size > 0 ? posix_fallocate (fd, 0, info.st_size) : 0;
  if (number == 0 || number == EOPNOTSUPP || number == EINVAL)
    return TRUE;

  return ferry_fail (error, number == ENOSPC ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("The room for ‘%s’ cannot be taken: %s."), path, g_strerror (number));
}

static gboolean
copy_disk (Disk *disk, GCancellable *cancellable, GError **error)
{
  if (disk->converts)
    return download_and_convert (disk, cancellable, error);
  if (!download (disk, disk->to, cancellable, error))
    return FALSE;

  return disk->copy->guest->allocation != FERRY_ALLOCATION_PREALLOCATED ||
         fill_up (disk->to, error);
}

static gboolean
copy_disk_at (const FerryCopy *copy,
              guint index,
              const FerryCopyEvents *events,
              GCancellable *cancellable,
              GError **error)
{
  const FerryGuest *source = copy->guest->source;
  g_autoptr (GString) complaint = g_string_new (NULL);
  Disk disk = {
    .copy = copy,
    .events = events,
    .disk = ferry_guest_get_disk (source, index),
    .to = copy->output->disk_paths[index],
    .index = index,
    .complaint = complaint,
  };

  disk.converts = must_be_converted (copy->guest, disk.disk);
  events->disk (index, source->disks->len, events->user_data);

  return copy_disk (&disk, cancellable, error);
}

/* The description first: a guest that has changed is found before the long copying. */
gboolean
ferry_copy_run (const FerryCopy *copy,
                const FerryCopyEvents *events,
                GCancellable *cancellable,
                GError **error)
{
  guint n_disks = copy->guest->source->disks->len;

  if (copy->output->disk_paths == NULL || g_strv_length (copy->output->disk_paths) != n_disks)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The destination does not take disks that are copied unconverted."));
  if (!write_description (copy, events, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n_disks; i++)
    if (!copy_disk_at (copy, i, events, cancellable, error))
      return FALSE;

  return TRUE;
}
