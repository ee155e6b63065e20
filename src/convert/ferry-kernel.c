/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-kernel.h"

#include <string.h>
#include <unistd.h>

static char *
take_if_readable (char *path)
{
  if (path != NULL && access (path, R_OK) == 0)
    return path;

  g_free (path);
  return NULL;
}

/* A fixed appliance has its own kernel: guestfs(3), LIBGUESTFS_PATH. */
static char *
find_fixed_appliance (void)
{
  const char *path = g_getenv ("LIBGUESTFS_PATH");
  g_auto (GStrv) folders = g_strsplit (path == NULL ? "" : path, ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *readme = g_build_filename (folders[i], "README.fixed", NULL);
      char *kernel = NULL;

      if (folders[i][0] == '\0' || access (readme, F_OK) != 0)
        continue;
      kernel = take_if_readable (g_build_filename (folders[i], "kernel", NULL));
      if (kernel != NULL)
        return kernel;
    }

  return NULL;
}

static gboolean
has_modules (const char *root, const char *version)
{
  g_autofree char *list =
    g_build_filename (root, "lib", "modules", version, "modules.dep", NULL);

  return access (list, R_OK) == 0;
}

/* vmlinuz-VERSION and, where it is not compressed, vmlinux-VERSION */
static const char *
get_version (const char *name)
{
  if (g_str_has_prefix (name, "vmlinuz-") || g_str_has_prefix (name, "vmlinux-"))
    return name + strlen ("vmlinuz-");

  return NULL;
}

static void
keep_newer (char **kernel, char **version, char *other_kernel, const char *other_version)
{
  if (other_kernel == NULL)
    return;
  if (*kernel != NULL && strverscmp (*version, other_version) >= 0)
    {
      g_free (other_kernel);
      return;
    }

  g_free (*kernel);
  g_free (*version);
  *kernel = other_kernel;
  *version = g_strdup (other_version);
}

static void
search_boot (const char *root, char **kernel, char **version)
{
  g_autofree char *path = g_build_filename (root, "boot", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      const char *other = get_version (name);

      if (other != NULL && has_modules (root, other))
        keep_newer (kernel, version, take_if_readable (g_build_filename (path, name, NULL)),
                    other);
    }
}

static void
search_modules (const char *root, char **kernel, char **version)
{
  g_autofree char *path = g_build_filename (root, "lib", "modules", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (has_modules (root, name))
      keep_newer (kernel, version,
                  take_if_readable (g_build_filename (path, name, "vmlinuz", NULL)), name);
}

/**
 * ferry_kernel_find:
 * @root: "/", or another folder in tests
 *
 * Looks for a kernel where supermin does, supermin(1): one that this user may read and whose
 * modules are there; SUPERMIN_KERNEL and a fixed appliance come first.
 *
 * Returns: (transfer full) (nullable): path of the kernel that libguestfs' appliance would start
 */
char *
ferry_kernel_find (const char *root)
{
  char *kernel = find_fixed_appliance ();
  g_autofree char *version = NULL;

  if (kernel == NULL)
    kernel = take_if_readable (g_strdup (g_getenv ("SUPERMIN_KERNEL")));
  if (kernel != NULL)
    return kernel;

  search_boot (root, &kernel, &version);
  search_modules (root, &kernel, &version);

  return kernel;
}
