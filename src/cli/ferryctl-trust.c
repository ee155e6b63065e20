/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-trust.h"

#include "ferry-error.h"
#include "ferryctl-terminal.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LABEL_WIDTH 13
#define SHA256_PREFIX "SHA256:"

static char *
strip_prefix (const char *text)
{
  gsize length = strlen (SHA256_PREFIX);

  return g_strdup (g_ascii_strncasecmp (text, SHA256_PREFIX, length) == 0 ? text + length : text);
}

/* Hex digits only, in upper case. */
static char *
normalize_hex (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c != ':' && *c != ' ')
      g_string_append_c (digits, g_ascii_toupper (*c));

  return g_string_free (digits, FALSE);
}

gboolean
ferryctl_trust_is_fingerprint (const FerryTrustQuestion *question, const char *given)
{
  g_autofree char *wanted = strip_prefix (question->fingerprint);
  g_autofree char *offered = strip_prefix (given);
  g_autofree char *wanted_hex = NULL;
  g_autofree char *offered_hex = NULL;

  /* In base64 the case is part of it. */
  if (question->kind == FERRY_TRUST_HOST_KEY)
    return g_str_equal (wanted, offered);
  wanted_hex = normalize_hex (wanted);
  offered_hex = normalize_hex (offered);

  return g_str_equal (wanted_hex, offered_hex);
}

static gboolean
is_accepted (const FerryTrustQuestion *question, char *const *accepted)
{
  for (guint i = 0; accepted != NULL && accepted[i] != NULL; i++)
    if (ferryctl_trust_is_fingerprint (question, accepted[i]))
      return TRUE;

  return FALSE;
}

static void
add_line (GString *text, const char *label, const char *value)
{
  g_autofree char *padded = ferryctl_text_pad (label, LABEL_WIDTH, FALSE);
  g_autofree char *clean = value != NULL ? ferryctl_text_clean (value) : NULL;

  if (clean != NULL)
    g_string_append_printf (text, "  %s %s\n", padded, clean);
}

static char *
describe_date (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL && seconds != 0 ? g_date_time_format (time, "%x") : g_strdup ("?");
}

static void
add_dates (GString *text, const FerryTrustQuestion *question)
{
  g_autofree char *from = describe_date (question->not_before);
  g_autofree char *until = describe_date (question->not_after);
  g_autofree char *dates = g_strdup_printf (_("from %s until %s"), from, until);

  add_line (text, _("Valid"), dates);
}

char *
ferryctl_trust_describe (const FerryTrustQuestion *question)
{
  GString *text = g_string_new (NULL);
  gboolean has_changed = question->known_fingerprint != NULL;
  g_autofree char *address = ferryctl_text_clean (question->address);

  if (question->kind == FERRY_TRUST_CERTIFICATE)
    {
      g_string_append_printf (text, _("The certificate of %s:\n"), address);
      add_line (text, _("Subject"), question->subject);
      add_line (text, _("Issuer"), question->issuer);
      add_dates (text, question);
    }
  else
    {
      g_string_append_printf (text, _("The host key of %s:\n"), address);
      add_line (text, _("Kind"), question->key_type);
    }
  if (has_changed)
    add_line (text, _("SHA-256 then"), question->known_fingerprint);
  add_line (text, has_changed ? _("SHA-256 now") : _("SHA-256"), question->fingerprint);
  g_string_append_printf (text, "%s\n", question->problem);

  return g_string_free (text, FALSE);
}

static gboolean
refuse_changed (const FerryTrustQuestion *question, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("‘%s’ is not the server that was trusted: its fingerprint was %s and is "
                        "now "
                        "%s. If there is a good reason for it, give --trust %s."),
                     question->address, question->known_fingerprint, question->fingerprint,
                     question->fingerprint);
}

static gboolean
refuse_other (const FerryTrustQuestion *question, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("‘%s’ has the fingerprint %s, not the one that was given with --trust."),
                     question->address, question->fingerprint);
}

static gboolean
refuse_unknown (const FerryTrustQuestion *question, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("‘%s’ is not trusted yet. %s If %s is its fingerprint, give --trust %s."),
                     question->address, question->problem, question->fingerprint,
                     question->fingerprint);
}

gboolean
ferryctl_trust_decide (const FerryTrustQuestion *question, char *const *accepted, GError **error)
{
  g_autofree char *text = NULL;

  if (is_accepted (question, accepted))
    return ferry_trust_accept (question, error);
  if (accepted != NULL && question->known_fingerprint == NULL)
    return refuse_other (question, error);
  if (!ferryctl_terminal_is_there ())
    return question->known_fingerprint != NULL ? refuse_changed (question, error)
                                               : refuse_unknown (question, error);
  text = ferryctl_trust_describe (question);
  ferryctl_terminal_say (g_strchomp (text));
  if (question->known_fingerprint != NULL)
    return refuse_changed (question, error);
  if (!ferryctl_terminal_confirm (
          _("Is that its fingerprint, and shall it be trusted from now on?")))
    return ferry_fail (error, FERRY_ERROR_CERTIFICATE, _("‘%s’ is not trusted."),
                       question->address);

  return ferry_trust_accept (question, error);
}
