/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Stands under a field and says what is wrong with what was entered there. Hidden while nothing is. */
#define FERRY_TYPE_FIELD_NOTE (ferry_field_note_get_type ())
G_DECLARE_FINAL_TYPE (FerryFieldNote, ferry_field_note, FERRY, FIELD_NOTE, AdwPreferencesRow)

/** ferry_field_note_tell: @field is marked as wrong; @problem: (nullable): nothing is */
void ferry_field_note_tell (FerryFieldNote *self, GtkWidget *field, const char *problem);
/** ferry_field_note_set_only_warns: what it says does not stop the import; FALSE at first */
void ferry_field_note_set_only_warns (FerryFieldNote *self, gboolean only_warns);
/** ferry_field_note_get_text: (nullable): NULL: it says nothing */
const char *ferry_field_note_get_text (FerryFieldNote *self);

G_END_DECLS
