/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-question.h"

#include "ferry-json.h"

#include <string.h>

static const struct
{
  const char *member;
  gsize offset;
} texts[] = {
  { "request", G_STRUCT_OFFSET (FerryQuestion, request) },
  { "uri", G_STRUCT_OFFSET (FerryQuestion, uri) },
  { "user", G_STRUCT_OFFSET (FerryQuestion, user) },
  { "password", G_STRUCT_OFFSET (FerryQuestion, password) },
  { "pool", G_STRUCT_OFFSET (FerryQuestion, pool) },
  { "name", G_STRUCT_OFFSET (FerryQuestion, name) },
  { "uuid", G_STRUCT_OFFSET (FerryQuestion, uuid) },
  { "file", G_STRUCT_OFFSET (FerryQuestion, file) },
  { "path", G_STRUCT_OFFSET (FerryQuestion, path) },
  { "xml", G_STRUCT_OFFSET (FerryQuestion, xml) },
};

static char **
get_text (FerryQuestion *question, guint index)
{
  return G_STRUCT_MEMBER_P (question, texts[index].offset);
}

static void
guest_free (FerryQuestionGuest *guest)
{
  g_free (guest->uuid);
  g_free (guest->name);
  g_free (guest);
}

void
ferry_question_clear (FerryQuestion *question)
{
  if (question->password != NULL)
    explicit_bzero (question->password, strlen (question->password));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (get_text (question, i), g_free);
  g_clear_pointer (&question->guests, g_ptr_array_unref);
}

static gboolean
read_guest (JsonObject *element, gpointer user_data, GError **error)
{
  FerryQuestion *question = user_data;
  FerryQuestionGuest *guest = g_new0 (FerryQuestionGuest, 1);

  g_ptr_array_add (question->guests, guest);

  return ferry_json_require (element, "uuid", error) &&
         ferry_json_get_string (element, "uuid", &guest->uuid, error) &&
         ferry_json_get_string (element, "name", &guest->name, error);
}

/** ferry_question_read: what is missing stays NULL; FERRY_ERROR_INVALID for what is no question */
gboolean
ferry_question_read (JsonNode *node, FerryQuestion *question, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE; /* the answer is that the request is missing */
  object = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!ferry_json_get_string (object, texts[i].member, get_text (question, i), error))
      return FALSE;
  if (!json_object_has_member (object, "guests"))
    return TRUE;
  question->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) guest_free);

  return ferry_json_read_each (object, "guests", read_guest, question, error);
}
