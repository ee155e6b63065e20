/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-os.h"

G_BEGIN_DECLS

/** ferry_os_find_by_uri: (nullable): by libosinfo's URI */
const FerryOs *ferry_os_find_by_uri (const char *uri);
/** ferry_os_find_newest: (nullable): of those with an id such as "rhel8.7", where @id is "rhel8" */
const FerryOs *ferry_os_find_newest (const char *id);
/** ferry_os_make_uri: (nullable): by the rule that libosinfo's URIs of @id's kind follow */
char *ferry_os_make_uri (const char *id);

/** ferry_os_get_vmware_name: (nullable): for people, of "debian11_64Guest" */
const char *ferry_os_get_vmware_name (const char *id);
/** ferry_os_get_cim_name: (nullable): of "96" */
const char *ferry_os_get_cim_name (const char *id);

G_END_DECLS
