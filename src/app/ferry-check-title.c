/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check-title.h"

#include <glib/gi18n-lib.h>

/* Those of one guest, which the list of guests can be filtered by; docs/checks.md has all. */
static const struct
{
  const char *id;
  const char *title;
} titles[] = {
  { "destination.no-bridge", N_("Bridge not listed") },
  { "destination.no-network", N_("Network missing at the destination") },
  { "disk.boot-left-out", N_("Boot disk left out") },
  { "disk.capacity-differs", N_("Disk size differs from the description") },
  { "disk.encrypted", N_("Encrypted disk") },
  { "disk.file-missing", N_("Disk file missing") },
  { "disk.format-unknown", N_("Disk format unknown") },
  { "disk.format-unsupported", N_("Disk format not supported") },
  { "disk.has-parent", N_("Disk depends on another one") },
  { "disk.independent", N_("Independent disk") },
  { "disk.network", N_("Disk on a storage server") },
  { "disk.no-capacity", N_("Disk size unknown") },
  { "disk.no-file", N_("Blank disk") },
  { "disk.no-storage", N_("Storage missing at the destination") },
  { "disk.none", N_("No disk") },
  { "disk.none-included", N_("All disks left out") },
  { "disk.nvme", N_("NVMe disk") },
  { "disk.rdm", N_("Raw device mapping") },
  { "disk.shared", N_("Shared disk") },
  { "disk.storage-unusable", N_("Storage cannot be used") },
  { "disk.too-many", N_("Too many disks") },
  { "disk.unreadable", N_("Disk cannot be read") },
  { "domain.host-device", N_("Uses devices of its host") },
  { "guest.already-kvm", N_("Made for KVM") },
  { "guest.changed", N_("Changed at the source") },
  { "guest.drivers-missing", N_("VirtIO drivers not found") },
  { "guest.firmware-differs", N_("Firmware differs from the source") },
  { "guest.firmware-uefi", N_("Boots by UEFI") },
  { "guest.gone", N_("Gone from the source") },
  { "guest.hibernated", N_("Hibernated") },
  { "guest.name-case", N_("Name differs only in capitals") },
  { "guest.name-duplicate", N_("Name twice in the plan") },
  { "guest.name-invalid", N_("Name not possible") },
  { "guest.name-taken", N_("Name taken at the destination") },
  { "guest.no-drivers", N_("Windows without VirtIO drivers") },
  { "guest.no-key", N_("Encrypted, no key") },
  { "guest.no-memory", N_("Memory unknown") },
  { "guest.no-name", N_("No name") },
  { "guest.no-os", N_("No operating system found") },
  { "guest.no-rhsrvany", N_("Windows without rhsrvany") },
  { "guest.no-vcpus", N_("CPUs unknown") },
  { "guest.not-started", N_("Cannot be started in a folder") },
  { "guest.odd-topology", N_("CPU topology does not fit") },
  { "guest.os-unknown", N_("Operating system unknown") },
  { "guest.os-unsupported", N_("Operating system not supported") },
  { "guest.root-full", N_("File system nearly full") },
  { "guest.root-unknown", N_("Chosen operating system not found") },
  { "guest.running", N_("Not shut down") },
  { "guest.secure-boot", N_("Secure boot") },
  { "guest.several-roots", N_("Several operating systems") },
  { "guest.snapshots", N_("Has snapshots") },
  { "guest.template", N_("Template") },
  { "guest.tpm", N_("Has a TPM") },
  { "guest.unreadable", N_("Cannot be read") },
  { "guest.uuid-duplicate", N_("BIOS UUID twice at the source") },
  { "host.copy-space", N_("No room to convert the format") },
  { "host.no-ovmf", N_("No UEFI firmware") },
  { "host.no-ovmf-unsure", N_("Perhaps no UEFI firmware") },
  { "host.unpack-space", N_("No room to unpack") },
  { "manifest.mismatch", N_("Differs from its manifest") },
  { "manifest.none", N_("No manifest") },
  { "nic.address-duplicate", N_("Address twice") },
  { "nic.address-invalid", N_("Address not valid") },
  { "nic.address-no-rhsrvany", N_("Address cannot be set without rhsrvany") },
  { "nic.address-not-set", N_("Address is not set") },
  { "nic.address-unsupported", N_("Address cannot be set") },
  { "nic.bad-mac", N_("MAC address not usable") },
  { "nic.gateway-is-address", N_("Gateway is the address") },
  { "nic.gateway-outside", N_("Gateway outside of the network") },
  { "nic.mac-duplicate", N_("MAC address twice") },
  { "nic.mac-invalid", N_("MAC address not valid") },
  { "nic.mac-reserved", N_("MAC address reserved") },
  { "nic.mac-taken", N_("MAC address taken at the destination") },
  { "nic.model-needs-driver", N_("Network adapter without driver") },
  { "nic.model-unknown", N_("Network adapter model unknown") },
  { "nic.unmapped", N_("Network not chosen") },
};

const char *
ferry_check_get_title (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].id, id))
      return _ (titles[i].title);

  return NULL;
}
