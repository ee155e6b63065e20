/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-snapshot.h"

#include "ferry-json.h"

#include <glib/gi18n-lib.h>

#define SHORT_ID_LENGTH 8

static char *
dup_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static char **
dup_strv (const char *const *strv)
{
  return strv != NULL ? g_strdupv ((char **) strv) : g_new0 (char *, 1);
}

static FerryFailure *
read_failure (GVariant *variant)
{
  const char *word;
  const char *message;
  const char *advice;
  const char *details;
  FerryError code = FERRY_ERROR_FAILED;

  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE ("(ssss)")))
    return NULL;
  g_variant_get (variant, "(&s&s&s&s)", &word, &message, &advice, &details);
  if (*message == '\0')
    return NULL;

  ferry_error_code_from_word (word, &code);
  return ferry_failure_new (code, message, advice, details);
}

/* A property that is missing, from a worker that is about to vanish, is like an empty one. */
static void
read_texts (FerryctlSnapshot *snapshot, FerryDBusImport1 *import)
{
  snapshot->id = g_strdup (ferry_dbus_import1_get_id (import));
  snapshot->name = g_strdup (ferry_dbus_import1_get_name (import));
  snapshot->source = g_strdup (ferry_dbus_import1_get_source (import));
  snapshot->destination = g_strdup (ferry_dbus_import1_get_destination (import));
  snapshot->location = dup_or_null (ferry_dbus_import1_get_location (import));
  snapshot->log_path = g_strdup (ferry_dbus_import1_get_log_path (import));
  snapshot->warnings = dup_strv (ferry_dbus_import1_get_warnings (import));
  snapshot->files = dup_strv (ferry_dbus_import1_get_files (import));
}

/** ferryctl_snapshot_new: from what the proxy has cached: no round trip */
FerryctlSnapshot *
ferryctl_snapshot_new (FerryDBusImport1 *import)
{
  FerryctlSnapshot *snapshot = g_new0 (FerryctlSnapshot, 1);
  const char *word = ferry_dbus_import1_get_state (import);
  GVariant *progress = ferry_dbus_import1_get_progress (import);

  read_texts (snapshot, import);
  snapshot->state = FERRY_IMPORT_QUEUED;
  if (word != NULL)
    ferry_import_state_from_word (word, &snapshot->state);
  snapshot->cancelling = ferry_dbus_import1_get_cancelling (import);
  snapshot->startable = ferry_dbus_import1_get_startable_at_source (import);
  snapshot->created_usec = ferry_dbus_import1_get_created (import);
  snapshot->started_usec = ferry_dbus_import1_get_started (import);
  snapshot->ended_usec = ferry_dbus_import1_get_ended (import);
  snapshot->failure = read_failure (ferry_dbus_import1_get_failure (import));
  if (snapshot->state == FERRY_IMPORT_SUCCEEDED)
    snapshot->plan = g_strdup (ferry_dbus_import1_get_plan (import));
  if (progress != NULL)
    snapshot->progress = ferry_ipc_progress_from_variant (progress, snapshot->state);
  if (snapshot->progress == NULL)
    snapshot->progress = ferry_progress_new ();

  return snapshot;
}

void
ferryctl_snapshot_free (FerryctlSnapshot *snapshot)
{
  g_free (snapshot->id);
  g_free (snapshot->name);
  g_free (snapshot->source);
  g_free (snapshot->destination);
  g_clear_pointer (&snapshot->progress, ferry_progress_free);
  g_strfreev (snapshot->warnings);
  g_clear_pointer (&snapshot->failure, ferry_failure_free);
  g_free (snapshot->location);
  g_strfreev (snapshot->files);
  g_free (snapshot->log_path);
  g_free (snapshot->plan);
  g_free (snapshot);
}

/** ferryctl_snapshot_get_phase: the state in the user's words, "Converting" */
const char *
ferryctl_snapshot_get_phase (const FerryctlSnapshot *snapshot)
{
  if (snapshot->cancelling)
    return _("Cancelling");

  switch (snapshot->state)
    {
    case FERRY_IMPORT_QUEUED:
      return _("Waiting");
    case FERRY_IMPORT_PREPARING:
      return _("Preparing");
    case FERRY_IMPORT_UPLOADING:
      return _("Uploading");
    case FERRY_IMPORT_CONVERTING:
      return _("Converting");
    case FERRY_IMPORT_COPYING:
      return _("Copying");
    case FERRY_IMPORT_FINISHING:
      return _("Finishing");
    case FERRY_IMPORT_SUCCEEDED:
      return _("Imported");
    case FERRY_IMPORT_FAILED:
      return _("Failed");
    case FERRY_IMPORT_CANCELLED:
      return _("Cancelled");
    case FERRY_IMPORT_INTERRUPTED:
      return _("Interrupted");
    }

  return _("Unknown");
}

/** ferryctl_snapshot_dup_short_id: enough of @id for people to name the import by */
char *
ferryctl_snapshot_dup_short_id (const char *id)
{
  return g_strndup (id, SHORT_ID_LENGTH);
}

static void
set_time (JsonObject *object, const char *member, gint64 usec)
{
  g_autoptr (GDateTime) time =
      usec > 0 ? g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  ferry_json_set_string (object, member, text);
}

static void
set_unless (JsonObject *object, const char *member, gint64 value, gint64 unknown)
{
  if (value == unknown)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, value);
}

static void
set_strv (JsonObject *object, const char *member, char *const *strv)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strv[i] != NULL; i++)
    json_array_add_string_element (array, strv[i]);
  json_object_set_array_member (object, member, array);
}

static void
set_progress (JsonObject *object, const FerryProgress *progress)
{
  JsonArray *disks = json_array_new ();

  json_object_set_double_member (object, "fraction", progress->fraction);
  ferry_json_set_string (object, "message", progress->message);
  set_unless (object, "rate_bytes", (gint64) progress->rate_bytes, 0);
  set_unless (object, "seconds_left", progress->seconds_left, -1);
  for (guint i = 0; i < progress->disks->len; i++)
    {
      const FerryDiskProgress *disk = g_ptr_array_index (progress->disks, i);
      JsonObject *entry = json_object_new ();

      ferry_json_set_string (entry, "name", disk->name);
      json_object_set_int_member (entry, "done_bytes", (gint64) disk->done_bytes);
      json_object_set_int_member (entry, "total_bytes", (gint64) disk->total_bytes);
      set_unless (entry, "seconds", disk->seconds, -1);
      json_array_add_object_element (disks, entry);
    }
  json_object_set_array_member (object, "disks", disks);
}

static void
set_failure (JsonObject *object, const FerryFailure *failure)
{
  JsonObject *entry;

  if (failure == NULL)
    {
      json_object_set_null_member (object, "failure");
      return;
    }

  entry = json_object_new ();
  ferry_json_set_string (entry, "code", ferry_error_code_to_word (failure->code));
  ferry_json_set_string (entry, "message", failure->message);
  ferry_json_set_string (entry, "advice", failure->advice);
  ferry_json_set_string (entry, "details", failure->details);
  json_object_set_object_member (object, "failure", entry);
}

/** ferryctl_snapshot_to_json: the shape that ferryctl(1) documents; unknown is null */
JsonNode *
ferryctl_snapshot_to_json (const FerryctlSnapshot *snapshot)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  ferry_json_set_string (object, "id", snapshot->id);
  ferry_json_set_string (object, "name", snapshot->name);
  ferry_json_set_string (object, "source", snapshot->source);
  ferry_json_set_string (object, "destination", snapshot->destination);
  ferry_json_set_string (object, "state", ferry_import_state_to_word (snapshot->state));
  json_object_set_boolean_member (object, "cancelling", snapshot->cancelling);
  json_object_set_boolean_member (object, "startable_at_source", snapshot->startable);
  set_time (object, "created", snapshot->created_usec);
  set_time (object, "started", snapshot->started_usec);
  set_time (object, "ended", snapshot->ended_usec);
  set_progress (object, snapshot->progress);
  set_strv (object, "warnings", snapshot->warnings);
  set_failure (object, snapshot->failure);
  ferry_json_set_string (object, "location", snapshot->location);
  set_strv (object, "files", snapshot->files);
  ferry_json_set_string (object, "log", snapshot->log_path);

  return node;
}
