/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

#define FERRY_TYPE_SOURCE_OVA (ferry_source_ova_get_type ())
/* The usual cast, FERRY_SOURCE_OVA (), is a kind of source in ferry-plan.h. */
G_DECLARE_FINAL_TYPE (FerrySourceOva, ferry_source_ova, FERRY, OVA_SOURCE, GObject)

/** ferry_source_ova_new: @path: absolute: an OVA, an unpacked one, or a folder with OVAs in it */
FerrySource *ferry_source_ova_new (const char *path);

G_END_DECLS
