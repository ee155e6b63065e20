/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-provider.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/* The commands of “ferryctl provider”, and what they share. */

FerryctlExit ferryctl_provider_add (FerryctlLine *line);
FerryctlExit ferryctl_provider_duplicate (FerryctlLine *line);
FerryctlExit ferryctl_provider_edit (FerryctlLine *line);
FerryctlExit ferryctl_provider_export (FerryctlLine *line);
FerryctlExit ferryctl_provider_import (FerryctlLine *line);
FerryctlExit ferryctl_provider_list (FerryctlLine *line);
FerryctlExit ferryctl_provider_remove (FerryctlLine *line);
FerryctlExit ferryctl_provider_test (FerryctlLine *line);

/** ferryctl_provider_find_all: (transfer full) (element-type FerryProvider): all of @names, or %NULL */
GPtrArray *ferryctl_provider_find_all (char *const *names, GError **error);
/** ferryctl_provider_save: tells that it was saved, or why not */
FerryctlExit ferryctl_provider_save (const FerryProvider *provider);

G_END_DECLS
