/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-guest.h"

G_BEGIN_DECLS

/* The description inside a virtual appliance: OVF 0.9 (VMware ESX 3.5), 1.x and 2.x (DMTF
 * DSP0243), and what products make of it. Reads the text only; no file is looked for. */

/**
 * FerryOvfFile: one file that the description names
 * @id: (owned): as disks refer to it
 * @href: (owned): as written, maybe percent-encoded, maybe a URL
 * @size_bytes: of the file as stored, all chunks together; -1: not said
 * @compression: (owned) (nullable): "gzip", or a word that Ferry does not know; NULL: none
 * @chunk_bytes: size of one chunk; 0: it is whole
 */
typedef struct
{
  char *id;
  char *href;
  gint64 size_bytes;
  char *compression;
  guint64 chunk_bytes;
} FerryOvfFile;

/**
 * FerryOvfSystem: one virtual machine of the description
 * @id: (owned): the VirtualSystem's ovf:id, or "" when it has none
 * @guest: (owned): its id is a copy of @id, for the source to replace
 * @files: (owned) (element-type FerryOvfFile) (nullable elements): for each of the guest's disks
 *   the file that holds it, borrowed from the FerryOvf; NULL: a blank disk
 */
typedef struct
{
  char *id;
  FerryGuest *guest;
  GPtrArray *files;
} FerryOvfSystem;

/**
 * FerryOvf:
 * @files: (owned) (element-type FerryOvfFile): in the description's order
 * @systems: (owned) (element-type FerryOvfSystem): at least one, collections opened
 */
typedef struct
{
  GPtrArray *files;
  GPtrArray *systems;
} FerryOvf;

/**
 * ferry_ovf_parse:
 * @text: the description
 * @base_name: name of its file without ".ovf": stands in for a name that is missing
 *
 * What is missing or odd becomes a check of the guest, and stays unknown in its fields.
 *
 * Returns: (transfer full): or %NULL with %FERRY_ERROR_INVALID
 */
FerryOvf *ferry_ovf_parse (GBytes *text, const char *base_name, GError **error);
void ferry_ovf_free (FerryOvf *ovf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOvf, ferry_ovf_free)

G_END_DECLS
