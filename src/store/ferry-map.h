/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* Saved maps: which network or storage of a source goes where. One JSON file each (docs/maps.md),
 * maps/UUID.json in the configuration folder, 0600, written atomically; what is exported is the same
 * file. Members that this version does not know are kept. */

#define FERRY_MAP_VERSION 1

typedef enum
{
  FERRY_MAP_NETWORK = 1,
  FERRY_MAP_STORAGE,
} FerryMapKind;

/**
 * FerryMap:
 * @id: (owned): uuid
 * @name: (owned): unique among the maps of its kind, whatever its case
 * @source: (owned) (nullable): what it was made for, as ferry_plan_source_to_text() says it
 * @destination: (owned) (nullable): the same by ferry_plan_destination_to_text()
 * @mappings: (owned) (element-type FerryPlanMapping): of NETWORK; sorted by source
 * @storings: (owned) (element-type FerryPlanStoring): of STORAGE; sorted by source
 */
typedef struct
{
  char *id;
  char *name;
  FerryMapKind kind;
  char *source;
  char *destination;
  GPtrArray *mappings;
  GPtrArray *storings;
  JsonObject *extra;
} FerryMap;

/**
 * ferry_map_new_of_plan:
 *
 * What @plan says for all guests; and where it says nothing of a network or storage but everything on
 * it goes the same way, that. Not saved yet.
 */
FerryMap *ferry_map_new_of_plan (const FerryPlan *plan, FerryMapKind kind, const char *name);
void ferry_map_free (FerryMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryMap, ferry_map_free)

/** ferry_map_get_n_entries: how many networks or storages it is about */
guint ferry_map_get_n_entries (const FerryMap *map);
/** ferry_map_kind_to_word: "network", "storage" */
const char *ferry_map_kind_to_word (FerryMapKind kind);

/**
 * ferry_map_check_name: 1 to 120 bytes of UTF-8, not blank, without control characters
 *
 * Errors: FERRY_ERROR_INVALID, stating the rule
 */
gboolean ferry_map_check_name (const char *name, GError **error);

/** ferry_maps_load: (transfer full) (element-type FerryMap): sorted by name; files that cannot be read
 * are left out: ferry_maps_list_problems() tells them */
GPtrArray *ferry_maps_load (GError **error);
/** ferry_maps_list_problems: (transfer full): a sentence for each file that cannot be read */
char **ferry_maps_list_problems (void);
/** ferry_maps_find: (nullable): by name (whatever its case) or id; @kind 0: any */
const FerryMap *ferry_maps_find (const GPtrArray *maps, FerryMapKind kind, const char *name);

/**
 * ferry_map_save: in place of the one of the same name and kind, whose id it gets
 *
 * Errors: FERRY_ERROR_INVALID (its name), PERMISSION, NO_SPACE, FAILED
 */
gboolean ferry_map_save (FerryMap *map, GError **error);
/** ferry_map_remove: FERRY_ERROR_NOT_FOUND, PERMISSION, FAILED */
gboolean ferry_map_remove (const FerryMap *map, GError **error);

/** ferry_map_to_text: JSON; equal maps give equal text */
char *ferry_map_to_text (const FerryMap *map);
/**
 * ferry_map_from_text: with a new id, not saved
 * @length: in bytes, -1: up to the NUL
 *
 * Errors: FERRY_ERROR_INVALID, naming the member: "networks.LAN.kind"; UNSUPPORTED: of a newer Ferry
 */
FerryMap *ferry_map_from_text (const char *text, gssize length, GError **error);
/** ferry_map_export: ferry_map_to_text() into the file @path, in place of what is there */
gboolean ferry_map_export (const FerryMap *map, const char *path, GError **error);
/** ferry_map_import_file: (transfer full): as ferry_map_from_text(); NOT_FOUND, PERMISSION, FAILED.
 * Whoever wrote the file: nothing in it is believed. */
FerryMap *ferry_map_import_file (const char *path, GError **error);

/** ferry_map_matches: it was made for @plan's source and destination, whatever its pool */
gboolean ferry_map_matches (const FerryMap *map, const FerryPlan *plan);
/**
 * ferry_maps_suggest: (nullable): of those of @kind that match @plan, the one that says most of it
 * @facts: (nullable): what is at the destination; a map that leads to what is not there is worse
 *
 * A map that says nothing of @plan's guests is not suggested.
 */
const FerryMap *ferry_maps_suggest (const GPtrArray *maps,
                                    FerryMapKind kind,
                                    const FerryPlan *plan,
                                    const FerryDestinationFacts *facts);
/**
 * ferry_map_apply: @plan's defaults and all NICs or disks of its guests, as the map says it; what the
 * map does not name stays
 *
 * Returns: how many NICs or disks changed
 */
guint ferry_map_apply (const FerryMap *map, FerryPlan *plan);

G_END_DECLS
