/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-connector.h"

G_BEGIN_DECLS

/* Asks whether a server is to be trusted: what it showed, and what it showed before if that was
 * something else. Enter and Escape do not trust. */
#define FERRY_TYPE_TRUST_DIALOG (ferry_trust_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FerryTrustDialog, ferry_trust_dialog, FERRY, TRUST_DIALOG, AdwMessageDialog)

/** ferry_trust_dialog_ask: shows what @connector asks and gives it the answer; closes by itself
 * when that is given up */
GtkWindow *ferry_trust_dialog_ask (GtkWindow *parent, FerryConnector *connector);

G_END_DECLS
