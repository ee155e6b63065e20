/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-source.h"

#include "ferry-endpoint.h"
#include "ferry-error.h"
#include "ferry-secrets.h"
#include "ferry-source-libvirt.h"
#include "ferryctl-terminal.h"
#include "ferryctl-text.h"
#include "ferryctl-trust.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A server may lock somebody out who is wrong more often. */
#define MOST_ATTEMPTS 3
/* A vCenter and an ESXi host, each with a certificate and a host key, and then some. */
#define MOST_QUESTIONS 8

/**
 * Entry: into one source
 * @provider: (owned) (nullable): whose password is kept
 * @asked: the password is not from the keyring
 * @has_no_keyring: it has been told that there is none, or that it is locked
 */
typedef struct
{
  FerryPlan *plan;
  const FerryctlAccess *access;
  FerryProvider *provider;
  gboolean asked;
  gboolean has_no_keyring;
} Entry;

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->provider, ferry_provider_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

/* Survived: the user types what the keyring does not give. */
static void
tell (const GError *error)
{
  g_autofree char *clean = ferryctl_text_clean (error->message);

  g_printerr ("ferryctl: %s\n", clean);
}

/* --- the word --- */

static gboolean
can_be_name (const char *word)
{
  return *word != '\0' && strpbrk (word, "/:") == NULL;
}

/* FALSE without an error: there is none of that name. */
static gboolean
parse_provider (const char *word, FerryPlan *plan, char **out_hint, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!can_be_name (word))
    return FALSE;
  all = ferry_provider_list (NULL, NULL);
  if (all == NULL || all->len == 0)
    return FALSE;
  provider = ferry_provider_find (word, &local_error);
  if (provider != NULL)
    ferry_plan_set_source (plan, &provider->source);
  else if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    *out_hint = g_strdup (local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return provider != NULL;
}

gboolean
ferryctl_source_parse (const char *word, FerryPlan *plan, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hint = NULL;

  if (parse_provider (word, plan, &hint, &local_error))
    return TRUE;
  if (local_error == NULL && ferry_endpoint_parse_source (word, plan, &local_error))
    return TRUE;
  if (hint != NULL && g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    g_prefix_error (&local_error, "%s ", hint);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* --- trust --- */

static gboolean
examine (const Entry *entry, FerryTrustQuestion **out_question, GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (entry->plan, error);

  return source != NULL && ferry_source_examine (source, out_question, NULL, error);
}

/* Until there is nothing left to ask: a source may have more than one server. */
static gboolean
trust_servers (const Entry *entry, GError **error)
{
  for (guint i = 0; i < MOST_QUESTIONS; i++)
    {
      g_autoptr (FerryTrustQuestion) question = NULL;

      if (!examine (entry, &question, error))
        return FALSE;
      if (question == NULL)
        return TRUE;
      if (!ferryctl_trust_decide (question, entry->access->trust, error))
        return FALSE;
    }

  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("The server shows something else each time it is asked who it is."));
}

/* --- passwords --- */

static gboolean
is_remembered (const Entry *entry)
{
  return entry->provider != NULL && entry->provider->remember;
}

gboolean
ferryctl_source_takes_password (const FerryPlanSource *source)
{
  switch (source->kind)
    {
    case FERRY_SOURCE_OVA:
      return FALSE;
    case FERRY_SOURCE_VSPHERE:
      return TRUE;
    case FERRY_SOURCE_LIBVIRT:
      return ferry_source_libvirt_takes_password (source->uri);
    }

  return FALSE;
}

/* What people call it. */
static char *
dup_place (const FerryPlanSource *source)
{
  return source->kind == FERRY_SOURCE_VSPHERE ? g_strdup (source->host)
                                              : ferry_plan_source_to_text (source);
}

static gboolean
ask_user (FerryPlanSource *source, GError **error)
{
  g_autofree char *where = dup_place (source);
  g_autofree char *prompt = g_strdup_printf (_("User at %s: "), where);
  g_autofree char *user = ferryctl_terminal_read (prompt, FALSE, error);

  if (user == NULL)
    return FALSE;
  ferry_plan_source_set (&source->user, user);

  return source->user != NULL ? TRUE
                              : ferry_fail (error, FERRY_ERROR_AUTH, _("No user was entered."));
}

gboolean
ferryctl_source_ask_password (FerryPlanSource *source, GError **error)
{
  g_autofree char *where = dup_place (source);
  g_autofree char *prompt = NULL;
  g_autofree char *password = NULL;

  prompt = source->user != NULL
               ? g_strdup_printf (_("Password of %s at %s: "), source->user, where)
               : g_strdup_printf (_("Password at %s: "), where);
  password = ferryctl_terminal_read (prompt, TRUE, error);
  if (password == NULL)
    return FALSE;
  ferry_plan_source_set_password (&source->password, password);
  explicit_bzero (password, strlen (password));

  return TRUE;
}

static gboolean
has_user (const FerryPlanSource *source)
{
  return source->user != NULL ||
         (source->kind == FERRY_SOURCE_LIBVIRT && ferry_source_libvirt_names_user (source->uri));
}

/* On a terminal; elsewhere it is an error that says what else there is. */
static gboolean
ask (Entry *entry, GError **error)
{
  FerryPlanSource *source = &entry->plan->source;
  g_autofree char *where = dup_place (source);

  if (!ferryctl_terminal_is_there ())
    return ferry_fail (error, FERRY_ERROR_AUTH,
                       _("‘%s’ wants a password, and there is no terminal to ask for it. Give it "
                          "with "
                          "--password-file."),
                       where);
  if (!has_user (source) && !ask_user (source, error))
    return FALSE;
  entry->asked = TRUE;

  return ferryctl_source_ask_password (source, error);
}

static void
fill_from_keyring (Entry *entry)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (GError) error = NULL;

  entry->has_no_keyring = !ferry_secrets_fill (secrets, &entry->plan->source, NULL, &error);
  if (entry->has_no_keyring)
    tell (error);
}

/* VMware lets nobody in without one; libvirt is asked first whether it wants any. */
static gboolean
find_passwords (Entry *entry, GError **error)
{
  FerryPlanSource *source = &entry->plan->source;

  if (!ferryctl_access_read_passwords (entry->access, source, error))
    return FALSE;
  entry->asked = source->password != NULL;
  if (is_remembered (entry))
    fill_from_keyring (entry);

  return source->kind != FERRY_SOURCE_VSPHERE || source->password != NULL || ask (entry, error);
}

typedef struct
{
  FerrySecretKind kind;
  char *password; /* borrowed, (nullable) */
} Kept;

static void
keep_one (FerrySecrets *secrets, const FerryProvider *provider, const Kept *kept, GError **error)
{
  const FerrySecret secret = { kept->kind, provider->id, provider->name };

  if (kept->password != NULL && *error == NULL)
    ferry_secrets_keep (secrets, &secret, kept->password, NULL, error);
}

void
ferryctl_source_keep_passwords (const FerryProvider *provider, const FerryPlanSource *source)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (GError) error = NULL;

  keep_one (secrets, provider, &(Kept){ FERRY_SECRET_PASSWORD, source->password }, &error);
  keep_one (secrets, provider, &(Kept){ FERRY_SECRET_SSH_PASSWORD, source->ssh_password }, &error);
  if (error != NULL)
    tell (error);
}

void
ferryctl_source_forget_passwords (const FerryProvider *provider)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_autoptr (GError) error = NULL;

  for (FerrySecretKind i = FERRY_SECRET_PASSWORD; i <= FERRY_SECRET_SSH_PASSWORD; i++)
    {
      const FerrySecret secret = { i, provider->id, provider->name };

      if (error == NULL)
        ferry_secrets_forget (secrets, &secret, NULL, &error);
    }
  if (error != NULL && !g_error_matches (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL))
    tell (error);
}

void
ferryctl_source_copy_passwords (const FerryProvider *from, const FerryProvider *to)
{
  g_autoptr (FerrySecrets) secrets = ferry_secrets_keyring_new ();
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (GError) error = NULL;

  ferry_plan_source_init (&source, from->source.kind);
  ferry_plan_source_copy (&from->source, &source);
  if (ferry_secrets_fill (secrets, &source, NULL, &error))
    ferryctl_source_keep_passwords (to, &source);
  else
    tell (error);
}

/* --- going in --- */

static gboolean
attempt_once (const Entry *entry, FerryctlAttempt attempt, gpointer user_data, GError **error)
{
  g_autoptr (FerrySource) source = ferry_endpoint_open_source (entry->plan, error);

  return source != NULL && attempt (source, user_data, error);
}

/* TRUE: the user has given another password. */
static gboolean
mend (Entry *entry, const GError *refusal)
{
  g_autoptr (GError) error = NULL;

  if (!g_error_matches (refusal, FERRY_ERROR, FERRY_ERROR_AUTH) ||
      entry->access->password_file != NULL || !ferryctl_source_takes_password (&entry->plan->source) ||
      !ferryctl_terminal_is_there ())
    return FALSE;
  tell (refusal);

  return ask (entry, &error);
}

static void
entry_init (Entry *entry, FerryPlan *plan, const FerryctlAccess *access)
{
  entry->plan = plan;
  entry->access = access;
  if (plan->source.provider != NULL)
    entry->provider = ferry_provider_load (plan->source.provider, NULL);
}

gboolean
ferryctl_source_enter (FerryPlan *plan,
                       const FerryctlAccess *access,
                       FerryctlAttempt attempt,
                       gpointer user_data,
                       GError **error)
{
  g_auto (Entry) entry = { 0 };

  entry_init (&entry, plan, access);
  if (plan->source.kind == FERRY_SOURCE_OVA)
    return attempt_once (&entry, attempt, user_data, error);
  if (!trust_servers (&entry, error) || !find_passwords (&entry, error))
    return FALSE;
  for (guint i = 1; TRUE; i++)
    {
      g_autoptr (GError) refusal = NULL;

      if (attempt_once (&entry, attempt, user_data, &refusal))
        break;
      if (i == MOST_ATTEMPTS || !mend (&entry, refusal))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  if (entry.asked && is_remembered (&entry) && !entry.has_no_keyring)
    ferryctl_source_keep_passwords (entry.provider, &plan->source);

  return TRUE;
}

static gboolean
attempt_test (FerrySource *source, gpointer user_data, GError **error)
{
  g_autofree char *sentence = ferry_source_test (source, NULL, error);

  return sentence != NULL;
}

gboolean
ferryctl_source_admit (FerryPlan *plan, const FerryctlAccess *access, GError **error)
{
  /* Of a file the checks say more. */
  if (plan->source.kind == FERRY_SOURCE_OVA)
    return TRUE;

  return ferryctl_source_enter (plan, access, attempt_test, NULL, error);
}

static gboolean
attempt_list (FerrySource *source, gpointer user_data, GError **error)
{
  FerryctlSource *opened = user_data;

  opened->guests = ferry_source_list (source, NULL, error);
  if (opened->guests != NULL)
    opened->source = g_object_ref (source);

  return opened->guests != NULL;
}

gboolean
ferryctl_source_open (FerryctlSource *source,
                      const char *word,
                      const FerryctlAccess *access,
                      GError **error)
{
  source->plan = ferry_plan_new ();
  source->exit_code = FERRYCTL_UNREACHABLE;
  if (!ferryctl_source_parse (word, source->plan, error))
    return FALSE;
  source->exit_code = FERRYCTL_USAGE;
  if (!ferryctl_access_apply_fields (access, &source->plan->source, error))
    return FALSE;
  source->exit_code = FERRYCTL_UNREACHABLE;

  return ferryctl_source_enter (source->plan, access, attempt_list, source, error);
}

void
ferryctl_source_clear (FerryctlSource *source)
{
  g_clear_pointer (&source->plan, ferry_plan_free);
  g_clear_object (&source->source);
  g_clear_pointer (&source->guests, g_ptr_array_unref);
}
