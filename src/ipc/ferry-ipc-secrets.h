/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* Passwords on their way to the worker: in a file without a name, handed over as a descriptor, so
 * that they are in no message that somebody may watch. */

/**
 * ferry_ipc_pack_secrets:
 * @source: whose passwords are meant
 * @fds: what the message will carry
 *
 * Returns: (floating): options for ImportPlan or RetryWith: with "secrets" when there are any
 */
GVariant *
ferry_ipc_pack_secrets (const FerryPlanSource *source, GUnixFDList *fds, GError **error);

/**
 * ferry_ipc_unpack_secrets: into @source; what @options does not have is left as it is
 *
 * Errors: FERRY_ERROR_INVALID
 */
gboolean ferry_ipc_unpack_secrets (GDBusMethodInvocation *invocation,
                                   GVariant *options,
                                   FerryPlanSource *source,
                                   GError **error);

/** ferry_ipc_write_secrets: a file at its beginning; %-1 with @error */
int ferry_ipc_write_secrets (const FerryPlanSource *source, GError **error);
gboolean ferry_ipc_read_secrets (int fd, FerryPlanSource *source, GError **error);

G_END_DECLS
