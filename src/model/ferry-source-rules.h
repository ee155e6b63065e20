/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* What may be entered for a source. All take what was typed, blanks around it and all, and return
 * (transfer full) (nullable): a sentence that says what is wrong; NULL: nothing. They never block:
 * a wizard asks them at every key. */

/** ferry_source_check_host: a host name, an IPv4 or an IPv6 address (in brackets or not), and
 * ":port" behind it, before which an IPv6 address needs its brackets */
char *ferry_source_check_host (const char *text);
/** ferry_source_check_user: "joe", "joe@domain" or "DOMAIN\joe", as oVirt takes them */
char *ferry_source_check_user (const char *text);
/** ferry_source_check_libvirt_uri: known schemes or well-formed ones; a password must not be in
 * it */
char *ferry_source_check_libvirt_uri (const char *text);
/** ferry_source_check_inventory: a data center, cluster or ESXi host, by name or path; may be
 * empty */
char *ferry_source_check_inventory (const char *text);
/** ferry_source_check_vddk_dir: an absolute path that can be given to nbdkit */
char *ferry_source_check_vddk_dir (const char *text);

/** ferry_source_check: the first thing that is wrong with @source; its passwords are not looked
 * at */
char *ferry_source_check (const FerryPlanSource *source);

G_END_DECLS
