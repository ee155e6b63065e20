/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-facts.h"

G_BEGIN_DECLS

/**
 * FerryStorageChooser:
 *
 * Makes a drop-down choose among the storages of a destination, each with what is free there; its
 * subtitle says it of the chosen one.
 *
 * Signal: "changed": the user chose another one
 */
#define FERRY_TYPE_STORAGE_CHOOSER (ferry_storage_chooser_get_type ())
G_DECLARE_FINAL_TYPE (FerryStorageChooser, ferry_storage_chooser, FERRY, STORAGE_CHOOSER, GObject)

/**
 * FerryStorageChoice:
 * @inherited: (nullable): what holds where none is chosen; NULL: one must be
 * @storage: (nullable): the chosen one
 */
typedef struct
{
  const char *inherited;
  const char *storage;
} FerryStorageChoice;

/** ferry_storage_chooser_new: the widget outlives it, or ferry_storage_chooser_end() is called */
FerryStorageChooser *ferry_storage_chooser_new (AdwComboRow *combo);
void ferry_storage_chooser_set (FerryStorageChooser *self,
                                const FerryDestinationFacts *facts,
                                const FerryStorageChoice *choice);
/** ferry_storage_chooser_get: (nullable): NULL: none is chosen, or what is inherited */
const char *ferry_storage_chooser_get (FerryStorageChooser *self);
void ferry_storage_chooser_end (FerryStorageChooser *self);

G_END_DECLS
