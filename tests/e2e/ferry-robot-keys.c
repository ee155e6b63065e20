/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-robot-private.h"

#include <X11/Xlib.h>
#include <X11/keysym.h>

/* More than any page has places to stop at. */
#define MAX_TABS 60

/** robot_press: one key by its X name, "Return", "Tab", "Escape", … */
void
robot_press (Robot *robot, const char *key)
{
  KeySym symbol = XStringToKeysym (key);

  g_assert_cmpuint (symbol, !=, NoSymbol);
  atspi_generate_keyboard_event ((glong) symbol, NULL, ATSPI_KEY_SYM, NULL);
  robot_wait_a_moment ();
}

/** robot_hold: @key while @modifier ("Control_L", "Shift_L", "Alt_L") is held down */
void
robot_hold (Robot *robot, const char *modifier, const char *key)
{
  Display *display = XOpenDisplay (NULL);
  KeyCode code;

  g_assert_nonnull (display);
  code = XKeysymToKeycode (display, XStringToKeysym (modifier));
  g_assert_cmpuint (code, !=, 0);
  XCloseDisplay (display);

  atspi_generate_keyboard_event (code, NULL, ATSPI_KEY_PRESS, NULL);
  robot_press (robot, key);
  atspi_generate_keyboard_event (code, NULL, ATSPI_KEY_RELEASE, NULL);
  robot_wait_a_moment ();
}

/** robot_write: types @text (ASCII) into what has the focus, instead of what is there */
void
robot_write (Robot *robot, const char *text)
{
  robot_hold (robot, "Control_L", "a");
  robot_press (robot, "Delete");
  for (const char *c = text; *c != '\0'; c++)
    atspi_generate_keyboard_event (*c, NULL, ATSPI_KEY_SYM, NULL);
  robot_wait_a_moment ();
}

/* --- where the focus is --- */

/* What has the focus: the innermost that says so, in the window that was opened last. */
static AtspiAccessible *
find_focus (AtspiAccessible *node, guint depth)
{
  int children = depth < ROBOT_MAX_DEPTH ? atspi_accessible_get_child_count (node, NULL) : 0;

  if (depth > 0 && !robot_node_has_state (node, ATSPI_STATE_VISIBLE))
    return NULL;
  for (int i = children - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
      AtspiAccessible *found = child != NULL ? find_focus (child, depth + 1) : NULL;

      if (found != NULL)
        return found;
    }

  return robot_node_has_state (node, ATSPI_STATE_FOCUSED) ? g_object_ref (node) : NULL;
}

static gboolean
is_in (AtspiAccessible *node, const RobotWanted *wanted)
{
  g_autoptr (AtspiAccessible) parent = NULL;

  if (robot_node_is_wanted (node, wanted))
    return TRUE;
  parent = atspi_accessible_get_parent (node, NULL);

  return parent != NULL && atspi_accessible_get_role (parent, NULL) != ATSPI_ROLE_APPLICATION
         && is_in (parent, wanted);
}

static int
count_characters (Robot *robot, const RobotWanted *wanted)
{
  g_autoptr (AtspiAccessible) node = robot_search (robot->app, wanted, 0);
  g_autoptr (AtspiText) text = node != NULL ? atspi_accessible_get_text_iface (node) : NULL;

  return text != NULL ? atspi_text_get_character_count (text, NULL) : -1;
}

/* An entry row of libadwaita 1.2 does not tell that it has the focus: a letter shows whether it is
 * this one, and is taken back. */
static gboolean
takes_letters (Robot *robot, const RobotWanted *wanted)
{
  int before = count_characters (robot, wanted);
  int after;

  if (before < 0)
    return FALSE;
  robot_press (robot, "End");
  robot_press (robot, "x");
  after = count_characters (robot, wanted);
  robot_press (robot, "BackSpace");

  return after == before + 1;
}

static gboolean
is_there (Robot *robot, const RobotWanted *wanted)
{
  g_autoptr (AtspiAccessible) focus = find_focus (robot->app, 0);

  return focus != NULL ? is_in (focus, wanted) : takes_letters (robot, wanted);
}

/** robot_go_to: Tab until the focus is on it, or in it; all the way around is too far */
void
robot_go_to (Robot *robot, AtspiRole role, const char *name)
{
  RobotWanted wanted = { .role = role, .name = name };

  for (guint i = 0; i < MAX_TABS && !is_there (robot, &wanted); i++)
    robot_press (robot, "Tab");
  if (!is_there (robot, &wanted))
    robot_give_up (robot, "cannot get by Tab to", name);
}

/** robot_has_focus: whether the focus is on it, or in it */
gboolean
robot_has_focus (Robot *robot, AtspiRole role, const char *name)
{
  RobotWanted wanted = { .role = role, .name = name };

  return is_there (robot, &wanted);
}
