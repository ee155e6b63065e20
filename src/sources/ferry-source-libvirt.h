/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

/**
 * FerrySourceLibvirt:
 *
 * The guests of a libvirt daemon, wherever and of whatever hypervisor it is. KVM's are downloaded
 * as they are; others can be read where nbdkit or this computer reaches their disks.
 */
#define FERRY_TYPE_SOURCE_LIBVIRT (ferry_source_libvirt_get_type ())
/* The usual cast, FERRY_SOURCE_LIBVIRT (), is a kind of source in ferry-plan-source.h. */
G_DECLARE_FINAL_TYPE (FerrySourceLibvirt, ferry_source_libvirt, FERRY, LIBVIRT_SOURCE, GObject)

/** ferry_source_libvirt_new: @source: of kind LIBVIRT; copied, passwords included */
FerrySource *ferry_source_libvirt_new (const FerryPlanSource *source);

/** ferry_source_libvirt_take_uri: into @source, with what it says of verifying; FERRY_ERROR_INVALID
 * or UNSUPPORTED, with what to write instead */
gboolean ferry_source_libvirt_take_uri (FerryPlanSource *source, const char *uri, GError **error);

/** ferry_source_libvirt_takes_password: whether a password is of any use there; ssh lets in by keys */
gboolean ferry_source_libvirt_takes_password (const char *uri);
/** ferry_source_libvirt_names_user: whether @uri says who the user is */
gboolean ferry_source_libvirt_names_user (const char *uri);

G_END_DECLS
