/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-map.h"
#include "ferryctl-draft.h"
#include "ferryctl-inspect.h"
#include "ferryctl-keys.h"
#include "ferryctl-screen.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static guint
count_unmapped (const FerryPlan *plan)
{
  guint unmapped = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint j = 0; j < guest->nics->len; j++)
        if (ferry_plan_guest_get_nic (guest, j)->network.kind == FERRY_NETWORK_UNMAPPED)
          unmapped++;
    }

  return unmapped;
}

/* The plan is written all the same: it can be completed by hand. */
static void
tell_unmapped (guint unmapped)
{
  if (unmapped == 0)
    return;
  g_printerr (ngettext ("ferryctl: %u network adapter is not connected to anything yet; "
                        "give --network SRC=DST.\n",
                        "ferryctl: %u network adapters are not connected to anything yet; "
                        "give --network SRC=DST.\n",
                        unmapped),
              unmapped);
}

/* The keys do not get into the plan. */
static gboolean
look_inside (FerryPlan *plan, char *const *key_files, GError **error)
{
  return ferryctl_keys_read (key_files, plan, error) && ferryctl_inspect_plan (plan, error);
}

/* Nothing is applied by itself: a map is suggested to somebody who has a choice to make. */
static void
suggest_map (const FerryPlan *plan)
{
  g_autoptr (GPtrArray) maps = ferry_maps_load (NULL);
  const FerryMap *map =
      maps != NULL ? ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, NULL) : NULL;
  g_autofree char *name = map != NULL ? ferryctl_text_clean (map->name) : NULL;

  if (name != NULL)
    g_printerr (_ ("ferryctl: The saved map ‘%s’ was made for this source and destination; "
                   "‘--map’ applies it.\n"),
                name);
}

FerryctlExit
ferryctl_plan (FerryctlLine *line)
{
  gboolean inspect = FALSE;
  const GOptionEntry entries[] = {
    { "inspect", 0, 0, G_OPTION_ARG_NONE, &inspect,
      N_ ("Look into the disks: operating systems, encryption"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) key_files = NULL;
  g_auto (FerryctlChoices) choices = { 0 };
  g_auto (FerryctlAccess) access = { 0 };
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  FerryctlExit exit_code;

  ferryctl_choices_add_options (&choices, line->context);
  ferryctl_access_add_options (&access, line->context);
  ferryctl_keys_add_option (&key_files, line->context);
  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _("‘plan’ needs a source."));

  plan = ferryctl_draft_make (line->words, &choices, &access, &exit_code, &error);
  if (plan == NULL)
    return ferryctl_give_up (exit_code, error);
  if (inspect && !look_inside (plan, key_files, &error))
    return ferryctl_inspect_give_up (error);

  text = ferry_plan_to_text (plan);
  ferryctl_screen_write_raw (text);
  tell_unmapped (count_unmapped (plan));
  if (count_unmapped (plan) > 0)
    suggest_map (plan);
  return FERRYCTL_OK;
}
