/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Behind a colon near the middle, or in the very middle. */
char *
ferry_text_fingerprint (const char *fingerprint)
{
  gsize middle = (strlen (fingerprint) + 1) / 2;
  g_autofree char *first = NULL;

  if (strlen (fingerprint) < 40)
    return g_strdup (fingerprint);
  if (strchr (fingerprint + middle, ':') != NULL)
    middle = (gsize) (strchr (fingerprint + middle - 1, ':') - fingerprint) + 1;
  first = g_strndup (fingerprint, middle);

  return g_strconcat (first, "\n", fingerprint + middle, NULL);
}

static char *
format_day (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (seconds);

  /* Translators: a day, as g_date_time_format() has it: "12 Mar 2024" */
  return moment != NULL ? g_date_time_format (moment, _("%-d %b %Y")) : g_strdup (_("Unknown"));
}

char *
ferry_text_validity (gint64 not_before, gint64 not_after, gint64 now)
{
  g_autofree char *from = format_day (not_before);
  g_autofree char *until = format_day (not_after);

  if (not_before == 0 && not_after == 0)
    return g_strdup (_("Not said"));
  if (now > not_after)
    /* Translators: from and until when a certificate was valid */
    return g_strdup_printf (_("%s – %s · expired"), from, until);
  if (now < not_before)
    /* Translators: from and until when a certificate will be valid */
    return g_strdup_printf (_("%s – %s · not valid yet"), from, until);

  /* Translators: from and until when a certificate is valid: "12 Mar 2024 – 11 Mar 2034" */
  return g_strdup_printf (_("%s – %s"), from, until);
}

const char *
ferry_text_trust_heading (const FerryTrustQuestion *question)
{
  if (question->known_fingerprint == NULL)
    return _("Trust This Server?");

  return question->kind == FERRY_TRUST_HOST_KEY ? _("The Host Key Has Changed")
                                                : _("The Certificate Has Changed");
}

char *
ferry_text_trust_body (const FerryTrustQuestion *question)
{
  if (question->known_fingerprint == NULL && question->kind == FERRY_TRUST_HOST_KEY)
    return g_strdup_printf (_("‘%s’ is not known yet. Compare the fingerprint of its host key "
                              "with "
                              "the one that its administrator sees."),
                            question->address);
  if (question->known_fingerprint == NULL)
    /* Translators: an address; a whole sentence: why its certificate is not trusted by itself */
    return g_strdup_printf (_("The certificate of ‘%s’ is not trusted yet. %s Compare the "
                              "fingerprint with the one that the server’s administrator sees."),
                            question->address, question->problem);

  return g_strdup_printf (_("‘%s’ is not the server you trusted so far: it was set up anew, or "
                            "somebody is listening in. Ask its administrator for the new "
                            "fingerprint before you trust it."),
                          question->address);
}

/* "CN=vc.example.com,OU=…"; commas inside values come with a backslash. */
char *
ferry_text_distinguished_name (const char *name)
{
  const char *start = g_str_has_prefix (name, "CN=") ? name : strstr (name, ",CN=");
  GString *common;

  if (start == NULL)
    return g_strdup (name);

  common = g_string_new (NULL);
  for (start = strchr (start, '=') + 1; *start != '\0' && *start != ','; start++)
    {
      if (start[0] == '\\' && start[1] != '\0')
        start++;
      g_string_append_c (common, *start);
    }

  return g_string_free (common, FALSE);
}

char *
ferry_text_issuer (const FerryTrustQuestion *question)
{
  g_autofree char *name = question->issuer != NULL
                              ? ferry_text_distinguished_name (question->issuer)
                              : g_strdup (_("Not said"));

  if (g_strcmp0 (question->issuer, question->subject) != 0)
    return g_steal_pointer (&name);

  /* Translators: who issued a certificate, which is itself */
  return g_strdup_printf (_("%s · self-signed"), name);
}
