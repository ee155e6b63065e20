/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-provider.h"

#include "ferryctl-group.h"
#include "ferryctl-json.h"
#include "ferryctl-screen.h"
#include "ferryctl-table.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static const FerryctlCommand commands[] = {
  { "provider list", "", N_ ("List the saved sources"), NULL, ferryctl_provider_list },
  { "provider add", N_ ("NAME SOURCE"), N_ ("Save a source under a name"),
    N_ ("SOURCE is vsphere://[USER@]HOST, a libvirt URI or a file. Nothing is connected to: "
        "‘ferryctl provider test’ does that."),
    ferryctl_provider_add },
  { "provider edit", N_ ("NAME"), N_ ("Change a saved source"),
    N_ ("What is given as \"\" is taken away; what is not given stays."), ferryctl_provider_edit },
  { "provider test", N_ ("NAME|SOURCE…"), N_ ("Connect to sources and say what is there"), NULL,
    ferryctl_provider_test },
  { "provider remove", N_ ("NAME…"), N_ ("Forget saved sources and their passwords"), NULL,
    ferryctl_provider_remove },
  { "provider duplicate", N_ ("NAME [NEW]"), N_ ("Save a source once more under another name"),
    NULL, ferryctl_provider_duplicate },
  { "provider export", N_ ("[NAME…]"), N_ ("Write saved sources, without passwords"),
    N_ ("The text goes to standard output; ‘ferryctl provider import’ reads it."),
    ferryctl_provider_export },
  { "provider import", N_ ("FILE"), N_ ("Save the sources that were exported elsewhere"),
    N_ ("FILE may be - for standard input."), ferryctl_provider_import },
};

FerryctlExit
ferryctl_provider (FerryctlLine *line)
{
  const FerryctlGroup group = {
    .name = "provider",
    .commands = commands,
    .n_commands = G_N_ELEMENTS (commands),
    .description =
        _ ("Providers are sources that are saved under a name, which can be given as SOURCE."),
  };

  return ferryctl_group_run (&group, line);
}

GPtrArray *
ferryctl_provider_find_all (char *const *names, GError **error)
{
  g_autoptr (GPtrArray) providers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      FerryProvider *provider = ferry_provider_find (names[i], error);

      if (provider == NULL)
        return NULL;
      g_ptr_array_add (providers, provider);
    }

  return g_steal_pointer (&providers);
}

FerryctlExit
ferryctl_provider_save (const FerryProvider *provider)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!ferry_provider_save (provider, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  name = ferryctl_text_clean (provider->name);
  g_print (_("Saved ‘%s’.\n"), name);

  return FERRYCTL_OK;
}

/* --- list --- */

static char *
describe_test (const FerryProvider *provider)
{
  if (provider->tested_usec == 0)
    return NULL;

  return g_strdup_printf (provider->test_failed ? _("failed: %s") : "%s",
                          provider->test_result != NULL ? provider->test_result : "");
}

static char *
format_time (gint64 usec, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (usec == 0 || local == NULL)
    return NULL;

  return format != NULL ? g_date_time_format (local, format) : g_date_time_format_iso8601 (utc);
}

static void
print_table (const GPtrArray *providers)
{
  const FerryctlColumn columns[] = {
    { _("NAME"), FERRYCTL_COLUMN_SHRINKS },
    { _("SOURCE"), FERRYCTL_COLUMN_SHRINKS },
    { _("TESTED"), FERRYCTL_COLUMN_TEXT },
    { _("RESULT"), FERRYCTL_COLUMN_SHRINKS },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *source = ferry_plan_source_to_text (&provider->source);
      g_autofree char *tested = format_time (provider->tested_usec, "%x");
      g_autofree char *result = describe_test (provider);

      ferryctl_table_add (table, provider->name, source, tested, result, NULL);
    }
  text = ferryctl_table_render (table, look.columns);
  g_print ("%s", text);
}

static void
set_test (JsonObject *object, const FerryProvider *provider)
{
  g_autofree char *tested = format_time (provider->tested_usec, NULL);

  if (tested == NULL)
    {
      json_object_set_null_member (object, "test");
      return;
    }
  json_object_set_object_member (object, "test", json_object_new ());
  object = json_object_get_object_member (object, "test");
  json_object_set_string_member (object, "time", tested);
  json_object_set_boolean_member (object, "succeeded", !provider->test_failed);
  json_object_set_string_member (object, "message", provider->test_result);
  if (provider->test_failed)
    json_object_set_string_member (object, "code", ferry_error_code_to_word (provider->test_code));
}

static void
print_json (const GPtrArray *providers)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *source = ferry_plan_source_to_text (&provider->source);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", provider->id);
      json_object_set_string_member (object, "name", provider->name);
      json_object_set_string_member (object, "source", source);
      json_object_set_object_member (object, "settings",
                                     ferry_plan_source_to_json (&provider->source));
      json_object_set_boolean_member (object, "remember", provider->remember);
      set_test (object, provider);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  ferryctl_json_print (node);
}

FerryctlExit
ferryctl_provider_list (FerryctlLine *line)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) providers = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;
  guint damaged = 0;

  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (line->words[0] != NULL)
    return ferryctl_misuse (line, "%s", _("‘provider list’ takes no arguments."));
  providers = ferry_provider_list (&damaged, &error);
  if (providers == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  if (damaged > 0)
    g_printerr (ngettext ("ferryctl: The file of %u provider cannot be read, ignoring.\n",
                          "ferryctl: The files of %u providers cannot be read, ignoring.\n",
                          damaged),
                damaged);
  if (json)
    print_json (providers);
  else if (providers->len == 0)
    g_print ("%s\n", _("No source is saved; ‘ferryctl provider add’ saves one."));
  else
    print_table (providers);

  return FERRYCTL_OK;
}
