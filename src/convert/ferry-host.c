/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-host.h"

G_DEFINE_INTERFACE (FerryHost, ferry_host, G_TYPE_OBJECT)

static void
ferry_host_default_init (FerryHostInterface *iface)
{
}

FerryHostFacts *
ferry_host_inspect (FerryHost *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), NULL);

  return FERRY_HOST_GET_IFACE (self)->inspect (self, cancellable, error);
}

gboolean
ferry_host_run (FerryHost *self,
                const FerryCommand *command,
                int *out_exit_status,
                GCancellable *cancellable,
                GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), FALSE);
  g_return_val_if_fail (command->argv != NULL && command->argv[0] != NULL, FALSE);

  return FERRY_HOST_GET_IFACE (self)->run (self, command, out_exit_status, cancellable, error);
}

gboolean
ferry_host_start (FerryHost *self,
                  const FerryBackground *background,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), FALSE);
  g_return_val_if_fail (background->argv != NULL && background->argv[0] != NULL, FALSE);

  return FERRY_HOST_GET_IFACE (self)->start (self, background, cancellable, error);
}

gboolean
ferry_host_write_file (FerryHost *self, const char *path, const char *text, GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), FALSE);
  g_return_val_if_fail (path != NULL && text != NULL, FALSE);

  return FERRY_HOST_GET_IFACE (self)->write_file (self, path, text, error);
}

gboolean
ferry_host_end_marked (FerryHost *self, const char *marker, GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), FALSE);
  g_return_val_if_fail (marker != NULL && marker[0] != '\0', FALSE);

  return FERRY_HOST_GET_IFACE (self)->end_marked (self, marker, error);
}

char *
ferry_host_make_work_dir (FerryHost *self, const char *id, GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), NULL);

  return FERRY_HOST_GET_IFACE (self)->make_work_dir (self, id, error);
}

gboolean
ferry_host_remove_work_dir (FerryHost *self, const char *path, GError **error)
{
  g_return_val_if_fail (FERRY_IS_HOST (self), FALSE);

  return FERRY_HOST_GET_IFACE (self)->remove_work_dir (self, path, error);
}
