/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-parts.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-plan-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const network_members[] = { "kind", "name", NULL };

gboolean
ferry_plan_read_text (JsonObject *object, const char *member, char **out, GError **error)
{
  if (!ferry_json_get_string (object, member, out, error))
    return FALSE;
  for (const char *p = *out; p != NULL && *p != '\0'; p++)
    if ((guchar) *p < 0x20 && strchr ("\t\n\r", *p) == NULL)
      return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not contain control characters."),
                         member);

  return TRUE;
}

gboolean
ferry_plan_read_path (JsonObject *object, const char *member, char **out, GError **error)
{
  if (!ferry_json_require (object, member, error) ||
      !ferry_json_get_string (object, member, out, error))
    return FALSE;
  if (!g_path_is_absolute (*out))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("%s must be an absolute path: one that begins with ‘/’."), member);

  return TRUE;
}

gboolean
ferry_plan_read_storing (JsonObject *object,
                         FerryFormat *format,
                         FerryAllocation *allocation,
                         GError **error)
{
  int format_value = (int) *format;
  int allocation_value = (int) *allocation;

  if (!ferry_json_get_word (object, "format", ferry_format_words, &format_value, error) ||
      !ferry_json_get_word (object, "allocation", ferry_allocation_words, &allocation_value, error))
    return FALSE;
  *format = (FerryFormat) format_value;
  *allocation = (FerryAllocation) allocation_value;

  return TRUE;
}

static gboolean
read_network_name (JsonObject *object, FerryPlanNetwork *network, GError **error)
{
  if (network->kind != FERRY_NETWORK_NETWORK && network->kind != FERRY_NETWORK_BRIDGE)
    return TRUE;
  if (!ferry_json_require (object, "name", error) ||
      !ferry_plan_read_text (object, "name", &network->name, error))
    return FALSE;
  if (network->name[0] == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not be empty."), "name");

  return TRUE;
}

static gboolean
read_network_object (JsonObject *object, FerryPlanNetwork *network, GError **error)
{
  int kind = FERRY_NETWORK_UNMAPPED;

  if (!ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", ferry_network_kind_words, &kind, error))
    return FALSE;
  network->kind = (FerryNetworkKind) kind;
  if (!read_network_name (object, network, error))
    return FALSE;
  network->extra = ferry_json_copy_unknown (object, network_members);

  return TRUE;
}

gboolean
ferry_plan_read_network (JsonObject *object,
              const char *member,
              FerryPlanNetwork *network,
              GError **error)
{
  JsonObject *inner = NULL;

  network->kind = FERRY_NETWORK_UNMAPPED;
  if (!ferry_json_get_object (object, member, &inner, error))
    return FALSE;
  if (inner == NULL || read_network_object (inner, network, error))
    return TRUE;
  g_prefix_error (error, "%s.", member);

  return FALSE;
}

gboolean
ferry_plan_read_mappings (JsonObject *object, const char *member, FerryPlan *plan, GError **error)
{
  JsonObject *networks = NULL;
  g_autoptr (GList) members = NULL;

  if (!ferry_json_get_object (object, member, &networks, error))
    return FALSE;
  members = networks != NULL ? json_object_get_members (networks) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    {
      FerryPlanNetwork network = { 0 };
      gboolean good = ferry_plan_read_network (networks, l->data, &network, error);

      if (good)
        ferry_plan_set_mapping (plan, l->data, &network);
      ferry_plan_network_clear (&network);
      if (!good)
        {
          g_prefix_error (error, "%s.", member);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
ferry_plan_read_storings (JsonObject *object, const char *member, FerryPlan *plan, GError **error)
{
  JsonObject *storages = NULL;
  g_autoptr (GList) members = NULL;

  if (!ferry_json_get_object (object, member, &storages, error))
    return FALSE;
  members = storages != NULL ? json_object_get_members (storages) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *storage = NULL;

      if (!ferry_plan_read_text (storages, l->data, &storage, error) ||
          (g_strcmp0 (storage, "") == 0 &&
           !ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not be empty."), (char *) l->data)))
        {
          g_prefix_error (error, "%s.", member);
          return FALSE;
        }
      ferry_plan_set_storing (plan, l->data, storage);
    }

  return TRUE;
}
