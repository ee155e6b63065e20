/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ova-prepare.h"

#include "ferry-error.h"
#include "ferry-extract.h"
#include "ferry-image.h"
#include "ferry-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>

#define SECTOR_BYTES 512
#define MIB (G_GUINT64_CONSTANT (1) << 20)

/**
 * Job: one disk to be made readable
 * @parts: (owned): names of the members that hold it
 * @in_place: nothing needs to be unpacked
 * @stored_path: @stored_fd: (owned): the file as stored, put together from its parts; for a disk
 *   that is not compressed this is the disk itself
 * @path: @fd: (owned): the unpacked disk
 */
typedef struct
{
  const FerryDisk *disk;
  const FerryOvfFile *file;
  GPtrArray *parts;
  gboolean in_place;
  char *stored_path;
  FerryFd stored_fd;
  char *path;
  FerryFd fd;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->parts, g_ptr_array_unref);
  ferry_fd_close (job->stored_fd);
  ferry_fd_close (job->fd);
  g_free (job->stored_path);
  g_free (job->path);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static int
create_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    ferry_fail (error,
                errno == ENOSPC || errno == EDQUOT ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                _("‘%s’ cannot be made: %s"), path, g_strerror (errno));

  return fd;
}

/* Names are Ferry's own: nothing of the archive's goes into them. */
static char *
dup_work_path (const char *work_dir, guint index, const char *extension)
{
  g_autofree char *name =
      g_strdup_printf ("disk%u.%s", index + 1, extension != NULL ? extension : "img");

  return g_build_filename (work_dir, name, NULL);
}

static gboolean
find_parts (FerryOva *ova, Job *job, GError **error)
{
  if (job->file == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The disk ‘%s’ has no file in the appliance."), job->disk->name);
  job->parts = ferry_ova_find_parts (ova, job->file);
  if (job->parts != NULL)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("The appliance has no file ‘%s’. Export or download it again."),
                     job->file->href);
}

static gboolean
can_gunzip_directly (FerryOva *ova, const Job *job)
{
  const FerryMember *member = ferry_archive_find (ova->archive, job->parts->pdata[0]);

  return job->parts->len == 1 && job->file->compression != NULL && member != NULL &&
         member->offset != FERRY_MEMBER_NO_OFFSET;
}

static gboolean
create_files (FerryOva *ova, Job *job, guint index, const char *work_dir, GError **error)
{
  if (job->file->compression != NULL && !can_gunzip_directly (ova, job))
    {
      job->stored_path = dup_work_path (work_dir, index, "gz");
      job->stored_fd = create_file (job->stored_path, error);
      if (job->stored_fd < 0)
        return FALSE;
    }
  job->path = dup_work_path (work_dir, index, job->disk->format);
  job->fd = create_file (job->path, error);

  return job->fd >= 0;
}

static Job *
make_job (FerryOva *ova, const FerryOvfSystem *system, guint index, GError **error)
{
  g_autoptr (Job) job = g_new0 (Job, 1);

  job->stored_fd = job->fd = -1;
  job->disk = ferry_guest_get_disk (system->guest, index);
  job->file = g_ptr_array_index (system->files, index);
  if (!find_parts (ova, job, error))
    return NULL;
  if (job->file->compression != NULL && !g_str_equal (job->file->compression, "gzip"))
    {
      ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                  _("The disk ‘%s’ is compressed in a way that Ferry cannot read: ‘%s’."),
                  job->disk->name, job->file->compression);
      return NULL;
    }
  job->in_place = ferry_ova_is_in_place (ova, job->file);

  return g_steal_pointer (&job);
}

static void
add_items (FerryOva *ova, const Job *job, GPtrArray *items)
{
  int fd = job->stored_fd >= 0 ? job->stored_fd : job->fd;

  for (guint i = 0; i < job->parts->len; i++)
    g_ptr_array_add (items,
                     ferry_extract_item_new (job->parts->pdata[i], fd, i * job->file->chunk_bytes));
}

/* Every chunk but the last must fill its place exactly. */
static gboolean
check_chunks (const Job *job, GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const FerryExtractItem *item = g_ptr_array_index (items, i);

      if (g_ptr_array_find_with_equal_func (job->parts, item->name, g_str_equal, NULL) &&
          !g_str_equal (item->name, job->parts->pdata[job->parts->len - 1]) &&
          (guint64) item->written_bytes != job->file->chunk_bytes)
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _("‘%s’ is not complete. Copy or download the appliance again."),
                           item->name);
    }

  return TRUE;
}

static guint64
get_size_bytes (FerryOva *ova, const Job *job)
{
  return (guint64) MAX (ferry_ova_get_stored_bytes (ova, job->file), 0);
}

static gboolean
is_read_through (FerryOva *ova, const Job *job)
{
  const FerryMember *member = ferry_archive_find (ova->archive, job->parts->pdata[0]);

  return member == NULL || member->offset == FERRY_MEMBER_NO_OFFSET;
}

/* Bytes that will be read, those of a compressed archive only once. */
static guint64
sum_up (FerryOva *ova, GPtrArray *jobs)
{
  guint64 bytes = 0;
  gboolean reads_through = FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      const Job *job = g_ptr_array_index (jobs, i);

      if (job->in_place)
        continue;
      if (is_read_through (ova, job))
        reads_through = TRUE;
      else
        bytes += get_size_bytes (ova, job);
      if (job->stored_fd >= 0)
        bytes += get_size_bytes (ova, job);
    }

  return bytes + (reads_through ? ferry_archive_get_size_bytes (ova->archive) : 0);
}

/* An image takes little more room than the disk it holds. */
static guint64
get_max_bytes (const FerryDisk *disk)
{
  if (disk->capacity_bytes == 0 || disk->capacity_bytes > G_MAXINT64 / 2)
    return 0;

  return disk->capacity_bytes + disk->capacity_bytes / 16 + 64 * MIB;
}

static gboolean
open_stored (FerryOva *ova, Job *job, FerrySpan *out_span, GError **error)
{
  const FerryMember *member;

  if (job->stored_fd < 0)
    {
      member = ferry_archive_find (ova->archive, job->parts->pdata[0]);
      return ferry_archive_open_span (ova->archive, member, out_span, error);
    }
  out_span->fd = ferry_fd_steal (&job->stored_fd);
  out_span->length = (guint64) MAX (lseek (out_span->fd, 0, SEEK_END), 0);
  unlink (job->stored_path); /* its descriptor keeps it for as long as it is needed */

  return TRUE;
}

static gboolean
gunzip (FerryOva *ova, Job *job, FerryExtract *extract, GCancellable *cancellable, GError **error)
{
  g_auto (FerrySpan) span = FERRY_SPAN_INIT;
  FerryExtractItem item = { .name = job->file->href, .fd = job->fd, .written_bytes = -1 };

  if (job->file->compression == NULL)
    return TRUE;
  item.max_bytes = get_max_bytes (job->disk);

  return open_stored (ova, job, &span, error) &&
         ferry_extract_gzip (extract, &span, &item, cancellable, error);
}

static gboolean
unpack (FerryOva *ova,
        GPtrArray *jobs,
        FerryExtract *extract,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_extract_item_free);

  for (guint i = 0; i < jobs->len; i++)
    {
      const Job *job = g_ptr_array_index (jobs, i);

      if (!job->in_place && !can_gunzip_directly (ova, job))
        add_items (ova, job, items);
    }
  if (!ferry_extract_members (extract, ova->archive, items, cancellable, error))
    return FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (!job->in_place &&
          (!check_chunks (job, items, error) || !gunzip (ova, job, extract, cancellable, error)))
        return FALSE;
    }

  return TRUE;
}

/* What qemu is told of the file, after a look into it: a file that names others would make qemu
 * open them. A raw disk holds what its guest wrote, so its content is not asked. */
static gboolean
probe (const Job *job, FerryDiskLocation *location, GError **error)
{
  g_auto (FerryFd) fd = open (location->path, O_RDONLY | O_CLOEXEC);
  guint8 head[FERRY_IMAGE_PROBE_BYTES];
  FerryImage image;
  ssize_t n;

  if (g_strcmp0 (location->format, "raw") == 0)
    return TRUE;
  n = fd >= 0 ? pread (fd, head, sizeof head, (off_t) location->offset) : -1;
  if (n < 0)
    return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be read: %s"), location->path,
                       g_strerror (errno));
  image = ferry_image_probe (head, (gsize) n);
  if (image.refers_elsewhere)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The file of the disk ‘%s’ refers to other files, which is not followed. "
                         "Convert it into a single file with ‘qemu-img convert’."),
                       job->disk->name);
  if (image.format == NULL && g_strcmp0 (location->format, "vpc") != 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The file of the disk ‘%s’ is damaged: it is not %s, as the description "
                         "says."),
                       job->disk->name,
                       location->format != NULL ? location->format : _("a disk image"));
  if (image.format != NULL)
    {
      g_free (location->format);
      location->format = g_strdup (image.format);
    }

  return TRUE;
}

static FerryDiskLocation *
locate (FerryOva *ova, const Job *job, GError **error)
{
  const FerryMember *member = ferry_archive_find (ova->archive, job->parts->pdata[0]);
  const char *path = ferry_archive_get_path (ova->archive);
  g_autofree char *in_folder = g_build_filename (path, job->parts->pdata[0], NULL);
  g_autoptr (FerryDiskLocation) location = NULL;

  if (!job->in_place)
    location = ferry_disk_location_new (job->path, job->disk->format);
  else if (ferry_archive_get_kind (ova->archive) == FERRY_ARCHIVE_FOLDER)
    location = ferry_disk_location_new (in_folder, job->disk->format);
  else
    {
      guint64 n_sectors = ((guint64) member->size_bytes + SECTOR_BYTES - 1) / SECTOR_BYTES;

      location = ferry_disk_location_new (path, job->disk->format);
      location->offset = member->offset;
      location->length = n_sectors * SECTOR_BYTES;
    }

  return probe (job, location, error) ? g_steal_pointer (&location) : NULL;
}

static gboolean
is_wanted (const FerryOvfSystem *system, guint index)
{
  return (ferry_guest_get_disk (system->guest, index)->flags & FERRY_DISK_LEFT_OUT) == 0;
}

static GPtrArray *
make_jobs (FerryOva *ova, const FerryOvfSystem *system, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);

  if (!ferry_ova_settle_names (ova, system, cancellable, error))
    return NULL;
  for (guint i = 0; i < system->files->len; i++)
    {
      Job *job;

      if (!is_wanted (system, i))
        continue;
      job = make_job (ova, system, i, error);
      if (job == NULL)
        return NULL;
      g_ptr_array_add (jobs, job);
    }

  return g_steal_pointer (&jobs);
}

GPtrArray *
ferry_ova_prepare (FerryOva *ova,
                   const FerryOvfSystem *system,
                   const char *work_dir,
                   const FerryMonitor *monitor,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) jobs = make_jobs (ova, system, cancellable, error);
  g_autoptr (GPtrArray) locations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);
  g_autofree char *folder = g_strdup (work_dir);
  FerryExtract extract = { .folder = folder, .monitor = monitor };

  if (jobs == NULL)
    return NULL;
  for (guint i = 0; i < jobs->len; i++)
    if (!((Job *) jobs->pdata[i])->in_place &&
        !create_files (ova, jobs->pdata[i], i, work_dir, error))
      return NULL;
  extract.total_bytes = sum_up (ova, jobs);
  if (!unpack (ova, jobs, &extract, cancellable, error))
    return NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      FerryDiskLocation *location = locate (ova, jobs->pdata[i], error);

      if (location == NULL)
        return NULL;
      g_ptr_array_add (locations, location);
    }

  return g_steal_pointer (&locations);
}

/* The unpacked size of a compressed disk is told by nobody: at most what its guest can fill. */
static guint64
get_unpacked_bytes (const FerryDisk *disk)
{
  return disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
}

static guint64
get_disk_work_bytes (FerryOva *ova, const FerryDisk *disk, const FerryOvfFile *file)
{
  gint64 stored_bytes = ferry_ova_get_stored_bytes (ova, file);
  guint64 bytes = stored_bytes >= 0 ? (guint64) stored_bytes : get_unpacked_bytes (disk);

  if (ferry_ova_is_in_place (ova, file))
    return 0;
  if (file->compression == NULL)
    return bytes;
  if (file->chunk_bytes == 0 && ferry_archive_get_kind (ova->archive) != FERRY_ARCHIVE_ZIP &&
      ferry_archive_get_kind (ova->archive) != FERRY_ARCHIVE_COMPRESSED_TAR)
    bytes = 0;

  return bytes + get_unpacked_bytes (disk);
}

guint64
ferry_ova_get_work_bytes (FerryOva *ova, const FerryOvfSystem *system)
{
  guint64 bytes = 0;

  for (guint i = 0; i < system->files->len; i++)
    {
      const FerryOvfFile *file = g_ptr_array_index (system->files, i);

      if (file != NULL && is_wanted (system, i))
        bytes += get_disk_work_bytes (ova, ferry_guest_get_disk (system->guest, i), file);
    }

  return bytes;
}
