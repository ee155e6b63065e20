/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-filter.h"

#include "ferry-check-title.h"
#include "ferry-choice.h"

#include <glib/gi18n-lib.h>

/* A check that was found: at how many guests, and as what. */
typedef struct
{
  const char *id; /* (unowned): interned */
  const char *text; /* (unowned): what the first one says */
  FerrySeverity severity;
  guint n_guests;
  guint last_guest; /* so that two findings at one guest count once */
} Finding;

typedef struct
{
  GHashTable *by_id; /* (owned): id → Finding, which it owns */
  guint n_blocked;
  guint n_warned;
} Findings;

static void
count_check (Findings *findings, const FerryCheck *check, guint guest)
{
  Finding *finding = g_hash_table_lookup (findings->by_id, check->id);

  if (finding == NULL)
    {
      finding = g_new0 (Finding, 1);
      finding->id = check->id;
      finding->text = check->text;
      finding->severity = check->severity;
      g_hash_table_insert (findings->by_id, (gpointer) check->id, finding);
    }
  finding->severity = MIN (finding->severity, check->severity);
  if (finding->n_guests == 0 || finding->last_guest != guest)
    finding->n_guests++;
  finding->last_guest = guest;
}

static void
count_guest (Findings *findings, const GPtrArray *checks, guint guest)
{
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    count_check (findings, g_ptr_array_index (checks, i), guest);
  if (ferry_settings_filter_match (FERRY_FILTER_BLOCKERS, NULL, checks))
    findings->n_blocked++;
  if (ferry_settings_filter_match (FERRY_FILTER_WARNINGS, NULL, checks))
    findings->n_warned++;
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const Finding *left = a;
  const Finding *right = b;

  if (left->severity != right->severity)
    return left->severity < right->severity ? -1 : 1;

  return g_strcmp0 (left->id, right->id);
}

static void
append (GListStore *list, FerryFilterKind kind, const char *id, const char *title, guint n_guests)
{
  /* Translators: what virtual machines are shown, how many those are */
  g_autofree char *text = g_strdup_printf (_("%s (%u)"), title, n_guests);

  ferry_choice_list_append (list, (int) kind, id, text);
}

static void
append_findings (GListStore *list, GHashTable *by_id)
{
  GList *sorted = g_list_sort (g_hash_table_get_values (by_id), compare_findings);

  for (const GList *l = sorted; l != NULL; l = l->next)
    {
      const Finding *finding = l->data;
      const char *title = ferry_check_get_title (finding->id);

      append (list, FERRY_FILTER_FINDING, finding->id, title != NULL ? title : finding->text,
              finding->n_guests);
    }
  g_list_free (sorted);
}

GListStore *
ferry_settings_filter_list (FerryDraft *draft)
{
  const FerryPlan *plan = ferry_draft_get_plan (draft);
  GListStore *list = g_list_store_new (FERRY_TYPE_CHOICE);
  Findings findings = { .by_id = g_hash_table_new_full (NULL, NULL, NULL, g_free) };

  for (guint i = 0; i < plan->guests->len; i++)
    count_guest (&findings,
                 ferry_draft_get_guest_checks (draft, ferry_plan_get_guest (plan, i)->source->id),
                 i);

  append (list, FERRY_FILTER_ALL, NULL, _("All"), plan->guests->len);
  if (findings.n_blocked > 0)
    append (list, FERRY_FILTER_BLOCKERS, NULL, _("With blockers"), findings.n_blocked);
  if (findings.n_warned > 0)
    append (list, FERRY_FILTER_WARNINGS, NULL, _("With warnings"), findings.n_warned);
  append_findings (list, findings.by_id);
  g_hash_table_unref (findings.by_id);

  return list;
}

gboolean
ferry_settings_filter_match (FerryFilterKind kind, const char *id, const GPtrArray *checks)
{
  switch (kind)
    {
    case FERRY_FILTER_ALL:
      return TRUE;
    case FERRY_FILTER_BLOCKERS:
      return checks != NULL && ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER) > 0;
    case FERRY_FILTER_WARNINGS:
      return checks != NULL && ferry_checks_count (checks, FERRY_SEVERITY_WARNING) > 0;
    case FERRY_FILTER_FINDING:
      return checks != NULL && ferry_checks_have (checks, id);
    }

  return TRUE;
}
