/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-reshape.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-place.h"
#include "ferry-recode.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- what virt-v2v makes --- */

static guint64
get_data_bytes (const FerryDisk *disk)
{
  return disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
}

/* Sizes are what others wrote. */
static guint64
add_up (guint64 a, guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

FerryFormat
ferry_reshape_get_format (const FerryPlanGuest *guest)
{
  guint64 raw_bytes = 0;
  guint64 other_bytes = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      guint64 bytes = add_up (get_data_bytes (ferry_guest_get_disk (guest->source, i)), 1);

      if (!ferry_plan_guest_includes (guest, i))
        continue;
      if (ferry_plan_guest_get_format (guest, i) == FERRY_FORMAT_RAW)
        raw_bytes = add_up (raw_bytes, bytes);
      else
        other_bytes = add_up (other_bytes, bytes);
    }
  if (raw_bytes == other_bytes)
    return guest->format;

  return raw_bytes > other_bytes ? FERRY_FORMAT_RAW : FERRY_FORMAT_QCOW2;
}

FerryAllocation
ferry_reshape_get_allocation (const FerryPlanGuest *guest)
{
  if (ferry_plan_guest_count_included (guest) == 0)
    return guest->allocation;
  for (guint i = 0; i < guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i) &&
        ferry_plan_guest_get_allocation (guest, i) != FERRY_ALLOCATION_PREALLOCATED)
      return FERRY_ALLOCATION_SPARSE;

  return FERRY_ALLOCATION_PREALLOCATED;
}

/* --- what must be changed --- */

typedef enum
{
  STAYS = 1,
  FILLED_UP, /* in place */
  RECODED,
} Change;

static Change
get_change (const FerryPlanGuest *guest, guint index)
{
  FerryFormat format = ferry_plan_guest_get_format (guest, index);
  FerryAllocation allocation = ferry_plan_guest_get_allocation (guest, index);
  FerryFormat made_format = ferry_reshape_get_format (guest);
  FerryAllocation made_allocation = ferry_reshape_get_allocation (guest);

  if (!ferry_plan_guest_includes (guest, index) || ferry_plan_guest_is_copied (guest) ||
      (format == made_format && allocation == made_allocation))
    return STAYS;
  if (format == made_format && format == FERRY_FORMAT_RAW)
    return FILLED_UP;

  return RECODED;
}

gboolean
ferry_reshape_is_needed (const FerryPlanGuest *guest)
{
  for (guint i = 0; i < guest->source->disks->len; i++)
    if (get_change (guest, i) != STAYS)
      return TRUE;

  return FALSE;
}

guint64
ferry_reshape_get_bytes (const FerryPlanGuest *guest, guint index)
{
  const FerryDisk *disk = ferry_guest_get_disk (guest->source, index);

  if (disk == NULL || get_change (guest, index) != RECODED)
    return 0;
  if (ferry_plan_guest_get_allocation (guest, index) == FERRY_ALLOCATION_PREALLOCATED)
    return MAX (disk->capacity_bytes, get_data_bytes (disk));

  return get_data_bytes (disk);
}

guint64
ferry_plan_get_reshape_bytes (const FerryPlan *plan, const char *storage)
{
  guint64 bytes = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->source->disks->len; n++)
        if (storage == NULL || g_strcmp0 (ferry_plan_get_storage (plan, guest, n), storage) == 0)
          bytes = MAX (bytes, ferry_reshape_get_bytes (guest, n));
    }

  return bytes;
}

/* --- changing it --- */

/* Each disk that is written anew counts alike. */
typedef struct
{
  const FerryReshape *reshape;
  guint n_done;
  guint n_all;
} Reshaping;

static void
on_recoded (guint64 done, guint64 total, gpointer user_data)
{
  const Reshaping *all = user_data;

  ferry_monitor_part (all->reshape->monitor, all->n_done * total + done, all->n_all * total);
}

/* Hidden, and the import's id in it: one that is there is of an earlier attempt. */
static char *
dup_new_path (const FerryReshape *reshape, guint index)
{
  g_autofree char *folder = g_path_get_dirname (reshape->paths[index]);
  g_autofree char *name = g_strdup_printf (".ferry-%s-%u.new", reshape->record->id, index);

  return g_build_filename (folder, name, NULL);
}

/* With the rights of the one whose place it takes. */
static gboolean
make_file (const char *path, const char *like, GError **error)
{
  g_auto (FerryFd) fd = -1;
  struct stat info;

  g_unlink (path);
  fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && stat (like, &info) == 0 && fchmod (fd, info.st_mode & 0777) == 0)
    return TRUE;

  return ferry_fail (error, errno == ENOSPC ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("‘%s’ cannot be made: %s."), path, g_strerror (errno));
}

static gboolean
take_place (const char *path, const char *old_path, GError **error)
{
  if (!ferry_place_sync (path, error))
    return FALSE;
  if (g_rename (path, old_path) == 0)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be renamed: %s."), path,
                     g_strerror (errno));
}

static gboolean
write_anew (Reshaping *all, guint index, GCancellable *cancellable, GError **error)
{
  const FerryReshape *reshape = all->reshape;
  g_autofree char *path = dup_new_path (reshape, index);
  FerryMonitor monitor = { on_recoded, all };
  FerryRecoding recoding = {
    .host = reshape->host,
    .name = ferry_guest_get_disk (reshape->guest->source, index)->name,
    .from = reshape->paths[index],
    .from_format = ferry_format_to_word (ferry_reshape_get_format (reshape->guest)),
    .to = path,
    .format = ferry_plan_guest_get_format (reshape->guest, index),
    .allocation = ferry_plan_guest_get_allocation (reshape->guest, index),
    .marker = reshape->record->id,
    .monitor = &monitor,
  };

  if (!ferry_record_push_undo (reshape->record, error, "remove-file", path, NULL) ||
      !make_file (path, recoding.from, error) || !ferry_recode (&recoding, cancellable, error) ||
      !take_place (path, recoding.from, error))
    return FALSE;
  all->n_done++;

  return ferry_record_pop_undo (reshape->record, error);
}

static gboolean
change (Reshaping *all, guint index, GCancellable *cancellable, GError **error)
{
  switch (get_change (all->reshape->guest, index))
    {
    case STAYS:
      return TRUE;
    case FILLED_UP:
      return ferry_recode_fill_up (all->reshape->paths[index], error);
    case RECODED:
      break;
    }

  return write_anew (all, index, cancellable, error);
}

gboolean
ferry_reshape_run (const FerryReshape *reshape, GCancellable *cancellable, GError **error)
{
  guint n_disks = MIN (g_strv_length (reshape->paths), reshape->guest->source->disks->len);
  Reshaping all = { .reshape = reshape };

  for (guint i = 0; i < n_disks; i++)
    all.n_all += get_change (reshape->guest, i) == RECODED ? 1 : 0;
  for (guint i = 0; i < n_disks; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !change (&all, i, cancellable, error))
      return FALSE;

  return TRUE;
}
