/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-answer.h"

#include "ferry-json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/** ferry_answer_new_line: (transfer full): a line to be filled and sent */
JsonObject *
ferry_answer_new_line (const char *item)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "item", item);

  return line;
}

/** ferry_answer_set_text: names are whatever someone typed elsewhere, valid UTF-8 or not */
void
ferry_answer_set_text (JsonObject *line, const char *member, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (line, member, valid);
}

void
ferry_answer_set_size (JsonObject *line, const char *member, guint64 size)
{
  json_object_set_int_member (line, member, (gint64) MIN (size, (guint64) G_MAXINT64));
}

/** ferry_answer_send: @line: (transfer full) */
void
ferry_answer_send (JsonObject *line)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, line);
  text = ferry_json_to_text (node, FALSE);
  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

void
ferry_answer_done (void)
{
  ferry_answer_send (ferry_answer_new_line ("done"));
}

static JsonObject *
make_refusal (const char *item,
              FerryLibvirtReason reason,
              const char *message,
              const virError *why)
{
  JsonObject *line = ferry_answer_new_line (item);

  json_object_set_string_member (line, "reason", ferry_libvirt_reason_to_word (reason));
  ferry_answer_set_text (line, "message", message);
  if (why != NULL)
    {
      json_object_set_int_member (line, "domain", why->domain);
      json_object_set_int_member (line, "code", why->code);
    }

  return line;
}

/** ferry_answer_refuse: the last line, for what libvirt was not asked; always %FALSE */
gboolean
ferry_answer_refuse (FerryLibvirtReason reason, const char *message)
{
  ferry_answer_send (make_refusal ("error", reason, message, NULL));

  return FALSE;
}

/* libvirt has no code of its own for a daemon that is not there: it is a system error of the RPC
 * layer, with the errno of connect() in int1. */
static FerryLibvirtReason
reason_of_system_error (const virError *why)
{
  if (why->domain != VIR_FROM_RPC)
    return why->int1 == EACCES || why->int1 == EPERM ? FERRY_LIBVIRT_DENIED : FERRY_LIBVIRT_FAILED;

  return why->int1 == EACCES || why->int1 == EPERM ? FERRY_LIBVIRT_DENIED : FERRY_LIBVIRT_NO_DAEMON;
}

/* Defining under a name that is taken is only "operation failed", so the words must tell. */
static FerryLibvirtReason
reason_of_failed_operation (const virError *why)
{
  return why->message != NULL && strstr (why->message, "already exists") != NULL
             ? FERRY_LIBVIRT_EXISTS
             : FERRY_LIBVIRT_FAILED;
}

static FerryLibvirtReason
reason_of (const virError *why)
{
  switch (why->code)
    {
    case VIR_ERR_SYSTEM_ERROR:
      return reason_of_system_error (why);
    case VIR_ERR_OPERATION_FAILED:
      return reason_of_failed_operation (why);
    case VIR_ERR_NO_CONNECT:
    case VIR_ERR_RPC:
      return FERRY_LIBVIRT_NO_DAEMON;
    case VIR_ERR_OPERATION_DENIED:
    case VIR_ERR_ACCESS_DENIED:
      return FERRY_LIBVIRT_DENIED;
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
      return FERRY_LIBVIRT_AUTH;
    case VIR_ERR_NO_DOMAIN:
      return FERRY_LIBVIRT_NO_DOMAIN;
    case VIR_ERR_NO_NETWORK:
      return FERRY_LIBVIRT_NO_NETWORK;
    case VIR_ERR_NO_STORAGE_POOL:
      return FERRY_LIBVIRT_NO_POOL;
    case VIR_ERR_NO_STORAGE_VOL:
      return FERRY_LIBVIRT_NO_VOLUME;
    case VIR_ERR_DOM_EXIST:
    case VIR_ERR_STORAGE_VOL_EXIST:
      return FERRY_LIBVIRT_EXISTS;
    case VIR_ERR_XML_ERROR:
    case VIR_ERR_XML_DETAIL:
    case VIR_ERR_XML_INVALID_SCHEMA:
      return FERRY_LIBVIRT_BAD_XML;
    case VIR_ERR_CONFIG_UNSUPPORTED:
    case VIR_ERR_NO_SUPPORT:
    case VIR_ERR_OPERATION_UNSUPPORTED:
    case VIR_ERR_ARGUMENT_UNSUPPORTED:
      return FERRY_LIBVIRT_UNSUPPORTED;
    default:
      return FERRY_LIBVIRT_FAILED;
    }
}

JsonObject *
ferry_answer_new_refusal (const char *item)
{
  const virError *why = virGetLastError ();

  if (why == NULL)
    return make_refusal (item, FERRY_LIBVIRT_FAILED, "libvirt did not say why.", NULL);

  return make_refusal (item, reason_of (why), why->message, why);
}

/**
 * ferry_answer_refuse_last:
 *
 * The last line, for the virError of the call that has just failed: to be called at once, in the
 * same thread, before any other call of libvirt.
 *
 * Returns: always %FALSE
 */
gboolean
ferry_answer_refuse_last (void)
{
  ferry_answer_send (ferry_answer_new_refusal ("error"));

  return FALSE;
}

void
ferry_answer_refuse_connection (gboolean had_password)
{
  const virError *why = virGetLastError ();
  const char *message = why != NULL && why->message != NULL ? why->message : "";
  FerryLibvirtReason reason = ferry_libvirt_reason_from_words (message);

  if (reason == FERRY_LIBVIRT_FAILED && why != NULL)
    reason = reason_of (why);
  if (reason == FERRY_LIBVIRT_AUTH && !had_password)
    reason = FERRY_LIBVIRT_NO_PASSWORD;
  ferry_answer_send (make_refusal ("error", reason, message, why));
}
