/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferryctl-worker.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/** FerryctlNamed: the imports that a line names: what cancel, retry, log and remove begin with */
typedef struct
{
  FerryctlWorker *worker;
  GPtrArray *imports; /* (owned) (element-type FerryDBusImport1) */
} FerryctlNamed;

gboolean ferryctl_named_find (FerryctlNamed *named,
                              FerryctlLine *line,
                              const GOptionEntry *entries,
                              FerryctlExit *out_exit);
void ferryctl_named_clear (FerryctlNamed *named);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlNamed, ferryctl_named_clear)

char **ferryctl_named_dup_ids (const FerryctlNamed *named);
FerryctlExit ferryctl_named_refused (FerryDBusImport1 *import, GError *error);

G_END_DECLS
