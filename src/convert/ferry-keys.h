/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/* Keys of encrypted disks on their way to the programs that open them: as lines for
 * ferry-guestfs-helper, as 0600 files for virt-v2v. */

/**
 * ferry_keys_to_lines:
 * @guest: (nullable): whose own keys come before the plan's
 *
 * Returns: (transfer full): "DEVICE KEY\n" for each, DEVICE "-" for every one; to be wiped
 */
char *ferry_keys_to_lines (const FerryPlan *plan, const FerryPlanGuest *guest);

/**
 * FerryKeyFiles: who needs the keys
 * @version: (nullable): of the virt-v2v that will read them
 * @work_dir: where the files are written
 */
typedef struct
{
  const FerryPlan *plan;
  const FerryPlanGuest *guest;
  const char *version;
  const char *work_dir;
} FerryKeyFiles;

/**
 * ferry_keys_write:
 *
 * Writes a file for each key.
 *
 * Returns: (transfer full): values for virt-v2v's --key, in the order in which they are tried; no
 *   secret in them. %NULL with FERRY_ERROR_NO_SPACE or FAILED
 */
char **ferry_keys_write (FerryHost *host, const FerryKeyFiles *files, GError **error);

G_END_DECLS
