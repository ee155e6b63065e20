/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-provider.h"

#include "ferryctl-group.h"
#include "ferry-error.h"
#include "ferryctl-input.h"
#include "ferryctl-screen.h"
#include "ferryctl-source.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

/* provider remove, duplicate, export, import */

FerryctlExit
ferryctl_provider_remove (FerryctlLine *line)
{
  g_autoptr (GPtrArray) providers = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _("‘provider remove’ needs the name of a provider."));
  providers = ferryctl_provider_find_all (line->words, &error);
  if (providers == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);

  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);

      if (!ferry_provider_remove (provider->id, &error))
        return ferryctl_give_up (ferryctl_group_exit (error), error);
      if (provider->remember)
        ferryctl_source_forget_passwords (provider);
    }

  return FERRYCTL_OK;
}

static gboolean
name_is_taken (const GPtrArray *providers, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *other = g_utf8_casefold (provider->name, -1);

      if (g_str_equal (other, folded))
        return TRUE;
    }

  return FALSE;
}

/* "vCenter (2)" */
static char *
dup_free_name (const char *name)
{
  g_autoptr (GPtrArray) providers = ferry_provider_list (NULL, NULL);
  g_autofree char *free_name = g_strdup_printf ("%s (2)", name);

  for (guint i = 3; providers != NULL && name_is_taken (providers, free_name); i++)
    {
      g_clear_pointer (&free_name, g_free);
      free_name = g_strdup_printf ("%s (%u)", name, i);
    }

  return g_steal_pointer (&free_name);
}

FerryctlExit
ferryctl_provider_duplicate (FerryctlLine *line)
{
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (FerryProvider) copy = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;
  guint n_words;

  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  n_words = g_strv_length (line->words);
  if (n_words < 1 || n_words > 2)
    return ferryctl_misuse (line, "%s",
                            _("‘provider duplicate’ takes a provider’s name and a new one."));
  provider = ferry_provider_find (line->words[0], &error);
  if (provider == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);

  name = n_words == 2 ? g_strdup (line->words[1]) : dup_free_name (provider->name);
  copy = ferry_provider_new (name, &provider->source);
  copy->remember = provider->remember;
  exit_code = ferryctl_provider_save (copy);
  if (exit_code == FERRYCTL_OK && copy->remember)
    ferryctl_source_copy_passwords (provider, copy);

  return exit_code;
}

FerryctlExit
ferryctl_provider_export (FerryctlLine *line)
{
  g_autoptr (GPtrArray) providers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  providers = line->words[0] != NULL ? ferryctl_provider_find_all (line->words, &error)
                                     : ferry_provider_list (NULL, &error);
  if (providers == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  text = ferry_provider_export (providers);
  ferryctl_screen_write_raw (g_strchomp (text));

  return FERRYCTL_OK;
}

FerryctlExit
ferryctl_provider_import (FerryctlLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) providers = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _("‘provider import’ takes one file."));
  if (ferryctl_input_read (line->words[0], text, &error))
    providers = ferry_provider_import (text->str, (gssize) text->len, &error);
  if (providers == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  exit_code = FERRYCTL_OK;
  for (guint i = 0; i < providers->len && exit_code == FERRYCTL_OK; i++)
    exit_code = ferryctl_provider_save (g_ptr_array_index (providers, i));

  return exit_code;
}
