/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-facts.h"

FerryImportFacts *
ferry_import_facts_new (const char *id, FerryImportState state)
{
  FerryImportFacts *facts = g_new0 (FerryImportFacts, 1);

  facts->id = g_strdup (id);
  facts->name = g_strdup ("");
  facts->source = g_strdup ("");
  facts->destination = g_strdup ("");
  facts->state = state;
  facts->progress = ferry_progress_new ();
  facts->steps = g_ptr_array_new_with_free_func (g_free);
  facts->warnings = g_new0 (char *, 1);
  facts->location = g_strdup ("");
  facts->log_path = g_strdup ("");

  return facts;
}

void
ferry_import_facts_free (FerryImportFacts *facts)
{
  g_free (facts->id);
  g_free (facts->name);
  g_free (facts->source);
  g_free (facts->destination);
  ferry_progress_free (facts->progress);
  g_ptr_array_unref (facts->steps);
  g_strfreev (facts->warnings);
  g_clear_pointer (&facts->failure, ferry_failure_free);
  g_free (facts->location);
  g_free (facts->log_path);
  g_free (facts);
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text != NULL ? text : "");
}

/* A step in words that this Ferry does not know is a newer worker's: it is left out. */
static void
read_steps (GPtrArray *steps, GVariant *variant)
{
  GVariantIter iter;
  const char *word;
  gint64 started_usec, ended_usec;

  if (variant == NULL)
    return;
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&sxx)", &word, &started_usec, &ended_usec))
    {
      FerryStep *step = g_new0 (FerryStep, 1);

      step->started_usec = started_usec;
      step->ended_usec = ended_usec;
      if (ferry_import_state_from_word (word, &step->state))
        g_ptr_array_add (steps, step);
      else
        g_free (step);
    }
}

static FerryFailure *
read_failure (GVariant *variant)
{
  FerryError code = FERRY_ERROR_FAILED;
  const char *word, *message, *advice, *details;

  if (variant == NULL)
    return NULL;
  g_variant_get (variant, "(&s&s&s&s)", &word, &message, &advice, &details);
  if (*word == '\0' && *message == '\0')
    return NULL;
  if (!ferry_error_code_from_word (word, &code))
    code = FERRY_ERROR_FAILED;

  return ferry_failure_new (code, message, advice, details);
}

static void
read_texts (FerryImportFacts *facts, FerryDBusImport1 *import)
{
  const char *const *warnings = ferry_dbus_import1_get_warnings (import);

  set_text (&facts->name, ferry_dbus_import1_get_name (import));
  set_text (&facts->source, ferry_dbus_import1_get_source (import));
  set_text (&facts->destination, ferry_dbus_import1_get_destination (import));
  set_text (&facts->location, ferry_dbus_import1_get_location (import));
  set_text (&facts->log_path, ferry_dbus_import1_get_log_path (import));
  if (warnings != NULL)
    {
      g_strfreev (facts->warnings);
      facts->warnings = g_strdupv ((char **) warnings);
    }
}

static gboolean
reads_by_ssh (const char *text)
{
  g_autoptr (FerryPlan) plan = text != NULL ? ferry_plan_from_text (text, -1, NULL) : NULL;

  return plan != NULL && plan->source.kind == FERRY_SOURCE_VSPHERE &&
         plan->source.transport == FERRY_TRANSPORT_SSH;
}

FerryImportFacts *
ferry_import_facts_read (FerryDBusImport1 *import)
{
  const char *id = ferry_dbus_import1_get_id (import);
  const char *word = ferry_dbus_import1_get_state (import);
  GVariant *progress = ferry_dbus_import1_get_progress (import);
  FerryImportState state = FERRY_IMPORT_QUEUED;
  g_autoptr (FerryImportFacts) facts = NULL;

  if (id == NULL || *id == '\0' || word == NULL || !ferry_import_state_from_word (word, &state))
    return NULL;

  facts = ferry_import_facts_new (id, state);
  read_texts (facts, import);
  facts->cancelling = ferry_dbus_import1_get_cancelling (import);
  facts->startable = ferry_dbus_import1_get_startable_at_source (import);
  facts->created_usec = ferry_dbus_import1_get_created (import);
  facts->started_usec = ferry_dbus_import1_get_started (import);
  facts->ended_usec = ferry_dbus_import1_get_ended (import);
  if (progress != NULL)
    {
      ferry_progress_free (facts->progress);
      facts->progress = ferry_ipc_progress_from_variant (progress, state);
    }
  read_steps (facts->steps, ferry_dbus_import1_get_steps (import));
  facts->failure = read_failure (ferry_dbus_import1_get_failure (import));
  if (ferry_import_facts_needs_password (facts))
    facts->wants_ssh_password = reads_by_ssh (ferry_dbus_import1_get_plan (import));

  return g_steal_pointer (&facts);
}

FerryImportGroup
ferry_import_facts_get_group (const FerryImportFacts *facts)
{
  if (facts->state == FERRY_IMPORT_QUEUED)
    return FERRY_IMPORT_GROUP_QUEUED;

  return ferry_import_state_is_end (facts->state) ? FERRY_IMPORT_GROUP_FINISHED
                                                  : FERRY_IMPORT_GROUP_RUNNING;
}

gboolean
ferry_import_facts_needs_password (const FerryImportFacts *facts)
{
  return facts->failure != NULL && facts->failure->code == FERRY_ERROR_AUTH &&
         ferry_import_facts_can_retry (facts);
}

gboolean
ferry_import_facts_needs_key (const FerryImportFacts *facts)
{
  return facts->failure != NULL && facts->failure->code == FERRY_ERROR_KEY &&
         ferry_import_facts_can_retry (facts);
}

gboolean
ferry_import_facts_can_retry (const FerryImportFacts *facts)
{
  return ferry_import_state_is_end (facts->state) && facts->state != FERRY_IMPORT_SUCCEEDED;
}

guint
ferry_import_facts_get_warning_count (const FerryImportFacts *facts)
{
  return g_strv_length (facts->warnings);
}

gint64
ferry_import_facts_get_seconds (const FerryImportFacts *facts, gint64 now_usec)
{
  gint64 until_usec = facts->ended_usec != 0 ? facts->ended_usec : now_usec;

  if (facts->started_usec == 0 || until_usec < facts->started_usec)
    return 0;

  return (until_usec - facts->started_usec) / G_USEC_PER_SEC;
}

void
ferry_import_facts_sum_bytes (const FerryImportFacts *facts,
                              guint64 *out_done_bytes,
                              guint64 *out_total_bytes)
{
  guint64 done_bytes = 0, total_bytes = 0;

  for (guint i = 0; i < facts->progress->disks->len; i++)
    {
      const FerryDiskProgress *disk = g_ptr_array_index (facts->progress->disks, i);

      done_bytes += disk->done_bytes;
      total_bytes += disk->total_bytes;
    }

  *out_done_bytes = done_bytes;
  *out_total_bytes = total_bytes;
}
