/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/**
 * FerryctlChoices: the options that make a plan, as they were given; NULL: not given
 * @networks: (owned): "SRC=DST"
 */
typedef struct
{
  char *destination;
  char *name;
  char **networks;
  char *mac;
  char *format;
  char *allocation;
  char *root;
  char *memory;
  char *vcpus;
  char *description;
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
