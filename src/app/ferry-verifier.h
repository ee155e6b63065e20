/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerryVerifier:
 *
 * Reads the disks of a draft's guests against their manifests in the background, one guest after
 * the other; what it finds becomes checks of the draft.
 *
 * Signal: "changed": it started, moved on, or ended
 */
#define FERRY_TYPE_VERIFIER (ferry_verifier_get_type ())
G_DECLARE_FINAL_TYPE (FerryVerifier, ferry_verifier, FERRY, VERIFIER, GObject)

FerryVerifier *ferry_verifier_new (FerryDraft *draft);
/** ferry_verifier_has_checksums: only appliances come with any */
gboolean ferry_verifier_has_checksums (FerryVerifier *self);
/** ferry_verifier_start: with the guests that have not been verified */
void ferry_verifier_start (FerryVerifier *self);
void ferry_verifier_stop (FerryVerifier *self);
gboolean ferry_verifier_is_running (FerryVerifier *self);
/** ferry_verifier_is_done: every guest of the plan has been verified */
gboolean ferry_verifier_is_done (FerryVerifier *self);
/** ferry_verifier_get_fraction: of the guest being read; below 0: not known */
double ferry_verifier_get_fraction (FerryVerifier *self);
/** ferry_verifier_get_name: (nullable): of the guest being read */
const char *ferry_verifier_get_name (FerryVerifier *self);

G_END_DECLS
