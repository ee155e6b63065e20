/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of plan JSON, each list in the order of its enum: words[0] stands for 1. Known to the
 * reader and the writer only. */

static const char *const ferry_source_kind_words[] = { "ova", "vsphere", "libvirt", NULL };
static const char *const ferry_transport_words[] = { "https", "vddk", "ssh", "nfc", NULL };
static const char *const ferry_destination_kind_words[] = { "folder", "libvirt", NULL };
static const char *const ferry_format_words[] = { "qcow2", "raw", NULL };
static const char *const ferry_allocation_words[] = { "sparse", "preallocated", NULL };
/* UNMAPPED, the first of its enum, is null. */
static const char *const ferry_network_kind_words[] = { "unmapped", "none", "network", "bridge",
                                                        NULL };

G_END_DECLS
