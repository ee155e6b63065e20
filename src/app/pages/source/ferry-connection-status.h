/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-connector.h"
#include "ferry-status-row.h"

G_BEGIN_DECLS

/** ferry_connection_status_show: in @row, how the connection that @connector makes stands; the
 * row's button starts it or stops it */
void ferry_connection_status_show (FerryStatusRow *row, FerryConnector *connector);

G_END_DECLS
