/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-call.h"

#include "ferry-error.h"
#include "ferry-helper.h"
#include "ferry-json.h"
#include "ferry-libvirt-reason.h"
#include "ferry-libvirt-uri.h"
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

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
set_guests (JsonObject *object, const FerryLibvirtRequest *request)
{
  JsonArray *guests = json_array_new ();

  for (guint i = 0; request->uuids[i] != NULL; i++)
    {
      JsonObject *guest = json_object_new ();

      set_text (guest, "uuid", request->uuids[i]);
      set_text (guest, "name", request->names != NULL ? request->names[i] : NULL);
      json_array_add_object_element (guests, guest);
    }
  json_object_set_array_member (object, "guests", guests);
}

/* @uri: as libvirt is to have it */
static char *
request_to_text (const FerryLibvirtRequest *request, const char *uri)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  set_text (object, "request", request->request);
  set_text (object, "uri", uri);
  set_text (object, "user", request->user);
  set_text (object, "password", request->password);
  set_text (object, "pool", request->pool);
  set_text (object, "name", request->name);
  set_text (object, "xml", request->xml);
  set_text (object, "uuid", request->uuid);
  set_text (object, "file", request->file);
  set_text (object, "path", request->path);
  if (request->uuids != NULL)
    set_guests (object, request);

  return ferry_json_to_text (node, FALSE);
}

static gboolean
fail_to_ask (const FerryLibvirtRequest *request,
             const char *program,
             GError *problem,
             GError **error)
{
  g_autoptr (GError) owned = problem;

  if (g_error_matches (owned, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL) &&
      !g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
    return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                       _("Ferry’s helper for libvirt is not installed: ‘%s’ is missing. Install "
                         "Ferry with libvirt support."),
                       program);
  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("libvirt at ‘%s’ did not answer in time. Check that its daemon works, for "
                         "instance with ‘virsh -c %s list’, and try again."),
                       request->uri, request->uri);
  g_propagate_error (error, g_steal_pointer (&owned));

  return FALSE;
}

/* One question on its way. */
typedef struct
{
  const FerryLibvirtRequest *request;
  FerryLibvirtHandler handler;
  gpointer user_data;
  gboolean is_done; /* the last line has come */
} Call;

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

gboolean
ferry_libvirt_fail_as_told (const FerryLibvirtRequest *request, JsonObject *line, GError **error)
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

/* Each line's "item" says what it is; the last one says "done" or "error". A line that is no object
 * is left out: the one that must come last is missing then, or a newer helper chats. */
static gboolean
on_line (const char *text, gpointer user_data, GError **error)
{
  Call *call = user_data;
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, NULL);
  JsonObject *line;

  call->is_done = FALSE;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  line = json_node_get_object (node);
  if (ferry_libvirt_is_item (line, "error"))
    return ferry_libvirt_fail_as_told (call->request, line, error);
  call->is_done = ferry_libvirt_is_item (line, "done");

  return call->is_done || call->handler (line, call->user_data, error);
}

static FerryHelperAnswer *
ask (Call *call, GCancellable *cancellable, GError **error)
{
  const FerryLibvirtRequest *request = call->request;
  g_autofree char *program = ferry_paths_dup_libexec (HELPER);
  g_autofree char *uri = ferry_libvirt_uri_complete (request->uri, request->user,
                                                      !request->unverified, error);
  g_autofree char *input = uri != NULL ? request_to_text (request, uri) : NULL;
  const char *const argv[] = { program, NULL };
  FerryHelper helper = {
    .argv = argv,
    .marker = request->marker,
    .input = input,
    .limit_msec = request->is_long ? 0 : limit_msec (request),
    .silence_msec = request->is_long ? limit_msec (request) : 0,
    .on_line = on_line,
    .user_data = call,
  };
  FerryHelperAnswer *answer;
  GError *problem = NULL;

  if (input == NULL)
    return NULL;
  answer = ferry_helper_run (&helper, cancellable, &problem);
  explicit_bzero (input, strlen (input));
  if (answer == NULL)
    fail_to_ask (request, program, problem, error);

  return answer;
}

/**
 * ferry_libvirt_call_each:
 *
 * Hands the lines of the answer to @handler as they come.
 *
 * Errors: as ferry-libvirt-client.h says, and those of @handler
 */
gboolean
ferry_libvirt_call_each (const FerryLibvirtRequest *request,
                         FerryLibvirtHandler handler,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  Call call = { request, handler, user_data, FALSE };
  g_autoptr (FerryHelperAnswer) answer = ask (&call, cancellable, error);

  if (answer == NULL)
    return FALSE;

  return call.is_done || fail_nonsense (answer, error);
}

static gboolean
keep_line (JsonObject *line, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, json_object_ref (line));

  return TRUE;
}

GPtrArray *
ferry_libvirt_call (const FerryLibvirtRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (!ferry_libvirt_call_each (request, keep_line, lines, cancellable, error))
    return NULL;

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
