/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include "ferry-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* The static address that virt-v2v is to set in a guest. It does so in Windows only, with a script at the
 * first start. */

static void
check_support (FerryChecking *checking, const char *nic)
{
  const FerryHostFacts *host = checking->facts->host;

  if (ferry_plan_guest_is_copied (checking->guest))
    ferry_checking_add (checking, "nic.address-not-set", FERRY_SEVERITY_WARNING,
                        _ ("Set it from within after the import."),
                        _ ("The network adapter ‘%s’ is to have a static address, but a virtual "
                           "machine that is made for KVM is copied as it is."),
                        nic);
  else if (ferry_checks_get_system (checking->guest) == FERRY_SYSTEM_LINUX)
    ferry_checking_add (checking, "nic.address-not-set", FERRY_SEVERITY_WARNING,
                        _ ("Nothing needs to be done if it has that address already, since Linux "
                           "keeps it. Otherwise set it from within after the import."),
                        _ ("The network adapter ‘%s’ is to have a static address, but virt-v2v "
                           "sets "
                           "one in Windows only."),
                        nic);
  else if (host != NULL && host->words[0] != NULL &&
           !ferry_host_facts_has_word (host, "mac-ip-option"))
    ferry_checking_add (checking, "nic.address-unsupported", FERRY_SEVERITY_BLOCKER,
                        _ ("Set it from within after the import, or install a newer virt-v2v."),
                        _ ("The network adapter ‘%s’ is to have a static address, but the virt-v2v "
                           "of "
                           "the conversion host cannot set one."),
                        nic);
  else if (host != NULL && !host->has_rhsrvany)
    ferry_checking_add (checking, "nic.address-no-rhsrvany", FERRY_SEVERITY_BLOCKER,
                        _ ("Put rhsrvany.exe into /usr/share/virt-tools; it is in the package "
                           "mingw32-srvany (Fedora). Or set the address from within after the "
                           "import."),
                        _ ("The network adapter ‘%s’ is to have a static address, which Windows "
                           "gets "
                           "at its first start, and rhsrvany.exe is missing for that on the "
                           "conversion host."),
                        nic);
}

static void
check_duplicate (FerryChecking *checking, guint index, const char *nic)
{
  const FerryUseNic position = { checking->index, index };
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (checking->guest, index);

  if (ferry_use_has_address_before (checking->use, &position, planned))
    ferry_checking_add (checking, "nic.address-duplicate", FERRY_SEVERITY_WARNING,
                        _ ("Give one of them another address, unless they never share a network."),
                        _ ("The network adapter ‘%s’ is to have the address %s, which another one "
                           "of "
                           "this plan is to have too."),
                        nic, planned->address.ip);
}

/* The network of @ip; GLib wants the bits behind the prefix to be zero. */
static GInetAddressMask *
new_mask (GInetAddress *ip, guint prefix)
{
  gsize size = g_inet_address_get_native_size (ip);
  g_autofree guint8 *bytes = g_memdup2 (g_inet_address_to_bytes (ip), size);
  g_autoptr (GInetAddress) network = NULL;

  for (gsize bit = prefix; bit < size * 8; bit++)
    bytes[bit / 8] &= (guint8) ~(0x80 >> bit % 8);
  network = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (ip));

  return g_inet_address_mask_new (network, prefix, NULL);
}

static void
check_gateway (FerryChecking *checking, const FerryPlanAddress *address, const char *nic)
{
  g_autoptr (GInetAddress) ip = g_inet_address_new_from_string (address->ip);
  g_autoptr (GInetAddress) gateway =
      address->gateway != NULL ? g_inet_address_new_from_string (address->gateway) : NULL;
  g_autoptr (GInetAddressMask) mask = NULL;
  g_autofree char *text = g_strdup_printf ("%s/%u", address->ip, address->prefix);

  if (gateway == NULL || address->prefix == 0)
    return;
  if (g_inet_address_equal (ip, gateway))
    ferry_checking_add (checking, "nic.gateway-is-address", FERRY_SEVERITY_WARNING,
                        _ ("Correct one of the two."),
                        _ ("The network adapter ‘%s’ is to have the address of its own gateway, "
                           "%s."),
                        nic, address->ip);
  mask = new_mask (ip, address->prefix);
  if (mask != NULL && !g_inet_address_mask_matches (mask, gateway))
    ferry_checking_add (checking, "nic.gateway-outside", FERRY_SEVERITY_WARNING,
                        _ ("Correct the gateway, the address or the length of the prefix."),
                        _ ("The gateway %s of the network adapter ‘%s’ is not in its network, %s."),
                        address->gateway, nic, text);
}

void
ferry_checks_of_address (FerryChecking *checking, guint index)
{
  const FerryPlanAddress *address = &ferry_plan_guest_get_nic (checking->guest, index)->address;
  const char *nic = ferry_guest_get_nic (checking->guest->source, index)->name;
  g_autoptr (GError) error = NULL;

  if (address->ip == NULL)
    return;
  if (!ferry_address_is_settable (address, &error))
    {
      ferry_checking_add (checking, "nic.address-invalid", FERRY_SEVERITY_BLOCKER,
                          _ ("Correct it in Settings."),
                          _ ("The static address of the network adapter ‘%s’ cannot be set. %s"), nic,
                          error->message);
      return;
    }
  check_support (checking, nic);
  check_duplicate (checking, index, nic);
  check_gateway (checking, address, nic);
}
