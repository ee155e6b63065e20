/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-call.h"

#include "ferry-error.h"
#include "ferry-helper.h"
#include "ferry-json.h"
#include "ferry-libvirt-reason.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HELPER "ferry-libvirt-helper"

/* Seconds that an answer may take; where libvirt goes through a pool or starts a guest, more. */
#define LIMIT_SECONDS 30
#define SLOW_FACTOR 4

static guint
limit_msec (const FerryLibvirtRequest *request)
{
  const char *text = g_getenv ("FERRY_LIBVIRT_TIMEOUT");
  double seconds = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  if (!(seconds > 0 && seconds < 86400))
    seconds = LIMIT_SECONDS;

  return (guint) (seconds * 1000) * (request->is_slow ? SLOW_FACTOR : 1);
}

static char *
request_to_text (const FerryLibvirtRequest *request)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  json_object_set_string_member (object, "request", request->request);
  json_object_set_string_member (object, "uri", request->uri);
  if (request->pool != NULL)
    json_object_set_string_member (object, "pool", request->pool);
  if (request->name != NULL)
    json_object_set_string_member (object, "name", request->name);
  if (request->xml != NULL)
    json_object_set_string_member (object, "xml", request->xml);

  return ferry_json_to_text (node, FALSE);
}

static FerryHelperAnswer *
ask (const FerryLibvirtRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *program = ferry_paths_dup_libexec (HELPER);
  g_autofree char *input = request_to_text (request);
  const char *const argv[] = { program, NULL };
  FerryHelper helper = { .argv = argv, .input = input, .limit_msec = limit_msec (request) };
  g_autoptr (FerryHelperAnswer) answer = NULL;
  g_autoptr (GError) local_error = NULL;

  answer = ferry_helper_run (&helper, cancellable, &local_error);
  if (answer != NULL)
    return g_steal_pointer (&answer);

  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL))
    ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                _("Ferry’s helper for libvirt is not installed: ‘%s’ is missing. Install Ferry "
                  "with libvirt support."),
                program);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    ferry_fail (error, FERRY_ERROR_CONNECTION,
                _("libvirt at ‘%s’ did not answer in time. Check that its daemon works, for "
                  "instance with ‘virsh -c %s list’, and try again."),
                request->uri, request->uri);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static gboolean
fail_nonsense (const FerryHelperAnswer *answer, GError **error)
{
  if (answer->exit_status > 128)
    return ferry_fail (error, FERRY_ERROR_FAILED,
                       _("Ferry’s helper for libvirt crashed: %s. Try again; if it stays so, "
                         "report it as a fault of Ferry or libvirt."),
                       g_strsignal (answer->exit_status - 128));

  return ferry_fail (error, FERRY_ERROR_FAILED,
                     _("Ferry’s helper for libvirt gave no sensible answer (exit status %d). Is "
                       "it of the same version as Ferry? %s"),
                     answer->exit_status, answer->errors);
}

static gboolean
fail_as_told (const FerryLibvirtRequest *request, JsonObject *line, GError **error)
{
  g_autofree char *word = NULL;
  g_autofree char *message = NULL;
  FerryLibvirtRefusal refusal = { .uri = request->uri };

  if (!ferry_json_get_string (line, "reason", &word, error) ||
      !ferry_json_get_string (line, "message", &message, error))
    return FALSE;

  refusal.reason = ferry_libvirt_reason_from_word (word);
  refusal.message = message != NULL ? message : "";
  refusal.subject = refusal.reason == FERRY_LIBVIRT_NO_POOL ? request->pool : request->name;
  if (refusal.subject == NULL)
    refusal.subject = "";

  return ferry_libvirt_refuse (&refusal, error);
}

gboolean
ferry_libvirt_is_item (JsonObject *line, const char *item)
{
  JsonNode *node = json_object_get_member (line, "item");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         g_strcmp0 (json_node_get_string (node), item) == 0;
}

/* Each line's "item" says what it is; the last one says "done" or "error". */
static gboolean
read_line (const FerryLibvirtRequest *request, const char *text, GPtrArray *lines, GError **error)
{
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, NULL);
  JsonObject *line;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE; /* the line that must come last is missing then, or a newer helper chats */

  line = json_node_get_object (node);
  if (ferry_libvirt_is_item (line, "error"))
    return fail_as_told (request, line, error);
  g_ptr_array_add (lines, json_object_ref (line));

  return TRUE;
}

GPtrArray *
ferry_libvirt_call (const FerryLibvirtRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryHelperAnswer) answer = ask (request, cancellable, error);
  g_autoptr (GPtrArray) lines = NULL;
  g_auto (GStrv) texts = NULL;

  if (answer == NULL)
    return NULL;

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  texts = g_strsplit (answer->output, "\n", -1);
  for (guint i = 0; texts[i] != NULL && *texts[i] != '\0'; i++)
    if (!read_line (request, texts[i], lines, error))
      return NULL;

  if (lines->len == 0 || !ferry_libvirt_is_item (g_ptr_array_index (lines, lines->len - 1), "done"))
    {
      fail_nonsense (answer, error);
      return NULL;
    }
  g_ptr_array_set_size (lines, (int) lines->len - 1);

  return g_steal_pointer (&lines);
}

gboolean
ferry_libvirt_call_simply (const FerryLibvirtRequest *request,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (request, cancellable, error);

  return lines != NULL;
}

JsonObject *
ferry_libvirt_find_item (GPtrArray *lines, const char *item, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    if (ferry_libvirt_is_item (g_ptr_array_index (lines, i), item))
      return g_ptr_array_index (lines, i);

  ferry_fail (error, FERRY_ERROR_FAILED,
              _("Ferry’s helper for libvirt left out a part of its answer (%s). Is it of the same "
                "version as Ferry?"),
              item);

  return NULL;
}
