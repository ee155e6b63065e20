/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-provider.h"

#include "ferryctl-group.h"
#include "ferry-endpoint.h"
#include "ferryctl-access.h"
#include "ferryctl-source.h"
#include "ferryctl-terminal.h"

#include <glib/gi18n-lib.h>

/* provider add, provider edit */

typedef struct
{
  FerryctlAccess access;
  char *name;
  char *source;
  gboolean remember;
  gboolean no_remember;
} Options;

static void
options_clear (Options *options)
{
  ferryctl_access_clear (&options->access);
  g_clear_pointer (&options->name, g_free);
  g_clear_pointer (&options->source, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (FerryctlLine *line, Options *options, const GOptionEntry *own, FerryctlExit *out_exit)
{
  const GOptionEntry entries[] = {
    { "remember", 0, 0, G_OPTION_ARG_NONE, &options->remember,
      N_ ("Keep the password in the keyring"), NULL },
    { "no-remember", 0, 0, G_OPTION_ARG_NONE, &options->no_remember,
      N_ ("Ask for the password each time (default)"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  ferryctl_access_add_fields (&options->access, line->context);
  ferryctl_access_add_passwords (&options->access, line->context);
  if (own != NULL)
    g_option_context_add_main_entries (line->context, own, GETTEXT_PACKAGE);
  if (!ferryctl_line_parse (line, entries, out_exit))
    return FALSE;
  if (!options->remember || !options->no_remember)
    return TRUE;
  *out_exit =
      ferryctl_misuse (line, "%s", _("--remember and --no-remember cannot be given at once."));

  return FALSE;
}

static gboolean
gives_password (const Options *options)
{
  return options->access.password_file != NULL || options->access.ssh_password_file != NULL;
}

/* A password that nobody is to remember would be asked for in vain. */
static gboolean
check_remember (const FerryctlLine *line,
                const Options *options,
                gboolean remember,
                FerryctlExit *out_exit)
{
  if (remember || !gives_password (options))
    return TRUE;
  *out_exit =
      ferryctl_misuse (line, "%s", _("A password is kept with --remember only: give that too."));

  return FALSE;
}

static gboolean
replace_source (FerryProvider *provider, const char *word, GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();

  if (!ferry_endpoint_parse_source (word, plan, error))
    return FALSE;
  ferry_plan_source_copy (&plan->source, &provider->source);
  ferry_plan_source_set (&provider->source.provider, provider->id);

  return TRUE;
}

/* With --remember and no file: whoever is at the terminal is asked. */
static gboolean
get_passwords (const Options *options, FerryProvider *provider, GError **error)
{
  if (!ferryctl_access_read_passwords (&options->access, &provider->source, error))
    return FALSE;
  if (!options->remember || gives_password (options) || !ferryctl_terminal_is_there () ||
      !ferryctl_source_takes_password (&provider->source))
    return TRUE;

  return ferryctl_source_ask_password (&provider->source, error);
}

static FerryctlExit
save (const FerryProvider *provider)
{
  FerryctlExit exit_code = ferryctl_provider_save (provider);

  if (exit_code == FERRYCTL_OK && provider->remember)
    ferryctl_source_keep_passwords (provider, &provider->source);

  return exit_code;
}

FerryctlExit
ferryctl_provider_add (FerryctlLine *line)
{
  g_auto (Options) options = { 0 };
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  if (!parse (line, &options, NULL, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 2)
    return ferryctl_misuse (line, "%s", _("‘provider add’ takes a name and a source."));
  if (!check_remember (line, &options, options.remember, &exit_code))
    return exit_code;

  provider = ferry_provider_new (line->words[0], &plan->source);
  provider->remember = options.remember;
  if (!replace_source (provider, line->words[1], &error) ||
      !ferryctl_access_apply_fields (&options.access, &provider->source, &error) ||
      !get_passwords (&options, provider, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);

  return save (provider);
}

static gboolean
change (FerryProvider *provider, const Options *options, GError **error)
{
  g_auto (FerryPlanSource) before = { 0 };

  ferry_plan_source_init (&before, provider->source.kind);
  ferry_plan_source_copy (&provider->source, &before);
  if (options->source != NULL && !replace_source (provider, options->source, error))
    return FALSE;
  if (!ferryctl_access_apply_fields (&options->access, &provider->source, error))
    return FALSE;
  if (options->name != NULL)
    {
      g_clear_pointer (&provider->name, g_free);
      provider->name = g_strdup (options->name);
    }
  /* What was found there says nothing of another place. */
  if (!ferry_plan_source_is_same (&before, &provider->source))
    provider->tested_usec = 0;
  if (options->remember || options->no_remember)
    provider->remember = options->remember;

  return TRUE;
}

FerryctlExit
ferryctl_provider_edit (FerryctlLine *line)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry own[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Another name"), N_ ("NAME") },
    { "source", 0, 0, G_OPTION_ARG_FILENAME, &options.source, N_ ("Another source"),
      N_ ("SOURCE") },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &options.access.verify,
      N_ ("Take only a certificate that is trusted"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_remembered;
  FerryctlExit exit_code;

  if (!parse (line, &options, own, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _("‘provider edit’ takes the name of one provider."));
  provider = ferry_provider_find (line->words[0], &error);
  if (provider == NULL)
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  was_remembered = provider->remember;
  if (!change (provider, &options, &error) || !get_passwords (&options, provider, &error))
    return ferryctl_give_up (ferryctl_group_exit (error), error);
  if (!check_remember (line, &options, provider->remember, &exit_code))
    return exit_code;

  exit_code = save (provider);
  if (exit_code == FERRYCTL_OK && was_remembered && !provider->remember)
    ferryctl_source_forget_passwords (provider);

  return exit_code;
}
