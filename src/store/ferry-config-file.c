/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-config-file.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_GROUP "Ferry"
#define VERSION_KEY "Version"
/* Far above what thousands of servers need. */
#define MAX_BYTES (16 * 1024 * 1024)
#define MAX_SET_ASIDE 1000

static gboolean
fail_to_read (const char *path, int number, GError **error)
{
  FerryError code = FERRY_ERROR_FAILED;

  if (number == ENOENT)
    code = FERRY_ERROR_NOT_FOUND;
  else if (number == EACCES || number == EPERM)
    code = FERRY_ERROR_PERMISSION;

  return ferry_fail (error, code, _("‘%s’ cannot be read: %s."), path, g_strerror (number));
}

static gboolean
check_status (const char *path, const struct stat *status, GError **error)
{
  if (!S_ISREG (status->st_mode))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not a file. Move away what is in its place."), path);
  if ((status->st_uid != geteuid () && status->st_uid != 0) ||
      (status->st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return ferry_fail (error, FERRY_ERROR_PERMISSION,
                       _("‘%s’ is not used because other users can change it. "
                          "Look at what is in it, then make it yours alone (chmod 600)."),
                       path);
  if (status->st_size > MAX_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is far larger than Ferry would make it. Move it away."), path);

  return TRUE;
}

static gboolean
read_all (int fd, char *text, gsize length, gsize *out_length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = read (fd, text + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  text[done] = '\0';
  *out_length = done;

  return TRUE;
}

gboolean
ferry_config_file_read (const char *path, char **out_text, gsize *out_length, GError **error)
{
  /* Not blocking: a pipe in the file's place must not hang Ferry. */
  g_auto (FerryFd) fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *text = NULL;
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    return fail_to_read (path, errno, error);
  if (!check_status (path, &status, error))
    return FALSE;

  text = g_malloc ((gsize) status.st_size + 1);
  if (!read_all (fd, text, (gsize) status.st_size, out_length))
    return fail_to_read (path, errno, error);
  *out_text = g_steal_pointer (&text);

  return TRUE;
}

gboolean
ferry_config_file_check_version (GKeyFile *file, const char *name, int version, GError **error)
{
  int found = g_key_file_get_integer (file, HEAD_GROUP, VERSION_KEY, NULL);

  if (found < 1)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is damaged: it does not say its version."), name);
  if (found > version)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ was written by a newer version of Ferry. Use that version."), name);

  return TRUE;
}

GKeyFile *
ferry_config_file_load (const char *path, int version, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!ferry_config_file_read (path, &text, &length, error))
    return NULL;
  if (!g_key_file_load_from_data (file, text, length,
                                  G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &local_error))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is damaged: %s."), path,
                  local_error->message);
      return NULL;
    }
  if (!ferry_config_file_check_version (file, path, version, error))
    return NULL;

  return g_steal_pointer (&file);
}

gboolean
ferry_config_file_save (GKeyFile *file, const char *path, int version, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_key_file_set_integer (file, HEAD_GROUP, VERSION_KEY, version);
  text = g_key_file_to_data (file, &length, NULL);

  return ferry_paths_write_atomic (path, text, (gssize) length, error);
}

static char *
dup_aside_path (const char *path, guint number)
{
  if (number == 1)
    return g_strconcat (path, ".damaged", NULL);

  return g_strdup_printf ("%s.damaged.%u", path, number);
}

gboolean
ferry_config_file_set_aside (const char *path, GError **error)
{
  int number = EEXIST;

  /* link() fails where rename() would write over what was set aside before. */
  for (guint i = 1; number == EEXIST && i <= MAX_SET_ASIDE; i++)
    {
      g_autofree char *aside = dup_aside_path (path, i);

      number = link (path, aside) == 0 ? 0 : errno;
    }
  if (number != 0)
    return ferry_fail (error, FERRY_ERROR_FAILED,
                       _("The damaged file ‘%s’ cannot be set aside: %s."), path,
                       g_strerror (number));
  g_unlink (path);

  return TRUE;
}
