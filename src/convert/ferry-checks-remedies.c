/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

/* What Ferry can do about each finding. What is not here can only be mended elsewhere. */
static const struct
{
  const char *id;
  FerryRemedy remedy;
} remedies[] = {
  { "plan.no-guests", FERRY_REMEDY_CHOOSE_GUESTS },
  { "host.unreachable", FERRY_REMEDY_CHOOSE_HOST },
  { "host.no-virt-v2v", FERRY_REMEDY_CHOOSE_HOST },
  { "host.virt-v2v-unsuitable", FERRY_REMEDY_CHOOSE_HOST },
  { "host.no-block-driver", FERRY_REMEDY_CHOOSE_BLOCK_DRIVER },
  { "destination.unreachable", FERRY_REMEDY_CHOOSE_DESTINATION },
  { "destination.folder-missing", FERRY_REMEDY_CHOOSE_DESTINATION },
  { "destination.not-writable", FERRY_REMEDY_CHOOSE_DESTINATION },
  { "destination.no-pool", FERRY_REMEDY_CHOOSE_STORAGE },
  { "destination.pool-unusable", FERRY_REMEDY_CHOOSE_STORAGE },
  { "destination.space", FERRY_REMEDY_CHOOSE_STORAGE },
  { "destination.space-unsure", FERRY_REMEDY_CHOOSE_STORAGE },
  { "destination.no-network", FERRY_REMEDY_CHOOSE_NETWORK },
  { "destination.no-bridge", FERRY_REMEDY_CHOOSE_NETWORK },
  { "source.unreadable", FERRY_REMEDY_CHOOSE_SOURCE },
  { "source.unverified", FERRY_REMEDY_CHOOSE_SOURCE },
  { "source.no-vddk-dir", FERRY_REMEDY_CHOOSE_SOURCE },
  { "source.certificate-unusable", FERRY_REMEDY_CHOOSE_SOURCE },
  { "host.no-nbdkit-plugin", FERRY_REMEDY_CHOOSE_SOURCE },
  { "guest.gone", FERRY_REMEDY_LEAVE_OUT },
  { "guest.changed", FERRY_REMEDY_LEAVE_OUT },
  { "guest.unreadable", FERRY_REMEDY_LEAVE_OUT },
  { "guest.name-invalid", FERRY_REMEDY_RENAME },
  { "guest.name-taken", FERRY_REMEDY_RENAME },
  { "guest.name-duplicate", FERRY_REMEDY_RENAME },
  { "guest.no-name", FERRY_REMEDY_RENAME },
  { "guest.no-memory", FERRY_REMEDY_SET_MEMORY },
  { "guest.no-vcpus", FERRY_REMEDY_SET_VCPUS },
  { "guest.name-case", FERRY_REMEDY_RENAME },
  { "guest.odd-topology", FERRY_REMEDY_SET_VCPUS },
  { "guest.os-unsupported", FERRY_REMEDY_CHOOSE_OS },
  { "guest.os-unknown", FERRY_REMEDY_CHOOSE_OS },
  { "guest.several-roots", FERRY_REMEDY_CHOOSE_ROOT },
  { "guest.root-unknown", FERRY_REMEDY_CHOOSE_ROOT },
  { "guest.no-key", FERRY_REMEDY_GIVE_KEY },
  { "guest.no-drivers", FERRY_REMEDY_CHOOSE_DRIVERS },
  { "guest.drivers-missing", FERRY_REMEDY_CHOOSE_DRIVERS },
  { "guest.not-started", FERRY_REMEDY_DO_NOT_START },
  { "disk.none", FERRY_REMEDY_LEAVE_OUT },
  { "disk.none-included", FERRY_REMEDY_INCLUDE_DISK },
  { "disk.boot-left-out", FERRY_REMEDY_INCLUDE_DISK },
  { "disk.too-many", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.no-storage", FERRY_REMEDY_CHOOSE_STORAGE },
  { "disk.storage-unusable", FERRY_REMEDY_CHOOSE_STORAGE },
  { "disk.no-file", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.format-unsupported", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.file-missing", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.path-outside", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.is-link", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.not-a-file", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.name-twice", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.remote-file", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.compression-unsupported", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.has-parent", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.outside-reference", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.wrong-format", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.unreadable", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.rdm", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.shared", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.encrypted", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.network", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.no-pool", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "disk.kind-unsupported", FERRY_REMEDY_LEAVE_OUT_DISK },
  { "nic.unmapped", FERRY_REMEDY_CHOOSE_NETWORK },
  { "nic.mac-duplicate", FERRY_REMEDY_NEW_MAC },
  { "nic.model-needs-driver", FERRY_REMEDY_CHOOSE_DRIVERS },
  { "nic.mac-taken", FERRY_REMEDY_NEW_MAC },
  { "nic.mac-reserved", FERRY_REMEDY_NEW_MAC },
  { "nic.address-not-set", FERRY_REMEDY_SET_ADDRESS },
  { "nic.address-unsupported", FERRY_REMEDY_SET_ADDRESS },
  { "nic.address-no-rhsrvany", FERRY_REMEDY_SET_ADDRESS },
  { "nic.address-duplicate", FERRY_REMEDY_SET_ADDRESS },
  { "nic.address-invalid", FERRY_REMEDY_SET_ADDRESS },
  { "nic.gateway-is-address", FERRY_REMEDY_SET_ADDRESS },
  { "nic.gateway-outside", FERRY_REMEDY_SET_ADDRESS },
  { "nic.mac-invalid", FERRY_REMEDY_NEW_MAC },
  { "nic.bad-mac", FERRY_REMEDY_NEW_MAC },
  { "domain.bad-number", FERRY_REMEDY_SET_MEMORY },
  { "domain.balloon", FERRY_REMEDY_SET_MEMORY },
  { "ovf.no-unit", FERRY_REMEDY_SET_MEMORY },
  { "ovf.unknown-unit", FERRY_REMEDY_SET_MEMORY },
  { "ovf.unknown-property", FERRY_REMEDY_SET_MEMORY },
  { "ovf.bad-number", FERRY_REMEDY_SET_MEMORY },
};

FerryRemedy
ferry_checks_find_remedy (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_str_equal (remedies[i].id, id))
      return remedies[i].remedy;

  return FERRY_REMEDY_NONE;
}

void
ferry_checks_fill_remedies (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      FerryCheck *check = g_ptr_array_index (checks, i);

      if (check->remedy == FERRY_REMEDY_NONE)
        check->remedy = ferry_checks_find_remedy (check->id);
    }
}
