/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-source.h"

G_BEGIN_DECLS

/** FerryctlGuests: which virtual machines of a source are meant */
typedef enum
{
  FERRYCTL_GUESTS_ALL_UNLESS_NAMED = 1,
  FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED, /* several must be named */
} FerryctlGuests;

GPtrArray *ferryctl_guests_choose (const GPtrArray *guests,
                                   char *const *names,
                                   FerryctlGuests rule,
                                   GError **error);
GPtrArray *ferryctl_guests_read (FerrySource *source, const GPtrArray *chosen, GError **error);

G_END_DECLS
