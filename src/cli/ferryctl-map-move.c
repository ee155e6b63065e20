/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-map.h"

#include "ferryctl-group.h"
#include "ferry-error.h"
#include "ferryctl-draft.h"
#include "ferryctl-input.h"
#include "ferryctl-screen.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

/* map save, remove, export, import */

static FerryctlExit
save (FerryMap *map)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = ferryctl_text_clean (map->name);

  if (!ferry_map_save (map, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  if (map->kind == FERRY_MAP_NETWORK)
    g_print (_ ("Saved the map of networks ‘%s’.\n"), name);
  else
    g_print (_ ("Saved the map of storage ‘%s’.\n"), name);

  return FERRYCTL_OK;
}

/* --kind, which is all that the commands here have. */
static gboolean
parse (FerryctlLine *line, FerryMapKind *out_kind, FerryctlExit *out_exit)
{
  g_autofree char *word = NULL;
  const GOptionEntry entries[] = {
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &word, N_ ("Only that of this kind: network or storage"),
      N_ ("WORD") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!ferryctl_line_parse (line, entries, out_exit))
    return FALSE;
  if (ferryctl_map_parse_kind (word, out_kind, &error))
    return TRUE;
  *out_exit = ferryctl_misuse (line, "%s", error->message);

  return FALSE;
}

/* --- save --- */

static FerryctlExit
save_of_plan (const FerryPlan *plan, FerryMapKind kind, const char *name)
{
  static const FerryMapKind kinds[] = { FERRY_MAP_NETWORK, FERRY_MAP_STORAGE };
  g_autoptr (GError) error = NULL;
  FerryctlExit worst = FERRYCTL_OK;
  guint n_saved = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (FerryMap) map = ferry_map_new_of_plan (plan, kinds[i], name);

      if ((kind != 0 && kind != kinds[i]) || ferry_map_get_n_entries (map) == 0)
        continue;
      worst = ferryctl_worse (worst, save (map));
      n_saved++;
    }
  if (n_saved > 0)
    return worst;
  ferry_fail (&error, FERRY_ERROR_INVALID,
              _ ("The plan does not say where any network or storage goes: there is nothing to "
                 "save."));

  return ferryctl_give_up (FERRYCTL_USAGE, error);
}

FerryctlExit
ferryctl_map_save (FerryctlLine *line)
{
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  FerryMapKind kind;
  FerryctlExit exit_code;

  if (!parse (line, &kind, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 2)
    return ferryctl_misuse (line, "%s", _ ("‘map save’ needs a plan and a name."));
  plan = ferryctl_draft_load (line->words[0], &error);
  if (plan == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  return save_of_plan (plan, kind, line->words[1]);
}

/* --- remove --- */

static gboolean
find_all (char *const *names, FerryMapKind kind, GPtrArray *found, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) maps = ferryctl_map_find (names[i], kind, error);

      if (maps == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (found, g_steal_pointer (&maps));
    }

  return TRUE;
}

FerryctlExit
ferryctl_map_remove (FerryctlLine *line)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);
  g_autoptr (GError) error = NULL;
  FerryMapKind kind;
  FerryctlExit exit_code;

  if (!parse (line, &kind, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _ ("‘map remove’ needs the name of a map."));
  if (!find_all (line->words, kind, maps, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  for (guint i = 0; i < maps->len; i++)
    if (!ferry_map_remove (g_ptr_array_index (maps, i), &error))
      return ferryctl_give_up (ferryctl_group_exit (error), error);

  return FERRYCTL_OK;
}

/* --- export --- */

FerryctlExit
ferryctl_map_export (FerryctlLine *line)
{
  g_autoptr (GPtrArray) maps = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  FerryMapKind kind;
  FerryctlExit exit_code;

  if (!parse (line, &kind, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _ ("‘map export’ needs the name of one map."));
  maps = ferryctl_map_find (line->words[0], kind, &error);
  if (maps == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  if (maps->len > 1)
    return ferryctl_misuse (line,
                            _ ("There is a map of networks and one of storage called ‘%s’: give "
                               "--kind."),
                            line->words[0]);
  text = ferry_map_to_text (g_ptr_array_index (maps, 0));
  ferryctl_screen_write_raw (g_strchomp (text));

  return FERRYCTL_OK;
}

/* --- import --- */

static gboolean
check_name_is_free (const FerryMap *map, GError **error)
{
  g_autoptr (GPtrArray) maps = ferry_maps_load (error);

  if (maps == NULL)
    return FALSE;
  if (ferry_maps_find (maps, map->kind, map->name) == NULL)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_EXISTS,
                     _ ("There is a map ‘%s’ already: give --name with another one, or remove it "
                        "first."),
                     map->name);
}

static FerryMap *
read_map (const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!g_str_equal (path, "-"))
    return ferry_map_import_file (path, error);

  return ferryctl_input_read (path, text, error)
             ? ferry_map_from_text (text->str, (gssize) text->len, error)
             : NULL;
}

static FerryctlExit
import (const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMap) map = read_map (path, &error);

  if (map == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  if (name != NULL)
    {
      g_free (map->name);
      map->name = g_strdup (name);
    }
  if (!ferry_map_check_name (map->name, &error) || !check_name_is_free (map, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);

  return save (map);
}

FerryctlExit
ferryctl_map_import (FerryctlLine *line)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Save it under another name"), N_ ("NAME") },
    G_OPTION_ENTRY_NULL,
  };
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _ ("‘map import’ needs a file."));

  return import (line->words[0], name);
}
