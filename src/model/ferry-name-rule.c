/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_FIELD "{name}"
#define NUMBER_FIELD "{n}"

/* What stands in braces must be one of the fields; NULL: nothing is wrong, else where it is. */
static const char *
find_unknown_field (const char *pattern)
{
  for (const char *p = strpbrk (pattern, "{}"); p != NULL; p = strpbrk (p, "{}"))
    {
      if (g_str_has_prefix (p, NAME_FIELD))
        p += strlen (NAME_FIELD);
      else if (g_str_has_prefix (p, NUMBER_FIELD))
        p += strlen (NUMBER_FIELD);
      else
        return p;
    }

  return NULL;
}

gboolean
ferry_name_rule_is_valid (const FerryNameRule *rule, GError **error)
{
  g_autofree char *example = NULL;

  if (rule->pattern == NULL || !g_utf8_validate (rule->pattern, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("A pattern for names must be UTF-8 text."));
  if (find_unknown_field (rule->pattern) != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("In a pattern for names only {name} and {n} may stand in braces."));
  if (strstr (rule->pattern, NAME_FIELD) == NULL && strstr (rule->pattern, NUMBER_FIELD) == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("A pattern for names must contain {name} or {n}, or all virtual machines "
                          "would have the same name."));
  example = g_strdup (rule->pattern);
  for (char *p = strpbrk (example, "{}"); p != NULL; p = strpbrk (p, "{}"))
    *p = 'x';

  return ferry_guest_name_is_valid (example, error);
}

static char *
replace_all (const char *text, const char *find, const char *replace)
{
  g_auto (GStrv) parts = NULL;

  if (find == NULL || *find == '\0')
    return g_strdup (text);
  parts = g_strsplit (text, find, -1);

  return g_strjoinv (replace != NULL ? replace : "", parts);
}

static char *
change_name (const FerryNameRule *rule, const char *name)
{
  g_autofree char *text = g_utf8_make_valid (name, -1);
  g_autofree char *changed = replace_all (text, rule->find, rule->replace);

  return rule->lower_case ? g_utf8_strdown (changed, -1) : g_steal_pointer (&changed);
}

char *
ferry_name_rule_apply (const FerryNameRule *rule, const char *name, guint n)
{
  g_autofree char *changed = change_name (rule, name);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = rule->pattern; *p != '\0';)
    {
      if (g_str_has_prefix (p, NAME_FIELD))
        {
          g_string_append (text, changed);
          p += strlen (NAME_FIELD);
        }
      else if (g_str_has_prefix (p, NUMBER_FIELD))
        {
          g_string_append (text, number);
          p += strlen (NUMBER_FIELD);
        }
      else
        g_string_append_c (text, *p++);
    }

  return ferry_guest_name_make_valid (text->str);
}
