/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-record.h"

G_BEGIN_DECLS

/* What the files of the record share with each other and with their tests. */

#define FERRY_RECORD_VERSION 1

char *ferry_record_to_text (const FerryRecord *record);
gboolean ferry_record_read_text (FerryRecord *record,
                                 const char *text,
                                 gssize length,
                                 GError **error);

FerryRecord *ferry_record_new (const char *id);
FerryUndo *ferry_undo_new (const char *kind, const char *const *arguments);
char *ferry_record_dup_dir (const char *id, GError **error);
void ferry_record_rotate_log (FerryRecord *record);

G_END_DECLS
