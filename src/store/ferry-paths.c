/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-paths.h"

#include "ferry-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* What a login shell has where nobody set PATH: a service started by an odd session. */
#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"

static FerryError
code_from_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      return FERRY_ERROR_NO_SPACE;
    case EACCES:
    case EPERM:
    case EROFS:
      return FERRY_ERROR_PERMISSION;
    default:
      return FERRY_ERROR_FAILED;
    }
}

/* The variable's folder, else one named ferry in @base_dir. */
static char *
dup_configured_dir (const char *variable, const char *base_dir)
{
  const char *value = g_getenv (variable);

  if (value != NULL && value[0] != '\0')
    return g_canonicalize_filename (value, NULL);

  return g_build_filename (base_dir, "ferry", NULL);
}

static char *
make_private_dir (char *path, GError **error)
{
  g_autofree char *owned = path;

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      int saved_errno = errno;

      ferry_fail (error, code_from_errno (saved_errno),
                  _("The folder ‘%s’ cannot be made: %s. Check who owns the folder above it."),
                  path, g_strerror (saved_errno));
      return NULL;
    }

  return g_steal_pointer (&owned);
}

/**
 * ferry_paths_dup_state_dir:
 *
 * Returns: (transfer full) (nullable): $XDG_STATE_HOME/ferry, or $FERRY_STATE_DIR; it exists
 * Errors: FERRY_ERROR_NO_SPACE, FERRY_ERROR_PERMISSION, FERRY_ERROR_FAILED
 */
char *
ferry_paths_dup_state_dir (GError **error)
{
  return make_private_dir (dup_configured_dir ("FERRY_STATE_DIR", g_get_user_state_dir ()), error);
}

/** ferry_paths_dup_imports_dir: the journal's folder; it exists. Errors as for the state folder */
char *
ferry_paths_dup_imports_dir (GError **error)
{
  g_autofree char *state_dir = ferry_paths_dup_state_dir (error);

  if (state_dir == NULL)
    return NULL;

  return make_private_dir (g_build_filename (state_dir, "imports", NULL), error);
}

/** ferry_paths_dup_config_dir: what the user has set up; it exists. Errors as for the state folder */
char *
ferry_paths_dup_config_dir (GError **error)
{
  return make_private_dir (dup_configured_dir ("FERRY_CONFIG_DIR", g_get_user_config_dir ()),
                           error);
}

char *
ferry_paths_dup_config_folder (const char *name, GError **error)
{
  g_autofree char *config_dir = ferry_paths_dup_config_dir (error);

  return config_dir != NULL ? make_private_dir (g_build_filename (config_dir, name, NULL), error)
                            : NULL;
}

/** ferry_paths_dup_cache_dir: what can be made again; it exists. Errors as for the state folder */
char *
ferry_paths_dup_cache_dir (GError **error)
{
  return make_private_dir (dup_configured_dir ("FERRY_CACHE_DIR", g_get_user_cache_dir ()), error);
}

static char *
dup_variable_or (const char *variable, const char *fallback)
{
  const char *value = g_getenv (variable);

  return g_strdup (value != NULL && value[0] != '\0' ? value : fallback);
}

/** ferry_paths_dup_tmp_dir: where disk images fit: /var/tmp, not the memory that /tmp may be */
char *
ferry_paths_dup_tmp_dir (void)
{
  return dup_variable_or ("FERRY_TMPDIR", "/var/tmp");
}

/** ferry_paths_dup_appliance_dir: where libguestfs keeps the appliance that all imports share */
char *
ferry_paths_dup_appliance_dir (void)
{
  return dup_variable_or ("LIBGUESTFS_CACHEDIR", "/var/tmp");
}

/** ferry_paths_dup_tool_path: the PATH of child processes, $FERRY_TOOL_PATH first */
char *
ferry_paths_dup_tool_path (void)
{
  const char *ours = g_getenv ("FERRY_TOOL_PATH");
  g_autofree char *path = dup_variable_or ("PATH", DEFAULT_PATH);

  if (ours == NULL || ours[0] == '\0')
    return g_steal_pointer (&path);

  return g_strconcat (ours, ":", path, NULL);
}

static gboolean
is_program (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR);
}

/**
 * ferry_paths_dup_tool:
 * @name: a program's name, or its absolute path
 *
 * Returns: (transfer full) (nullable): its absolute path; %NULL when it is not installed. Relative
 *   folders in PATH are passed over: what runs must not depend on where Ferry was started.
 */
char *
ferry_paths_dup_tool (const char *name)
{
  g_autofree char *tool_path = NULL;
  g_auto (GStrv) folders = NULL;

  g_return_val_if_fail (name != NULL && name[0] != '\0', NULL);

  if (g_path_is_absolute (name))
    return is_program (name) ? g_strdup (name) : NULL;

  tool_path = ferry_paths_dup_tool_path ();
  folders = g_strsplit (tool_path, ":", -1);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_path_is_absolute (path) && is_program (path))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/** ferry_paths_dup_libexec: the path of Ferry's own helper program @name, there or not */
char *
ferry_paths_dup_libexec (const char *name)
{
  g_autofree char *variable = dup_variable_or ("FERRY_LIBEXECDIR", FERRY_LIBEXECDIR);
  /* Several in a build folder, where each layer has its own. */
  g_auto (GStrv) folders = g_strsplit (variable, ":", -1);

  for (guint i = 1; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (is_program (path))
        return g_steal_pointer (&path);
    }

  return g_build_filename (folders[0], name, NULL);
}

/**
 * ferry_paths_write_atomic:
 * @text: (array length=length): what the file shall hold
 * @length: in bytes, or -1: @text ends with a NUL
 *
 * Replaces the file, which only its owner may read: after a crash it holds all of the old or all of
 * the new, and once this has returned, the new.
 *
 * Errors: FERRY_ERROR_NO_SPACE, FERRY_ERROR_PERMISSION, FERRY_ERROR_FAILED
 */
gboolean
ferry_paths_write_atomic (const char *path, const char *text, gssize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  FerryError code = FERRY_ERROR_FAILED;

  if (g_file_set_contents_full (path, text, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    code = FERRY_ERROR_NO_SPACE;
  else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
           || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_PERM)
           || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    code = FERRY_ERROR_PERMISSION;

  return ferry_fail (error, code, _("‘%s’ cannot be written: %s."), path, local_error->message);
}
