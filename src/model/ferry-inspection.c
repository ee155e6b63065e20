/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inspection.h"

#include "ferry-error.h"
#include "ferry-json.h"

#include <glib/gi18n-lib.h>

static const char *const inspection_members[] = { "roots", "encrypted", NULL };
static const char *const root_members[] = {
  "device", "name", "os", "family", "arch", "hibernated", "free_bytes", NULL,
};

FerryRoot *
ferry_root_new (const char *device)
{
  FerryRoot *root = g_new0 (FerryRoot, 1);

  root->device = g_strdup (device);
  root->free_bytes = -1;

  return root;
}

FerryRoot *
ferry_root_copy (const FerryRoot *root)
{
  FerryRoot *copy = g_new0 (FerryRoot, 1);

  *copy = *root;
  copy->device = g_strdup (root->device);
  copy->name = g_strdup (root->name);
  copy->os = g_strdup (root->os);
  copy->family = g_strdup (root->family);
  copy->arch = g_strdup (root->arch);
  copy->extra = ferry_json_copy_object (root->extra);

  return copy;
}

void
ferry_root_free (FerryRoot *root)
{
  if (root == NULL)
    return;
  g_free (root->device);
  g_free (root->name);
  g_free (root->os);
  g_free (root->family);
  g_free (root->arch);
  ferry_json_clear_object (&root->extra);
  g_free (root);
}

FerryInspection *
ferry_inspection_new (void)
{
  FerryInspection *inspection = g_new0 (FerryInspection, 1);

  inspection->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_root_free);
  inspection->encrypted = g_new0 (char *, 1);

  return inspection;
}

FerryInspection *
ferry_inspection_copy (const FerryInspection *inspection)
{
  FerryInspection *copy;

  if (inspection == NULL)
    return NULL;
  copy = ferry_inspection_new ();
  for (guint i = 0; i < inspection->roots->len; i++)
    g_ptr_array_add (copy->roots, ferry_root_copy (ferry_inspection_get_root (inspection, i)));
  g_strfreev (copy->encrypted);
  copy->encrypted = g_strdupv (inspection->encrypted);
  copy->extra = ferry_json_copy_object (inspection->extra);

  return copy;
}

void
ferry_inspection_free (FerryInspection *inspection)
{
  if (inspection == NULL)
    return;
  g_ptr_array_unref (inspection->roots);
  g_strfreev (inspection->encrypted);
  ferry_json_clear_object (&inspection->extra);
  g_free (inspection);
}

const FerryRoot *
ferry_inspection_get_root (const FerryInspection *inspection, guint index)
{
  return index < inspection->roots->len ? g_ptr_array_index (inspection->roots, index) : NULL;
}

const FerryRoot *
ferry_inspection_find_root (const FerryInspection *inspection, const char *device)
{
  for (guint i = 0; i < inspection->roots->len; i++)
    {
      const FerryRoot *root = ferry_inspection_get_root (inspection, i);

      if (g_strcmp0 (root->device, device) == 0)
        return root;
    }

  return NULL;
}

void
ferry_inspection_add_encrypted (FerryInspection *inspection, const char *device)
{
  guint length = g_strv_length (inspection->encrypted);

  if (g_strv_contains ((const char *const *) inspection->encrypted, device))
    return;
  inspection->encrypted = g_renew (char *, inspection->encrypted, length + 2);
  inspection->encrypted[length] = g_strdup (device);
  inspection->encrypted[length + 1] = NULL;
}

static JsonObject *
root_to_json (const FerryRoot *root)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "device", root->device);
  ferry_json_set_string (object, "name", root->name);
  ferry_json_set_string (object, "os", root->os);
  ferry_json_set_string (object, "family", root->family);
  ferry_json_set_string (object, "arch", root->arch);
  json_object_set_boolean_member (object, "hibernated", root->hibernated);
  if (root->free_bytes >= 0)
    json_object_set_int_member (object, "free_bytes", root->free_bytes);
  else
    json_object_set_null_member (object, "free_bytes");
  ferry_json_add_copies (object, root->extra);

  return object;
}

JsonObject *
ferry_inspection_to_json (const FerryInspection *inspection)
{
  JsonObject *object;
  JsonArray *roots;
  JsonArray *encrypted;

  if (inspection == NULL)
    return NULL;
  object = json_object_new ();
  roots = json_array_new ();
  encrypted = json_array_new ();
  for (guint i = 0; i < inspection->roots->len; i++)
    json_array_add_object_element (roots, root_to_json (ferry_inspection_get_root (inspection, i)));
  for (guint i = 0; inspection->encrypted[i] != NULL; i++)
    json_array_add_string_element (encrypted, inspection->encrypted[i]);
  json_object_set_array_member (object, "roots", roots);
  json_object_set_array_member (object, "encrypted", encrypted);
  ferry_json_add_copies (object, inspection->extra);

  return object;
}

static gboolean
read_root (JsonObject *object, gpointer user_data, GError **error)
{
  g_autoptr (FerryRoot) root = ferry_root_new (NULL);
  guint64 free_bytes = G_MAXUINT64;

  if (!ferry_json_require (object, "device", error) ||
      !ferry_json_get_string (object, "device", &root->device, error) ||
      !ferry_json_get_string (object, "name", &root->name, error) ||
      !ferry_json_get_string (object, "os", &root->os, error) ||
      !ferry_json_get_string (object, "family", &root->family, error) ||
      !ferry_json_get_string (object, "arch", &root->arch, error) ||
      !ferry_json_get_boolean (object, "hibernated", &root->hibernated, error) ||
      !ferry_json_get_uint64 (object, "free_bytes", &free_bytes, error))
    return FALSE;
  root->free_bytes = free_bytes == G_MAXUINT64 ? -1 : (gint64) free_bytes;
  root->extra = ferry_json_copy_unknown (object, root_members);
  g_ptr_array_add (user_data, g_steal_pointer (&root));

  return TRUE;
}

static gboolean
read_encrypted (JsonObject *object, FerryInspection *inspection, GError **error)
{
  g_autoptr (GStrvBuilder) devices = g_strv_builder_new ();
  JsonArray *array = NULL;
  guint length;

  if (!ferry_json_get_array (object, "encrypted", &array, error))
    return FALSE;
  length = array != NULL ? json_array_get_length (array) : 0;
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must be an array of texts."),
                           "encrypted");
      g_strv_builder_add (devices, json_node_get_string (node));
    }
  g_strfreev (inspection->encrypted);
  inspection->encrypted = g_strv_builder_end (devices);

  return TRUE;
}

gboolean
ferry_inspection_read_json (JsonObject *object,
                            const char *member,
                            FerryInspection **out,
                            GError **error)
{
  g_autoptr (FerryInspection) inspection = ferry_inspection_new ();
  JsonObject *inside = NULL;

  if (!ferry_json_get_object (object, member, &inside, error))
    return FALSE;
  if (inside == NULL)
    return TRUE;
  if (!ferry_json_read_each (inside, "roots", read_root, inspection->roots, error) ||
      !read_encrypted (inside, inspection, error))
    {
      g_prefix_error (error, "%s.", member);
      return FALSE;
    }
  inspection->extra = ferry_json_copy_unknown (inside, inspection_members);
  *out = g_steal_pointer (&inspection);

  return TRUE;
}
