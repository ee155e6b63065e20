/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map-private.h"

#include "ferry-json.h"
#include "ferry-plan-parts.h"

#include <glib/gi18n-lib.h>

/* Maps as text: docs/maps.md. */

/* Far above what any data centre has; each rule is looked for among all others. */
#define MOST_ENTRIES 10000

static const char *const members[] = {
  "version", "kind", "name", "source", "destination", "networks", "storages", NULL,
};
static const char *const kind_words[] = { "network", "storage", NULL };

char *
ferry_map_to_text (const FerryMap *map)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "version", FERRY_MAP_VERSION);
  json_object_set_string_member (object, "kind", ferry_map_kind_to_word (map->kind));
  json_object_set_string_member (object, "name", map->name);
  ferry_json_set_string (object, "source", map->source);
  ferry_json_set_string (object, "destination", map->destination);
  if (map->kind == FERRY_MAP_NETWORK)
    json_object_set_object_member (object, "networks", ferry_plan_mappings_to_json (map->mappings));
  else
    json_object_set_object_member (object, "storages", ferry_plan_storings_to_json (map->storings));
  ferry_json_add_copies (object, map->extra);
  json_node_take_object (node, object);
  text = ferry_json_to_text (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

static gboolean
check_version (JsonObject *object, GError **error)
{
  gint64 version = 0;

  if (!ferry_json_require (object, "version", error) ||
      !ferry_json_get_int64 (object, "version", &version, error))
    return FALSE;
  if (version > FERRY_MAP_VERSION)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _ ("it was written by a newer version of Ferry. Use that version."));
  if (version < 1)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("version must be %d."), FERRY_MAP_VERSION);

  return TRUE;
}

static gboolean
check_size (JsonObject *object, const char *member, GError **error)
{
  JsonObject *entries = NULL;

  if (!ferry_json_require (object, member, error) ||
      !ferry_json_get_object (object, member, &entries, error))
    return FALSE;
  if (json_object_get_size (entries) > MOST_ENTRIES)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("%s must not have more than %d members."),
                       member, MOST_ENTRIES);

  return TRUE;
}

static gboolean
read_rules (JsonObject *object, FerryMap *map, GError **error)
{
  g_autoptr (FerryPlan) rules = ferry_plan_new ();
  gboolean is_network = map->kind == FERRY_MAP_NETWORK;

  if (!check_size (object, is_network ? "networks" : "storages", error))
    return FALSE;
  if (is_network ? !ferry_plan_read_mappings (object, "networks", rules, error)
                 : !ferry_plan_read_storings (object, "storages", rules, error))
    return FALSE;
  ferry_map_take_rules (map, rules);

  return TRUE;
}

static gboolean
read_map (JsonObject *object, FerryMap *map, GError **error)
{
  int kind = 0;

  if (!check_version (object, error) || !ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", kind_words, &kind, error))
    return FALSE;
  map->kind = (FerryMapKind) kind;
  if (!ferry_json_require (object, "name", error) ||
      !ferry_json_get_string (object, "name", &map->name, error) ||
      !ferry_map_check_name (map->name, error) ||
      !ferry_plan_read_text (object, "source", &map->source, error) ||
      !ferry_plan_read_text (object, "destination", &map->destination, error) ||
      !read_rules (object, map, error))
    return FALSE;
  map->extra = ferry_json_copy_unknown (object, members);

  return TRUE;
}

FerryMap *
ferry_map_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr (FerryMap) map = ferry_map_new_empty (FERRY_MAP_NETWORK);
  g_autoptr (JsonNode) node = ferry_json_parse (text, length, error);

  if (node == NULL)
    {
      g_prefix_error (error, _ ("This is not a map of Ferry. "));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _ ("This is not a map of Ferry. It must be a JSON object."));
      return NULL;
    }
  if (!read_map (json_node_get_object (node), map, error))
    {
      g_prefix_error (error, _ ("The map cannot be used: "));
      return NULL;
    }

  return g_steal_pointer (&map);
}
