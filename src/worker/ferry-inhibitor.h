/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryInhibitor:
 *
 * Keeps the computer awake while it is active: asks logind on the system bus, else GNOME's session
 * manager, else the desktop portal on the session bus. Where there is none of them, nothing
 * happens. Never blocks.
 */
#define FERRY_TYPE_INHIBITOR (ferry_inhibitor_get_type ())
G_DECLARE_FINAL_TYPE (FerryInhibitor, ferry_inhibitor, FERRY, INHIBITOR, GObject)

FerryInhibitor *ferry_inhibitor_new (GDBusConnection *session);
void ferry_inhibitor_set_active (FerryInhibitor *self, gboolean active);
/** ferry_inhibitor_get_keeper: (nullable): who keeps it awake now: "logind", "gnome", "portal" */
const char *ferry_inhibitor_get_keeper (FerryInhibitor *self);

G_END_DECLS
