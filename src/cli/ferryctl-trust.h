/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-trust.h"

G_BEGIN_DECLS

/**
 * ferryctl_trust_decide:
 * @accepted: (nullable): fingerprints of --trust
 *
 * Shows what a server has shown, and asks whether it shall be trusted from now on, where there is a
 * terminal. A server that has changed is trusted by --trust alone, so that nobody says yes out of habit.
 *
 * Returns: %TRUE when it is trusted and remembered
 * Errors: FERRY_ERROR_CERTIFICATE, and those of ferry_trust_accept()
 */
gboolean
ferryctl_trust_decide (const FerryTrustQuestion *question, char *const *accepted, GError **error);

/** ferryctl_trust_is_fingerprint: whether @given means @fingerprint: colons and case of hex digits
 * do not matter, nor does the word SHA256 before them */
gboolean ferryctl_trust_is_fingerprint (const FerryTrustQuestion *question, const char *given);

/** ferryctl_trust_describe: what there is to compare, in lines */
char *ferryctl_trust_describe (const FerryTrustQuestion *question);

G_END_DECLS
