/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferryctl-json.h"
#include "ferryctl-screen.h"
#include "ferryctl-snapshot.h"
#include "ferryctl-table.h"
#include "ferryctl-text.h"
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

static char *
describe_state (const FerryctlSnapshot *snapshot)
{
  const FerryProgress *progress = snapshot->progress;
  g_autofree char *duration = NULL;

  if (snapshot->failure != NULL)
    return g_strdup (snapshot->failure->message);
  if (snapshot->location != NULL)
    return g_strdup (snapshot->location);
  if (ferry_import_state_is_end (snapshot->state) || progress->seconds_left < 0)
    return g_strdup (progress->message);

  duration = ferryctl_text_duration (progress->seconds_left);
  /* Translators: a duration: "1 min 5 s left" */
  return g_strdup_printf (_("%s left"), duration);
}

static char *
describe (const FerryctlSnapshot *snapshot)
{
  g_autofree char *state = describe_state (snapshot);

  if (!snapshot->startable)
    return g_steal_pointer (&state);
  if (state == NULL || *state == '\0')
    return g_strdup (_("Shut down at the source"));

  /* Translators: why an import failed, and what is so since: "The disk is full. Shut down at …" */
  return g_strdup_printf (_("%s Shut down at the source"), state);
}

static void
add_row (FerryctlTable *table, const FerryctlSnapshot *snapshot)
{
  g_autofree char *short_id = ferryctl_snapshot_dup_short_id (snapshot->id);
  g_autofree char *details = describe (snapshot);
  g_autofree char *done = NULL;

  if (!ferry_import_state_is_end (snapshot->state))
    done = g_strdup_printf ("%d %%", (int) (CLAMP (snapshot->progress->fraction, 0.0, 1.0) * 100));
  ferryctl_table_add (table, short_id, snapshot->name, ferryctl_snapshot_get_phase (snapshot), done,
                      snapshot->destination, details, NULL);
}

static void
print_table (const GPtrArray *imports)
{
  const FerryctlColumn columns[] = {
    { _("ID"), FERRYCTL_COLUMN_TEXT },
    { _("NAME"), FERRYCTL_COLUMN_SHRINKS },
    { _("STATE"), FERRYCTL_COLUMN_TEXT },
    { _("DONE"), FERRYCTL_COLUMN_NUMBER },
    { _("DESTINATION"), FERRYCTL_COLUMN_SHRINKS },
    { _("DETAILS"), FERRYCTL_COLUMN_SHRINKS },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < imports->len; i++)
    {
      g_autoptr (FerryctlSnapshot) snapshot =
          ferryctl_snapshot_new (g_ptr_array_index (imports, i));

      add_row (table, snapshot);
    }
  text = ferryctl_table_render (table, look.columns);
  g_print ("%s", text);
}

static void
print_json (const GPtrArray *imports)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < imports->len; i++)
    {
      g_autoptr (FerryctlSnapshot) snapshot =
          ferryctl_snapshot_new (g_ptr_array_index (imports, i));

      json_array_add_element (array, ferryctl_snapshot_to_json (snapshot));
    }
  json_node_take_array (node, array);
  ferryctl_json_print (node);
}

FerryctlExit
ferryctl_imports (FerryctlLine *line)
{
  gboolean json = FALSE;
  gboolean watch = FALSE;
  const GOptionEntry entries[] = {
    { "watch", 'w', 0, G_OPTION_ARG_NONE, &watch, N_ ("Show progress until all have ended"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json,
      N_ ("For programs: an array of objects, or with --watch an object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) imports = NULL;
  g_autoptr (FerryctlWorker) worker = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlWatchFlags flags = 0;
  FerryctlExit exit_code;

  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (json)
    flags |= FERRYCTL_WATCH_JSON;
  if (line->verbose)
    flags |= FERRYCTL_WATCH_VERBOSE;
  if (line->words[0] != NULL)
    return ferryctl_misuse (line, "%s", _("‘imports’ takes no arguments."));
  worker = ferryctl_worker_connect (&error);
  if (worker == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  imports = ferryctl_worker_list (worker);
  if (watch)
    return ferryctl_watch (worker, NULL, flags);

  if (json)
    print_json (imports);
  else if (imports->len == 0)
    g_print ("%s\n", _("There are no imports."));
  else
    print_table (imports);

  return FERRYCTL_OK;
}
