/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryctlLook: what standard output can show
 * @moves: a terminal whose cursor can be moved
 * @has_utf8: more than ASCII
 * @has_color: colours are wanted (not NO_COLOR)
 * @columns: @rows: of the terminal; columns is 0 where there is none
 */
typedef struct
{
  gboolean moves;
  gboolean has_utf8;
  gboolean has_color;
  guint columns;
  guint rows;
} FerryctlLook;

typedef enum
{
  FERRYCTL_STYLE_BOLD = 1,
  FERRYCTL_STYLE_DIM,
  FERRYCTL_STYLE_GOOD,
  FERRYCTL_STYLE_WARNING,
  FERRYCTL_STYLE_BAD,
} FerryctlStyle;

void ferryctl_look_detect (FerryctlLook *look);
char *ferryctl_look_paint (const FerryctlLook *look, FerryctlStyle style, const char *text);

/** ferryctl_screen_init: makes g_print and g_printerr write what the locale can show */
void ferryctl_screen_init (void);
/** ferryctl_screen_write_raw: one line for a program: UTF-8 in every locale */
void ferryctl_screen_write_raw (const char *line);
void ferryctl_screen_write_bytes (const char *bytes, gsize length);

/**
 * FerryctlScreen: a block of lines at the bottom of a terminal that is drawn anew in place, with
 * lasting lines above it. The functions return what is to be written, for tests to look at.
 */
typedef struct _FerryctlScreen FerryctlScreen;

FerryctlScreen *ferryctl_screen_new (void);
void ferryctl_screen_free (FerryctlScreen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlScreen, ferryctl_screen_free)

char *ferryctl_screen_draw (FerryctlScreen *screen, const char *const *lines, guint columns);
char *ferryctl_screen_clear (FerryctlScreen *screen, guint columns);

G_END_DECLS
