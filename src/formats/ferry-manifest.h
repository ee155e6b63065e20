/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-archive.h"
#include "ferry-monitor.h"

G_BEGIN_DECLS

/**
 * FerryManifestEntry: one line of a manifest
 * @name: (owned): of a file beside the description
 * @algorithm: (owned): as written: "SHA256"
 * @digest: (owned): hexadecimal, lower case
 */
typedef struct
{
  char *name;
  char *algorithm;
  char *digest;
} FerryManifestEntry;

/**
 * ferry_manifest_parse:
 * @text: lines of "SHA256(NAME)= DIGEST" (DSP0243 section 5.1), blanks as they like
 * @out_n_odd: (out): lines that are something else
 *
 * Returns: (transfer full) (element-type FerryManifestEntry): in the manifest's order
 */
GPtrArray *ferry_manifest_parse (GBytes *text, guint *out_n_odd);

/**
 * ferry_manifest_verify:
 * @archive: the appliance
 * @names: (nullable) (element-type utf8): verify only these members of @archive; %NULL: all
 * @checks: (element-type FerryCheck): what is found is appended
 *
 * Reads every file that the manifest lists and compares its digest. An archive is read once, from
 * its beginning to its end.
 *
 * Errors: that verifying was not possible: the archive cannot be read, or CANCELLED
 */
gboolean ferry_manifest_verify (FerryArchive *archive,
                                const GPtrArray *names,
                                GPtrArray *checks,
                                const FerryMonitor *monitor,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
