/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-trust.h"

G_BEGIN_DECLS

/* Host keys of ssh: what a server shows, and what the user and Ferry know of it. */

/**
 * FerrySshHost: where ssh really goes, with the user's own configuration in force
 * @host: (owned): name or address; IPv6 without brackets
 * @user: (owned): at that host
 * @name: (owned): under which its key is known: "host", "[host]:2222", or an alias
 * @files: (owned): known_hosts of the user and of the system
 * @is_behind: another host lies between, so that it cannot be looked at from here
 */
typedef struct
{
  char *host;
  char *user;
  guint port;
  char *name;
  char **files;
  gboolean is_behind;
} FerrySshHost;

/**
 * ferry_ssh_host_find:
 * @host: as the user calls it, which may be a name of the ssh configuration only
 * @user: (nullable)
 * @port: 0: not said
 *
 * Errors: FERRY_ERROR_MISSING_TOOL, INVALID
 */
FerrySshHost *ferry_ssh_host_find (const char *host,
                                   const char *user,
                                   guint port,
                                   GCancellable *cancellable,
                                   GError **error);
void ferry_ssh_host_free (FerrySshHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerrySshHost, ferry_ssh_host_free)

/**
 * ferry_ssh_host_examine:
 * @uri: for messages
 * @out_question: (out) (nullable): NULL: its key is known
 *
 * Errors: FERRY_ERROR_NOT_FOUND (no such name), CONNECTION, MISSING_TOOL
 */
gboolean ferry_ssh_host_examine (const FerrySshHost *host,
                                 const char *uri,
                                 FerryTrustQuestion **out_question,
                                 GCancellable *cancellable,
                                 GError **error);

/** ferry_ssh_host_dup_known: (transfer full) (nullable): the lines of known_hosts about it, with
 * its name in the open, for a program that reads one file only; NULL: cancelled or no ssh */
char *
ferry_ssh_host_dup_known (const FerrySshHost *host, GCancellable *cancellable, GError **error);

G_END_DECLS
