/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* libatspi has none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiSelection, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiValue, g_object_unref)

/* A person at the wizard: finds things by what they are called, clicks, types, waits, looks.
 * Everything that cannot be done within its time fails the test, with the widget tree and a picture
 * of the screen in the screenshots folder. */

typedef struct _Robot Robot;

Robot *robot_start (const char *const *argv, const char *screenshots);
void robot_stop (Robot *robot);

AtspiAccessible *robot_find (Robot *robot, AtspiRole role, const char *name, guint seconds);
void robot_see (Robot *robot, AtspiRole role, const char *name);
gboolean robot_sees (Robot *robot, AtspiRole role, const char *name);
guint robot_count (Robot *robot, AtspiRole role, const char *name);
void robot_wait_gone (Robot *robot, AtspiRole role, const char *name, guint seconds);
void robot_wait_sensitive (Robot *robot, AtspiRole role, const char *name, guint seconds);

void robot_click (Robot *robot, AtspiRole role, const char *name);
void robot_type (Robot *robot, const char *name, const char *text);
void robot_select_row (Robot *robot, AtspiRole role, const char *list, int row);
void robot_choose (Robot *robot, const char *row, const char *value);
void robot_press (Robot *robot, const char *key);

/* With the keyboard alone. */
void robot_hold (Robot *robot, const char *modifier, const char *key);
void robot_write (Robot *robot, const char *text);
void robot_go_to (Robot *robot, AtspiRole role, const char *name);
gboolean robot_has_focus (Robot *robot, AtspiRole role, const char *name);

double robot_try_value (Robot *robot, const char *name);
gboolean robot_shows (Robot *robot, const char *text);
guint robot_audit_names (Robot *robot);

void robot_screenshot (Robot *robot, const char *name);
void robot_resize (Robot *robot, int width, int height);

G_END_DECLS
