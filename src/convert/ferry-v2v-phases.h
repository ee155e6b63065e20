/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-v2v-output.h"

G_BEGIN_DECLS

gboolean ferry_v2v_phase_find (const char *text, FerryV2vPhase *out_phase);
gboolean ferry_v2v_phase_parse_disk (const char *text, guint *out_disk, guint *out_n_disks);

G_END_DECLS
