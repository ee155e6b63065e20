/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-member.h"

G_BEGIN_DECLS

/**
 * ferry_folder_find:
 * @dir_fd: the folder
 * @name: checked by ferry_member_check_name ()
 *
 * Looks at @name below the folder without following a symbolic link anywhere on the way.
 *
 * Returns: (transfer full) (nullable): its @offset is 0; %NULL: there is none. A name that leads
 *   through a link is a %FERRY_MEMBER_LINK.
 */
FerryMember *ferry_folder_find (int dir_fd, const char *name);

/** ferry_folder_open: opens a regular file for reading; -1 with FERRY_ERROR_… */
int ferry_folder_open (int dir_fd, const char *name, GError **error);

/** ferry_folder_fail_errno: one sentence about @path with the code that fits @saved_errno */
gboolean ferry_folder_fail_errno (GError **error, const char *path, int saved_errno);

G_END_DECLS
