/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-plan.h"
#include "ferry-target.h"

G_BEGIN_DECLS

/**
 * FerryV2vRun: everything that decides how virt-v2v is called
 * @facts: of the conversion host: its virt-v2v's words, whether KVM works, the cache folder
 * @output: where the guest is to go
 * @guest: as it arrives: without disks that are left out
 * @input: path of the libvirt XML that ferry_input_write() made
 * @work_dir: private folder for everything temporary
 * @plan: (nullable): what is chosen for all guests
 * @keys: (nullable): values for --key, as ferry_keys_write() gives them
 */
typedef struct
{
  const FerryHostFacts *facts;
  const FerryOutput *output;
  const FerryPlanGuest *guest;
  const char *input;
  const char *work_dir;
  const FerryPlan *plan;
  const char *const *keys;
} FerryV2vRun;

char **ferry_v2v_args (const FerryV2vRun *run);
char **ferry_v2v_environment (const FerryV2vRun *run);
char *ferry_v2v_command_to_text (const char *const *argv, const char *const *environment);

G_END_DECLS
