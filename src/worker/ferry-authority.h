/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* Who may ask the worker anything: its own user, and nobody else. */

gboolean ferry_authority_check (GDBusConnection *connection,
                                const char *sender,
                                uid_t owner,
                                GError **error);
void ferry_authority_guard (GDBusInterfaceSkeleton *skeleton, uid_t owner);

G_END_DECLS
