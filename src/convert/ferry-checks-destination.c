/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

static void
check_folder (FerryChecking *checking)
{
  const FerryPlanDestination *destination = &checking->plan->destination;
  const FerryStorage *storage =
      ferry_checks_find_storage (checking->plan, checking->facts->destination);

  if (destination->kind != FERRY_DESTINATION_FOLDER || storage == NULL || storage->usable)
    return;
  if (storage->why_code == FERRY_ERROR_NOT_FOUND)
    ferry_checking_add (checking, "destination.folder-missing", FERRY_SEVERITY_BLOCKER,
                        _ ("Make it, or choose another folder."), _ ("There is no folder ‘%s’."),
                        storage->name);
  else if (storage->why_code == FERRY_ERROR_PERMISSION)
    ferry_checking_add (checking, "destination.not-writable", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose another folder, or change its permissions."),
                        _ ("You may not write into the folder ‘%s’."), storage->name);
  else
    ferry_checking_add (checking, "destination.not-writable", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose another folder."), "%s",
                        storage->why_not != NULL ? storage->why_not
                                                 : _ ("The folder cannot be used."));
}

static char *
list_usable (const FerryDestinationFacts *destination)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < destination->storages->len; i++)
    {
      const FerryStorage *storage = g_ptr_array_index (destination->storages, i);

      if (storage->usable)
        g_strv_builder_add (builder, storage->name);
    }
  names = g_strv_builder_end (builder);

  return g_strjoinv (", ", names);
}

char *
ferry_checks_advise_pool (const FerryDestinationFacts *destination)
{
  g_autofree char *usable = list_usable (destination);

  if (*usable == '\0')
    return g_strdup (_ ("Make a storage pool of type ‘dir’ and start it: ‘virsh pool-create-as "
                        "images dir --target FOLDER’."));

  /* Translators: a list of names */
  return g_strdup_printf (_ ("Choose one of these: %s."), usable);
}

static void
check_pool (FerryChecking *checking)
{
  const FerryPlanDestination *destination = &checking->plan->destination;
  const FerryStorage *storage =
      ferry_checks_find_storage (checking->plan, checking->facts->destination);
  g_autofree char *advice = NULL;

  if (destination->kind != FERRY_DESTINATION_LIBVIRT || (storage != NULL && storage->usable))
    return;
  advice = ferry_checks_advise_pool (checking->facts->destination);
  if (destination->pool == NULL)
    ferry_checking_add (checking, "destination.no-pool", FERRY_SEVERITY_BLOCKER, advice,
                        _ ("No storage pool is chosen."));
  else if (storage == NULL)
    ferry_checking_add (checking, "destination.no-pool", FERRY_SEVERITY_BLOCKER, advice,
                        _ ("There is no storage pool ‘%s’ at the destination."), destination->pool);
  else
    ferry_checking_add (checking, "destination.pool-unusable", FERRY_SEVERITY_BLOCKER, advice,
                        _ ("The storage pool ‘%s’ cannot be used. %s"), destination->pool,
                        storage->why_not != NULL ? storage->why_not : "");
}

static void
check_kvm (FerryChecking *checking)
{
  if (!checking->facts->destination->has_kvm)
    ferry_checking_add (checking, "destination.no-kvm", FERRY_SEVERITY_NOTE,
                        _ ("Turn on virtualization where the destination runs, and give the "
                           "virtual machines the type ‘kvm’ afterwards."),
                        _ ("The destination has no KVM, so virtual machines will be emulated and "
                           "run slowly there."));
}

static const FerryCheckFunc checks[] = { check_folder, check_pool, check_kvm };

void
ferry_checks_of_destination (FerryChecking *checking)
{
  if (checking->facts->destination != NULL)
    ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
