/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-remedy.h"

#include <glib/gi18n-lib.h>

static const FerryRemedyPlace guest_places[] = {
  [FERRY_REMEDY_CHOOSE_GUESTS] = { "guests", NULL, NULL },
  [FERRY_REMEDY_RENAME] = { NULL, "general", "name_row" },
  [FERRY_REMEDY_SET_MEMORY] = { NULL, "general", "hardware" },
  [FERRY_REMEDY_SET_VCPUS] = { NULL, "general", "hardware" },
  [FERRY_REMEDY_CHOOSE_OS] = { NULL, "general", "os_row" },
  [FERRY_REMEDY_CHOOSE_ROOT] = { NULL, "general", "root" },
  [FERRY_REMEDY_GIVE_KEY] = { NULL, "checks", "keys" },
  [FERRY_REMEDY_CHOOSE_BOOT_DISK] = { NULL, "disks", NULL },
  [FERRY_REMEDY_CHOOSE_STORAGE] = { NULL, "disks", NULL },
  [FERRY_REMEDY_CHOOSE_NETWORK] = { NULL, "network", NULL },
  [FERRY_REMEDY_SET_ADDRESS] = { NULL, "network", NULL },
  [FERRY_REMEDY_CHOOSE_DRIVERS] = { NULL, NULL, "conversion" },
  [FERRY_REMEDY_CHOOSE_BLOCK_DRIVER] = { NULL, NULL, "conversion" },
  [FERRY_REMEDY_CHOOSE_DESTINATION] = { "destination", NULL, NULL },
  [FERRY_REMEDY_CHOOSE_HOST] = { "destination", NULL, NULL },
  [FERRY_REMEDY_CHOOSE_SOURCE] = { "source", NULL, NULL },
};

/* What is found about all of them is chosen for all of them. */
static const FerryRemedyPlace storage_place = { "destination", NULL, NULL };
static const FerryRemedyPlace defaults_place = { NULL, NULL, NULL };

const FerryRemedyPlace *
ferry_remedy_get_place (FerryRemedy remedy, gboolean of_guest)
{
  const FerryRemedyPlace *place;

  if ((guint) remedy >= G_N_ELEMENTS (guest_places))
    return NULL;

  place = &guest_places[remedy];
  if (place->page == NULL && place->tab == NULL && place->child == NULL)
    return NULL;
  if (of_guest || place->page != NULL || place->tab == NULL)
    return place;

  return remedy == FERRY_REMEDY_CHOOSE_STORAGE ? &storage_place : &defaults_place;
}

static char *
include_disk (FerryPlanGuest *guest, int part, gboolean included)
{
  FerryPlanDisk *disk = part >= 0 ? ferry_plan_guest_get_disk (guest, (guint) part) : NULL;

  if (disk == NULL)
    return NULL;

  disk->included = included;
  if (!included && guest->boot_disk == part)
    guest->boot_disk = -1;

  return g_strdup_printf (included ? _("‘%s’ is imported too.") : _("‘%s’ is left out."),
                          ferry_guest_get_disk (guest->source, (guint) part)->name);
}

static char *
renew_mac (FerryPlanGuest *guest, int part)
{
  FerryPlanNic *nic = part >= 0 ? ferry_plan_guest_get_nic (guest, (guint) part) : NULL;

  if (nic == NULL)
    return NULL;

  nic->mac_kind = FERRY_MAC_NEW;
  g_clear_pointer (&nic->mac, g_free);

  return g_strdup_printf (_("‘%s’ gets a new MAC address."),
                          ferry_guest_get_nic (guest->source, (guint) part)->name);
}

static char *
shut_down (FerryPlanGuest *guest)
{
  guest->shut_down = TRUE;

  return g_strdup_printf (_("‘%s’ is shut down before its import."), guest->name);
}

static char *
do_not_start (FerryPlanGuest *guest)
{
  guest->start = FALSE;

  return g_strdup_printf (_("‘%s’ is not started after its import."), guest->name);
}

char *
ferry_remedy_apply (FerryRemedy remedy, FerryPlanGuest *guest, int part)
{
  if (guest == NULL)
    return NULL;

  if (remedy == FERRY_REMEDY_LEAVE_OUT_DISK)
    return include_disk (guest, part, FALSE);
  if (remedy == FERRY_REMEDY_INCLUDE_DISK)
    return include_disk (guest, part, TRUE);
  if (remedy == FERRY_REMEDY_NEW_MAC)
    return renew_mac (guest, part);
  if (remedy == FERRY_REMEDY_SHUT_DOWN)
    return shut_down (guest);
  if (remedy == FERRY_REMEDY_DO_NOT_START)
    return do_not_start (guest);

  return NULL;
}
