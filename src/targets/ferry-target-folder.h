/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

G_BEGIN_DECLS

/**
 * FerryTargetFolder:
 *
 * A folder on this computer. A guest NAME becomes the folder NAME in it, with the disks
 * NAME-sda.qcow2 (or .raw), NAME-sdb… and NAME.xml, libvirt's description of it. All of it appears
 * at once, when it is complete; until then it grows in a hidden folder beside it.
 */
#define FERRY_TYPE_TARGET_FOLDER (ferry_target_folder_get_type ())
G_DECLARE_FINAL_TYPE (FerryTargetFolder, ferry_target_folder, FERRY, TARGET_FOLDER, GObject)

/** ferry_target_folder_new: @path: absolute; need not exist */
FerryTarget *ferry_target_folder_new (const char *path);

G_END_DECLS
