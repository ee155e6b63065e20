/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

FerryHostFacts *ferry_host_facts_gather (FerryHost *host,
                                         GCancellable *cancellable,
                                         GError **error);

/* Reading what virt-v2v and nbdkit say of themselves. */
char *ferry_host_facts_parse_plugin_dir (const char *text);
char *ferry_host_facts_parse_version (const char *text);
char **ferry_host_facts_parse_words (const char *text);

G_END_DECLS
