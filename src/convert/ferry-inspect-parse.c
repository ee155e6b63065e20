/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inspect.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-os.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name is of somebody else's making: it must not break a line, and fit on one. */
#define NAME_LETTERS 100

static void
clean (char **text)
{
  g_autofree char *given = g_steal_pointer (text);
  g_autoptr (GString) kept = g_string_new (NULL);
  glong n = 0;

  if (given == NULL)
    return;
  for (const char *at = given; *at != '\0' && n < NAME_LETTERS; at = g_utf8_next_char (at), n++)
    {
      gunichar letter = g_utf8_get_char (at);

      g_string_append_unichar (kept, g_unichar_isprint (letter) ? letter : ' ');
    }
  g_strstrip (kept->str);
  if (*kept->str != '\0')
    *text = g_strdup (kept->str);
}

/* Of Debian, for instance, libguestfs tells "12.0" only. */
static void
name_root (FerryRoot *root)
{
  const FerryOs *os = NULL;

  clean (&root->name);
  clean (&root->os);
  clean (&root->family);
  clean (&root->arch);
  if (root->name != NULL && !g_ascii_isdigit (*root->name))
    return;
  os = root->os != NULL ? ferry_os_find (root->os) : NULL;
  if (os != NULL)
    {
      g_free (root->name);
      root->name = g_strdup (os->name);
    }
}

static gboolean
is_device (const char *device)
{
  gsize length = strlen (device);

  return length > 0 && length <= 255 && g_utf8_validate (device, -1, NULL) &&
         strcspn (device, "\n\r\t\x1b\x7f") == length;
}

static gboolean
check (const FerryInspection *inspection, GError **error)
{
  gboolean good = TRUE;

  for (guint i = 0; i < inspection->roots->len; i++)
    good = good && is_device (ferry_inspection_get_root (inspection, i)->device);
  for (guint i = 0; inspection->encrypted[i] != NULL; i++)
    good = good && is_device (inspection->encrypted[i]);
  if (good)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("The disks have a device in them whose name cannot be used."));
}

static gboolean
fail_with (JsonObject *answer, GError **error)
{
  g_autofree char *said = NULL;

  if (!ferry_json_get_string (answer, "error", &said, error))
    return FALSE;
  clean (&said);

  return ferry_fail (error, FERRY_ERROR_CONVERSION, _ ("The disks cannot be looked into: %s."),
                     said != NULL ? said : _ ("nobody said why"));
}

FerryInspection *
ferry_inspect_parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, NULL);
  g_autoptr (FerryInspection) inspection = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _ ("The program that looks into disks gave an answer that makes no sense."));
      return NULL;
    }
  if (!ferry_inspection_read_json (json_node_get_object (node), "inside", &inspection, error))
    return NULL;
  if (inspection == NULL)
    {
      fail_with (json_node_get_object (node), error);
      return NULL;
    }
  for (guint i = 0; i < inspection->roots->len; i++)
    name_root (g_ptr_array_index (inspection->roots, i));

  return check (inspection, error) ? g_steal_pointer (&inspection) : NULL;
}
