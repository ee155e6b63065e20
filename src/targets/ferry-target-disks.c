/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-disks.h"

#include "ferry-disk-image.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>

/** ferry_target_dup_disk: the path of @guest's disk @index in @folder, with @suffix */
char *
ferry_target_dup_disk (const char *folder,
                       const FerryPlanGuest *guest,
                       guint index,
                       const char *suffix)
{
  g_autofree char *name = ferry_disk_image_dup_name (guest->name, index);
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

/** ferry_target_list_disks: the paths of @guest's disks in @folder; NULL-terminated */
char **
ferry_target_list_disks (const char *folder, const FerryPlanGuest *guest)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < guest->source->disks->len; i++)
    g_ptr_array_add (paths, ferry_target_dup_disk (folder, guest, i, ""));
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_steal (paths, NULL);
}

/** ferry_target_list_named_disks: the same, each with the ending of its format: ".qcow2" */
char **
ferry_target_list_named_disks (const char *folder, const FerryPlanGuest *guest)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      FerryFormat format = ferry_plan_guest_get_format (guest, i);
      g_autofree char *suffix = g_strconcat (".", ferry_format_to_word (format), NULL);

      g_ptr_array_add (paths, ferry_target_dup_disk (folder, guest, i, suffix));
    }
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_steal (paths, NULL);
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
    .format = ferry_format_to_word (ferry_plan_guest_get_format (run->guest, index)),
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
