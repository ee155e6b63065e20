/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Passwords, and keys of encrypted disks, on their way to the worker: in a file without a name, handed over as a descriptor, so
 * that they are in no message that somebody may watch. */

/**
 * ferry_ipc_pack_secrets:
 * @plan: whose secrets are meant: its source's passwords, its keys and those of its guests
 * @fds: what the message will carry
 *
 * Returns: (floating): options for ImportPlan or RetryWith: with "secrets" when there are any
 */
GVariant *
ferry_ipc_pack_secrets (const FerryPlan *plan, GUnixFDList *fds, GError **error);

/**
 * ferry_ipc_unpack_secrets: into @plan; what @options does not have is left as it is, but that any
 * key replaces all that were there
 *
 * Errors: FERRY_ERROR_INVALID
 */
gboolean ferry_ipc_unpack_secrets (GDBusMethodInvocation *invocation,
                                   GVariant *options,
                                   FerryPlan *plan,
                                   GError **error);

/** ferry_ipc_write_secrets: a file at its beginning; %-1 with @error */
int ferry_ipc_write_secrets (const FerryPlan *plan, GError **error);
gboolean ferry_ipc_read_secrets (int fd, FerryPlan *plan, GError **error);

G_END_DECLS
