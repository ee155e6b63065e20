/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/* What the tests of the Settings page share. */

/**
 * settings_test_open: a wizard at its Settings page
 * @kind: of destination: the made-up backend's folder, or libvirt with its pools "vm-data-01" (the
 *   plan's) and "vm-fast", its networks, and a guest called "erp-app"
 * @guests: (transfer full) (element-type FerryGuest): what is to be imported
 */
GtkWindow *settings_test_open (FerryDestinationKind kind, GPtrArray *guests);
/** settings_test_list: (transfer full): guests of these names on network "VM Network"; up to NULL */
GPtrArray *settings_test_list (const char *name, ...) G_GNUC_NULL_TERMINATED;

FerryDraft *settings_test_get_draft (GtkWindow *wizard);
FerryPlan *settings_test_get_plan (GtkWindow *wizard);
/** settings_test_get_guest: never NULL */
FerryPlanGuest *settings_test_get_guest (GtkWindow *wizard, const char *id);

/** settings_test_show: @id: (nullable): NULL: what holds for all. @tab: "general", "network", … */
void settings_test_show (GtkWindow *wizard, const char *id, const char *tab);
/** settings_test_find: (transfer none): the widget of this type that is seen on the page */
GtkWidget *settings_test_find (GtkWindow *wizard, const char *type);
/** settings_test_get: the part @name of the template of @widget */
gpointer settings_test_get (GtkWidget *widget, const char *name);
/** settings_test_choose: the drop-down @row, part of @widget, gets the entry with this title */
void settings_test_choose (GtkWidget *widget, const char *row, const char *title);
/** settings_test_type: as if @text stood in the entry @row, part of @widget */
void settings_test_type (GtkWidget *widget, const char *row, const char *text);
/** settings_test_get_problem: (nullable): what the note @name, part of @widget, says */
const char *settings_test_get_problem (GtkWidget *widget, const char *name);

G_END_DECLS
