/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *word;
  const char *title;
} remedies[] = {
  [FERRY_REMEDY_NONE] = { NULL, NULL },
  [FERRY_REMEDY_CHOOSE_GUESTS] = { "choose-guests", N_ ("Choose Virtual Machines…") },
  [FERRY_REMEDY_LEAVE_OUT] = { "leave-out", N_ ("Leave Out") },
  [FERRY_REMEDY_RENAME] = { "rename", N_ ("Rename…") },
  [FERRY_REMEDY_SET_MEMORY] = { "set-memory", N_ ("Set Memory…") },
  [FERRY_REMEDY_SET_VCPUS] = { "set-vcpus", N_ ("Set CPUs…") },
  [FERRY_REMEDY_CHOOSE_OS] = { "choose-os", N_ ("Choose Operating System…") },
  [FERRY_REMEDY_SHUT_DOWN] = { "shut-down", N_ ("Shut Down First") },
  [FERRY_REMEDY_DO_NOT_START] = { "do-not-start", N_ ("Do Not Start") },
  [FERRY_REMEDY_CHOOSE_ROOT] = { "choose-root", N_ ("Choose Operating System…") },
  [FERRY_REMEDY_GIVE_KEY] = { "give-key", N_ ("Give Key…") },
  [FERRY_REMEDY_LEAVE_OUT_DISK] = { "leave-out-disk", N_ ("Leave Out Disk") },
  [FERRY_REMEDY_INCLUDE_DISK] = { "include-disk", N_ ("Include Disk") },
  [FERRY_REMEDY_CHOOSE_BOOT_DISK] = { "choose-boot-disk", N_ ("Choose Boot Disk…") },
  [FERRY_REMEDY_CHOOSE_STORAGE] = { "choose-storage", N_ ("Choose Storage…") },
  [FERRY_REMEDY_CHOOSE_NETWORK] = { "choose-network", N_ ("Choose Network…") },
  [FERRY_REMEDY_NEW_MAC] = { "new-mac", N_ ("New MAC Address") },
  [FERRY_REMEDY_SET_ADDRESS] = { "set-address", N_ ("Set Address…") },
  [FERRY_REMEDY_CHOOSE_DRIVERS] = { "choose-drivers", N_ ("Choose Drivers…") },
  [FERRY_REMEDY_CHOOSE_BLOCK_DRIVER] = { "choose-block-driver", N_ ("Choose Block Driver…") },
  [FERRY_REMEDY_CHOOSE_DESTINATION] = { "choose-destination", N_ ("Choose Destination…") },
  [FERRY_REMEDY_CHOOSE_HOST] = { "choose-host", N_ ("Choose Conversion Host…") },
  [FERRY_REMEDY_CHOOSE_SOURCE] = { "choose-source", N_ ("Edit Source…") },
};

const char *
ferry_remedy_to_word (FerryRemedy remedy)
{
  g_return_val_if_fail ((guint) remedy < G_N_ELEMENTS (remedies), NULL);

  return remedies[remedy].word;
}

FerryRemedy
ferry_remedy_from_word (const char *word)
{
  for (guint i = 1; i < G_N_ELEMENTS (remedies); i++)
    if (g_strcmp0 (remedies[i].word, word) == 0)
      return (FerryRemedy) i;

  return FERRY_REMEDY_NONE;
}

const char *
ferry_remedy_get_title (FerryRemedy remedy)
{
  g_return_val_if_fail ((guint) remedy < G_N_ELEMENTS (remedies), NULL);

  return remedies[remedy].title != NULL ? _ (remedies[remedy].title) : NULL;
}
