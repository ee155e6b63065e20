/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-trust.h"

G_BEGIN_DECLS

/* What the files of trust share with each other. */

/** ferry_trust_check_address: FERRY_ERROR_INVALID */
gboolean ferry_trust_check_address (const char *address, GError **error);

gboolean ferry_trust_accept_certificate (const FerryTrustQuestion *question, GError **error);
gboolean ferry_trust_forget_certificate (const char *address, GError **error);
gboolean ferry_trust_accept_host_key (const FerryTrustQuestion *question, GError **error);
gboolean ferry_trust_forget_host_key (const char *address, GError **error);

G_END_DECLS
