/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-plan.h"
#include "ferry-source.h"
#include "ferry-target.h"

G_BEGIN_DECLS

/* From words and plans to sources, targets and hosts. */

/** SOURCE of ferryctl: a file or a folder (relative ones are made absolute), or a libvirt URI */
gboolean ferry_endpoint_parse_source (const char *text, FerryPlan *plan, GError **error);
/** DESTINATION of ferryctl: "folder:DIR" or "libvirt:URI[,pool=NAME]" */
gboolean ferry_endpoint_parse_destination (const char *text, FerryPlan *plan, GError **error);

FerrySource *ferry_endpoint_open_source (const FerryPlan *plan, GError **error);
FerryTarget *ferry_endpoint_open_target (const FerryPlan *plan, GError **error);
FerryHost *ferry_endpoint_open_host (const FerryPlan *plan, GError **error);

G_END_DECLS
