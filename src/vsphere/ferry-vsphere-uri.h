/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/**
 * ferry_vsphere_dup_libvirt_uri:
 *
 * What libvirt and virt-v2v call this source, for other programs and for people; Ferry itself does
 * not need it. With a data center "vpx://user@vc/DC/Cluster/esx" (as oVirt writes it: '/' within a
 * part as %2F), without one "esx://user@host/"; "?no_verify=1" when the certificate is not
 * verified.
 *
 * Returns: (transfer full) (nullable): %NULL when its address is none
 */
char *ferry_vsphere_dup_libvirt_uri (const FerryPlanSource *source);

/** ferry_vsphere_is_uri: whether it begins with vsphere://, vpx:// or esx:// */
gboolean ferry_vsphere_is_uri (const char *text);

/**
 * ferry_vsphere_parse_uri:
 * @text: vsphere://, vpx:// or esx:// [USER@]HOST[:PORT][/DC[/CLUSTER]/ESX][?no_verify=1]
 *
 * With more than three parts the last is the host, the one before it the cluster, and the rest the
 * data center with its folders.
 *
 * Returns: (transfer full): or %NULL with FERRY_ERROR_INVALID
 */
FerryPlanSource *ferry_vsphere_parse_uri (const char *text, GError **error);

G_END_DECLS
