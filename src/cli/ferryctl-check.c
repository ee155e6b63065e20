/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-checks.h"
#include "ferry-endpoint.h"
#include "ferry-promises.h"
#include "ferryctl-draft.h"
#include "ferryctl-findings.h"
#include "ferryctl-inspect.h"
#include "ferryctl-json.h"
#include "ferryctl-keys.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

static const char *
name_of_guest (const char *id, gconstpointer data)
{
  const FerryPlanGuest *guest = ferry_plan_find_guest (data, id);

  return guest != NULL ? guest->source->name : id;
}

static void
append_guest (GPtrArray *checks, const FerryGuest *guest)
{
  guint first = checks->len;

  ferry_checks_append_copies (checks, guest->checks);
  for (guint i = first; i < checks->len; i++)
    {
      FerryCheck *check = g_ptr_array_index (checks, i);

      if (check->guest_id == NULL)
        check->guest_id = g_strdup (guest->id);
    }
}

/* Only for somebody who looks on: a line that is written over. */
static void
on_part_verified (guint64 done, guint64 total, gpointer user_data)
{
  guint *shown = user_data;
  guint percent = total > 0 ? (guint) ((double) done / (double) total * 100.0) : 0;

  if (percent == *shown || isatty (STDERR_FILENO) == 0)
    return;
  *shown = percent;
  g_printerr (_("\rReading the disks: %u %%"), percent);
  if (percent >= 100)
    g_printerr ("\r\n");
}

static gboolean
verify_guest (FerrySource *source, const FerryGuest *guest, GPtrArray *checks, GError **error)
{
  g_autoptr (GPtrArray) found = ferry_checks_new ();
  guint shown = G_MAXUINT;
  const FerryMonitor monitor = { on_part_verified, &shown };

  if (!ferry_source_verify (source, guest, found, &monitor, NULL, error))
    return FALSE;

  for (guint i = 0; i < found->len; i++)
    {
      FerryCheck *check = g_ptr_array_index (found, i);

      if (check->guest_id == NULL)
        check->guest_id = g_strdup (guest->id);
    }
  ferry_checks_append_copies (checks, found);
  return TRUE;
}

/* This computer, without a destination; one that cannot be asked is a blocker as in a plan. */
static gboolean
append_host (GPtrArray *checks, const FerryPlan *plan, GError **error)
{
  g_autoptr (FerryHost) host = ferry_endpoint_open_host (plan, error);
  g_autoptr (FerryHostFacts) host_facts = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree guint64 *work_bytes = g_new0 (guint64, plan->guests->len + 1);

  if (host == NULL)
    return FALSE;
  host_facts = ferry_host_inspect (host, NULL, error);
  if (host_facts == NULL)
    return FALSE;

  ferry_promises_note (plan, NULL, host_facts, NULL);
  found = ferry_checks_of_plan (plan,
                                &(FerryCheckFacts){ .host = host_facts, .work_bytes = work_bytes });
  ferry_checks_append_copies (checks, found);
  return TRUE;
}

/* What the command line asks for; and what came of the word that is looked at now. */
typedef struct
{
  FerryctlAccess access;
  FerryctlChoices choices;
  char **key_files;
  gboolean verify;
  gboolean inspect;
  FerryctlExit exit_code;
} Options;

static gboolean
look_inside (FerryPlan *plan, Options *options, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!ferryctl_keys_read (options->key_files, plan, error))
    return FALSE;
  if (!options->inspect || ferryctl_inspect_plan (plan, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    options->exit_code = FERRYCTL_CANCELLED;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/* A source without a destination: what its reader finds, its disks when asked to, this computer. */
static GPtrArray *
check_source (const char *word, Options *options, FerryPlan **out_plan, GError **error)
{
  g_auto (FerryctlSource) source = { 0 };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GPtrArray) checks = ferry_checks_new ();

  if (!ferryctl_source_open (&source, word, &options->access, error))
    {
      options->exit_code = source.exit_code;
      return NULL;
    }
  guests = ferryctl_guests_read (source.source, source.guests, error);
  if (guests == NULL)
    return NULL;

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      ferry_plan_add_guest (source.plan, guest);
      append_guest (checks, guest);
      if (options->verify && !verify_guest (source.source, guest, checks, error))
        return NULL;
    }
  if (!look_inside (source.plan, options, error))
    return NULL;
  if (!append_host (checks, source.plan, error))
    return NULL;

  ferry_checks_fill_remedies (checks);
  ferry_checks_sort (checks);
  *out_plan = g_steal_pointer (&source.plan);
  return g_steal_pointer (&checks);
}

static GPtrArray *
run_checks (FerryPlan *plan, const Options *options, GError **error)
{
  guint shown = G_MAXUINT;
  const FerryMonitor monitor = { on_part_verified, &shown };
  FerryCheckRequest request = {
    .plan = plan,
    .flags = options->verify ? FERRY_CHECK_VERIFY : 0,
    .monitor = &monitor,
  };

  return ferry_checks_run (&request, NULL, error);
}

static GPtrArray *
check_plan (const char *word, Options *options, FerryPlan **out_plan, GError **error)
{
  g_autoptr (FerryPlan) plan = ferryctl_draft_load (word, error);
  GPtrArray *checks = NULL;

  if (plan == NULL || !ferryctl_source_admit (plan, &options->access, error) ||
      !look_inside (plan, options, error))
    return NULL;
  checks = run_checks (plan, options, error);
  *out_plan = g_steal_pointer (&plan);

  return checks;
}

/* What --inspect has found: an object from ids to what a plan has as "inside". */
static JsonObject *
inside_to_json (const FerryPlan *plan)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      if (guest->inside != NULL)
        json_object_set_object_member (object, guest->id, ferry_inspection_to_json (guest->inside));
    }

  return object;
}

static JsonNode *
to_json (const char *word, const GPtrArray *checks, const FerryPlan *plan)
{
  g_autofree char *name = g_filename_display_name (word);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "checked", name);
  json_object_set_int_member (object, "blockers",
                              ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER));
  json_object_set_int_member (object, "warnings",
                              ferry_checks_count (checks, FERRY_SEVERITY_WARNING));
  json_object_set_int_member (object, "notes", ferry_checks_count (checks, FERRY_SEVERITY_NOTE));
  json_object_set_member (object, "checks", ferry_checks_to_json (checks));
  json_object_set_object_member (object, "inside", inside_to_json (plan));
  json_node_take_object (node, object);

  return node;
}

static void
print_inside (const FerryPlan *plan)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;
      g_autofree char *name = ferryctl_text_clean (guest->name);
      g_autofree char *text = ferryctl_inspect_to_text (guest->inside);
      g_autofree char *indented = ferryctl_text_indent (text, 4);

      if (*text != '\0')
        g_print (_("  Inside the disks of %s:\n%s"), name, indented);
    }
}

static void
print_checks (const char *word, const GPtrArray *checks, const FerryPlan *plan)
{
  g_autofree char *name = g_filename_display_name (word);
  g_autofree char *clean = ferryctl_text_clean (name);
  g_autofree char *counts = ferry_checks_describe (checks, FERRY_SEVERITY_NOTE);
  g_autofree char *lines = NULL;
  g_autofree char *indented = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  lines = ferryctl_findings_render (checks, &look, name_of_guest, plan);
  indented = ferryctl_text_indent (lines, 2);
  g_print ("%s: %s\n%s", clean, *counts != '\0' ? counts : _("nothing found"), indented);
  print_inside (plan);
}

static FerryctlExit
tell (const char *word, const GPtrArray *checks, const FerryPlan *plan, JsonArray *json)
{
  if (json != NULL)
    json_array_add_element (json, to_json (word, checks, plan));
  else
    print_checks (word, checks, plan);

  return ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER) > 0 ? FERRYCTL_FAILED : FERRYCTL_OK;
}

/* Everything one argument asks for; its exit code. */
static FerryctlExit
check_word (const char *word, Options *options, JsonArray *json)
{
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;

  options->exit_code = FERRYCTL_UNREACHABLE;
  checks = ferryctl_draft_is_plan (word) ? check_plan (word, options, &plan, &error)
                                         : check_source (word, options, &plan, &error);
  if (checks == NULL)
    return ferryctl_give_up (options->exit_code, error);

  return tell (word, checks, plan, json);
}

/* With options of a plan: what “ferryctl plan” would write. */
static FerryctlExit
check_draft (char *const *words, Options *options, JsonArray *json)
{
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;

  plan = ferryctl_draft_make (words, &options->choices, &options->access, &options->exit_code,
                              &error);
  if (plan == NULL)
    return ferryctl_give_up (options->exit_code, error);
  options->exit_code = FERRYCTL_UNREACHABLE;
  if (!look_inside (plan, options, &error))
    return ferryctl_give_up (options->exit_code, error);
  checks = run_checks (plan, options, &error);
  if (checks == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);

  return tell (words[0], checks, plan, json);
}

static FerryctlExit
check_words (const FerryctlLine *line, Options *options, JsonArray *json)
{
  FerryctlExit worst = FERRYCTL_OK;

  if (ferryctl_choices_any (&options->choices) && ferryctl_draft_is_plan (line->words[0]))
    return ferryctl_misuse (line, "%s",
                            _ ("A plan says everything itself: give no virtual machines and "
                               "no options."));
  if (ferryctl_choices_any (&options->choices))
    return check_draft (line->words, options, json);
  for (guint i = 0; line->words[i] != NULL; i++)
    worst = ferryctl_worse (worst, check_word (line->words[i], options, json));

  return worst;
}

static FerryctlExit
run (FerryctlLine *line, Options *options)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &options->verify,
      N_ ("Read the disks and compare them with their checksums"), NULL },
    { "inspect", 0, 0, G_OPTION_ARG_NONE, &options->inspect,
      N_ ("Look into the disks: operating systems, encryption"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  FerryctlExit exit_code;

  ferryctl_choices_add_options (&options->choices, line->context);
  ferryctl_access_add_options (&options->access, line->context);
  ferryctl_keys_add_option (&options->key_files, line->context);
  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _("‘check’ needs a plan or a source."));

  json_node_take_array (node, json_array_new ());
  exit_code = check_words (line, options, json ? json_node_get_array (node) : NULL);
  if (json)
    ferryctl_json_print (node);

  return exit_code;
}

FerryctlExit
ferryctl_check (FerryctlLine *line)
{
  Options options = { 0 };
  FerryctlExit exit_code = run (line, &options);

  ferryctl_choices_clear (&options.choices);
  ferryctl_access_clear (&options.access);
  g_strfreev (options.key_files);
  return exit_code;
}
