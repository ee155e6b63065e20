/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-prepare.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-vsphere-ask.h"
#include "ferry-vsphere-serve.h"

#include <glib/gi18n-lib.h>

static gboolean
is_same_guest (const FerryGuest *now, const FerryGuest *then)
{
  const char *uuid = ferry_vsphere_get_instance_uuid (now);
  const char *known = ferry_vsphere_get_instance_uuid (then);

  if ((uuid != NULL && known != NULL && g_ascii_strcasecmp (uuid, known) != 0) ||
      now->disks->len != then->disks->len)
    return FALSE;
  for (guint i = 0; i < now->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (now, i);
      const FerryDisk *other = ferry_guest_get_disk (then, i);

      if ((other->flags & FERRY_DISK_LEFT_OUT) == 0 &&
          (g_strcmp0 (disk->file, other->file) != 0 ||
           disk->capacity_bytes != other->capacity_bytes))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_ready (const FerryGuest *now, const FerryGuest *then, GError **error)
{
  const FerryCheck *check;

  if (!is_same_guest (now, then))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not what it was when it was chosen: its disks have changed. "
                          "Choose the virtual machine again."),
                       then->name);
  if (now->power == FERRY_POWER_RUNNING)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ runs, and its disks change while they are read. Shut it down."),
                       then->name);
  check = ferry_source_find_blocker (now);

  return check == NULL ||
         ferry_fail (error, FERRY_ERROR_INVALID, "%s %s", check->text, check->advice);
}

/* What nbdkit will ask for is there, is for this user, and is as long as the disk. */
static gboolean
check_file (const FerryVsphereServe *serve,
            FerryVsphereHttp *http,
            const FerryDisk *disk,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *path = ferry_vsphere_dup_folder_path (disk, serve->place->datacenter);
  gint64 length = ferry_vsphere_http_measure (http, path, serve->source, cancellable, error);

  if (length < 0)
    {
      g_prefix_error (error, _("‘%s’ cannot be read over HTTPS. "), disk->name);
      return FALSE;
    }
  if (disk->capacity_bytes != 0 && (guint64) length != disk->capacity_bytes)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ cannot be read over HTTPS: its file is not as long as the disk (%s "
                          "bytes). Choose VDDK."),
                       disk->name, disk->file);

  return TRUE;
}

static GPtrArray *
serve_disks (const FerryVsphereServe *serve,
             FerryVsphereHttp *http,
             const FerryGuest *guest,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) locations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);

  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);
      FerryDiskLocation *location;

      if ((disk->flags & FERRY_DISK_LEFT_OUT) != 0)
        continue;
      location = ferry_vsphere_serve_disk (serve, disk, i, error);
      if (location == NULL)
        return NULL;
      g_ptr_array_add (locations, location);
      if (serve->source->transport == FERRY_TRANSPORT_HTTPS &&
          !check_file (serve, http, disk, cancellable, error))
        return NULL;
    }

  return g_steal_pointer (&locations);
}

static FerryGuest *
find_guest (const FerryPlanSource *source,
            FerryVsphere *server,
            FerryVsphereRows *rows,
            const FerryGuest *then,
            GError **error)
{
  const char *ids[] = { then->id, NULL };
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  FerryGuest *now;

  ferry_vsphere_collect (source, server, rows, ids, guests);
  now = g_ptr_array_index (guests, 0);
  if (ferry_checks_have (now->checks, "guest.gone"))
    {
      ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                  _("‘%s’ is no longer there. List what is there and choose again."), then->name);
      return NULL;
    }

  ferry_source_mark_left_out (now, then);

  return check_ready (now, then, error) ? ferry_guest_copy (now) : NULL;
}

GPtrArray *
ferry_vsphere_prepare (const FerryPlanSource *source,
                       const FerryGuest *guest,
                       const char *work_dir,
                       GCancellable *cancellable,
                       GError **error)
{
  const char *ids[] = { guest->id, NULL };
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (source, cancellable, error);
  g_autoptr (FerryVsphereRows) rows =
      server != NULL ? ferry_vsphere_ask_guests (server, ids, 1, cancellable, error) : NULL;
  g_autoptr (FerryGuest) now =
      rows != NULL ? find_guest (source, server, rows, guest, error) : NULL;
  FerryVsphereServe serve = { .source = source, .guest_id = guest->id, .work_dir = work_dir };
  FerryVsphereHttp *http;

  if (now == NULL)
    return NULL;
  http = ferry_vsphere_get_http (server);
  serve.address = ferry_vsphere_http_get_address (http);
  serve.certificate = ferry_vsphere_http_get_certificate (http);
  serve.place = ((FerryVsphereRow *) g_hash_table_lookup (rows->by_id, guest->id))->place;

  return serve_disks (&serve, http, now, cancellable, error);
}
