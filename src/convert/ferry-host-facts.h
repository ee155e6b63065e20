/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

FerryHostFacts *ferry_host_facts_gather (FerryHost *host,
                                         GCancellable *cancellable,
                                         GError **error);

/* Reading what virt-v2v says of itself. */
char *ferry_host_facts_parse_version (const char *text);
char **ferry_host_facts_parse_words (const char *text);

G_END_DECLS
