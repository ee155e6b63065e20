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
  { "disk.none", N_("No disk") },
  { "disk.rdm", N_("Raw device mapping") },
  { "disk.shared", N_("Shared disk") },
  { "disk.unreadable", N_("Disk cannot be read") },
  { "domain.host-device", N_("Uses devices of its host") },
  { "guest.already-kvm", N_("Made for KVM") },
  { "guest.changed", N_("Changed at the source") },
  { "guest.firmware-uefi", N_("Boots by UEFI") },
  { "guest.gone", N_("Gone from the source") },
  { "guest.name-duplicate", N_("Name twice in the plan") },
  { "guest.name-invalid", N_("Name not possible") },
  { "guest.name-taken", N_("Name taken at the destination") },
  { "guest.no-memory", N_("Memory unknown") },
  { "guest.no-name", N_("No name") },
  { "guest.no-vcpus", N_("CPUs unknown") },
  { "guest.not-started", N_("Cannot be started in a folder") },
  { "guest.running", N_("Not shut down") },
  { "guest.secure-boot", N_("Secure boot") },
  { "guest.snapshots", N_("Has snapshots") },
  { "guest.template", N_("Template") },
  { "guest.tpm", N_("Has a TPM") },
  { "guest.unreadable", N_("Cannot be read") },
  { "guest.uuid-duplicate", N_("BIOS UUID twice at the source") },
  { "host.copy-space", N_("No room to convert the format") },
  { "host.unpack-space", N_("No room to unpack") },
  { "manifest.mismatch", N_("Differs from its manifest") },
  { "manifest.none", N_("No manifest") },
  { "nic.bad-mac", N_("MAC address not usable") },
  { "nic.mac-duplicate", N_("MAC address twice") },
  { "nic.mac-invalid", N_("MAC address not valid") },
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
