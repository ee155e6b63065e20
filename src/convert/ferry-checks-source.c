/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* What only a running hypervisor says of its guests, and what is needed to read them there. */

/* Through VMware's own library, what a disk is made of is VMware's business. Everything else sees
 * files. */
static gboolean
reads_files (const FerryPlan *plan)
{
  return plan->source.kind != FERRY_SOURCE_VSPHERE ||
         plan->source.transport == FERRY_TRANSPORT_HTTPS ||
         plan->source.transport == FERRY_TRANSPORT_SSH;
}

static void
check_snapshots (FerryChecking *checking)
{
  int n = checking->guest->source->n_snapshots;

  if (n > 0)
    ferry_checking_add (checking, "guest.snapshots", FERRY_SEVERITY_WARNING,
                        _ ("Nothing needs to be done if the present state is wanted."),
                        ngettext ("It has %d snapshot. Only its present state is imported.",
                                  "It has %d snapshots. Only its present state is imported.", n),
                        n);
}

static void
check_secure_boot (FerryChecking *checking)
{
  if (checking->guest->source->secure_boot == FERRY_TRUTH_YES)
    ferry_checking_add (checking, "guest.secure-boot", FERRY_SEVERITY_WARNING,
                        _ ("If it does not start afterwards, turn secure boot off there, or give "
                           "it "
                           "a firmware with keys enrolled."),
                        _ ("It boots with secure boot, whose keys are not imported."));
}

static void
check_tpm (FerryChecking *checking)
{
  if (checking->guest->source->tpm == FERRY_TRUTH_YES)
    ferry_checking_add (checking, "guest.tpm", FERRY_SEVERITY_WARNING,
                        _ ("Have the recovery keys of encrypted disks (BitLocker) at hand, or turn "
                           "the encryption off before."),
                        _ ("It has a TPM, whose contents cannot be imported."));
}

static void
check_rdm (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_RDM) == 0)
    return;

  ferry_checking_add (checking, "disk.rdm",
                      reads_files (checking->plan) ? FERRY_SEVERITY_BLOCKER
                                                   : FERRY_SEVERITY_WARNING,
                      _ ("Turn it into a virtual disk at the source, leave it out, or choose the "
                         "transport VDDK."),
                      _ ("The disk ‘%s’ is a raw device mapping: its data lie on a LUN."),
                      disk->name);
}

static void
check_independent (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_INDEPENDENT) != 0)
    ferry_checking_add (checking, "disk.independent", FERRY_SEVERITY_NOTE,
                        _ ("Nothing needs to be done while the virtual machine is off."),
                        _ ("The disk ‘%s’ is independent: no snapshot contains it."), disk->name);
}

static void
check_shared (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_SHARED) != 0)
    ferry_checking_add (checking, "disk.shared", FERRY_SEVERITY_WARNING,
                        _ ("Shut all of them down for the import. Each one that is imported gets a "
                           "copy of its own."),
                        _ ("The disk ‘%s’ is shared with other virtual machines."), disk->name);
}

static void
check_encrypted (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_ENCRYPTED) != 0)
    ferry_checking_add (checking, "disk.encrypted", FERRY_SEVERITY_BLOCKER,
                        _ ("Decrypt it at the source, then read the source again."),
                        _ ("The disk ‘%s’ is encrypted by the hypervisor."), disk->name);
}

static void
check_network_disk (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_NETWORK) != 0)
    ferry_checking_add (checking, "disk.network", FERRY_SEVERITY_BLOCKER,
                        _ ("Copy it into a file or volume at the source, then read the source "
                           "again."),
                        _ ("The disk ‘%s’ lies on a storage server that only the source’s host "
                           "can reach."),
                        disk->name);
}

static void
check_parent (FerryChecking *checking, const FerryDisk *disk)
{
  if ((disk->flags & FERRY_DISK_HAS_PARENT) == 0 || !reads_files (checking->plan))
    return;

  ferry_checking_add (checking, "disk.has-parent", FERRY_SEVERITY_BLOCKER,
                      checking->plan->source.kind == FERRY_SOURCE_VSPHERE
                          ? _ ("Delete or consolidate its snapshots at the source, or choose the "
                               "transport VDDK.")
                          : _ ("Delete its snapshots at the source, or merge the images with "
                               "‘virsh "
                               "blockcommit’ or ‘blockpull’."),
                      _ ("The disk ‘%s’ holds only what differs from another one, because of a "
                         "snapshot or a template."),
                      disk->name);
}

static void
check_disk (FerryChecking *checking, const FerryDisk *disk)
{
  check_rdm (checking, disk);
  check_independent (checking, disk);
  check_shared (checking, disk);
  check_encrypted (checking, disk);
  check_network_disk (checking, disk);
  check_parent (checking, disk);
}

static void
check_disks (FerryChecking *checking)
{
  ferry_checks_each_disk (checking, check_disk);
}

static const FerryCheckFunc guest_checks[] = { check_snapshots, check_secure_boot, check_tpm,
                                               check_disks };

void
ferry_checks_of_origin (FerryChecking *checking)
{
  ferry_checking_run (checking, guest_checks, G_N_ELEMENTS (guest_checks));
}

/* --- the source itself --- */

static void
check_verified (FerryChecking *checking)
{
  if (!checking->plan->source.verify)
    ferry_checking_add (checking, "source.unverified", FERRY_SEVERITY_WARNING,
                        _ ("Turn the verification on: an unknown certificate is shown once and "
                           "remembered when you trust it."),
                        _ ("The server’s certificate is not verified: anybody on the way to it can "
                           "read the password and change the disks."));
}

const char *
ferry_checks_advise_plugin (FerryTransport transport)
{
  switch (transport)
    {
    case FERRY_TRANSPORT_HTTPS:
      return _ ("Install the package nbdkit (Debian), nbdkit-curl-plugin (Fedora).");
    case FERRY_TRANSPORT_VDDK:
      return _ (
          "Install the package nbdkit-vddk-plugin (Fedora; Debian has none), or choose another "
          "transport.");
    case FERRY_TRANSPORT_SSH:
      return _ ("Install the package nbdkit (Debian), nbdkit-ssh-plugin (Fedora).");
    case FERRY_TRANSPORT_NFC:
      return _ ("Install nbdkit-nfc-plugin, or choose another transport.");
    }

  return "";
}

static void
check_plugin (FerryChecking *checking)
{
  const FerryPlanSource *source = &checking->plan->source;
  const FerryHostFacts *host = checking->facts->host;
  const char *plugin = ferry_transport_get_plugin (source->transport);

  if (source->kind == FERRY_SOURCE_VSPHERE && host != NULL && host->has_nbdkit &&
      !ferry_host_facts_has_plugin (host, plugin))
    ferry_checking_add (checking, "host.no-nbdkit-plugin", FERRY_SEVERITY_BLOCKER,
                        ferry_checks_advise_plugin (source->transport),
                        _ ("nbdkit’s plugin ‘%s’ is missing on the conversion host, with which the "
                           "disks are read."),
                        plugin);
}

static void
check_vddk_dir (FerryChecking *checking)
{
  const FerryPlanSource *source = &checking->plan->source;

  if (source->kind == FERRY_SOURCE_VSPHERE && source->transport == FERRY_TRANSPORT_VDDK &&
      source->vddk_dir == NULL)
    ferry_checking_add (checking, "source.no-vddk-dir", FERRY_SEVERITY_BLOCKER,
                        _ ("Name the folder that the library was unpacked into, or choose another "
                           "transport."),
                        _ ("The transport VDDK needs VMware’s library, and nobody has said where "
                           "it "
                           "is."));
}

static const FerryCheckFunc source_checks[] = { check_verified, check_plugin, check_vddk_dir };

void
ferry_checks_of_source (FerryChecking *checking)
{
  ferry_checking_run (checking, source_checks, G_N_ELEMENTS (source_checks));
}
