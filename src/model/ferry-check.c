/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check.h"

#include "ferry-json.h"

static const char *const severity_words[] = { "blocker", "warning", "note", NULL };
static const char *const members[] = { "id",       "severity", "text", "advice",
                                       "guest_id", "remedy",   "part", NULL };

FerryCheck *
ferry_check_new (const char *id,
                 FerrySeverity severity,
                 const char *advice,
                 const char *text_format,
                 ...)
{
  FerryCheck *check = g_new0 (FerryCheck, 1);
  va_list args;

  va_start (args, text_format);
  check->id = g_intern_string (id);
  check->severity = severity;
  check->text = g_strdup_vprintf (text_format, args);
  check->advice = g_strdup (advice != NULL ? advice : "");
  va_end (args);

  check->part = -1;
  check->code = FERRY_ERROR_INVALID;

  return check;
}

void
ferry_check_set_remedy (FerryCheck *check, FerryRemedy remedy, int part)
{
  check->remedy = remedy;
  check->part = part;
}

gboolean
ferry_check_is_of_disk (const FerryCheck *check, guint index)
{
  return check->part >= 0 && (guint) check->part == index && g_str_has_prefix (check->id, "disk.");
}

FerryCheck *
ferry_check_new_of_error (const char *id, const char *advice, const GError *problem)
{
  FerryCheck *check = ferry_check_new (id, FERRY_SEVERITY_BLOCKER, advice, "%s", problem->message);

  if (problem->domain == FERRY_ERROR)
    check->code = (FerryError) problem->code;

  return check;
}

FerryCheck *
ferry_check_copy (const FerryCheck *check)
{
  FerryCheck *copy = ferry_check_new (check->id, check->severity, check->advice, "%s", check->text);

  copy->guest_id = g_strdup (check->guest_id);
  copy->remedy = check->remedy;
  copy->part = check->part;
  copy->code = check->code;
  copy->extra = ferry_json_copy_object (check->extra);

  return copy;
}

void
ferry_check_free (FerryCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->text);
  g_free (check->advice);
  g_free (check->guest_id);
  ferry_json_clear_object (&check->extra);
  g_free (check);
}

GPtrArray *
ferry_checks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_check_free);
}

void
ferry_checks_append_copies (GPtrArray *checks, const GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (checks, ferry_check_copy (g_ptr_array_index (more, i)));
}

guint
ferry_checks_count (const GPtrArray *checks, FerrySeverity severity)
{
  guint count = 0;

  for (guint i = 0; i < checks->len; i++)
    count += ((FerryCheck *) g_ptr_array_index (checks, i))->severity == severity;

  return count;
}

gboolean
ferry_checks_have (const GPtrArray *checks, const char *id)
{
  for (guint i = 0; i < checks->len; i++)
    if (g_str_equal (((FerryCheck *) g_ptr_array_index (checks, i))->id, id))
      return TRUE;

  return FALSE;
}

static int
compare_checks (gconstpointer a, gconstpointer b)
{
  const FerryCheck *left = *(FerryCheck *const *) a;
  const FerryCheck *right = *(FerryCheck *const *) b;

  if (left->severity != right->severity)
    return (int) left->severity - (int) right->severity;

  return (left->guest_id != NULL) - (right->guest_id != NULL);
}

void
ferry_checks_sort (GPtrArray *checks)
{
  /* GLib's sort is stable. */
  g_ptr_array_sort (checks, compare_checks);
}

const char *
ferry_severity_to_word (FerrySeverity severity)
{
  g_return_val_if_fail (severity >= FERRY_SEVERITY_BLOCKER && severity <= FERRY_SEVERITY_NOTE,
                        severity_words[0]);

  return severity_words[severity - 1];
}

gboolean
ferry_severity_from_word (const char *word, FerrySeverity *out_severity)
{
  for (int i = 0; severity_words[i] != NULL; i++)
    if (g_strcmp0 (severity_words[i], word) == 0)
      {
        *out_severity = (FerrySeverity) (i + 1);
        return TRUE;
      }

  return FALSE;
}

static JsonObject *
check_to_json (const FerryCheck *check)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", check->id);
  json_object_set_string_member (object, "severity", ferry_severity_to_word (check->severity));
  json_object_set_string_member (object, "text", check->text);
  json_object_set_string_member (object, "advice", check->advice);
  if (check->guest_id != NULL)
    json_object_set_string_member (object, "guest_id", check->guest_id);
  if (check->remedy != FERRY_REMEDY_NONE)
    json_object_set_string_member (object, "remedy", ferry_remedy_to_word (check->remedy));
  if (check->part >= 0)
    json_object_set_int_member (object, "part", check->part);
  ferry_json_add_copies (object, check->extra);

  return object;
}

JsonNode *
ferry_checks_to_json (const GPtrArray *checks)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < checks->len; i++)
    json_array_add_object_element (array, check_to_json (g_ptr_array_index (checks, i)));
  json_node_take_array (node, array);

  return node;
}

/* Remedies will be added; one that is not known is no reason to refuse a plan. */
static gboolean
read_remedy (JsonObject *element, FerryCheck *check, GError **error)
{
  g_autofree char *word = NULL;
  gint64 part = -1;

  if (!ferry_json_get_string (element, "remedy", &word, error) ||
      !ferry_json_get_int64 (element, "part", &part, error))
    return FALSE;
  check->remedy = ferry_remedy_from_word (word);
  check->part = part >= 0 && part <= G_MAXINT ? (int) part : -1;

  return TRUE;
}

static gboolean
read_check (JsonObject *element, gpointer user_data, GError **error)
{
  g_autoptr (FerryCheck) check = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *advice = NULL;
  int severity = 0;

  if (!ferry_json_require (element, "id", error) ||
      !ferry_json_require (element, "severity", error) ||
      !ferry_json_require (element, "text", error) ||
      !ferry_json_get_string (element, "id", &id, error) ||
      !ferry_json_get_word (element, "severity", severity_words, &severity, error) ||
      !ferry_json_get_string (element, "text", &text, error) ||
      !ferry_json_get_string (element, "advice", &advice, error))
    return FALSE;
  check = ferry_check_new (id, (FerrySeverity) severity, advice, "%s", text);
  if (!ferry_json_get_string (element, "guest_id", &check->guest_id, error) ||
      !read_remedy (element, check, error))
    return FALSE;
  check->extra = ferry_json_copy_unknown (element, members);
  g_ptr_array_add (user_data, g_steal_pointer (&check));

  return TRUE;
}

gboolean
ferry_checks_read_json (GPtrArray *checks, JsonObject *object, const char *member, GError **error)
{
  return ferry_json_read_each (object, member, read_check, checks, error);
}
