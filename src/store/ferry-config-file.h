/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files in the configuration folder: only the user's own are believed, and what cannot be read is
 * never written over. */

/** ferry_config_file_read: the text of a file that nobody else can write to; it ends with a NUL.
 * FERRY_ERROR_NOT_FOUND, PERMISSION (others can write to it), INVALID (no file, or a huge one) */
gboolean
ferry_config_file_read (const char *path, char **out_text, gsize *out_length, GError **error);

/** ferry_config_file_load: (transfer full): a key file with its comments. Besides the errors of
 * ferry_config_file_read(): INVALID (damaged), UNSUPPORTED (written by a newer Ferry) */
GKeyFile *ferry_config_file_load (const char *path, int version, GError **error);
/** ferry_config_file_save: atomically, 0600, with @version in it */
gboolean ferry_config_file_save (GKeyFile *file, const char *path, int version, GError **error);
/** ferry_config_file_set_aside: renamed to PATH.damaged, or .damaged.2, … */
gboolean ferry_config_file_set_aside (const char *path, GError **error);

/** ferry_config_file_check_version: of a key file that came otherwise */
gboolean
ferry_config_file_check_version (GKeyFile *file, const char *name, int version, GError **error);

G_END_DECLS
