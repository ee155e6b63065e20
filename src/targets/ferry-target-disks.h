/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

G_BEGIN_DECLS

/* What targets on this computer do alike with the disks of a guest. */

char *ferry_target_dup_disk (const char *folder,
                             const FerryPlanGuest *guest,
                             guint index,
                             const char *suffix);
char **ferry_target_list_disks (const char *folder, const FerryPlanGuest *guest);
char **ferry_target_list_named_disks (const char *folder, const FerryPlanGuest *guest);
gboolean ferry_target_verify_disk (const FerryTargetRun *run,
                                   const FerryOutput *output,
                                   guint index,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean ferry_target_check_disk_count (const FerryPlanGuest *guest, guint given, GError **error);
gboolean
ferry_target_fail_without_disk (const FerryPlanGuest *guest, const char *disk, GError **error);

G_END_DECLS
