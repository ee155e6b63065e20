/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-provider.h"

G_BEGIN_DECLS

/* What the files of providers share with each other. */

/** FerryProviderGroups: where in a key file a provider is */
typedef struct
{
  const char *provider;
  const char *source;
} FerryProviderGroups;

/** ferry_provider_check_name: FERRY_ERROR_INVALID */
gboolean ferry_provider_check_name (const char *name, GError **error);
/** ferry_provider_fold_name: equal for names that are the same, whatever their case, and however their
 * letters are composed */
char *ferry_provider_fold_name (const char *name);

/** ferry_provider_read_groups: fills in all but the id; FERRY_ERROR_INVALID */
gboolean ferry_provider_read_groups (FerryProvider *provider,
                                     GKeyFile *file,
                                     const FerryProviderGroups *groups,
                                     GError **error);
/** ferry_provider_write_groups: keys that are not known are left as they are */
void ferry_provider_write_groups (const FerryProvider *provider,
                                  GKeyFile *file,
                                  const FerryProviderGroups *groups);

G_END_DECLS
