/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-host-data.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file can be a little younger than the clock when it comes from another computer. */
#define CLOCK_LEEWAY_SECONDS 300

static gboolean
is_readable (const char *path)
{
  return access (path, R_OK) == 0;
}

char *
ferry_host_data_find_virtio_win (const char *root)
{
  const char *named = g_getenv ("VIRTIO_WIN");
  g_autofree char *folder = g_build_filename (root, "usr", "share", "virtio-win", NULL);
  g_autofree char *iso = g_build_filename (folder, "virtio-win.iso", NULL);

  if (named != NULL)
    return is_readable (named) ? g_strdup (named) : NULL;
  if (is_readable (iso))
    return g_steal_pointer (&iso);

  return is_readable (folder) ? g_steal_pointer (&folder) : NULL;
}

gboolean
ferry_host_data_has_rhsrvany (const char *root)
{
  static const char *const services[] = { "rhsrvany.exe", "pvvxsvc.exe" };
  const char *named = g_getenv ("VIRT_TOOLS_DATA_DIR");
  g_autofree char *folder = named != NULL
                                ? g_strdup (named)
                                : g_build_filename (root, "usr", "share", "virt-tools", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *path = g_build_filename (folder, services[i], NULL);

      if (is_readable (path))
        return TRUE;
    }

  return FALSE;
}

gboolean
ferry_host_data_has_ovmf (const char *root)
{
  static const char *const firmwares[] = {
    "OVMF/OVMF_CODE.fd",         "OVMF/OVMF_CODE_4M.fd",
    "edk2/ovmf/OVMF_CODE.fd",    "edk2/ovmf/OVMF_CODE_4M.qcow2",
    "edk2/x64/OVMF_CODE.fd",     "edk2/x64/OVMF_CODE.4m.fd",
    "qemu/ovmf-x86_64-code.bin", "qemu/edk2-x86_64-code.fd",
  };

  for (guint i = 0; i < G_N_ELEMENTS (firmwares); i++)
    {
      g_autofree char *path = g_build_filename (root, "usr", "share", firmwares[i], NULL);

      if (is_readable (path))
        return TRUE;
    }

  return FALSE;
}

gint64
ferry_host_data_get_behind (const char *root, gint64 now)
{
  static const char *const written[] = { "etc", "etc/ld.so.cache", "usr/bin", "var/lib",
                                         "var/log" };
  gint64 newest = now;

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *path = g_build_filename (root, written[i], NULL);
      struct stat info;

      if (stat (path, &info) == 0)
        newest = MAX (newest, (gint64) info.st_mtime);
    }

  return newest - now > CLOCK_LEEWAY_SECONDS ? newest - now : 0;
}
