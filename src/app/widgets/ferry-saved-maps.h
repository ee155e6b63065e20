/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-choices.h"

G_BEGIN_DECLS

/**
 * FerrySavedMaps: the head of a group of mappings, with a menu of the maps that are saved
 *
 * The one that was made for the same source and destination is offered by itself. What a map did is
 * said in its place.
 */
#define FERRY_TYPE_SAVED_MAPS (ferry_saved_maps_get_type ())
G_DECLARE_FINAL_TYPE (FerrySavedMaps, ferry_saved_maps, FERRY, SAVED_MAPS, AdwPreferencesGroup)

/** ferry_saved_maps_show: the maps are read again; @draft's plan is what they are applied to */
void ferry_saved_maps_show (FerrySavedMaps *self, FerryDraft *draft, FerryMapKind kind);
/** ferry_saved_maps_save: what the plan says now, as map @name; replaces one of that name */
void ferry_saved_maps_save (FerrySavedMaps *self, const char *name);
/** ferry_saved_maps_import: the map in file @path is saved and applied; what is wrong is said */
void ferry_saved_maps_import (FerrySavedMaps *self, const char *path);
void ferry_saved_maps_export (FerrySavedMaps *self, const char *path);

G_END_DECLS
