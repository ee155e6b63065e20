/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-import-item.h"

G_BEGIN_DECLS

/* Asks for the password, or the key of an encrypted disk, that an import needs to go on. It is kept
 * nowhere. */
#define FERRY_TYPE_PASSWORD_DIALOG (ferry_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FerryPasswordDialog,
                      ferry_password_dialog,
                      FERRY,
                      PASSWORD_DIALOG,
                      AdwMessageDialog)

/** ferry_password_dialog_new: @message: (nullable): why a password is asked for; NULL: to retry the
 * import, with what it failed for. The response "retry" means that something was entered */
FerryPasswordDialog *ferry_password_dialog_new (GtkWindow *parent,
                                                const FerryImportFacts *facts,
                                                const char *message);
/** ferry_password_dialog_read: what was entered, into @secrets: its source's passwords, its keys */
void ferry_password_dialog_read (FerryPasswordDialog *self, FerryPlan *secrets);

G_END_DECLS
