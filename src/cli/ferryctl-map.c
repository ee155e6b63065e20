/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-map.h"

#include "ferry-error.h"
#include "ferry-nearest.h"
#include "ferryctl-group.h"
#include "ferryctl-json.h"
#include "ferryctl-screen.h"
#include "ferryctl-table.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static const FerryctlCommand commands[] = {
  { "map list", "", N_ ("List the saved maps"), NULL, ferryctl_map_list },
  { "map show", N_ ("NAME"), N_ ("Show what goes where"), NULL, ferryctl_map_show },
  { "map save", N_ ("PLAN NAME"), N_ ("Save what a plan says of networks and storage"),
    N_ ("A map of the same name is replaced. PLAN may be - for standard input."),
    ferryctl_map_save },
  { "map remove", N_ ("NAME…"), N_ ("Forget saved maps"), NULL, ferryctl_map_remove },
  { "map export", N_ ("NAME"), N_ ("Write a map"),
    N_ ("The text goes to standard output; ‘ferryctl map import’ reads it."), ferryctl_map_export },
  { "map import", N_ ("FILE"), N_ ("Save a map that was exported elsewhere"),
    N_ ("FILE may be - for standard input."), ferryctl_map_import },
};

FerryctlExit
ferryctl_map (FerryctlLine *line)
{
  const FerryctlGroup group = {
    .name = "map",
    .commands = commands,
    .n_commands = G_N_ELEMENTS (commands),
    .description = _ ("Maps say which network or storage goes where; --map NAME applies one."),
  };

  return ferryctl_group_run (&group, line);
}

/* --- shared --- */

static gboolean
refuse_unknown (const GPtrArray *maps, const char *name, GError **error)
{
  g_autofree const char **names = g_new0 (const char *, maps->len + 1);
  const char *nearest;

  for (guint i = 0; i < maps->len; i++)
    names[i] = ((const FerryMap *) g_ptr_array_index (maps, i))->name;
  nearest = ferry_nearest_word (name, names);
  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _ ("There is no map ‘%s’; did you mean ‘%s’?"),
                       name, nearest);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                     _ ("There is no map ‘%s’; ‘ferryctl map list’ tells which there are."), name);
}

GPtrArray *
ferryctl_map_find (const char *name, FerryMapKind kind, GError **error)
{
  static const FerryMapKind kinds[] = { FERRY_MAP_NETWORK, FERRY_MAP_STORAGE };
  g_autoptr (GPtrArray) maps = ferry_maps_load (error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);

  if (maps == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const FerryMap *map =
          kind == 0 || kind == kinds[i] ? ferry_maps_find (maps, kinds[i], name) : NULL;
      guint index;

      if (map != NULL && g_ptr_array_find (maps, map, &index))
        g_ptr_array_add (found, g_ptr_array_steal_index (maps, index));
    }
  if (found->len == 0)
    {
      refuse_unknown (maps, name, error);
      return NULL;
    }

  return g_steal_pointer (&found);
}

gboolean
ferryctl_map_apply (const char *name, FerryPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) maps = ferryctl_map_find (name, 0, error);

  if (maps == NULL)
    return FALSE;
  for (guint i = 0; i < maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (maps, i);

      if (map->kind == FERRY_MAP_NETWORK || plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
        ferry_map_apply (map, plan);
      else if (maps->len == 1)
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _ ("The map ‘%s’ is of storage: in a folder there is no pool."), name);
    }

  return TRUE;
}

gboolean
ferryctl_map_parse_kind (const char *word, FerryMapKind *out_kind, GError **error)
{
  *out_kind = 0;
  if (word == NULL)
    return TRUE;
  if (g_str_equal (word, "network"))
    *out_kind = FERRY_MAP_NETWORK;
  else if (g_str_equal (word, "storage"))
    *out_kind = FERRY_MAP_STORAGE;
  else
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("%s is %s or %s, not ‘%s’."), "--kind",
                       "network", "storage", word);

  return TRUE;
}

/* --- list --- */

static void
print_table (const GPtrArray *maps)
{
  const FerryctlColumn columns[] = {
    { _ ("NAME"), FERRYCTL_COLUMN_SHRINKS },        { _ ("KIND"), FERRYCTL_COLUMN_TEXT },
    { _ ("RULES"), FERRYCTL_COLUMN_NUMBER },        { _ ("SOURCE"), FERRYCTL_COLUMN_SHRINKS },
    { _ ("DESTINATION"), FERRYCTL_COLUMN_SHRINKS },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (maps, i);
      g_autofree char *rules = g_strdup_printf ("%u", ferry_map_get_n_entries (map));

      ferryctl_table_add (table, map->name, ferry_map_kind_to_word (map->kind), rules, map->source,
                          map->destination, NULL);
    }
  text = ferryctl_table_render (table, look.columns);
  g_print ("%s", text);
}

static void
print_json (const GPtrArray *maps)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (maps, i);
      g_autofree char *text = ferry_map_to_text (map);
      JsonNode *element = json_from_string (text, NULL);

      json_object_set_string_member (json_node_get_object (element), "id", map->id);
      json_array_add_element (array, element);
    }
  json_node_take_array (node, array);
  ferryctl_json_print (node);
}

static void
tell_problems (void)
{
  g_auto (GStrv) problems = ferry_maps_list_problems ();

  for (guint i = 0; problems[i] != NULL; i++)
    {
      g_autofree char *clean = ferryctl_text_clean (problems[i]);

      /* Translators: %s is a sentence about a file */
      g_printerr (_ ("ferryctl: Ignoring a map. %s\n"), clean);
    }
}

FerryctlExit
ferryctl_map_list (FerryctlLine *line)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) maps = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (line->words[0] != NULL)
    return ferryctl_misuse (line, "%s", _ ("‘map list’ takes no arguments."));
  maps = ferry_maps_load (&error);
  if (maps == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  tell_problems ();
  if (json)
    print_json (maps);
  else if (maps->len == 0)
    g_print ("%s\n", _ ("No map is saved; ‘ferryctl map save’ saves one."));
  else
    print_table (maps);

  return FERRYCTL_OK;
}

/* --- show --- */

static char *
describe_network (const FerryPlanNetwork *network)
{
  switch (network->kind)
    {
    case FERRY_NETWORK_UNMAPPED:
      return NULL;
    case FERRY_NETWORK_NONE:
      return g_strdup ("none");
    case FERRY_NETWORK_NETWORK:
      return g_strconcat ("network:", network->name, NULL);
    case FERRY_NETWORK_BRIDGE:
      return g_strconcat ("bridge:", network->name, NULL);
    }

  return NULL;
}

static void
print_rules (const FerryMap *map)
{
  const FerryctlColumn columns[] = {
    { map->kind == FERRY_MAP_NETWORK ? _ ("NETWORK") : _ ("STORAGE"), FERRYCTL_COLUMN_SHRINKS },
    { map->kind == FERRY_MAP_NETWORK ? _ ("CONNECTED TO") : _ ("POOL"), FERRYCTL_COLUMN_SHRINKS },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < map->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (map->mappings, i);
      g_autofree char *network = describe_network (&mapping->network);

      ferryctl_table_add (table, mapping->source, network, NULL);
    }
  for (guint i = 0; i < map->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (map->storings, i);

      ferryctl_table_add (table, storing->source, storing->storage, NULL);
    }
  text = ferryctl_table_render (table, look.columns);
  g_print ("%s", text);
}

FerryctlExit
ferryctl_map_show (FerryctlLine *line)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) maps = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _ ("‘map show’ needs the name of one map."));
  maps = ferryctl_map_find (line->words[0], 0, &error);
  if (maps == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);

  if (json)
    print_json (maps);
  for (guint i = 0; !json && i < maps->len; i++)
    {
      if (i > 0)
        g_print ("\n");
      print_rules (g_ptr_array_index (maps, i));
    }

  return FERRYCTL_OK;
}
