/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-screen.h"
#include "ferryctl-snapshot.h"

G_BEGIN_DECLS

/* Imports on their way, as text. No I/O: what is to be written is returned. */

char **ferryctl_bars_render (const GPtrArray *snapshots, const FerryctlLook *look);

/**
 * FerryctlSpoken: what has been told of one import in plain lines, where bars cannot be drawn
 * @phase: (nullable): static: the last phase told
 * @tenth: how many tenths were told
 */
typedef struct
{
  const char *phase;
  guint tenth;
} FerryctlSpoken;

char *ferryctl_bars_speak (FerryctlSpoken *spoken, const FerryctlSnapshot *snapshot);

G_END_DECLS
