/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* What virt-v2v is told for all guests: where the VirtIO drivers for Windows are, and with which of
 * them disks are driven, where it lets choose; where it does not, why. */
#define FERRY_TYPE_CONVERSION_GROUP (ferry_conversion_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryConversionGroup,
                      ferry_conversion_group,
                      FERRY,
                      CONVERSION_GROUP,
                      AdwPreferencesGroup)

/** ferry_conversion_group_show: of @draft's plan, from now on */
void ferry_conversion_group_show (FerryConversionGroup *self, FerryDraft *draft);
/** ferry_conversion_group_refresh: the plan or the conversion host's facts changed */
void ferry_conversion_group_refresh (FerryConversionGroup *self);

G_END_DECLS
