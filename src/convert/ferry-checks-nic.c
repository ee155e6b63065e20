/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A guest's network adapters: networks and MAC addresses. */

/* libvirt gives addresses that begin so to its own side of a guest's network. */
#define RESERVED_MAC_PREFIX "fe:"

static FerryUseNic
get_position (const FerryChecking *checking, guint index)
{
  return (FerryUseNic){ checking->index, index };
}

static void
check_mac_conflicts (FerryChecking *checking, guint index, const char *name, const char *mac)
{
  const FerryUseNic position = get_position (checking, index);

  if (ferry_use_has_mac_before (checking->use, &position, mac))
    ferry_checking_add (checking, "nic.mac-duplicate", FERRY_SEVERITY_WARNING,
                        _ ("Choose a new MAC address for one of them, unless they never share a "
                           "network."),
                        _ ("The network adapter ‘%s’ has the MAC address %s, which another one of "
                           "this "
                           "plan has too."),
                        name, mac);
  if (ferry_use_has_taken_mac (checking->use, mac))
    ferry_checking_add (
        checking, "nic.mac-taken", FERRY_SEVERITY_WARNING,
        _ ("Choose a new MAC address for it, unless the two never share a network."),
        _ ("The network adapter ‘%s’ has the MAC address %s, which a virtual machine "
           "at the destination has too."),
        name, mac);
}

static void
check_mac (FerryChecking *checking, guint index)
{
  const char *name = ferry_guest_get_nic (checking->guest->source, index)->name;
  const char *mac = ferry_checks_get_mac (checking->guest, index);

  if (ferry_plan_guest_get_nic (checking->guest, index)->mac_kind == FERRY_MAC_NEW)
    return;
  if (!ferry_mac_is_valid (mac))
    {
      ferry_checking_add (checking, "nic.mac-invalid", FERRY_SEVERITY_BLOCKER,
                          _ ("Enter an address like 52:54:00:12:34:56, or choose a new one."),
                          _ ("The network adapter ‘%s’ has no valid MAC address: ‘%s’."), name,
                          mac != NULL ? mac : "");
      return;
    }
  check_mac_conflicts (checking, index, name, mac);
  if (checking->plan->destination.kind == FERRY_DESTINATION_LIBVIRT &&
      g_ascii_strncasecmp (mac, RESERVED_MAC_PREFIX, strlen (RESERVED_MAC_PREFIX)) == 0)
    ferry_checking_add (checking, "nic.mac-reserved", FERRY_SEVERITY_WARNING,
                        _ ("Choose a new MAC address for it."),
                        _ ("The network adapter ‘%s’ has the MAC address %s. Those that begin with "
                           "‘fe’ are kept by libvirt for itself, and it starts no virtual machine "
                           "that has one."),
                        name, mac);
}

static void
add_unknown (FerryChecking *checking, const char *nic, const FerryPlanNetwork *network)
{
  if (network->kind == FERRY_NETWORK_NETWORK)
    ferry_checking_add (checking, "destination.no-network", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose another network in Settings, or make it at the destination."),
                        _ ("The network adapter ‘%s’ goes to the network ‘%s’, which the "
                           "destination "
                           "does not have."),
                        nic, network->name);
  else
    /* libvirt does not see every bridge, only those of its interface driver. */
    ferry_checking_add (checking, "destination.no-bridge", FERRY_SEVERITY_WARNING,
                        _ ("Make sure that the bridge exists there before the virtual machine is "
                           "started."),
                        _ ("The network adapter ‘%s’ goes to the bridge ‘%s’, which the "
                           "destination "
                           "does not list."),
                        nic, network->name);
}

static gboolean
is_known (const FerryDestinationFacts *destination, const FerryPlanNetwork *network)
{
  char **names =
      network->kind == FERRY_NETWORK_BRIDGE ? destination->bridges : destination->networks;

  return destination->any_network || g_strv_contains ((const char *const *) names, network->name);
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
                          _ ("Choose a network or bridge for it in Settings, or connect it to "
                             "nothing."),
                          _ ("Nobody has said where the network adapter ‘%s’ on ‘%s’ is to go."),
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

/* What QEMU has for a PC. */
static const char *const models[] = {
  "virtio",
  "virtio-transitional",
  "virtio-non-transitional",
  "e1000",
  "e1000e",
  "igb",
  "rtl8139",
  "vmxnet3",
  "pcnet",
  "ne2k_pci",
  "usb-net",
  NULL,
};

static gboolean
lacks_drivers (const FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;

  return !ferry_plan_guest_is_copied (checking->guest) && host != NULL && !host->has_virtio_win &&
         checking->plan->drivers == NULL &&
         ferry_checks_get_system (checking->guest) == FERRY_SYSTEM_WINDOWS;
}

static void
check_model (FerryChecking *checking, guint index)
{
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (checking->guest, index);
  const char *name = ferry_guest_get_nic (checking->guest->source, index)->name;

  if (planned->model == NULL)
    return;
  if (!g_strv_contains (models, planned->model))
    ferry_checking_add (checking, "nic.model-unknown", FERRY_SEVERITY_WARNING,
                        _ ("Choose another model in Settings, unless the destination has it."),
                        _ ("The network adapter ‘%s’ is to be of the model ‘%s’, which QEMU does "
                           "not "
                           "have for a PC."),
                        name, planned->model);
  else if (g_str_has_prefix (planned->model, "virtio") && lacks_drivers (checking))
    ferry_checking_add (checking, "nic.model-needs-driver", FERRY_SEVERITY_WARNING,
                        _ ("Choose the VirtIO drivers or another model in Settings."),
                        _ ("The network adapter ‘%s’ is to be of the model ‘%s’, for which Windows "
                           "gets no driver."),
                        name, planned->model);
}

static void
check_nics (FerryChecking *checking)
{
  for (guint i = 0; i < checking->guest->nics->len; i++)
    {
      if (ferry_guest_get_nic (checking->guest->source, i) == NULL)
        continue;
      checking->part = (int) i;
      check_network (checking, i);
      check_mac (checking, i);
      check_model (checking, i);
      ferry_checks_of_address (checking, i);
    }
  checking->part = -1;
}

static const FerryCheckFunc checks[] = { check_nics };

void
ferry_checks_of_nics (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
