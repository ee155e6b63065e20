/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices-private.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The keys of --disk and --nic. */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* --- disks --- */

static FerryPlanDisk *
get_disk (const FerryctlPlace *place)
{
  return ferry_plan_guest_get_disk (place->guest, place->index);
}

static gboolean
set_out (const FerryctlPlace *place, const char *value, GError **error)
{
  get_disk (place)->included = FALSE;

  return TRUE;
}

static gboolean
set_boot (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanGuest *guest = place->guest;

  if (guest->boot_disk >= 0 && (guint) guest->boot_disk != place->index)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ boots from one disk, and that is number %d already."),
                       guest->source->name, guest->boot_disk + 1);
  guest->boot_disk = (int) place->index;

  return TRUE;
}

static gboolean
set_pool (const FerryctlPlace *place, const char *value, GError **error)
{
  if (place->plan->destination.kind != FERRY_DESTINATION_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("a pool is for a libvirt destination: in a folder there is none."));
  if (*value == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("the name of the pool is missing."));
  set_text (&get_disk (place)->storage, value);

  return TRUE;
}

static gboolean
set_format (const FerryctlPlace *place, const char *value, GError **error)
{
  return ferryctl_choices_parse_format ("format", value, &get_disk (place)->format, error);
}

static gboolean
set_allocation (const FerryctlPlace *place, const char *value, GError **error)
{
  return ferryctl_choices_parse_allocation ("allocation", value, &get_disk (place)->allocation,
                                            error);
}

const FerryctlKey ferryctl_disk_keys[] = {
  { "out", set_out, TRUE }, { "boot", set_boot, TRUE },       { "pool", set_pool },
  { "format", set_format }, { "allocation", set_allocation }, { NULL },
};

gboolean
ferryctl_choices_check_guest (const FerryPlanGuest *guest, GError **error)
{
  if (guest->disks->len > 0 && ferry_plan_guest_count_included (guest) == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("All disks of ‘%s’ are left out: leave out the virtual machine itself."),
                       guest->source->name);
  if (guest->boot_disk >= 0 && !ferry_plan_guest_includes (guest, (guint) guest->boot_disk))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ cannot boot from disk %d, which is left out."), guest->source->name,
                       guest->boot_disk + 1);

  return TRUE;
}

/* --- network adapters --- */

static FerryPlanNic *
get_nic (const FerryctlPlace *place)
{
  return ferry_plan_guest_get_nic (place->guest, place->index);
}

static gboolean
set_network (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanNetwork network = { 0 };

  if (!ferryctl_choices_parse_network (value, &network, error))
    return FALSE;
  ferry_plan_network_copy (&network, &get_nic (place)->network);
  ferry_plan_network_clear (&network);

  return TRUE;
}

static gboolean
keep_mac (const FerryctlPlace *place, GError **error)
{
  const FerryNic *from = ferry_guest_get_nic (place->guest->source, place->index);

  if (!ferry_mac_is_valid (from->mac))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ has no MAC address at the source that could be kept: write mac=new "
                          "or an address."),
                       from->name);
  get_nic (place)->mac_kind = FERRY_MAC_KEEP;
  g_clear_pointer (&get_nic (place)->mac, g_free);

  return TRUE;
}

static gboolean
set_mac (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanNic *nic = get_nic (place);
  g_autofree char *mac = ferry_mac_normalize (value);

  if (g_str_equal (value, "keep"))
    return keep_mac (place, error);
  if (mac == NULL && !g_str_equal (value, "new"))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not the MAC address of a network adapter: write keep, new, or "
                          "six "
                          "pairs of hexadecimal digits of which the first is even, as in "
                          "52:54:00:12:34:56."),
                       value);
  if (mac != NULL && !place->is_one)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("a MAC address is for one network adapter; put the virtual machine’s "
                          "name "
                          "before it."));
  nic->mac_kind = mac != NULL ? FERRY_MAC_FIXED : FERRY_MAC_NEW;
  set_text (&nic->mac, mac);

  return TRUE;
}

static gboolean
set_model (const FerryctlPlace *place, const char *value, GError **error)
{
  if (!ferry_nic_model_is_valid (value))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not a model of network adapter: write virtio, e1000e, rtl8139 "
                          "or "
                          "another that QEMU knows."),
                       value);
  set_text (&get_nic (place)->model, value);

  return TRUE;
}

static gboolean
set_connected (const FerryctlPlace *place, const char *value, GError **error)
{
  gboolean yes = g_str_equal (value, "yes");

  if (!yes && !g_str_equal (value, "no"))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write %s or %s, not ‘%s’."), "yes", "no",
                       value);
  get_nic (place)->connected = yes;

  return TRUE;
}

/* "192.0.2.10/24"; what is an address is known by ferry_plan_address_is_valid (). */
static gboolean
set_ip (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanAddress *address = &get_nic (place)->address;
  const char *slash = strchr (value, '/');
  guint64 prefix = 0;

  if (!place->is_one)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("an address is for one network adapter; put the virtual machine’s name "
                          "before it."));
  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 1, 128, &prefix, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not an address and the length of its network’s prefix, as in "
                          "192.0.2.10/24."),
                       value);
  g_free (address->ip);
  address->ip = slash != NULL ? g_strndup (value, (gsize) (slash - value)) : g_strdup (value);
  address->prefix = (guint) prefix;

  return TRUE;
}

static gboolean
set_gateway (const FerryctlPlace *place, const char *value, GError **error)
{
  set_text (&get_nic (place)->address.gateway, value);

  return TRUE;
}

static gboolean
add_dns (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanAddress *address = &get_nic (place)->address;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (address->dns != NULL)
    g_strv_builder_addv (builder, (const char **) address->dns);
  g_strv_builder_add (builder, value);
  g_strfreev (address->dns);
  address->dns = g_strv_builder_end (builder);

  return TRUE;
}

const FerryctlKey ferryctl_nic_keys[] = {
  { "network", set_network },      { "mac", set_mac }, { "model", set_model },
  { "connected", set_connected },  { "ip", set_ip },   { "gateway", set_gateway },
  { "dns", add_dns, FALSE, TRUE }, { NULL },
};

gboolean
ferryctl_choices_check_nic (const FerryPlanNic *nic, GError **error)
{
  if (nic->address.ip == NULL && (nic->address.gateway != NULL || nic->address.dns != NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("gateway and dns go with an address: write ip=ADDRESS, too."));

  return nic->address.ip == NULL || ferry_plan_address_is_valid (&nic->address, error);
}
