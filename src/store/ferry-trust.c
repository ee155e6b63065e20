/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust-private.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name has at most 253 characters; brackets, a zone and a port come to it. */
#define MAX_ADDRESS 300

FerryTrustQuestion *
ferry_trust_question_copy (const FerryTrustQuestion *question)
{
  FerryTrustQuestion *copy = g_new0 (FerryTrustQuestion, 1);

  *copy = *question;
  copy->address = g_strdup (question->address);
  copy->fingerprint = g_strdup (question->fingerprint);
  copy->known_fingerprint = g_strdup (question->known_fingerprint);
  copy->subject = g_strdup (question->subject);
  copy->issuer = g_strdup (question->issuer);
  copy->key_type = g_strdup (question->key_type);
  copy->problem = g_strdup (question->problem);
  copy->material = g_strdup (question->material);

  return copy;
}

void
ferry_trust_question_free (FerryTrustQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->address);
  g_free (question->fingerprint);
  g_free (question->known_fingerprint);
  g_free (question->subject);
  g_free (question->issuer);
  g_free (question->key_type);
  g_free (question->problem);
  g_free (question->material);
  g_free (question);
}

/* Nothing that means something in a list of known hosts: patterns, lists, marks, comments. */
gboolean
ferry_trust_address_is_valid (const char *address)
{
  gsize length = address != NULL ? strlen (address) : 0;

  if (length == 0 || length > MAX_ADDRESS || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  for (const char *c = address; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || g_ascii_iscntrl (*c) || strchr (",*?!|@#\"\\/<>", *c) != NULL)
      return FALSE;

  return TRUE;
}

gboolean
ferry_trust_check_address (const char *address, GError **error)
{
  g_autofree char *readable = NULL;

  if (ferry_trust_address_is_valid (address))
    return TRUE;
  readable = g_utf8_make_valid (address != NULL ? address : "", -1);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is not the name or address of a server. Check it for typing errors."),
                     readable);
}

gboolean
ferry_trust_accept (const FerryTrustQuestion *question, GError **error)
{
  if (!ferry_trust_check_address (question->address, error))
    return FALSE;
  switch (question->kind)
    {
    case FERRY_TRUST_CERTIFICATE:
      return ferry_trust_accept_certificate (question, error);
    case FERRY_TRUST_HOST_KEY:
      return ferry_trust_accept_host_key (question, error);
    }

  g_return_val_if_reached (FALSE);
}

gboolean
ferry_trust_forget (FerryTrustKind kind, const char *address, GError **error)
{
  if (!ferry_trust_check_address (address, error))
    return FALSE;
  switch (kind)
    {
    case FERRY_TRUST_CERTIFICATE:
      return ferry_trust_forget_certificate (address, error);
    case FERRY_TRUST_HOST_KEY:
      return ferry_trust_forget_host_key (address, error);
    }

  g_return_val_if_reached (FALSE);
}
