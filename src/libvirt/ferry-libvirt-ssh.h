/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The file of host keys that Ferry's user has consented to travels under this name: libvirt hands
 * ssh but a handful of variables on, and of those this one has no other use where nobody may be
 * asked. */
#define FERRY_SSH_KNOWN_HOSTS "SSH_ASKPASS"

/**
 * ferry_ssh_make_argv:
 * @known_hosts: (nullable): Ferry's own file, looked into beside the user's
 * @arguments: NULL-terminated
 */
char **ferry_ssh_make_argv (const char *known_hosts, const char *const *arguments);

G_END_DECLS
