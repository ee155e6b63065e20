/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-private.h"

#include "ferry-config-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Providers to take to another computer: one key file with the groups "Provider N" and "Source N".
 * An imported text is from somebody else: it is believed in nothing. */

#define LARGEST_TEXT (4 * 1024 * 1024)
#define MOST_PROVIDERS 1000

static char *
dup_group (const char *word, guint number)
{
  return g_strdup_printf ("%s %u", word, number);
}

char *
ferry_provider_export (GPtrArray *providers)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_comment (file, NULL, NULL, _(" Providers of Ferry, without their passwords"),
                          NULL);
  g_key_file_set_integer (file, "Ferry", "Version", FERRY_PROVIDER_VERSION);
  for (guint i = 0; i < providers->len; i++)
    {
      g_autoptr (FerryProvider) provider = ferry_provider_copy (g_ptr_array_index (providers, i));
      g_autofree char *provider_group = dup_group ("Provider", i + 1);
      g_autofree char *source_group = dup_group ("Source", i + 1);

      /* What was found from here says nothing of what will be found from there. */
      provider->tested_usec = 0;
      ferry_provider_write_groups (provider, file,
                                   &(FerryProviderGroups){ provider_group, source_group });
    }

  return g_key_file_to_data (file, NULL, NULL);
}

static GKeyFile *
parse_text (const char *text, gssize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  gsize n_bytes = length >= 0 ? (gsize) length : strlen (text);

  if (n_bytes > LARGEST_TEXT)
    ferry_fail (&local_error, FERRY_ERROR_INVALID, _("The text is too large."));
  else if (!g_utf8_validate (text, (gssize) n_bytes, NULL))
    ferry_fail (&local_error, FERRY_ERROR_INVALID, _("The text is not UTF-8."));
  else if (g_key_file_load_from_data (file, text, n_bytes, G_KEY_FILE_NONE, &local_error) &&
           g_key_file_has_key (file, "Ferry", "Version", NULL))
    return ferry_config_file_check_version (file, _("The text"), FERRY_PROVIDER_VERSION, error)
               ? g_steal_pointer (&file)
               : NULL;

  ferry_fail (error, FERRY_ERROR_INVALID, "%s",
              local_error != NULL && local_error->domain == FERRY_ERROR
                  ? local_error->message
                  : _("This is not a text with providers that Ferry has exported."));
  return NULL;
}

/* Such a URI has libvirt start a program on this computer, which may be right when the user wrote it,
 * but not when it came with a file. */
static gboolean
uri_starts_program (const char *uri)
{
  g_autofree char *plain = g_uri_unescape_string (uri, NULL);
  g_autofree char *lower = plain != NULL ? g_ascii_strdown (plain, -1) : NULL;

  return lower == NULL || strstr (lower, "command=") != NULL || strstr (lower, "+ext") != NULL;
}

static gboolean
check_source (const FerryProvider *provider, GError **error)
{
  const FerryPlanSource *source = &provider->source;

  if (source->kind == FERRY_SOURCE_LIBVIRT && uri_starts_program (source->uri))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The URI of ‘%s’ would start a program on this computer. "
                          "Add that provider by hand if you trust it."),
                       provider->name);

  return TRUE;
}

/* "vCenter (2)"; a long name gives way to the number. */
static char *
dup_numbered_name (const char *name, guint number)
{
  g_autofree char *suffix = g_strdup_printf (" (%u)", number);
  g_autofree char *beginning = g_strndup (name, 100);
  const char *end = NULL;

  g_utf8_validate (beginning, -1, &end);
  beginning[end - beginning] = '\0';

  return g_strconcat (beginning, suffix, NULL);
}

/* @taken: folded names, each with the number that is to be tried next */
static void
make_name_free (FerryProvider *provider, GHashTable *taken)
{
  g_autofree char *base = ferry_provider_fold_name (provider->name);
  g_autofree char *name = g_strdup (provider->name);
  g_autofree char *folded = g_strdup (base);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (taken, base));

  while (g_hash_table_contains (taken, folded))
    {
      g_clear_pointer (&name, g_free);
      g_clear_pointer (&folded, g_free);
      name = dup_numbered_name (provider->name, number++);
      folded = ferry_provider_fold_name (name);
    }
  if (number > 0)
    g_hash_table_insert (taken, g_steal_pointer (&base), GUINT_TO_POINTER (number));
  g_hash_table_insert (taken, g_steal_pointer (&folded), GUINT_TO_POINTER (2));
  g_clear_pointer (&provider->name, g_free);
  provider->name = g_steal_pointer (&name);
}

/* The folded names of those that are saved, as make_name_free () wants them. */
static GHashTable *
collect_names (GError **error)
{
  g_autoptr (GPtrArray) present = ferry_provider_list (NULL, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; present != NULL && i < present->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (present, i);

      g_hash_table_insert (names, ferry_provider_fold_name (provider->name), GUINT_TO_POINTER (2));
    }

  return present != NULL ? g_steal_pointer (&names) : NULL;
}

static FerryProvider *
read_one (GKeyFile *file, guint number, GError **error)
{
  g_autofree char *provider_group = dup_group ("Provider", number);
  g_autofree char *source_group = dup_group ("Source", number);
  g_auto (FerryPlanSource) none = { 0 };
  g_autoptr (FerryProvider) provider = NULL;

  ferry_plan_source_init (&none, FERRY_SOURCE_OVA);
  provider = ferry_provider_new ("", &none);
  g_clear_pointer (&provider->name, g_free);
  if (!ferry_provider_read_groups (provider, file,
                                   &(FerryProviderGroups){ provider_group, source_group }, error) ||
      !check_source (provider, error))
    {
      g_prefix_error (error, _("Nothing was imported. "));
      return NULL;
    }
  provider->tested_usec = 0;
  provider->test_failed = FALSE;
  g_clear_pointer (&provider->test_result, g_free);
  ferry_plan_source_set (&provider->source.provider, provider->id);

  return g_steal_pointer (&provider);
}

static guint
count_providers (GKeyFile *file)
{
  guint number = 0;
  gboolean has_next = TRUE;

  while (has_next && number <= MOST_PROVIDERS)
    {
      g_autofree char *group = dup_group ("Provider", number + 1);

      has_next = g_key_file_has_group (file, group);
      if (has_next)
        number++;
    }

  return number;
}

GPtrArray *
ferry_provider_import (const char *text, gssize length, GError **error)
{
  g_autoptr (GPtrArray) imported =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);
  g_autoptr (GHashTable) taken = collect_names (error);
  g_autoptr (GKeyFile) file = taken != NULL ? parse_text (text, length, error) : NULL;
  guint n_providers = file != NULL ? count_providers (file) : 0;

  if (file == NULL)
    return NULL;
  if (n_providers == 0 || n_providers > MOST_PROVIDERS)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  n_providers == 0 ? _("There is no provider in the text.")
                                   : _("There are too many providers in the text."));
      return NULL;
    }
  for (guint i = 1; i <= n_providers; i++)
    {
      FerryProvider *provider = read_one (file, i, error);

      if (provider == NULL)
        return NULL;
      make_name_free (provider, taken);
      g_ptr_array_add (imported, provider);
    }

  return g_steal_pointer (&imported);
}
