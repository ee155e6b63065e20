/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-progress.h"

static const char *const words[] = {
  [FERRY_IMPORT_QUEUED] = "queued",         [FERRY_IMPORT_PREPARING] = "preparing",
  [FERRY_IMPORT_UPLOADING] = "uploading",   [FERRY_IMPORT_CONVERTING] = "converting",
  [FERRY_IMPORT_COPYING] = "copying",       [FERRY_IMPORT_FINISHING] = "finishing",
  [FERRY_IMPORT_SUCCEEDED] = "succeeded",   [FERRY_IMPORT_FAILED] = "failed",
  [FERRY_IMPORT_CANCELLED] = "cancelled",   [FERRY_IMPORT_INTERRUPTED] = "interrupted",
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == FERRY_IMPORT_INTERRUPTED + 1);

const char *
ferry_import_state_to_word (FerryImportState state)
{
  g_return_val_if_fail (state >= FERRY_IMPORT_QUEUED && state <= FERRY_IMPORT_INTERRUPTED,
                        words[FERRY_IMPORT_FAILED]);

  return words[state];
}

/** ferry_import_state_from_word: %FALSE for a word that a newer Ferry wrote */
gboolean
ferry_import_state_from_word (const char *word, FerryImportState *out_state)
{
  for (guint i = FERRY_IMPORT_QUEUED; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *out_state = (FerryImportState) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
ferry_import_state_is_end (FerryImportState state)
{
  return state >= FERRY_IMPORT_SUCCEEDED;
}

static void
disk_progress_free (FerryDiskProgress *disk)
{
  g_free (disk->name);
  g_free (disk);
}

/** ferry_progress_new: queued, nothing done, nothing known */
FerryProgress *
ferry_progress_new (void)
{
  FerryProgress *progress = g_new0 (FerryProgress, 1);

  progress->state = FERRY_IMPORT_QUEUED;
  progress->seconds_left = -1;
  progress->disk = -1;
  progress->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_progress_free);

  return progress;
}

FerryProgress *
ferry_progress_copy (const FerryProgress *progress)
{
  FerryProgress *copy = ferry_progress_new ();

  copy->state = progress->state;
  copy->message = g_strdup (progress->message);
  copy->fraction = progress->fraction;
  copy->rate_bytes = progress->rate_bytes;
  copy->seconds_left = progress->seconds_left;
  copy->disk = progress->disk;
  for (guint i = 0; i < progress->disks->len; i++)
    {
      const FerryDiskProgress *from = g_ptr_array_index (progress->disks, i);
      FerryDiskProgress *to;

      ferry_progress_add_disk (copy, from->name, from->total_bytes);
      to = g_ptr_array_index (copy->disks, i);
      to->done_bytes = from->done_bytes;
      to->seconds = from->seconds;
    }

  return copy;
}

void
ferry_progress_free (FerryProgress *progress)
{
  if (progress == NULL)
    return;
  g_free (progress->message);
  g_ptr_array_unref (progress->disks);
  g_free (progress);
}

/** ferry_progress_add_disk: whose copy has not started */
void
ferry_progress_add_disk (FerryProgress *progress, const char *name, guint64 total_bytes)
{
  FerryDiskProgress *disk = g_new0 (FerryDiskProgress, 1);

  disk->name = g_strdup (name);
  disk->total_bytes = total_bytes;
  disk->seconds = -1;
  g_ptr_array_add (progress->disks, disk);
}
