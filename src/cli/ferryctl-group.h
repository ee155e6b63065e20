/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl.h"

G_BEGIN_DECLS

/**
 * FerryctlGroup: commands of two words, "map list", about one kind of thing that is saved
 * @name: the first word
 * @commands: their names are both words
 * @description: for the group's help
 */
typedef struct
{
  const char *name;
  const FerryctlCommand *commands;
  guint n_commands;
  const char *description;
} FerryctlGroup;

/** ferryctl_group_run: the command that the second word of @line names */
FerryctlExit ferryctl_group_run (const FerryctlGroup *group, const FerryctlLine *line);
/** ferryctl_group_exit: what such a command exits with after @error */
FerryctlExit ferryctl_group_exit (const GError *error);

G_END_DECLS
