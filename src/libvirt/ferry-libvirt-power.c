/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-question.h"

/* Between two looks at a guest that shuts down. */
#define PAUSE_USEC G_USEC_PER_SEC

static virDomainPtr
look_up (virConnectPtr connection, const FerryQuestion *question)
{
  if (question->guests->len != 1)
    {
      ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, "The request is about one domain.");
      return NULL;
    }

  return ferry_libvirt_look_up (connection, g_ptr_array_index (question->guests, 0));
}

static void
say (const char *item)
{
  ferry_answer_send (ferry_answer_new_line (item));
}

/* A line a second also tells that nobody hangs; where nobody reads it any more, it ends us. */
static gboolean
wait_for_off (virDomainPtr domain)
{
  int active;

  while ((active = virDomainIsActive (domain)) == 1)
    {
      say ("waiting");
      g_usleep (PAUSE_USEC);
    }

  return active == 0 || ferry_answer_refuse_last ();
}

/* Whether it ended in this moment is asked after its error, which asking forgets, was kept. */
static gboolean
refuse_unless_off (virDomainPtr domain)
{
  JsonObject *refusal = ferry_answer_new_refusal ("error");

  if (virDomainIsActive (domain) == 0)
    {
      json_object_unref (refusal);
      return TRUE;
    }
  say ("refused");
  ferry_answer_send (refusal);

  return FALSE;
}

/** ferry_libvirt_shut_down: by the guest agent or ACPI, as the hypervisor sees fit, and never by
 * force. "asking" comes before it is asked, "refused" when it certainly was not */
gboolean
ferry_libvirt_shut_down (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (virDomain) domain = look_up (connection, question);

  if (domain == NULL)
    return question->guests->len == 1 && ferry_answer_refuse_last ();
  if (virDomainIsActive (domain) == 0)
    return TRUE;
  /* One that is not defined is forgotten when it ends: nobody could read or start it then. */
  if (virDomainIsPersistent (domain) == 0)
    return ferry_answer_refuse (FERRY_LIBVIRT_TRANSIENT, "The domain is not persistent.");
  say ("asking");
  if (virDomainShutdown (domain) != 0)
    return refuse_unless_off (domain);

  return wait_for_off (domain);
}

/** ferry_libvirt_start: one that runs already is fine */
gboolean
ferry_libvirt_start (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (virDomain) domain = look_up (connection, question);

  if (domain == NULL)
    return question->guests->len == 1 && ferry_answer_refuse_last ();
  if (virDomainIsActive (domain) == 1 || virDomainCreate (domain) == 0)
    return TRUE;

  return ferry_answer_refuse_last ();
}
