/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ferry_ovf_parse_unit:
 * @text: "byte * 2^20", "byte*1024*1024", "MegaBytes", "GB", … (DSP0004 annex C, and what
 *   VirtualBox, oVirt and old VMware products write instead); upper and lower case are the same
 * @out_bytes: bytes of one unit, never 0
 *
 * Returns: %FALSE for a unit that is not known or does not fit
 */
gboolean ferry_ovf_parse_unit (const char *text, guint64 *out_bytes);

/**
 * ferry_ovf_parse_quantity:
 * @text: "2048", also with a fraction
 * @unit_bytes: from ferry_ovf_parse_unit ()
 *
 * Returns: %FALSE for what is not a number, is negative or beyond %G_MAXINT64
 */
gboolean ferry_ovf_parse_quantity (const char *text, guint64 unit_bytes, guint64 *out_bytes);

G_END_DECLS
