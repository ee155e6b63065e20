/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-group.h"

#include "ferry-error.h"
#include "ferry-nearest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
get_name (const FerryctlGroup *group, guint index)
{
  return group->commands[index].name + strlen (group->name) + 1;
}

static void
print_help (const FerryctlGroup *group)
{
  g_autofree char *usage =
      g_strdup_printf (_ ("Usage: ferryctl %s COMMAND [OPTION…]"), group->name);

  g_print ("%s\n\n%s\n", usage, group->description);
  g_print ("\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < group->n_commands; i++)
    g_print ("  %-9s %s\n", get_name (group, i), _ (group->commands[i].summary));
  g_print (_ ("\n‘ferryctl %s COMMAND --help’ tells the options of a command.\n"), group->name);
}

static FerryctlExit
refuse (const FerryctlGroup *group, const FerryctlLine *line, const char *name)
{
  g_autofree const char **names = g_new0 (const char *, group->n_commands + 1);
  const char *nearest;

  for (guint i = 0; i < group->n_commands; i++)
    names[i] = get_name (group, i);
  nearest = ferry_nearest_word (name, names);
  if (nearest != NULL)
    return ferryctl_misuse (line, _ ("There is no command ‘%s %s’; did you mean ‘%s’?"),
                            group->name, name, nearest);

  return ferryctl_misuse (line, _ ("There is no command ‘%s %s’."), group->name, name);
}

FerryctlExit
ferryctl_group_run (const FerryctlGroup *group, const FerryctlLine *line)
{
  const char *name = line->argv[1];

  if (name == NULL)
    return ferryctl_misuse (line, _ ("‘%s’ needs a command."), group->name);
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    {
      print_help (group);
      return FERRYCTL_OK;
    }
  for (guint i = 0; i < group->n_commands; i++)
    if (g_str_equal (name, get_name (group, i)))
      return ferryctl_command_run (&group->commands[i], line->argv + 1);

  return refuse (group, line, name);
}

FerryctlExit
ferryctl_group_exit (const GError *error)
{
  static const FerryError misuses[] = { FERRY_ERROR_NOT_FOUND, FERRY_ERROR_EXISTS,
                                        FERRY_ERROR_INVALID };

  for (guint i = 0; i < G_N_ELEMENTS (misuses); i++)
    if (g_error_matches (error, FERRY_ERROR, (int) misuses[i]))
      return FERRYCTL_USAGE;

  return FERRYCTL_UNREACHABLE;
}
