/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-question.h"

#include "ferry-libvirt-ssh.h"
#include "ferry-trust.h"

#include <stdlib.h>
#include <string.h>

/* A server that refuses a password may ask for it again and again. */
#define MAX_QUESTIONS 8

static int credential_types[] = {
  VIR_CRED_USERNAME,   VIR_CRED_AUTHNAME,     VIR_CRED_ECHOPROMPT,
  VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT,
};

typedef struct
{
  const FerryQuestion *question;
  guint asked;
} Asking;

/* What nobody but the user may answer: whether a host key is the right one. */
static gboolean
is_about_host_key (const virConnectCredential *credential)
{
  g_autofree char *prompt =
      g_ascii_strdown (credential->prompt != NULL ? credential->prompt : "", -1);

  return strstr (prompt, "host key") != NULL || strstr (prompt, "hostkey") != NULL;
}

static const char *
find_answer (const FerryQuestion *question, const virConnectCredential *credential)
{
  switch (credential->type)
    {
    case VIR_CRED_USERNAME:
    case VIR_CRED_AUTHNAME:
    case VIR_CRED_ECHOPROMPT:
      return is_about_host_key (credential) ? NULL : question->user;
    case VIR_CRED_PASSPHRASE:
    case VIR_CRED_NOECHOPROMPT:
      return question->password;
    default:
      return NULL;
    }
}

/* Without an answer the connection fails: there is nobody here to be asked. */
static int
on_credentials_wanted (virConnectCredentialPtr credentials, unsigned int count, void *user_data)
{
  Asking *asking = user_data;

  for (unsigned int i = 0; i < count; i++)
    {
      const char *answer = find_answer (asking->question, &credentials[i]);

      if (answer == NULL || asking->asked++ >= MAX_QUESTIONS)
        return -1;
      /* libvirt frees it with free(). */
      credentials[i].result = strdup (answer);
      credentials[i].resultlen = (unsigned int) strlen (answer);
    }

  return 0;
}

/* libvirt would print each error; they are all sent instead. */
static void
on_libvirt_error (void *user_data, virErrorPtr error)
{
}

static void
tell_ssh (void)
{
  g_autofree char *known_hosts = ferry_trust_dup_known_hosts (NULL);

  if (known_hosts != NULL)
    g_setenv (FERRY_SSH_KNOWN_HOSTS, known_hosts, TRUE);
  else
    g_unsetenv (FERRY_SSH_KNOWN_HOSTS);
}

virConnectPtr
ferry_question_connect (const FerryQuestion *question)
{
  Asking asking = { question, 0 };
  virConnectAuth auth = { credential_types, G_N_ELEMENTS (credential_types), on_credentials_wanted,
                          &asking };
  virConnectPtr connection;

  virSetErrorFunc (NULL, on_libvirt_error);
  tell_ssh ();
  if (virInitialize () != 0)
    {
      ferry_answer_refuse_last ();
      return NULL;
    }

  connection = virConnectOpenAuth (question->uri, &auth, 0);
  if (connection == NULL)
    ferry_answer_refuse_connection (question->password != NULL);

  return connection;
}
