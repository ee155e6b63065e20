/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-disks.h"

#include "ferry-disk-image.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>

/** ferry_target_list_disks: the paths of @guest's disks in @folder, each with @suffix; NULL-terminated */
char **
ferry_target_list_disks (const char *folder, const FerryPlanGuest *guest, const char *suffix)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      g_autofree char *name = ferry_disk_image_dup_name (guest->name, i);
      g_autofree char *file = g_strconcat (name, suffix, NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

/** ferry_target_verify_disk: disk @index of @output: see ferry_disk_image_verify() */
gboolean
ferry_target_verify_disk (const FerryTargetRun *run,
                          const FerryOutput *output,
                          guint index,
                          GCancellable *cancellable,
                          GError **error)
{
  FerryDiskImage image = {
    .path = output->disk_paths[index],
    .format = ferry_format_to_word (run->guest->format),
    .capacity_bytes = ferry_guest_get_disk (run->guest->source, index)->capacity_bytes,
    .marker = run->record->id,
  };

  return ferry_disk_image_verify (&image, cancellable, error);
}

/**
 * ferry_target_check_disk_count:
 * @given: how many disks the description has that virt-v2v made
 *
 * Errors: FERRY_ERROR_CONVERSION
 */
gboolean
ferry_target_check_disk_count (const FerryPlanGuest *guest, guint given, GError **error)
{
  guint planned = guest->source->disks->len;

  if (given == planned)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_CONVERSION,
                     _("‘%s’ did not get as many disks as planned: %u instead of %u."),
                     guest->name, given, planned);
}

/** ferry_target_fail_without_disk: @disk is not in the description that virt-v2v made; %FALSE */
gboolean
ferry_target_fail_without_disk (const FerryPlanGuest *guest, const char *disk, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_CONVERSION,
                     _("The description that was made of ‘%s’ lacks the disk ‘%s’."),
                     guest->name, disk);
}
