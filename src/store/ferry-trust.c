/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust.h"

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
