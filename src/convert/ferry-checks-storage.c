/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* The storages that disks of a guest go to instead of the plan’s. */

static void
check_disk (FerryChecking *checking, const FerryDisk *disk)
{
  const FerryPlanDisk *planned =
      ferry_plan_guest_get_disk (checking->guest, (guint) checking->part);
  const FerryDestinationFacts *destination = checking->facts->destination;
  const FerryStorage *storage;
  g_autofree char *advice = NULL;

  if (planned->storage == NULL)
    return;
  storage = ferry_destination_facts_find_storage (destination, planned->storage);
  advice = ferry_checks_advise_pool (destination);
  if (storage == NULL)
    ferry_checking_add (checking, "disk.no-storage", FERRY_SEVERITY_BLOCKER, advice,
                        _ ("The disk ‘%s’ goes to the storage pool ‘%s’, which the destination "
                           "does "
                           "not have."),
                        disk->name, planned->storage);
  else if (!storage->usable)
    ferry_checking_add (checking, "disk.storage-unusable", FERRY_SEVERITY_BLOCKER, advice,
                        _ ("The disk ‘%s’ goes to the storage pool ‘%s’, which cannot be used. %s"),
                        disk->name, planned->storage,
                        storage->why_not != NULL ? storage->why_not : "");
}

static void
check_disks (FerryChecking *checking)
{
  if (checking->facts->destination != NULL &&
      checking->plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
    ferry_checks_each_disk (checking, check_disk);
}

static const FerryCheckFunc checks[] = { check_disks };

void
ferry_checks_of_storages (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
