/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-record-private.h"

#include "ferry-json.h"

#include <glib/gi18n-lib.h>

/* All that version 1 knows; every other member goes into the record's extra. */
static const char *const known_members[] = {
  "version",  "id",      "state", "attempt",  "created", "started",    "ended", "steps",
  "warnings", "failure", "undo",  "location", "files",   "work-bytes", "shut-down", NULL,
};

static const char *const shut_down_words[] = {
  [FERRY_SHUT_DOWN_NONE] = NULL,
  [FERRY_SHUT_DOWN_ASKED] = "asked",
  [FERRY_SHUT_DOWN_DONE] = "done",
  [FERRY_SHUT_DOWN_STARTED] = "started",
};

static void
add_strings (JsonBuilder *builder, const char *const *strings)
{
  json_builder_begin_array (builder);
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_steps (JsonBuilder *builder, const GPtrArray *steps)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const FerryStep *step = g_ptr_array_index (steps, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "state");
      json_builder_add_string_value (builder, ferry_import_state_to_word (step->state));
      json_builder_set_member_name (builder, "started");
      json_builder_add_int_value (builder, step->started_usec);
      json_builder_set_member_name (builder, "ended");
      json_builder_add_int_value (builder, step->ended_usec);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_warnings (JsonBuilder *builder, const GPtrArray *warnings)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (warnings, i));
  json_builder_end_array (builder);
}

static void
add_failure (JsonBuilder *builder, const FerryFailure *failure)
{
  if (failure == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, ferry_error_code_to_word (failure->code));
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, failure->message);
  json_builder_set_member_name (builder, "advice");
  json_builder_add_string_value (builder, failure->advice);
  json_builder_set_member_name (builder, "details");
  json_builder_add_string_value (builder, failure->details);
  json_builder_end_object (builder);
}

static void
add_undo (JsonBuilder *builder, const GPtrArray *undo)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < undo->len; i++)
    {
      const FerryUndo *one = g_ptr_array_index (undo, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, one->kind);
      json_builder_set_member_name (builder, "arguments");
      add_strings (builder, (const char *const *) one->arguments);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_scalars (JsonBuilder *builder, const FerryRecord *record)
{
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, FERRY_RECORD_VERSION);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, record->id);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, ferry_import_state_to_word (record->state));
  json_builder_set_member_name (builder, "attempt");
  json_builder_add_int_value (builder, record->attempt);
  json_builder_set_member_name (builder, "created");
  json_builder_add_int_value (builder, record->created_usec);
  json_builder_set_member_name (builder, "started");
  json_builder_add_int_value (builder, record->started_usec);
  json_builder_set_member_name (builder, "ended");
  json_builder_add_int_value (builder, record->ended_usec);
  json_builder_set_member_name (builder, "work-bytes");
  json_builder_add_int_value (builder, (gint64) MIN (record->work_bytes, G_MAXINT64));
  add_text (builder, "location", record->location);
  add_text (builder, "shut-down", shut_down_words[record->shut_down]);
}

/** ferry_record_to_text: @record without its plan as state.json holds it */
char *
ferry_record_to_text (const FerryRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_scalars (builder, record);
  json_builder_set_member_name (builder, "steps");
  add_steps (builder, record->steps);
  json_builder_set_member_name (builder, "warnings");
  add_warnings (builder, record->warnings);
  json_builder_set_member_name (builder, "failure");
  add_failure (builder, record->failure);
  json_builder_set_member_name (builder, "undo");
  add_undo (builder, record->undo);
  json_builder_set_member_name (builder, "files");
  add_strings (builder, (const char *const *) record->files);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  ferry_json_add_copies (json_node_get_object (root), record->extra);

  return ferry_json_to_text (root, TRUE);
}

static gboolean
read_state (JsonObject *object, FerryImportState *out_state, GError **error)
{
  g_autofree char *word = NULL;

  if (!ferry_json_get_string (object, "state", &word, error))
    return FALSE;
  if (word == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The member ‘state’ is missing."));
  if (!ferry_import_state_from_word (word, out_state))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is no state of an import."), word);

  return TRUE;
}

static JsonObject *
get_element_object (JsonArray *array, guint index, const char *member, GError **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  ferry_fail (error, FERRY_ERROR_INVALID, _("An element of ‘%s’ is not an object."), member);
  return NULL;
}

static gboolean
read_strings (JsonObject *object, const char *member, GPtrArray *strings, GError **error)
{
  JsonArray *array = NULL;

  if (!ferry_json_get_array (object, member, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return ferry_fail (error, FERRY_ERROR_INVALID, _("An element of ‘%s’ is not a text."),
                           member);
      g_ptr_array_add (strings, json_node_dup_string (node));
    }

  return TRUE;
}

/* NULL-terminated, owned by the caller; NULL when the member is not what it should be. */
static char **
read_strv (JsonObject *object, const char *member, GError **error)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  if (!read_strings (object, member, strings, error))
    return NULL;

  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

static gboolean
read_steps (FerryRecord *record, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!ferry_json_get_array (object, "steps", &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree FerryStep *step = g_new0 (FerryStep, 1);
      JsonObject *one = get_element_object (array, i, "steps", error);

      if (one == NULL || !read_state (one, &step->state, error)
          || !ferry_json_get_int64 (one, "started", &step->started_usec, error)
          || !ferry_json_get_int64 (one, "ended", &step->ended_usec, error))
        return FALSE;
      g_ptr_array_add (record->steps, g_steal_pointer (&step));
    }

  return TRUE;
}

static gboolean
read_failure (FerryRecord *record, JsonObject *object, GError **error)
{
  g_autofree char *code_word = NULL;
  g_autofree char *message = NULL;
  g_autofree char *advice = NULL;
  g_autofree char *details = NULL;
  JsonObject *failure = NULL;
  FerryError code = FERRY_ERROR_FAILED;

  if (!ferry_json_get_object (object, "failure", &failure, error))
    return FALSE;
  if (failure == NULL)
    return TRUE;
  if (!ferry_json_get_string (failure, "code", &code_word, error)
      || !ferry_json_get_string (failure, "message", &message, error)
      || !ferry_json_get_string (failure, "advice", &advice, error)
      || !ferry_json_get_string (failure, "details", &details, error))
    return FALSE;

  /* A word that a newer Ferry wrote is a failure nobody reacts to in a special way. */
  if (!ferry_error_code_from_word (code_word, &code))
    code = FERRY_ERROR_FAILED;
  g_clear_pointer (&record->failure, ferry_failure_free);
  record->failure = ferry_failure_new (code, message, advice, details);

  return TRUE;
}

static FerryUndo *
read_one_undo (JsonObject *object, GError **error)
{
  g_autofree char *kind = NULL;
  g_auto (GStrv) arguments = NULL;

  if (!ferry_json_get_string (object, "kind", &kind, error))
    return NULL;
  arguments = read_strv (object, "arguments", error);
  if (arguments == NULL)
    return NULL;
  if (kind == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("An element of ‘%s’ has no kind."), "undo");
      return NULL;
    }

  return ferry_undo_new (kind, (const char *const *) arguments);
}

/* Every step that can be read is kept, also after one that cannot: each stands for itself. */
static gboolean
read_undo (FerryRecord *record, JsonObject *object, GError **error)
{
  g_autoptr (GError) first_error = NULL;
  JsonArray *array = NULL;

  if (!ferry_json_get_array (object, "undo", &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      GError **keep = first_error == NULL ? &first_error : NULL;
      JsonObject *one = get_element_object (array, i, "undo", keep);
      FerryUndo *undo = one == NULL ? NULL : read_one_undo (one, keep);

      if (undo != NULL)
        g_ptr_array_add (record->undo, undo);
    }

  if (first_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first_error));
  return FALSE;
}

static gboolean
read_files (FerryRecord *record, JsonObject *object, GError **error)
{
  char **files = read_strv (object, "files", error);

  if (files == NULL)
    return FALSE;

  g_strfreev (record->files);
  record->files = files;
  return TRUE;
}

static gboolean
read_state_member (FerryRecord *record, JsonObject *object, GError **error)
{
  return read_state (object, &record->state, error);
}

static gboolean
read_attempt (FerryRecord *record, JsonObject *object, GError **error)
{
  return ferry_json_get_uint (object, "attempt", &record->attempt, error);
}

static gboolean
read_times (FerryRecord *record, JsonObject *object, GError **error)
{
  return ferry_json_get_int64 (object, "created", &record->created_usec, error)
         && ferry_json_get_int64 (object, "started", &record->started_usec, error)
         && ferry_json_get_int64 (object, "ended", &record->ended_usec, error);
}

static gboolean
read_warnings (FerryRecord *record, JsonObject *object, GError **error)
{
  return read_strings (object, "warnings", record->warnings, error);
}

static gboolean
read_location (FerryRecord *record, JsonObject *object, GError **error)
{
  return ferry_json_get_string (object, "location", &record->location, error);
}

static gboolean
read_work_bytes (FerryRecord *record, JsonObject *object, GError **error)
{
  return ferry_json_get_uint64 (object, "work-bytes", &record->work_bytes, error);
}

/* A word of a newer Ferry's: it has done something there, so that the guest may be off. */
static gboolean
read_shut_down (FerryRecord *record, JsonObject *object, GError **error)
{
  g_autofree char *word = NULL;

  if (!ferry_json_get_string (object, "shut-down", &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  record->shut_down = FERRY_SHUT_DOWN_ASKED;
  for (guint i = 0; i < G_N_ELEMENTS (shut_down_words); i++)
    if (g_strcmp0 (shut_down_words[i], word) == 0)
      record->shut_down = (FerryShutDown) i;

  return TRUE;
}

typedef gboolean (*MemberReader) (FerryRecord *record, JsonObject *object, GError **error);

static const MemberReader member_readers[] = {
  read_state_member, read_attempt, read_times,    read_steps, read_warnings,
  read_failure,      read_undo,    read_location, read_files, read_work_bytes,
  read_shut_down,
};

static gboolean
check_version (const FerryRecord *record, JsonObject *object, GError **error)
{
  gint64 version = FERRY_RECORD_VERSION;
  g_autofree char *id = NULL;

  if (!ferry_json_get_int64 (object, "version", &version, error)
      || !ferry_json_get_string (object, "id", &id, error))
    return FALSE;
  if (version > FERRY_RECORD_VERSION)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The import %s was recorded by a newer version of Ferry. "
                         "Update Ferry to see it."),
                       record->id);
  /* Someone copied the folder: its undo would take back what another import made. */
  if (id != NULL && !g_str_equal (id, record->id))
    return ferry_fail (error, FERRY_ERROR_EXISTS,
                       _("The record of the import %s is a copy of another's."), record->id);

  return TRUE;
}

/**
 * ferry_record_read_text:
 * @record: with its id set, and defaults in everything else
 * @text: what state.json holds
 *
 * Reads as much as can be read: when this fails with INVALID, @record has every member that was
 * sound.
 *
 * Errors: FERRY_ERROR_INVALID: damaged; FERRY_ERROR_UNSUPPORTED: newer, FERRY_ERROR_EXISTS: a copy
 *   of another record, which both leave @record as it was
 */
gboolean
ferry_record_read_text (FerryRecord *record, const char *text, gssize length, GError **error)
{
  g_autoptr (GError) first_error = NULL;
  g_autoptr (JsonNode) root = ferry_json_parse (text, length, error);
  JsonObject *object;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The file does not hold an object."));

  object = json_node_get_object (root);
  if (!check_version (record, object, &first_error)
      && !g_error_matches (first_error, FERRY_ERROR, FERRY_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&first_error));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (member_readers); i++)
    member_readers[i](record, object, first_error == NULL ? &first_error : NULL);
  record->extra = ferry_json_copy_unknown (object, known_members);

  if (first_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first_error));
  return FALSE;
}
