/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-provider.h"

#include "ferryctl-group.h"
#include "ferry-error.h"
#include "ferryctl-source.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

/* provider test */

static gboolean
attempt_test (FerrySource *source, gpointer user_data, GError **error)
{
  char **sentence = user_data;

  *sentence = ferry_source_test (source, NULL, error);

  return *sentence != NULL;
}

/* What came of it is saved with the provider; that it could not be is survived. */
static void
save_result (const char *id, const char *sentence, const GError *failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryProvider) provider = ferry_provider_load (id, &error);

  if (provider != NULL)
    {
      provider->tested_usec = g_get_real_time ();
      provider->test_failed = failure != NULL;
      provider->test_code = failure != NULL && failure->domain == FERRY_ERROR
                                ? (FerryError) failure->code
                                : FERRY_ERROR_FAILED;
      g_clear_pointer (&provider->test_result, g_free);
      provider->test_result = g_strdup (failure != NULL ? failure->message : sentence);
      ferry_provider_save (provider, &error);
    }
  if (error != NULL)
    ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
}

static FerryctlExit
test_word (const char *word, const FerryctlAccess *access)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autofree char *sentence = NULL;
  g_autofree char *clean_word = ferryctl_text_clean (word);
  g_autofree char *clean = NULL;
  g_autoptr (GError) error = NULL;

  if (!ferryctl_source_parse (word, plan, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  if (!ferryctl_access_apply_fields (access, &plan->source, &error))
    return ferryctl_give_up (FERRYCTL_USAGE, error);

  ferryctl_source_enter (plan, access, attempt_test, &sentence, &error);
  if (plan->source.provider != NULL && !ferryctl_access_has_fields (access))
    save_result (plan->source.provider, sentence, error);
  if (error != NULL)
    {
      g_prefix_error (&error, "%s: ", clean_word);
      return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
    }
  clean = ferryctl_text_clean (sentence);
  g_print ("%s: %s\n", clean_word, clean);

  return FERRYCTL_OK;
}

FerryctlExit
ferryctl_provider_test (FerryctlLine *line)
{
  g_auto (FerryctlAccess) access = { 0 };
  FerryctlExit worst = FERRYCTL_OK;
  FerryctlExit exit_code;

  ferryctl_access_add_options (&access, line->context);
  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _("‘provider test’ needs the name of a provider."));
  for (guint i = 0; line->words[i] != NULL; i++)
    worst = ferryctl_worse (worst, test_word (line->words[i], &access));

  return worst;
}
