/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source.h"

G_DEFINE_INTERFACE (FerrySource, ferry_source, G_TYPE_OBJECT)

FerryDiskLocation *
ferry_disk_location_new (const char *path, const char *format)
{
  FerryDiskLocation *location = g_new0 (FerryDiskLocation, 1);

  location->path = g_strdup (path);
  location->format = g_strdup (format);

  return location;
}

void
ferry_disk_location_free (FerryDiskLocation *location)
{
  if (location == NULL)
    return;
  g_free (location->path);
  g_free (location->format);
  g_free (location);
}

static void
ferry_source_default_init (FerrySourceInterface *iface)
{
}

GPtrArray *
ferry_source_list (FerrySource *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);

  return FERRY_SOURCE_GET_IFACE (self)->list (self, cancellable, error);
}

FerryGuest *
ferry_source_read (FerrySource *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return FERRY_SOURCE_GET_IFACE (self)->read (self, id, cancellable, error);
}

gboolean
ferry_source_verify (FerrySource *self,
                     const FerryGuest *guest,
                     GPtrArray *checks,
                     const FerryMonitor *monitor,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);

  return FERRY_SOURCE_GET_IFACE (self)->verify (self, guest, checks, monitor, cancellable, error);
}

guint64
ferry_source_get_work_bytes (FerrySource *self, const FerryGuest *guest)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), 0);

  return FERRY_SOURCE_GET_IFACE (self)->get_work_bytes (self, guest);
}

GPtrArray *
ferry_source_prepare (FerrySource *self,
                      const FerryGuest *guest,
                      const char *work_dir,
                      const FerryMonitor *monitor,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);
  g_return_val_if_fail (work_dir != NULL, NULL);

  return FERRY_SOURCE_GET_IFACE (self)->prepare (self, guest, work_dir, monitor, cancellable,
                                                 error);
}
