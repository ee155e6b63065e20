/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

static void
add_fact (GString *line, char *fact)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, fact);
  g_free (fact);
}

static char *
describe_root (const FerryRoot *root)
{
  const char *name = root->name != NULL ? root->name : root->os;

  if (name == NULL)
    name = _("An operating system");
  if (root->hibernated)
    /* Translators: an operating system, its device */
    return g_strdup_printf (_("%s on %s, asleep"), name, root->device);

  /* Translators: an operating system, its device */
  return g_strdup_printf (_("%s on %s"), name, root->device);
}

char *
ferry_text_inside (const FerryInspection *inside)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < inside->roots->len; i++)
    add_fact (line, describe_root (ferry_inspection_get_root (inside, i)));
  for (guint i = 0; inside->encrypted[i] != NULL; i++)
    /* Translators: a device inside of a disk */
    add_fact (line, g_strdup_printf (_("%s is encrypted"), inside->encrypted[i]));
  if (line->len == 0)
    g_string_append (line, _("No operating system was found."));

  return g_string_free (line, FALSE);
}
