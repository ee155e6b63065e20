/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-copy.h"

#include "ferry-domain-adopt.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-image.h"
#include "ferry-paths.h"
#include "ferry-recode.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What libvirt has a disk be that says nothing. */
static const char *
get_format (const FerryDisk *disk)
{
  return disk->format != NULL ? disk->format : "raw";
}

/* A sparse file is made full by itself; for a qcow2 image qemu-img must do it. */
static gboolean
must_be_converted (const FerryPlanGuest *guest, guint index)
{
  const FerryDisk *disk = ferry_guest_get_disk (guest->source, index);
  FerryFormat format = ferry_plan_guest_get_format (guest, index);

  return strcmp (get_format (disk), ferry_format_to_word (format)) != 0 ||
         (format == FERRY_FORMAT_QCOW2 &&
          ferry_plan_guest_get_allocation (guest, index) == FERRY_ALLOCATION_PREALLOCATED);
}

/* One disk after the other: the largest counts. */
guint64
ferry_copy_get_work_bytes (const FerryPlanGuest *guest)
{
  guint64 bytes = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest->source, i);

      if (ferry_plan_guest_includes (guest, i) && must_be_converted (guest, i))
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
    .pools = (const char *const *) copy->output->pools,
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
  guint index; /* among the source's */
  FerryFormat format;
  FerryAllocation allocation;
  gboolean converts;
  gboolean is_downloaded;
  guint64 done; /* of the running half */
  guint64 total;
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

static void
on_recoded (guint64 done, guint64 total, gpointer user_data)
{
  tell_bytes (user_data, done, total);
}

static gboolean
convert (Disk *disk, const char *from, GCancellable *cancellable, GError **error)
{
  FerryMonitor monitor = { on_recoded, disk };
  FerryRecoding recoding = {
    .host = disk->copy->host,
    .name = disk->disk->name,
    .from = from,
    .from_format = get_format (disk->disk),
    .to = disk->to,
    .format = disk->format,
    .allocation = disk->allocation,
    .marker = disk->copy->marker,
    .monitor = &monitor,
  };

  disk->growing = disk->to;
  disk->is_downloaded = TRUE;

  return ferry_recode (&recoding, cancellable, error);
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

static gboolean
copy_disk (Disk *disk, GCancellable *cancellable, GError **error)
{
  if (disk->converts)
    return download_and_convert (disk, cancellable, error);
  if (!download (disk, disk->to, cancellable, error))
    return FALSE;

  return disk->allocation != FERRY_ALLOCATION_PREALLOCATED ||
         ferry_recode_fill_up (disk->to, error);
}

/* @index: among the source's; @number: among those that are copied */
static gboolean
copy_disk_at (const FerryCopy *copy,
              guint index,
              guint number,
              const FerryCopyEvents *events,
              GCancellable *cancellable,
              GError **error)
{
  const FerryPlanGuest *guest = copy->guest;
  Disk disk = {
    .copy = copy,
    .events = events,
    .disk = ferry_guest_get_disk (guest->source, index),
    .to = copy->output->disk_paths[number],
    .index = index,
    .format = ferry_plan_guest_get_format (guest, index),
    .allocation = ferry_plan_guest_get_allocation (guest, index),
    .converts = must_be_converted (guest, index),
  };

  events->disk (number, ferry_plan_guest_count_included (guest), events->user_data);

  return copy_disk (&disk, cancellable, error);
}

/* The description first: a guest that has changed is found before the long copying. */
gboolean
ferry_copy_run (const FerryCopy *copy,
                const FerryCopyEvents *events,
                GCancellable *cancellable,
                GError **error)
{
  guint n_disks = ferry_plan_guest_count_included (copy->guest);
  guint number = 0;

  if (copy->output->disk_paths == NULL || g_strv_length (copy->output->disk_paths) != n_disks)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The destination does not take disks that are copied unconverted."));
  if (!write_description (copy, events, cancellable, error))
    return FALSE;
  for (guint i = 0; i < copy->guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (copy->guest, i) &&
        !copy_disk_at (copy, i, number++, events, cancellable, error))
      return FALSE;

  return TRUE;
}
