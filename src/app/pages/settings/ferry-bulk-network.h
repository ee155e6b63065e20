/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-bulk.h"
#include "ferry-facts.h"

G_BEGIN_DECLS

/**
 * FerryBulkNetwork: where the NICs of the selected guests on one source network go
 *
 * Signal: "changed": the user chose; ferry_bulk_network_get() tells what
 */
#define FERRY_TYPE_BULK_NETWORK (ferry_bulk_network_get_type ())
G_DECLARE_FINAL_TYPE (FerryBulkNetwork,
                      ferry_bulk_network,
                      FERRY,
                      BULK_NETWORK,
                      AdwPreferencesGroup)

/** ferry_bulk_network_new: @source: (nullable): of no name */
GtkWidget *ferry_bulk_network_new (const char *source);
const char *ferry_bulk_network_get_source (FerryBulkNetwork *self);
/** ferry_bulk_network_show: @facts: (nullable): the destination's */
void ferry_bulk_network_show (FerryBulkNetwork *self,
                              const GPtrArray *guests,
                              const FerryDestinationFacts *facts);
/** ferry_bulk_network_get: fills @out_network, to be cleared by the caller */
void ferry_bulk_network_get (FerryBulkNetwork *self, FerryPlanNetwork *out_network);

G_END_DECLS
