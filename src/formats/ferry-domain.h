/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-guest.h"
#include "ferry-xml.h"

G_BEGIN_DECLS

/* libvirt's description of a virtual machine (formatdomain.html), as a live source has it. */

/**
 * ferry_domain_parse:
 * @text: a <domain>, of any hypervisor
 *
 * Its id is its UUID, or its name when it has none. Its disks are the hard disks in document order,
 * CD-ROM and floppy drives left out; a disk's file is a path, or "POOL/VOLUME", which no path of
 * libvirt's looks like. Sizes of disks are not in there. What is missing or odd becomes a check,
 * and stays unknown in its fields. Whether it runs is not said here.
 *
 * Returns: (transfer full): or %NULL with %FERRY_ERROR_INVALID
 */
FerryGuest *ferry_domain_parse (GBytes *text, GError **error);

/** ferry_domain_read_bytes: an amount of memory with libvirt's @unit; FALSE: none that makes
 * sense */
gboolean ferry_domain_read_bytes (const xmlNode *node, guint64 *out_bytes);
/** ferry_domain_is_hard_disk: of a <disk>, whether it is copied */
gboolean ferry_domain_is_hard_disk (const xmlNode *disk);

G_END_DECLS
