/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-checks.h"
#include "ferry-json.h"
#include "ferryctl-draft.h"
#include "ferryctl-findings.h"
#include "ferryctl-keys.h"
#include "ferryctl-screen.h"
#include "ferryctl-text.h"
#include "ferryctl-watch.h"

#include <glib/gi18n-lib.h>

/* The options of import itself. */
typedef struct
{
  FerryctlChoices choices;
  FerryctlAccess access;
  char **key_files;
  gboolean skip_blocked;
  gboolean detach;
  gboolean json;
} Options;

static const char *
name_of_guest (const char *id, gconstpointer data)
{
  const FerryPlanGuest *guest = ferry_plan_find_guest (data, id);

  return guest != NULL ? guest->name : id;
}

static void
print_check_events (const GPtrArray *checks)
{
  g_autoptr (JsonNode) node = ferry_checks_to_json (checks);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = NULL;

      json_object_set_string_member (json_array_get_object_element (array, i), "event", "check");
      text = ferry_json_to_text (json_array_get_element (array, i), FALSE);
      ferryctl_screen_write_raw (text);
    }
}

static void
tell_checks (const Options *options, const FerryPlan *plan, const GPtrArray *checks)
{
  FerryctlLook look;
  g_autofree char *lines = NULL;

  if (options->json)
    {
      print_check_events (checks);
      return;
    }

  ferryctl_look_detect (&look);
  lines = ferryctl_findings_render (checks, &look, name_of_guest, plan);
  g_printerr ("%s", lines);
}

/* Takes the guests out of the plan that have a blocker of their own. */
static guint
remove_blocked (FerryPlan *plan, const GPtrArray *checks)
{
  guint n_before = plan->guests->len;

  for (guint i = 0; i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);

      if (check->severity == FERRY_SEVERITY_BLOCKER && check->guest_id != NULL)
        ferry_plan_remove_guest (plan, check->guest_id);
    }

  return n_before - plan->guests->len;
}

static FerryctlExit
refuse_blocked (const FerryPlan *plan, const GPtrArray *checks)
{
  guint blockers = ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER);

  g_printerr (ngettext ("ferryctl: Nothing is imported: %u blocker is in the way.\n",
                        "ferryctl: Nothing is imported: %u blockers are in the way.\n", blockers),
              blockers);
  if (plan->guests->len > 1)
    g_printerr ("%s\n", _("‘--skip-blocked’ imports the virtual machines that have none."));

  return FERRYCTL_FAILED;
}

/* Nothing has been written when this refuses. */
static FerryctlExit
pass_checks (const Options *options, FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks =
      ferry_checks_run (&(FerryCheckRequest){ .plan = plan }, NULL, &error);
  guint skipped;

  if (checks == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
  tell_checks (options, plan, checks);
  if (ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER) == 0)
    return FERRYCTL_OK;
  if (!options->skip_blocked)
    return refuse_blocked (plan, checks);

  skipped = remove_blocked (plan, checks);
  if (skipped == 0 || plan->guests->len == 0)
    return refuse_blocked (plan, checks);

  g_printerr (ngettext ("ferryctl: %u virtual machine is left out; checking the others.\n",
                        "ferryctl: %u virtual machines are left out; checking the others.\n",
                        skipped),
              skipped);
  return pass_checks (options, plan);
}

/* A plan knows where it comes from; how to get in there is told anew. */
static FerryPlan *
load_plan (const FerryctlLine *line, const Options *options, FerryctlExit *out_exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = NULL;

  if (ferryctl_choices_any (&options->choices) || ferryctl_access_has_fields (&options->access) ||
      line->words[1] != NULL)
    {
      *out_exit = ferryctl_misuse (line, "%s",
                                   _("A plan says everything itself: give no virtual machines and "
                                      "no options."));
      return NULL;
    }
  plan = ferryctl_draft_load (line->words[0], &error);
  if (plan != NULL && ferryctl_source_admit (plan, &options->access, &error))
    return g_steal_pointer (&plan);
  *out_exit = ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  return NULL;
}

static FerryPlan *
get_plan (const FerryctlLine *line, const Options *options, FerryctlExit *out_exit)
{
  g_autoptr (GError) error = NULL;
  FerryPlan *plan = NULL;

  if (ferryctl_draft_is_plan (line->words[0]))
    return load_plan (line, options, out_exit);

  plan = ferryctl_draft_make (line->words, &options->choices, &options->access, out_exit, &error);
  if (plan == NULL)
    ferryctl_give_up (*out_exit, error);

  return plan;
}

static void
print_ids (char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    g_print ("%s\n", ids[i]);
}

static FerryctlWatchFlags
watch_flags (const FerryctlLine *line, const Options *options)
{
  FerryctlWatchFlags flags = FERRYCTL_WATCH_OWNS;

  if (options->json)
    flags |= FERRYCTL_WATCH_JSON;
  if (line->verbose)
    flags |= FERRYCTL_WATCH_VERBOSE;

  return flags;
}

/* The passwords in @plan go with it: through a descriptor, in no message (ferry-ipc-secrets). */
static FerryctlExit
hand_over (const FerryctlLine *line, const Options *options, const FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryctlWorker) worker = ferryctl_worker_connect (&error);
  g_auto (GStrv) ids = NULL;

  if (worker == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
  ids = ferryctl_worker_import_plan (worker, plan, &error);
  if (ids == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  if (options->detach)
    {
      print_ids (ids);
      return FERRYCTL_OK;
    }

  return ferryctl_watch (worker, ids, watch_flags (line, options));
}

static gboolean
parse (FerryctlLine *line, Options *options, FerryctlExit *out_exit)
{
  const GOptionEntry entries[] = {
    { "skip-blocked", 0, 0, G_OPTION_ARG_NONE, &options->skip_blocked,
      N_ ("Leave out what has a blocker, import the rest"), NULL },
    { "detach", 'd', 0, G_OPTION_ARG_NONE, &options->detach,
      N_ ("Print the ids of the imports and do not wait"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json, N_ ("For programs: an object a line"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  ferryctl_choices_add_options (&options->choices, line->context);
  ferryctl_access_add_options (&options->access, line->context);
  ferryctl_keys_add_option (&options->key_files, line->context);
  if (!ferryctl_line_parse (line, entries, out_exit))
    return FALSE;
  if (line->words[0] != NULL)
    return TRUE;

  *out_exit = ferryctl_misuse (line, "%s", _("‘import’ needs a plan or a source."));
  return FALSE;
}

static FerryctlExit
run (FerryctlLine *line, Options *options)
{
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!parse (line, options, &exit_code))
    return exit_code;
  plan = get_plan (line, options, &exit_code);
  if (plan == NULL)
    return exit_code;
  if (!ferryctl_keys_read (options->key_files, plan, &error))
    return ferryctl_give_up (FERRYCTL_USAGE, error);
  exit_code = pass_checks (options, plan);
  if (exit_code != FERRYCTL_OK)
    return exit_code;

  return hand_over (line, options, plan);
}

FerryctlExit
ferryctl_import (FerryctlLine *line)
{
  Options options = { 0 };
  FerryctlExit exit_code = run (line, &options);

  ferryctl_choices_clear (&options.choices);
  ferryctl_access_clear (&options.access);
  g_strfreev (options.key_files);
  return exit_code;
}
