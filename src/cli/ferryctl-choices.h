/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/**
 * FerryctlChoices: the options that make a plan, as they were given; NULL: not given
 * @maps: (owned): names of saved maps
 * @networks: @storages: (owned): "SRC=DST"
 * @renames: (owned): "OLD=NEW"
 * @guests: @disks: @nics: (owned): as ferryctl-settings.h has it
 * @replace: (owned): "FIND=WITH"
 */
typedef struct
{
  char *destination;
  char *name;
  char **maps;
  char **networks;
  char **storages;
  char **renames;
  char **guests;
  char **disks;
  char **nics;
  char *name_pattern;
  char *replace;
  gboolean lower_case;
  char *mac;
  char *format;
  char *allocation;
  char *root;
  char *os;
  char *memory;
  char *vcpus;
  char *topology;
  char *firmware;
  char *description;
  char *drivers;
  char *block_driver;
  gboolean start;
  gboolean shut_down;
  gboolean all;
} FerryctlChoices;

void ferryctl_choices_clear (FerryctlChoices *choices);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlChoices, ferryctl_choices_clear)

void ferryctl_choices_add_options (FerryctlChoices *choices, GOptionContext *context);
gboolean ferryctl_choices_any (const FerryctlChoices *choices);

gboolean
ferryctl_choices_apply_defaults (const FerryctlChoices *choices, FerryPlan *plan, GError **error);
gboolean
ferryctl_choices_apply_to_guests (const FerryctlChoices *choices, FerryPlan *plan, GError **error);

G_END_DECLS
