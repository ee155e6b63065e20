/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryRemedyPlace: where the wizard has what a finding needs
 * @page: (nullable): of the wizard; NULL: the settings
 * @tab: (nullable): of a guest's settings; NULL: what holds for all
 * @child: (nullable): the row to begin with, by its id in the tab's template
 */
typedef struct
{
  const char *page;
  const char *tab;
  const char *child;
} FerryRemedyPlace;

/** ferry_remedy_get_place: @of_guest: the finding is about one guest
 * Returns: (nullable): NULL: it is done where it was found */
const FerryRemedyPlace *ferry_remedy_get_place (FerryRemedy remedy, gboolean of_guest);

/**
 * ferry_remedy_apply: does what needs no further choice
 * @guest: (nullable)
 * @part: index of the disk or NIC
 *
 * Returns: (nullable) (transfer full): a sentence that says what was done; NULL: nothing
 */
char *ferry_remedy_apply (FerryRemedy remedy, FerryPlanGuest *guest, int part);

G_END_DECLS
