/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ferry_accessible_set_label: names @widget for those who do not see it */
void ferry_accessible_set_label (GtkWidget *widget, const char *label);

/**
 * ferry_accessible_track_stack:
 *
 * Keeps the children of @stack that are not seen out of the accessible tree: GTK 4.8 leaves them
 * there as if they were showing.
 */
void ferry_accessible_track_stack (GtkStack *stack);
/** ferry_accessible_track: the same for whatever has a "visible-child": AdwViewStack, AdwLeaflet */
void ferry_accessible_track (GtkWidget *stack);
/** ferry_accessible_name_icon_buttons: in an AdwPasswordEntryRow or toast, a GtkDropDown or
 * GtkMenuButton: GTK 4.8 and libadwaita 1.2 give the button in there no name */
void ferry_accessible_name_icon_buttons (GtkWidget *parent, const char *label);
/**
 * ferry_accessible_name_buttons:
 *
 * GTK 4.8 names a button "_Trust Trust" when its label has a mnemonic, as those of AdwMessageDialog
 * have. Called when @dialog has all of them.
 */
void ferry_accessible_name_buttons (GtkWidget *dialog);

G_END_DECLS
