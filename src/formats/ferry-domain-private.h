/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-domain.h"

G_BEGIN_DECLS

void ferry_domain_read_disks (const xmlNode *devices, FerryGuest *guest);
void ferry_domain_read_nics (const xmlNode *devices, FerryGuest *guest);
void ferry_domain_read_os (const xmlNode *domain, FerryGuest *guest);
void ferry_domain_read_firmware (const xmlNode *domain, FerryGuest *guest);

/** ferry_domain_warn: arguments as of ferry_check_new () */
void
ferry_domain_warn (FerryGuest *guest, const char *id, const char *advice, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_END_DECLS
