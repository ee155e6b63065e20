/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What tests of widgets share. All of it needs a display: tests/session. */

/** ui_test_init: GTK with Ferry's icons, styles and actions, as the application has them */
void ui_test_init (int *argc, char ***argv);

/** ui_test_wait_for: runs the main loop until @is_true says so; fails after ten seconds */
void ui_test_wait_for (gboolean (*is_true) (gpointer data), gpointer data);

/** ui_test_find: the first shown widget of @type below @root, with this label or icon (nullable) */
GtkWidget *ui_test_find (GtkWidget *root, GType type, const char *text);

/** ui_test_shows: whether a label that is seen below @root has exactly this text */
gboolean ui_test_shows (GtkWidget *root, const char *text);

/** ui_test_click: as if the button with this label or icon name had been clicked */
void ui_test_click (GtkWidget *root, const char *text);

/** ui_test_settle: draws @window until nothing moves in it any more; animations are off */
void ui_test_settle (GtkWindow *window);

/** ui_test_shoot: a picture of @window, in the build folder, to be looked at */
void ui_test_shoot (GtkWindow *window, const char *name);

/** ui_test_drop: destroys @window and waits until it is gone */
void ui_test_drop (GtkWindow *window);

G_END_DECLS
