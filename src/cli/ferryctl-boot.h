/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferryctl-snapshot.h"

G_BEGIN_DECLS

/* How to start what was imported. */

/**
 * FerryctlBoot: what a QEMU command line needs
 * @xml: the guest's libvirt XML
 * @files: (nullable): its disks, in order
 * @uefi: (nullable): a firmware image, when the guest boots by UEFI
 */
typedef struct
{
  const FerryPlanGuest *guest;
  const char *xml;
  char *const *files;
  const char *uefi;
  gboolean has_kvm;
  gboolean has_display;
} FerryctlBoot;

char *ferryctl_boot_to_command (const FerryctlBoot *boot);
char *ferryctl_boot_describe (const FerryctlSnapshot *snapshot);

G_END_DECLS
