/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map-private.h"

#include "ferry-json.h"
#include "ferry-provider-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_BYTES 120
#define ANY "*"

static const char *const kind_words[] = { "network", "storage" };

const char *
ferry_map_kind_to_word (FerryMapKind kind)
{
  return kind_words[kind - 1];
}

void
ferry_map_take_rules (FerryMap *map, FerryPlan *plan)
{
  g_clear_pointer (&map->mappings, g_ptr_array_unref);
  g_clear_pointer (&map->storings, g_ptr_array_unref);
  map->mappings = g_ptr_array_ref (plan->mappings);
  map->storings = g_ptr_array_ref (plan->storings);
}

FerryMap *
ferry_map_new_empty (FerryMapKind kind)
{
  g_autoptr (FerryPlan) empty = ferry_plan_new ();
  FerryMap *map = g_new0 (FerryMap, 1);

  map->id = g_uuid_string_random ();
  map->kind = kind;
  ferry_map_take_rules (map, empty);

  return map;
}

void
ferry_map_free (FerryMap *map)
{
  if (map == NULL)
    return;
  g_free (map->id);
  g_free (map->name);
  g_free (map->source);
  g_free (map->destination);
  g_ptr_array_unref (map->mappings);
  g_ptr_array_unref (map->storings);
  ferry_json_clear_object (&map->extra);
  g_free (map);
}

gboolean
ferry_map_check_name (const char *name, GError **error)
{
  g_autofree char *stripped = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("The map’s name is not UTF-8. Choose another one."));
  stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("The map needs a name."));
  if (strlen (name) > MAX_NAME_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("The map’s name is longer than %d bytes. Choose a shorter one."),
                       MAX_NAME_BYTES);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _ ("The map’s name has a control character in it. Choose another one."));

  return TRUE;
}

guint
ferry_map_get_n_entries (const FerryMap *map)
{
  return map->kind == FERRY_MAP_NETWORK ? map->mappings->len : map->storings->len;
}

const FerryMap *
ferry_maps_find (const GPtrArray *maps, FerryMapKind kind, const char *name)
{
  g_autofree char *readable = g_utf8_make_valid (name, -1);
  g_autofree char *folded = ferry_provider_fold_name (readable);

  for (guint i = 0; i < maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (maps, i);
      g_autofree char *other = ferry_provider_fold_name (map->name);

      if ((kind == 0 || map->kind == kind) &&
          (g_str_equal (folded, other) || g_ascii_strcasecmp (map->id, name) == 0))
        return map;
    }

  return NULL;
}

/* --- what a plan says --- */

static const FerryPlanMapping *
find_mapping (const GPtrArray *mappings, const char *source)
{
  for (guint i = 0; source != NULL && i < mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (mappings, i);

      if (g_str_equal (mapping->source, source))
        return mapping;
    }

  return NULL;
}

static const FerryPlanStoring *
find_storing (const GPtrArray *storings, const char *source)
{
  for (guint i = 0; source != NULL && i < storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (storings, i);

      if (g_str_equal (storing->source, source))
        return storing;
    }

  return NULL;
}

static gboolean
networks_are_equal (const FerryPlanNetwork *a, const FerryPlanNetwork *b)
{
  return a->kind == b->kind && g_strcmp0 (a->name, b->name) == 0;
}

/* @all: source network to where everything on it goes, NULL where that is not the same */
static void
note_nic (GHashTable *all, const FerryNic *from, FerryPlanNic *nic)
{
  gpointer known = NULL;

  if (from->network == NULL)
    return;
  if (!g_hash_table_lookup_extended (all, from->network, NULL, &known))
    g_hash_table_insert (all, from->network, &nic->network);
  else if (known != NULL && !networks_are_equal (known, &nic->network))
    g_hash_table_insert (all, from->network, NULL);
}

static void
note_disk (GHashTable *all, const FerryDisk *from, FerryPlanDisk *disk)
{
  gpointer known = NULL;

  if (from->storage == NULL)
    return;
  if (!g_hash_table_lookup_extended (all, from->storage, NULL, &known))
    g_hash_table_insert (all, from->storage, disk->storage);
  else if (g_strcmp0 (known, disk->storage) != 0)
    g_hash_table_insert (all, from->storage, NULL);
}

static GHashTable *
collect (const FerryPlan *plan, FerryMapKind kind)
{
  GHashTable *all = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; kind == FERRY_MAP_NETWORK && n < guest->nics->len; n++)
        note_nic (all, ferry_guest_get_nic (guest->source, n), ferry_plan_guest_get_nic (guest, n));
      for (guint d = 0; kind == FERRY_MAP_STORAGE && d < guest->disks->len; d++)
        note_disk (all, ferry_guest_get_disk (guest->source, d),
                   ferry_plan_guest_get_disk (guest, d));
    }

  return all;
}

static void
add_mappings (const FerryPlan *plan, FerryPlan *rules)
{
  g_autoptr (GHashTable) all = collect (plan, FERRY_MAP_NETWORK);
  GHashTableIter iter;
  gpointer source;
  gpointer network;

  for (guint i = 0; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      if (mapping->network.kind != FERRY_NETWORK_UNMAPPED)
        ferry_plan_set_mapping (rules, mapping->source, &mapping->network);
    }
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &source, &network))
    {
      const FerryPlanNetwork *said = ferry_plan_find_mapping (rules, source);

      if (network != NULL && ((FerryPlanNetwork *) network)->kind != FERRY_NETWORK_UNMAPPED &&
          find_mapping (plan->mappings, source) == NULL &&
          (said == NULL || !networks_are_equal (said, network)))
        ferry_plan_set_mapping (rules, source, network);
    }
}

static void
add_storings (const FerryPlan *plan, FerryPlan *rules)
{
  g_autoptr (GHashTable) all = collect (plan, FERRY_MAP_STORAGE);
  GHashTableIter iter;
  gpointer source;
  gpointer storage;

  for (guint i = 0; i < plan->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (plan->storings, i);

      ferry_plan_set_storing (rules, storing->source, storing->storage);
    }
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &source, &storage))
    if (storage != NULL && find_storing (plan->storings, source) == NULL &&
        g_strcmp0 (ferry_plan_find_storing (rules, source), storage) != 0)
      ferry_plan_set_storing (rules, source, storage);
}

FerryMap *
ferry_map_new_of_plan (const FerryPlan *plan, FerryMapKind kind, const char *name)
{
  FerryMap *map = ferry_map_new_empty (kind);
  g_autoptr (FerryPlan) rules = ferry_plan_new ();

  map->name = g_strdup (name);
  map->source = ferry_plan_source_to_text (&plan->source);
  map->destination = ferry_plan_destination_to_text (&plan->destination);
  if (kind == FERRY_MAP_NETWORK)
    add_mappings (plan, rules);
  else
    add_storings (plan, rules);
  ferry_map_take_rules (map, rules);

  return map;
}

/* --- which plan it is for --- */

static gboolean
destination_is_same (const char *text, const FerryPlanDestination *destination)
{
  const FerryPlanDestination without_pool = { .kind = destination->kind,
                                              .path = destination->path,
                                              .uri = destination->uri };
  g_autofree char *other = ferry_plan_destination_to_text (&without_pool);
  const char *pool = g_str_has_prefix (text, "libvirt:") ? strstr (text, ",pool=") : NULL;
  gsize length = pool != NULL ? (gsize) (pool - text) : strlen (text);

  return other != NULL && strlen (other) == length && strncmp (text, other, length) == 0;
}

gboolean
ferry_map_matches (const FerryMap *map, const FerryPlan *plan)
{
  g_autofree char *source = ferry_plan_source_to_text (&plan->source);

  return map->source != NULL && map->destination != NULL && g_str_equal (map->source, source) &&
         destination_is_same (map->destination, &plan->destination);
}

static gboolean
network_is_there (const FerryPlanNetwork *network, const FerryDestinationFacts *facts)
{
  switch (network->kind)
    {
    case FERRY_NETWORK_UNMAPPED:
    case FERRY_NETWORK_NONE:
      return TRUE;
    case FERRY_NETWORK_NETWORK:
      return facts->any_network ||
             g_strv_contains ((const char *const *) facts->networks, network->name);
    case FERRY_NETWORK_BRIDGE:
      return facts->any_network ||
             g_strv_contains ((const char *const *) facts->bridges, network->name);
    }

  return FALSE;
}

/* How well a map suits a plan. */
typedef struct
{
  guint covered; /* NICs or disks of the plan that it says something of */
  guint missing; /* of these, those that would go to what is not there */
} Fit;

static void
fit_nic (const FerryMap *map, const FerryNic *nic, const FerryDestinationFacts *facts, Fit *fit)
{
  const FerryPlanMapping *mapping = find_mapping (map->mappings, nic->network);

  if (mapping == NULL)
    mapping = find_mapping (map->mappings, ANY);
  if (mapping == NULL || mapping->network.kind == FERRY_NETWORK_UNMAPPED)
    return;
  fit->covered++;
  if (facts != NULL && !network_is_there (&mapping->network, facts))
    fit->missing++;
}

static void
fit_disk (const FerryMap *map, const FerryDisk *disk, const FerryDestinationFacts *facts, Fit *fit)
{
  const FerryPlanStoring *storing = find_storing (map->storings, disk->storage);

  if (storing == NULL)
    storing = find_storing (map->storings, ANY);
  if (storing == NULL)
    return;
  fit->covered++;
  if (facts != NULL && ferry_destination_facts_find_storage (facts, storing->storage) == NULL)
    fit->missing++;
}

static Fit
measure_fit (const FerryMap *map, const FerryPlan *plan, const FerryDestinationFacts *facts)
{
  Fit fit = { 0, 0 };

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      for (guint n = 0; map->kind == FERRY_MAP_NETWORK && n < guest->nics->len; n++)
        fit_nic (map, ferry_guest_get_nic (guest, n), facts, &fit);
      for (guint d = 0; map->kind == FERRY_MAP_STORAGE && d < guest->disks->len; d++)
        fit_disk (map, ferry_guest_get_disk (guest, d), facts, &fit);
    }

  return fit;
}

const FerryMap *
ferry_maps_suggest (const GPtrArray *maps,
                    FerryMapKind kind,
                    const FerryPlan *plan,
                    const FerryDestinationFacts *facts)
{
  const FerryMap *best = NULL;
  Fit best_fit = { 0, 0 };

  for (guint i = 0; i < maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (maps, i);
      Fit fit = { 0, 0 };

      if (map->kind == kind && ferry_map_matches (map, plan))
        fit = measure_fit (map, plan, facts);
      if (fit.covered > 0 && (best == NULL || fit.missing < best_fit.missing ||
                              (fit.missing == best_fit.missing && fit.covered > best_fit.covered)))
        {
          best = map;
          best_fit = fit;
        }
    }

  return best;
}

/* --- applying it --- */

static guint
apply_mappings (const FerryMap *map, FerryPlan *plan)
{
  guint changed = 0;

  for (guint i = 0; i < map->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (map->mappings, i);

      if (mapping->network.kind != FERRY_NETWORK_UNMAPPED)
        ferry_plan_set_mapping (plan, mapping->source, &mapping->network);
    }
  for (guint i = 0; i < map->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (map->mappings, i);

      if (mapping->network.kind != FERRY_NETWORK_UNMAPPED)
        changed += ferry_plan_apply_mapping (plan, mapping->source, &mapping->network);
    }

  return changed;
}

guint
ferry_map_apply (const FerryMap *map, FerryPlan *plan)
{
  guint changed = 0;

  if (map->kind == FERRY_MAP_NETWORK)
    return apply_mappings (map, plan);
  for (guint i = 0; i < map->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (map->storings, i);

      ferry_plan_set_storing (plan, storing->source, storing->storage);
    }
  for (guint i = 0; i < map->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (map->storings, i);

      changed += ferry_plan_apply_storing (plan, storing->source, storing->storage);
    }

  return changed;
}
