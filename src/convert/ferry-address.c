/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-address.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>

static const char *
get_mac (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);
  const FerryNic *source = ferry_guest_get_nic (guest->source, index);

  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return source != NULL ? source->mac : NULL;
    case FERRY_MAC_FIXED:
      return nic->mac;
    case FERRY_MAC_NEW:
      break;
    }

  return NULL;
}

/* --- for virt-v2v --- */

/* virt-v2v 2.2 refuses an empty field, so what follows one cannot be said. */
char *
ferry_address_dup_value (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);
  const FerryPlanAddress *address = &nic->address;
  const char *mac = get_mac (guest, index);
  g_autoptr (GString) value = NULL;

  if (address->ip == NULL || mac == NULL || !ferry_mac_is_valid (mac))
    return NULL;
  value = g_string_new (NULL);
  g_string_append_printf (value, "%s:ip:%s", mac, address->ip);
  if (address->gateway != NULL)
    g_string_append_printf (value, ",%s", address->gateway);
  if (address->gateway != NULL && address->prefix > 0)
    {
      g_string_append_printf (value, ",%u", address->prefix);
      for (guint i = 0; address->dns != NULL && address->dns[i] != NULL; i++)
        g_string_append_printf (value, ",%s", address->dns[i]);
    }

  return g_string_free (g_steal_pointer (&value), FALSE);
}

static gboolean
has_mac (const FerryPlanGuest *guest, const char *mac)
{
  for (guint i = 0; i < guest->nics->len; i++)
    {
      const char *other = get_mac (guest, i);

      if (other != NULL && g_ascii_strcasecmp (other, mac) == 0)
        return TRUE;
    }

  return FALSE;
}

/* In the range that QEMU's and libvirt's own are from. */
static char *
make_mac (const FerryPlanGuest *guest, const char *const *taken)
{
  for (;;)
    {
      guint32 number = g_random_int ();
      g_autofree char *mac = g_strdup_printf ("52:54:00:%02x:%02x:%02x", number & 0xff,
                                              (number >> 8) & 0xff, (number >> 16) & 0xff);

      if (!has_mac (guest, mac) && (taken == NULL || !g_strv_contains (taken, mac)))
        return g_steal_pointer (&mac);
    }
}

void
ferry_address_settle_macs (FerryPlanGuest *guest, const char *const *taken)
{
  for (guint i = 0; i < guest->nics->len; i++)
    {
      FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, i);

      if (nic->address.ip == NULL || get_mac (guest, i) != NULL)
        continue;
      g_free (nic->mac);
      nic->mac = make_mac (guest, taken);
      nic->mac_kind = FERRY_MAC_FIXED;
    }
}

/* --- what it takes --- */

gboolean
ferry_address_is_settable (const FerryPlanAddress *address, GError **error)
{
  gboolean has_dns = address->dns != NULL && address->dns[0] != NULL;

  if (address->ip == NULL)
    return TRUE;
  if (address->prefix > 0 && address->gateway == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The address %s has a prefix but no gateway, which virt-v2v does not take. "
                         "Enter the gateway too, or only the address."),
                       address->ip);
  if (has_dns && address->prefix == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The address %s has name servers but no prefix, which virt-v2v does not "
                         "take. Enter gateway and prefix too, or no name servers."),
                       address->ip);

  return ferry_plan_address_is_valid (address, error);
}
