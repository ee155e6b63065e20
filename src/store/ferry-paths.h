/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where Ferry keeps things. Each can be moved by the variable in brackets; all are made 0700 when
 * first asked for. */

/** ferry_paths_get_state_dir: $XDG_STATE_HOME/ferry [FERRY_STATE_DIR] */
char *ferry_paths_dup_state_dir (GError **error);
/** ferry_paths_dup_imports_dir: the journal: imports/ in the state folder */
char *ferry_paths_dup_imports_dir (GError **error);
/** ferry_paths_dup_config_dir: providers, trust: $XDG_CONFIG_HOME/ferry [FERRY_CONFIG_DIR] */
char *ferry_paths_dup_config_dir (GError **error);
/** ferry_paths_dup_config_folder: folder @name in there; it exists */
char *ferry_paths_dup_config_folder (const char *name, GError **error);
/** ferry_paths_dup_cache_dir: $XDG_CACHE_HOME/ferry [FERRY_CACHE_DIR] */
char *ferry_paths_dup_cache_dir (GError **error);
/** ferry_paths_dup_tmp_dir: large temporary files: /var/tmp [FERRY_TMPDIR]; never made */
char *ferry_paths_dup_tmp_dir (void);
/** ferry_paths_dup_appliance_dir: libguestfs' shared cache: /var/tmp [LIBGUESTFS_CACHEDIR] */
char *ferry_paths_dup_appliance_dir (void);
/** ferry_paths_dup_tool: @name's path in [FERRY_TOOL_PATH], $PATH; NULL: not installed */
char *ferry_paths_dup_tool (const char *name);
/** ferry_paths_dup_tool_path: the PATH for child processes, FERRY_TOOL_PATH first */
char *ferry_paths_dup_tool_path (void);
/** ferry_paths_dup_libexec: a helper program of Ferry [FERRY_LIBEXECDIR] */
char *ferry_paths_dup_libexec (const char *name);

gboolean ferry_paths_write_atomic (const char *path, const char *text, gssize length, GError **error);

G_END_DECLS
