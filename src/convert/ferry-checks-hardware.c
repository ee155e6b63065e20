/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* A guest's disks and network adapters. */

/* What qemu reads and is known to be converted; "vpc" is VHD. */
static const char *const formats[] = { "raw", "qcow2", "vmdk", "vhdx", "vdi", "vpc", NULL };

static void
check_has_disks (FerryChecking *checking)
{
  if (checking->guest->source->disks->len == 0)
    ferry_checking_add (checking, "disk.none", FERRY_SEVERITY_BLOCKER,
                        _("Leave it out, or export it again with its disks."),
                        _("It has no disks, so there is nothing to convert."));
}

static void
check_file (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->file == NULL)
    ferry_checking_add (checking, "disk.no-file", FERRY_SEVERITY_BLOCKER,
                        _("Remove the disk at the source and export the virtual machine again; add "
                          "an empty one after the import."),
                        _("The disk ‘%s’ is blank: the source has no file with its data."),
                        disk->name);
}

static void
check_format (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->file == NULL)
    return;
  if (disk->format == NULL)
    ferry_checking_add (checking, "disk.format-unknown", FERRY_SEVERITY_WARNING,
                        _("Nothing needs to be done: the format is found out when the disk is "
                          "read. If it is none that Ferry knows, the import fails before the "
                          "conversion."),
                        _("The source does not say which format the disk ‘%s’ has."), disk->name);
  else if (!g_strv_contains (formats, disk->format))
    ferry_checking_add (checking, "disk.format-unsupported", FERRY_SEVERITY_BLOCKER,
                        _("Convert the disk into another format, for example with ‘qemu-img "
                          "convert’, or export it again."),
                        _("The disk ‘%s’ has the format ‘%s’, which cannot be converted."),
                        disk->name, disk->format);
}

static void
check_capacity (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->capacity_bytes == 0 && disk->file != NULL)
    ferry_checking_add (checking, "disk.no-capacity", FERRY_SEVERITY_WARNING,
                        _("Nothing needs to be done: the disk’s file tells it during the import. "
                          "Make sure that there is room for it."),
                        _("The source does not say how large the disk ‘%s’ is."), disk->name);
}

static void
check_disks (FerryChecking *checking)
{
  const FerryGuest *source = checking->guest->source;

  for (guint i = 0; i < source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (source, i);

      if (!ferry_plan_guest_includes (checking->guest, i))
        continue;
      checking->part = (int) i;
      check_file (checking, disk);
      check_format (checking, disk);
      check_capacity (checking, disk);
    }
  checking->part = -1;
}

/* The MAC that a NIC will have; NULL when the destination makes one. */
static const char *
get_mac (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);

  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return ferry_guest_get_nic (guest->source, index)->mac;
    case FERRY_MAC_FIXED:
      return nic->mac;
    case FERRY_MAC_NEW:
      break;
    }

  return NULL;
}

/* The first of equal MACs may have it: NICs before this one, and guests before this one. */
static gboolean
mac_is_used_before (const FerryChecking *checking, guint nic_index, const char *mac)
{
  for (guint i = 0; i <= checking->index; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (checking->plan, i);
      guint end = i == checking->index ? nic_index : guest->nics->len;

      for (guint n = 0; n < end; n++)
        {
          const char *other = get_mac (guest, n);

          if (other != NULL && g_ascii_strcasecmp (other, mac) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

static void
check_mac (FerryChecking *checking, guint index)
{
  const char *name = ferry_guest_get_nic (checking->guest->source, index)->name;
  const char *mac = get_mac (checking->guest, index);

  if (ferry_plan_guest_get_nic (checking->guest, index)->mac_kind == FERRY_MAC_NEW)
    return;
  if (!ferry_mac_is_valid (mac))
    ferry_checking_add (checking, "nic.mac-invalid", FERRY_SEVERITY_BLOCKER,
                        _("Enter an address like 52:54:00:12:34:56, or choose a new one."),
                        _("The network adapter ‘%s’ has no valid MAC address: ‘%s’."), name,
                        mac != NULL ? mac : "");
  else if (mac_is_used_before (checking, index, mac))
    ferry_checking_add (checking, "nic.mac-duplicate", FERRY_SEVERITY_WARNING,
                        _("Choose a new MAC address for one of them, unless they never share a "
                          "network."),
                        _("The network adapter ‘%s’ has the MAC address %s, which another one of this "
                          "plan has too."),
                        name, mac);
}

static void
add_unknown (FerryChecking *checking, const char *nic, const FerryPlanNetwork *network)
{
  if (network->kind == FERRY_NETWORK_NETWORK)
    ferry_checking_add (checking, "destination.no-network", FERRY_SEVERITY_BLOCKER,
                        _("Choose another network in Settings, or make it at the destination."),
                        _("The network adapter ‘%s’ goes to the network ‘%s’, which the destination "
                          "does not have."),
                        nic, network->name);
  else
    /* libvirt does not see every bridge, only those of its interface driver. */
    ferry_checking_add (checking, "destination.no-bridge", FERRY_SEVERITY_WARNING,
                        _("Make sure that the bridge exists there before the virtual machine is "
                          "started."),
                        _("The network adapter ‘%s’ goes to the bridge ‘%s’, which the destination "
                          "does not list."),
                        nic, network->name);
}

static gboolean
is_known (const FerryDestinationFacts *destination, const FerryPlanNetwork *network)
{
  char **names = network->kind == FERRY_NETWORK_BRIDGE ? destination->bridges
                                                       : destination->networks;

  return destination->any_network ||
         g_strv_contains ((const char *const *) names, network->name);
}

static void
check_network (FerryChecking *checking, guint index)
{
  const FerryPlanNetwork *network = &ferry_plan_guest_get_nic (checking->guest, index)->network;
  const FerryNic *source = ferry_guest_get_nic (checking->guest->source, index);
  const FerryDestinationFacts *destination = checking->facts->destination;

  switch (network->kind)
    {
    case FERRY_NETWORK_UNMAPPED:
      ferry_checking_add (checking, "nic.unmapped", FERRY_SEVERITY_BLOCKER,
                          _("Choose a network or bridge for it in Settings, or connect it to "
                            "nothing."),
                          _("Nobody has said where the network adapter ‘%s’ on ‘%s’ is to go."),
                          source->name, source->network != NULL ? source->network : "");
      break;
    case FERRY_NETWORK_NETWORK:
    case FERRY_NETWORK_BRIDGE:
      if (destination != NULL && !is_known (destination, network))
        add_unknown (checking, source->name, network);
      break;
    case FERRY_NETWORK_NONE:
      break;
    }
}

static void
check_nics (FerryChecking *checking)
{
  for (guint i = 0; i < checking->guest->nics->len; i++)
    {
      checking->part = (int) i;
      check_network (checking, i);
      check_mac (checking, i);
    }
  checking->part = -1;
}

static const FerryCheckFunc checks[] = { check_has_disks, check_disks, check_nics };

void
ferry_checks_of_hardware (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
