/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-place.h"

#include "ferry-disk-image.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-place.h"
#include "ferry-target-disks.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the work folder: links to the disks, where they go into several pools. */
#define LINKS "disks"

static const FerryStorage *
find_storage (const FerryLibvirtPlace *place,
              const FerryDestinationFacts *facts,
              const char *pool,
              GError **error)
{
  const FerryStorage *storage = ferry_destination_facts_find_storage (facts, pool);

  if (storage == NULL)
    ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                _("There is no storage pool ‘%s’ in ‘%s’. Choose another one."), pool, place->uri);
  else if (!storage->usable)
    ferry_fail (error, FERRY_ERROR_UNSUPPORTED, _("The storage pool ‘%s’ cannot be used. %s"), pool,
                storage->why_not);

  return storage != NULL && storage->usable ? storage : NULL;
}

static gboolean
fail_taken (const char *path, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_EXISTS,
                     _("There is already a disk ‘%s’. Give the virtual machine another name."),
                     path);
}

/* An empty file takes the name: for this import, and against any other that chose the same.
 * virt-v2v writes over it. What stands there already is found before the undo could ever name it;
 * what came in between is left alone, with the undo taken back. */
static gboolean
reserve (FerryRecord *record, const char *path, GError **error)
{
  g_auto (FerryFd) fd = -1;
  struct stat info;
  int number;

  if (lstat (path, &info) == 0)
    return fail_taken (path, error);
  if (!ferry_record_push_undo (record, error, "remove-file", path, NULL))
    return FALSE;
  fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (fd >= 0)
    return TRUE;

  number = errno;
  if (!ferry_record_pop_undo (record, error))
    return FALSE;
  if (number == EEXIST)
    return fail_taken (path, error);

  return ferry_place_fail (path, number, error);
}

/* Newest is undone first: the domain, then its volumes, then files that are no volumes (yet). */
static gboolean
reserve_all (const FerryLibvirtPlace *place,
             const FerryTargetRun *run,
             const FerryOutput *output,
             GError **error)
{
  g_autofree char *first = ferry_disk_image_dup_name (run->guest->name, 0);

  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    if (!reserve (run->record, output->disk_paths[i], error))
      return FALSE;

  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    {
      g_autofree char *volume = ferry_disk_image_dup_name (run->guest->name, i);

      if (!ferry_record_push_undo (run->record, error, "delete-volume", place->uri,
                                   output->pools[i], volume, NULL))
        return FALSE;
    }

  return ferry_record_push_undo (run->record, error, "undefine-domain", place->uri, run->guest->name,
                                 output->pools[0], first, NULL);
}

static const char *
get_pool (const FerryLibvirtPlace *place, const FerryPlanGuest *guest, guint index)
{
  const FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, index);

  return disk != NULL && disk->storage != NULL ? disk->storage : place->pool;
}

/* virt-v2v knows one pool for all disks. Where there are several, it writes into a folder of its own
 * instead (which is the import's work folder's, and goes with it): there the disks are links to what
 * is reserved in the pools, and the description that it leaves beside them is defined by Ferry. */
static FerryOutput *
make_output (const FerryLibvirtPlace *place, const FerryTargetRun *run)
{
  const char *first = get_pool (place, run->guest, 0);
  g_autofree char *folder = NULL;

  for (guint i = 1; i < run->guest->source->disks->len; i++)
    if (!g_str_equal (get_pool (place, run->guest, i), first))
      {
        folder = g_build_filename (run->work_dir, LINKS, NULL);
        return ferry_output_new ("local", NULL, folder);
      }

  return ferry_output_new ("libvirt", place->uri, first);
}

static gboolean
place_disks (const FerryLibvirtPlace *place,
             const FerryDestinationFacts *facts,
             const FerryTargetRun *run,
             FerryOutput *output,
             GError **error)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) pools = g_strv_builder_new ();

  for (guint i = 0; i < run->guest->source->disks->len; i++)
    {
      const char *pool = get_pool (place, run->guest, i);
      const FerryStorage *storage = find_storage (place, facts, pool, error);
      g_autofree char *path = NULL;

      if (storage == NULL)
        return FALSE;
      path = ferry_target_dup_disk (storage->path, run->guest, i, "");
      g_strv_builder_add (paths, path);
      g_strv_builder_add (pools, pool);
    }
  output->disk_paths = g_strv_builder_end (paths);
  output->pools = g_strv_builder_end (pools);

  return TRUE;
}

gboolean
ferry_libvirt_place_is_linked (const FerryOutput *output)
{
  return g_str_equal (output->mode, "local");
}

static gboolean
make_links (const FerryTargetRun *run, const FerryOutput *output, GError **error)
{
  if (g_mkdir (output->storage, 0700) != 0)
    return ferry_place_fail (output->storage, errno, error);
  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    {
      g_autofree char *link = ferry_target_dup_disk (output->storage, run->guest, i, "");

      if (symlink (output->disk_paths[i], link) != 0)
        return ferry_place_fail (output->storage, errno, error);
    }

  return TRUE;
}

FerryOutput *
ferry_libvirt_place_make (const FerryLibvirtPlace *place,
                          const FerryDestinationFacts *facts,
                          const FerryTargetRun *run,
                          GError **error)
{
  g_autoptr (FerryOutput) output = make_output (place, run);

  if (!place_disks (place, facts, run, output, error) ||
      !reserve_all (place, run, output, error) ||
      (ferry_libvirt_place_is_linked (output) && !make_links (run, output, error)))
    return NULL;

  return g_steal_pointer (&output);
}
