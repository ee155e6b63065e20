/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-facts.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryNetworkChooser:
 *
 * Makes a drop-down, and an entry for a destination whose networks are only names, choose where a
 * network goes.
 *
 * Signal: "changed": the user chose another one
 */
#define FERRY_TYPE_NETWORK_CHOOSER (ferry_network_chooser_get_type ())
G_DECLARE_FINAL_TYPE (FerryNetworkChooser, ferry_network_chooser, FERRY, NETWORK_CHOOSER, GObject)

/** ferry_network_chooser_new: the widgets outlive it, or ferry_network_chooser_end() is called */
FerryNetworkChooser *ferry_network_chooser_new (AdwComboRow *combo, AdwEntryRow *entry);
/** ferry_network_chooser_set: @facts: (nullable): the destination's, when they are known */
void ferry_network_chooser_set (FerryNetworkChooser *self,
                                const FerryDestinationFacts *facts,
                                const FerryPlanNetwork *network);
/** ferry_network_chooser_get: fills @out_network, to be cleared by the caller */
void ferry_network_chooser_get (FerryNetworkChooser *self, FerryPlanNetwork *out_network);
void ferry_network_chooser_end (FerryNetworkChooser *self);

G_END_DECLS
