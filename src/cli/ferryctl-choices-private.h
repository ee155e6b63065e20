/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-choices.h"
#include "ferryctl-settings.h"

G_BEGIN_DECLS

/* What the options of a plan are made of; for ferryctl-choices*.c only. */

/* The keys of --guest, --disk and --nic; the last has no key. */
extern const FerryctlKey ferryctl_guest_keys[];
extern const FerryctlKey ferryctl_disk_keys[];
extern const FerryctlKey ferryctl_nic_keys[];

/** ferryctl_choices_parse_format: @what: as the user knows it: "--format", "format" */
gboolean ferryctl_choices_parse_format (const char *what,
                                        const char *word,
                                        FerryFormat *out_format,
                                        GError **error);
gboolean ferryctl_choices_parse_allocation (const char *what,
                                            const char *word,
                                            FerryAllocation *out_allocation,
                                            GError **error);
/** ferryctl_choices_parse_network: NAME, network:NAME, bridge:NAME or none; @network: zeros before */
gboolean
ferryctl_choices_parse_network (const char *word, FerryPlanNetwork *network, GError **error);

/** ferryctl_choices_check_sources: a network or storage that nothing of @plan is on is mistyped */
gboolean ferryctl_choices_check_sources (const FerryctlChoices *choices,
                                         const FerryPlan *plan,
                                         GError **error);
/** ferryctl_choices_check_guest: what was chosen for @guest fits together */
gboolean ferryctl_choices_check_guest (const FerryPlanGuest *guest, GError **error);
/** ferryctl_choices_check_topology: @settings do not give CPUs and another topology */
gboolean ferryctl_choices_check_topology (const GPtrArray *settings, GError **error);
/** ferryctl_choices_check_nic: its address is one */
gboolean ferryctl_choices_check_nic (const FerryPlanNic *nic, GError **error);

G_END_DECLS
