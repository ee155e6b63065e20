/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-json.h"

#include "ferry-error.h"
#include "ferry-json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static JsonNode *copy_node (JsonNode *node);

/* NULL when it is missing or null. */
static JsonNode *
get_node (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
ferry_json_get_string (JsonObject *object, const char *member, char **out, GError **error)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_STRING))
    /* Translators: in this and the messages like it %s, a member's name, must come first. */
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be a text."), member);
  g_free (*out);
  *out = g_strdup (json_node_get_string (node));

  return TRUE;
}

gboolean
ferry_json_get_int64 (JsonObject *object, const char *member, gint64 *out, GError **error)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be a whole number."), member);
  *out = json_node_get_int (node);

  return TRUE;
}

gboolean
ferry_json_get_uint64 (JsonObject *object, const char *member, guint64 *out, GError **error)
{
  gint64 value = -1;

  if (get_node (object, member) == NULL)
    return TRUE;
  if (!ferry_json_get_int64 (object, member, &value, error))
    return FALSE;
  if (value < 0)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not be negative."), member);
  *out = (guint64) value;

  return TRUE;
}

gboolean
ferry_json_get_uint (JsonObject *object, const char *member, guint *out, GError **error)
{
  guint64 value = *out;

  if (!ferry_json_get_uint64 (object, member, &value, error))
    return FALSE;
  if (value > G_MAXINT)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s is too large."), member);
  *out = (guint) value;

  return TRUE;
}

gboolean
ferry_json_get_boolean (JsonObject *object, const char *member, gboolean *out, GError **error)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_BOOLEAN))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be true or false."), member);
  *out = json_node_get_boolean (node);

  return TRUE;
}

/** ferry_json_get_object: (transfer none) */
gboolean
ferry_json_get_object (JsonObject *object, const char *member, JsonObject **out, GError **error)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be an object."), member);
  *out = json_node_get_object (node);

  return TRUE;
}

/** ferry_json_get_array: (transfer none) */
gboolean
ferry_json_get_array (JsonObject *object, const char *member, JsonArray **out, GError **error)
{
  JsonNode *node = get_node (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be an array."), member);
  *out = json_node_get_array (node);

  return TRUE;
}

gboolean
ferry_json_get_word (JsonObject *object,
                     const char *member,
                     const char *const *words,
                     int *out,
                     GError **error)
{
  g_autofree char *word = NULL;
  g_autofree char *all = NULL;

  if (!ferry_json_get_string (object, member, &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      {
        *out = i + 1;
        return TRUE;
      }
  all = g_strjoinv (", ", (char **) words);

  /* Translators: %s, a member's name, must come first; then come the words it may be. */
  return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be one of these words: %s."), member,
                     all);
}

gboolean
ferry_json_require (JsonObject *object, const char *member, GError **error)
{
  if (get_node (object, member) != NULL)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID, _("%s is missing."), member);
}

static gboolean
read_element (JsonNode *node, FerryJsonReader reader, gpointer user_data, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be an object."), "");

  return reader (json_node_get_object (node), user_data, error);
}

gboolean
ferry_json_read_each (JsonObject *object,
                      const char *member,
                      FerryJsonReader reader,
                      gpointer user_data,
                      GError **error)
{
  JsonArray *array = NULL;
  guint length;

  if (!ferry_json_get_array (object, member, &array, error))
    return FALSE;
  length = array != NULL ? json_array_get_length (array) : 0;
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *dot = JSON_NODE_HOLDS_OBJECT (node) ? "." : "";

      if (!read_element (node, reader, user_data, error))
        {
          g_prefix_error (error, "%s[%u]%s", member, i, dot);
          return FALSE;
        }
    }

  return TRUE;
}

void
ferry_json_set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

void
ferry_json_set_size (JsonObject *object, const char *member, guint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, member, (gint64) MIN (value, G_MAXINT64));
  else
    json_object_set_null_member (object, member);
}

static JsonArray *
copy_array (JsonArray *array)
{
  JsonArray *copy = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, copy_node (json_array_get_element (array, i)));

  return copy;
}

JsonObject *
ferry_json_copy_object (JsonObject *object)
{
  JsonObject *copy;

  if (object == NULL)
    return NULL;
  copy = json_object_new ();
  ferry_json_add_copies (copy, object);

  return copy;
}

/* json_node_copy () shares arrays and objects, whose reference counts are not atomic. */
static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (!JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  copy = json_node_alloc ();
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_node_init (copy, JSON_NODE_OBJECT);
      json_node_take_object (copy, ferry_json_copy_object (json_node_get_object (node)));
    }
  else
    {
      json_node_init (copy, JSON_NODE_ARRAY);
      json_node_take_array (copy, copy_array (json_node_get_array (node)));
    }

  return copy;
}

JsonObject *
ferry_json_copy_unknown (JsonObject *object, const char *const *known)
{
  g_autoptr (JsonObject) unknown = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      json_object_set_member (unknown, l->data,
                              copy_node (json_object_get_member (object, l->data)));

  return json_object_get_size (unknown) > 0 ? g_steal_pointer (&unknown) : NULL;
}

void
ferry_json_add_copies (JsonObject *object, JsonObject *extra)
{
  g_autoptr (GList) members = extra != NULL ? json_object_get_members (extra) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (object, l->data, copy_node (json_object_get_member (extra, l->data)));
}

void
ferry_json_clear_object (JsonObject **object)
{
  g_clear_pointer (object, json_object_unref);
}

/* json-glib tells the line in its message only: "<data>:3:5: Parse error: …". */
static guint
get_line (const GError *parse_error)
{
  const char *colon = strchr (parse_error->message, ':');

  return colon != NULL ? (guint) g_ascii_strtoull (colon + 1, NULL, 10) : 0;
}

JsonNode *
ferry_json_parse (const char *text, gssize length, GError **error)
{
  gsize bytes = length >= 0 ? (gsize) length : strlen (text);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  JsonNode *root;

  if (!ferry_json_scan (text, bytes, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, (gssize) bytes, &parse_error))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("Line %u is not valid JSON."),
                  get_line (parse_error));
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("It is empty."));
      return NULL;
    }

  return json_node_ref (root);
}

char *
ferry_json_to_text (JsonNode *node, gboolean pretty)
{
  return json_to_string (node, pretty);
}
