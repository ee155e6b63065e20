/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-address.h"

#include "ferry-os.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORD "mac-ip-option"

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

/* --- the check --- */

static FerryCheck *
refuse (const char *advice, const char *format, ...) G_GNUC_PRINTF (2, 3);

static FerryCheck *
refuse (const char *advice, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return ferry_check_new ("nic.address-impossible", FERRY_SEVERITY_BLOCKER, advice, "%s", text);
}

/* virt-v2v 2.2 passes over Linux without a word. Of what is not known, it may be right. */
static gboolean
is_other_than_windows (const FerryPlanGuest *guest)
{
  g_autofree char *guess = guest->os == NULL ? ferry_os_guess (guest->source) : NULL;
  const char *id = guest->os != NULL ? guest->os : guess;
  const FerryOs *os = id != NULL ? ferry_os_find (id) : NULL;

  return os != NULL && !g_str_equal (os->family, "windows");
}

/* The fields stand in a fixed order, and virt-v2v 2.2 takes none that is empty. */
static FerryCheck *
check_fields (const FerryPlanAddress *address, const char *name)
{
  gboolean has_dns = address->dns != NULL && address->dns[0] != NULL;
  g_autoptr (GError) problem = NULL;

  if (!ferry_plan_address_is_valid (address, &problem))
    return refuse (_("Correct it."), "%s", problem->message);
  if (address->prefix > 0 && address->gateway == NULL)
    return refuse (_("Enter the gateway too, or only the address."),
                   _("The address of ‘%s’ has a prefix but no gateway, which virt-v2v does not "
                     "take."),
                   name);
  if (has_dns && address->prefix == 0)
    return refuse (_("Enter gateway and prefix too, or no name servers."),
                   _("The address of ‘%s’ has name servers but no prefix, which virt-v2v does not "
                     "take."),
                   name);

  return NULL;
}

FerryCheck *
ferry_address_check (const FerryPlanGuest *guest, guint index, const FerryHostFacts *host)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);
  const FerryNic *source = ferry_guest_get_nic (guest->source, index);
  const char *name = source != NULL ? source->name : "?";

  if (nic == NULL || nic->address.ip == NULL)
    return NULL;
  if (ferry_plan_guest_is_copied (guest))
    return refuse (_("Take the address away here, and set it in the virtual machine."),
                   _("‘%s’ cannot get a static address: the virtual machine is copied as it is."),
                   name);
  if (host != NULL && host->virt_v2v_version != NULL && !ferry_host_facts_has_word (host, WORD))
    return refuse (_("Take the address away, or install a newer virt-v2v."),
                   _("‘%s’ cannot get a static address: virt-v2v on ‘%s’ cannot set one."), name,
                   host->name);

  if (is_other_than_windows (guest))
    return refuse (_("Take the address away here, and set it in the virtual machine."),
                   _("‘%s’ cannot get a static address: virt-v2v sets one in Windows only."), name);

  return check_fields (&nic->address, name);
}
