/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-record.h"

G_BEGIN_DECLS

/* How an import ends that does not succeed: by itself, or found after a crash. */

/** ferry_import_add_leftovers: (transfer full): @failure, and what remains although it should not,
 * which must be said whatever else went wrong */
FerryFailure *ferry_import_add_leftovers (const FerryFailure *failure, const GError *undo_error);

/** ferry_import_note_end: @failure: (nullable): of a cancelled one; that its guest is off because of
 * Ferry is added to it */
gboolean ferry_import_note_end (FerryRecord *record,
                                FerryImportState end,
                                const FerryFailure *failure,
                                GError **error);

G_END_DECLS
