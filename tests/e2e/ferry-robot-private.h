/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-robot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the robot's hands (ferry-robot.c) and its keyboard (ferry-robot-keys.c) share: its eyes. */

#define ROBOT_MAX_DEPTH 60

struct _Robot
{
  GSubprocess *program;
  char *screenshots;
  AtspiAccessible *app;
  guint pictures;
};

typedef struct
{
  AtspiRole role;
  const char *name;  /* "prefix*" matches a beginning */
  gboolean editable; /* holds text that can be changed */
} RobotWanted;

void robot_wait_a_moment (void);
gboolean robot_node_has_state (AtspiAccessible *node, AtspiStateType state);
gboolean robot_node_is_wanted (AtspiAccessible *node, const RobotWanted *wanted);
AtspiAccessible *robot_search (AtspiAccessible *node, const RobotWanted *wanted, guint depth);
void robot_give_up (Robot *robot, const char *what, const char *name) G_GNUC_NORETURN;

G_END_DECLS
