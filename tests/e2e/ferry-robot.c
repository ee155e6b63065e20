/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-robot-private.h"

#include <X11/Xlib.h>
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define LOOK_AGAIN_USEC (50 * 1000)

/* The accessibility bus has to be served while we wait: its calls arrive on the main context. */
void
robot_wait_a_moment (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (LOOK_AGAIN_USEC);
}

static gboolean
name_matches (const char *name, const char *wanted)
{
  gsize length = strlen (wanted);

  if (length > 0 && wanted[length - 1] == '*')
    return strncmp (name, wanted, length - 1) == 0;

  return strcmp (name, wanted) == 0;
}

gboolean
robot_node_has_state (AtspiAccessible *node, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, state);
}

static AtspiEditableText *
find_editable (AtspiAccessible *node, guint depth)
{
  AtspiEditableText *text = atspi_accessible_get_editable_text_iface (node);
  int children = atspi_accessible_get_child_count (node, NULL);

  if (text != NULL && robot_node_has_state (node, ATSPI_STATE_EDITABLE))
    return text;
  g_clear_object (&text);

  for (int i = 0; depth < 8 && i < children && text == NULL; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        text = find_editable (child, depth + 1);
    }

  return text;
}

static gboolean
is_editable (AtspiAccessible *node)
{
  g_autoptr (AtspiEditableText) editable = find_editable (node, 0);

  return editable != NULL;
}

gboolean
robot_node_is_wanted (AtspiAccessible *node, const RobotWanted *wanted)
{
  g_autofree char *name = NULL;

  if (wanted->role != ATSPI_ROLE_INVALID && atspi_accessible_get_role (node, NULL) != wanted->role)
    return FALSE;

  name = atspi_accessible_get_name (node, NULL);

  if (name == NULL || !name_matches (name, wanted->name))
    return FALSE;

  return !wanted->editable || is_editable (node);
}

/* Nothing is seen inside of what is not visible. (GTK 4.8 gives SHOWING to windows only.) */
AtspiAccessible *
robot_search (AtspiAccessible *node, const RobotWanted *wanted, guint depth)
{
  int children;

  if (depth > ROBOT_MAX_DEPTH || (depth > 0 && !robot_node_has_state (node, ATSPI_STATE_VISIBLE)))
    return NULL;
  if (robot_node_is_wanted (node, wanted))
    return g_object_ref (node);

  children = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
      AtspiAccessible *found = child != NULL ? robot_search (child, wanted, depth + 1) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
print_tree (AtspiAccessible *node, guint depth)
{
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  int children = atspi_accessible_get_child_count (node, NULL);

  g_printerr ("%*s[%s] ‘%s’%s%s\n", (int) depth * 2, "", role, name,
              robot_node_has_state (node, ATSPI_STATE_VISIBLE) ? "" : " (hidden)",
              robot_node_has_state (node, ATSPI_STATE_SENSITIVE) ? "" : " (insensitive)");
  for (int i = 0; depth < ROBOT_MAX_DEPTH && i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        print_tree (child, depth + 1);
    }
}

void
robot_give_up (Robot *robot, const char *what, const char *name)
{
  if (robot->app != NULL)
    print_tree (robot->app, 0);
  robot_screenshot (robot, "failure");
  g_error ("robot: %s ‘%s’", what, name);
}

static AtspiAccessible *
find_app (const char *name)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int children = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *child_name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

      if (g_strcmp0 (child_name, name) == 0)
        return g_steal_pointer (&child);
    }

  return NULL;
}

/**
 * robot_start: starts the program @argv and waits until it is on the accessibility bus under the
 * name of its file; pictures go to the folder @screenshots
 */
Robot *
robot_start (const char *const *argv, const char *screenshots)
{
  Robot *robot = g_new0 (Robot, 1);
  g_autofree char *name = g_path_get_basename (argv[0]);
  gint64 until = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  atspi_init ();
  /* libatspi warns about programs that are just starting; that is no failure of ours. */
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK));
  g_mkdir_with_parents (screenshots, 0755);
  robot->screenshots = g_strdup (screenshots);
  robot->program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);

  while (robot->app == NULL)
    {
      if (g_get_monotonic_time () > until)
        robot_give_up (robot, "never came up:", name);
      robot->app = find_app (name);
      robot_wait_a_moment ();
    }
  atspi_accessible_set_cache_mask (robot->app, ATSPI_CACHE_NONE);

  return robot;
}

/** robot_stop: asks the program to leave and makes sure that it left cleanly */
void
robot_stop (Robot *robot)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (robot->program, SIGTERM);
  g_subprocess_wait_check (robot->program, NULL, &error);
  g_assert_no_error (error);

  g_clear_object (&robot->app);
  g_clear_object (&robot->program);
  g_free (robot->screenshots);
  g_free (robot);
}

static AtspiAccessible *
find_in_time (Robot *robot, const RobotWanted *wanted, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  do
    {
      AtspiAccessible *found = robot_search (robot->app, wanted, 0);

      if (found != NULL)
        return found;
      robot_wait_a_moment ();
    }
  while (g_get_monotonic_time () < until);

  robot_give_up (robot, "cannot see", wanted->name);
}

/** robot_find: the visible widget of that role (or any: ATSPI_ROLE_INVALID) and name, in time */
AtspiAccessible *
robot_find (Robot *robot, AtspiRole role, const char *name, guint seconds)
{
  RobotWanted wanted = { .role = role, .name = name };

  return find_in_time (robot, &wanted, seconds);
}

/** robot_see: waits for it, for a minute at most */
void
robot_see (Robot *robot, AtspiRole role, const char *name)
{
  g_object_unref (robot_find (robot, role, name, 60));
}

gboolean
robot_sees (Robot *robot, AtspiRole role, const char *name)
{
  RobotWanted wanted = { .role = role, .name = name };
  g_autoptr (AtspiAccessible) found = robot_search (robot->app, &wanted, 0);

  return found != NULL;
}

static guint
count (AtspiAccessible *node, const RobotWanted *wanted, guint depth)
{
  guint found = robot_node_is_wanted (node, wanted) ? 1 : 0;
  int children = atspi_accessible_get_child_count (node, NULL);

  if (depth > ROBOT_MAX_DEPTH || (depth > 0 && !robot_node_has_state (node, ATSPI_STATE_VISIBLE)))
    return 0;
  for (int i = 0; i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        found += count (child, wanted, depth + 1);
    }

  return found;
}

/** robot_count: how many such widgets are visible now */
guint
robot_count (Robot *robot, AtspiRole role, const char *name)
{
  RobotWanted wanted = { .role = role, .name = name };

  robot_wait_a_moment ();

  return count (robot->app, &wanted, 0);
}

void
robot_wait_gone (Robot *robot, AtspiRole role, const char *name, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (robot_sees (robot, role, name))
    {
      if (g_get_monotonic_time () > until)
        robot_give_up (robot, "still there:", name);
      robot_wait_a_moment ();
    }
}

void
robot_wait_sensitive (Robot *robot, AtspiRole role, const char *name, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autoptr (AtspiAccessible) found = robot_find (robot, role, name, seconds);

      if (robot_node_has_state (found, ATSPI_STATE_SENSITIVE))
        return;
      if (g_get_monotonic_time () > until)
        robot_give_up (robot, "stays insensitive:", name);
      robot_wait_a_moment ();
    }
}

static gboolean
do_click (AtspiAccessible *node)
{
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (node);
  int actions = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;

  for (int i = 0; i < actions; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (action, i, NULL);

      if (g_strcmp0 (name, "click") == 0 || g_strcmp0 (name, "toggle") == 0
          || g_strcmp0 (name, "activate") == 0)
        return atspi_action_do_action (action, i, NULL);
    }

  return FALSE;
}

/* What has no action of its own (rows) is clicked with the mouse. */
static void
click_with_mouse (Robot *robot, AtspiAccessible *node, const char *name)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  AtspiRect *rect = NULL;

  if (component != NULL)
    rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_SCREEN, NULL);
  if (rect == NULL || rect->width <= 0)
    robot_give_up (robot, "cannot click", name);

  atspi_generate_mouse_event (rect->x + rect->width / 2, rect->y + rect->height / 2, "b1c", NULL);
  g_free (rect);
}

/** robot_click: waits until it can be clicked, then clicks it */
void
robot_click (Robot *robot, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) node = NULL;

  robot_wait_sensitive (robot, role, name, 20);
  node = robot_find (robot, role, name, 20);
  if (!do_click (node))
    click_with_mouse (robot, node, name);
}

/** robot_type: replaces the content of the entry (or entry row) called @name */
void
robot_type (Robot *robot, const char *name, const char *text)
{
  RobotWanted wanted = { .role = ATSPI_ROLE_INVALID, .name = name, .editable = TRUE };
  g_autoptr (AtspiAccessible) node = find_in_time (robot, &wanted, 20);
  g_autoptr (AtspiEditableText) editable = find_editable (node, 0);

  if (!atspi_editable_text_set_text_contents (editable, text, NULL))
    robot_give_up (robot, "cannot type into", name);
}

/** robot_select_row: selects row @row of the list called @list; -1: all of them */
void
robot_select_row (Robot *robot, AtspiRole role, const char *list, int row)
{
  g_autoptr (AtspiAccessible) node = robot_find (robot, role, list, 20);
  g_autoptr (AtspiSelection) selection = atspi_accessible_get_selection_iface (node);
  gboolean done = FALSE;

  if (selection != NULL)
    done = row < 0 ? atspi_selection_select_all (selection, NULL)
                   : atspi_selection_select_child (selection, row, NULL);
  if (!done)
    robot_give_up (robot, "cannot select in", list);
}

/* Where the label @value of the list that drops down from @row stands in it; -1: it has none. */
static int
find_choice (AtspiAccessible *row, const char *value)
{
  RobotWanted list = { .role = ATSPI_ROLE_INVALID, .name = "GtkPopover" };
  RobotWanted label = { .role = ATSPI_ROLE_LABEL, .name = value };
  g_autoptr (AtspiAccessible) popover = robot_search (row, &list, 0);
  AtspiAccessible *node = popover != NULL ? robot_search (popover, &label, 0) : NULL;
  int index = -1;

  while (node != NULL && atspi_accessible_get_role (node, NULL) != ATSPI_ROLE_LIST_ITEM)
    {
      g_autoptr (AtspiAccessible) inner = node;

      node = atspi_accessible_get_parent (inner, NULL);
    }
  if (node != NULL)
    index = atspi_accessible_get_index_in_parent (node, NULL);
  g_clear_object (&node);

  return index;
}

/** robot_choose: opens the combo row called @row and takes @value from its list */
void
robot_choose (Robot *robot, const char *row, const char *value)
{
  g_autoptr (AtspiAccessible) node = robot_find (robot, ATSPI_ROLE_COMBO_BOX, row, 20);
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  int index;

  click_with_mouse (robot, node, row);
  while ((index = find_choice (node, value)) < 0)
    {
      if (g_get_monotonic_time () > until)
        robot_give_up (robot, "cannot choose", value);
      robot_wait_a_moment ();
    }
  robot_press (robot, "Home");
  for (int i = 0; i < index; i++)
    robot_press (robot, "Down");
  robot_press (robot, "Return");
}

/** robot_try_value: of the progress bar called @name, 0 to 1; -1: there is none now */
double
robot_try_value (Robot *robot, const char *name)
{
  RobotWanted wanted = { .role = ATSPI_ROLE_PROGRESS_BAR, .name = name };
  g_autoptr (AtspiAccessible) node = robot_search (robot->app, &wanted, 0);
  g_autoptr (AtspiValue) value = node != NULL ? atspi_accessible_get_value_iface (node) : NULL;
  g_autoptr (GError) error = NULL;
  double current;

  robot_wait_a_moment ();
  if (value == NULL)
    return -1;

  /* Of a bar that has just gone libatspi 2.46 gives whatever its stack holds, often an address and
   * without an error: read as a double, an address is a subnormal number. */
  current = atspi_value_get_current_value (value, &error);

  return error == NULL && fpclassify (current) != FP_SUBNORMAL ? current : -1;
}

/* Roles that a screen reader speaks by their name; the others are containers and decoration. */
static gboolean
is_spoken (AtspiRole role)
{
  static const AtspiRole spoken[] = {
    ATSPI_ROLE_PUSH_BUTTON, ATSPI_ROLE_TOGGLE_BUTTON, ATSPI_ROLE_CHECK_BOX, ATSPI_ROLE_COMBO_BOX,
    ATSPI_ROLE_ENTRY, ATSPI_ROLE_SPIN_BUTTON, ATSPI_ROLE_PROGRESS_BAR, ATSPI_ROLE_TABLE,
    ATSPI_ROLE_LIST_ITEM, ATSPI_ROLE_PAGE_TAB, ATSPI_ROLE_FRAME, ATSPI_ROLE_DIALOG,
  };

  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (spoken[i] == role)
      return TRUE;

  return FALSE;
}

/* What can be used must have a name, and not that of its class. */
static gboolean
name_is_bad (AtspiAccessible *node, const char *name)
{
  AtspiRole role = atspi_accessible_get_role (node, NULL);
  static const char *const classes[] = { "Gtk", "Adw", "Ferry", "_" };

  if (!is_spoken (role))
    return FALSE;
  if (*name == '\0')
    return role != ATSPI_ROLE_LIST_ITEM;
  if (strcmp (name, "Ferry") == 0)
    return FALSE;
  /* libadwaita's own: the eye that shows a password is an image that can be pressed. */
  if (strcmp (name, "GtkImage") == 0 && role == ATSPI_ROLE_PUSH_BUTTON)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_has_prefix (name, classes[i]) && g_ascii_isupper (name[strlen (classes[i])]))
      return TRUE;

  return *name == '_';
}

static guint
audit (AtspiAccessible *node, guint depth)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  int children = atspi_accessible_get_child_count (node, NULL);
  guint bad = 0;

  if (depth > 0 && !robot_node_has_state (node, ATSPI_STATE_VISIBLE))
    return 0;
  if (name != NULL && name_is_bad (node, name))
    {
      g_printerr ("robot: a %s is called ‘%s’\n", role, name);
      bad++;
    }
  for (int i = 0; depth < ROBOT_MAX_DEPTH && i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        bad += audit (child, depth + 1);
    }

  return bad;
}

/** robot_audit_names: how many showing widgets have no name, or one that no person would give */
guint
robot_audit_names (Robot *robot)
{
  return audit (robot->app, 0);
}

/* Not what was typed: libadwaita 1.2 tells the content of a password row to whoever asks here, while
 * it shows dots on the screen. */
static gboolean
has_text (AtspiAccessible *node, const char *wanted)
{
  g_autoptr (AtspiText) text = robot_node_has_state (node, ATSPI_STATE_EDITABLE)
                                   ? NULL
                                   : atspi_accessible_get_text_iface (node);
  int length = text != NULL ? atspi_text_get_character_count (text, NULL) : 0;
  g_autofree char *content = length > 0 ? atspi_text_get_text (text, 0, length, NULL) : NULL;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *description = atspi_accessible_get_description (node, NULL);

  return (content != NULL && strstr (content, wanted) != NULL)
         || (name != NULL && strstr (name, wanted) != NULL)
         || (description != NULL && strstr (description, wanted) != NULL);
}

static gboolean
shows (AtspiAccessible *node, const char *wanted, guint depth)
{
  int children = depth < ROBOT_MAX_DEPTH ? atspi_accessible_get_child_count (node, NULL) : 0;

  if (has_text (node, wanted))
    return TRUE;
  for (int i = 0; i < children; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL && shows (child, wanted, depth + 1))
        return TRUE;
    }

  return FALSE;
}

/** robot_shows: whether @text is part of anything that the program says, on hidden pages too */
gboolean
robot_shows (Robot *robot, const char *text)
{
  return shows (robot->app, text, 0);
}

/** robot_screenshot: the whole screen into NN-@name.png of the screenshots folder */
void
robot_screenshot (Robot *robot, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++robot->pictures, name);
  g_autofree char *path = g_build_filename (robot->screenshots, file, NULL);
  const char *argv[] = { "import", "-silent", "-window", "root", "-depth", "8", path, NULL };

  /* Let the last frame arrive. */
  for (guint i = 0; i < 6; i++)
    robot_wait_a_moment ();
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/** robot_resize: gives every top level of the screen that size; there is no window manager */
void
robot_resize (Robot *robot, int width, int height)
{
  Display *display = XOpenDisplay (NULL);
  Window root, parent, *windows = NULL;
  guint count = 0;

  g_assert_nonnull (display);
  if (XQueryTree (display, DefaultRootWindow (display), &root, &parent, &windows, &count))
    for (guint i = 0; i < count; i++)
      {
        XWindowAttributes attributes;

        if (XGetWindowAttributes (display, windows[i], &attributes)
            && attributes.map_state == IsViewable && !attributes.override_redirect)
          XResizeWindow (display, windows[i], (guint) width, (guint) height);
      }
  XFree (windows);
  XCloseDisplay (display);
}
