/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-json.h"
#include "ferry-plan-words.h"

/* The writer of plan JSON; its readers are ferry-plan-json.c and ferry-plan-guest-json.c. */

static JsonNode *
network_to_json (const FerryPlanNetwork *network)
{
  JsonObject *object;
  JsonNode *node;

  if (network->kind == FERRY_NETWORK_UNMAPPED)
    return json_node_new (JSON_NODE_NULL);
  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_object_set_string_member (object, "kind", ferry_network_kind_words[network->kind - 1]);
  if (network->name != NULL)
    json_object_set_string_member (object, "name", network->name);
  ferry_json_add_copies (object, network->extra);
  json_node_take_object (node, object);

  return node;
}

static JsonObject *
destination_to_json (const FerryPlanDestination *destination)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind",
                                 ferry_destination_kind_words[destination->kind - 1]);
  switch (destination->kind)
    {
    case FERRY_DESTINATION_FOLDER:
      ferry_json_set_string (object, "path", destination->path);
      break;
    case FERRY_DESTINATION_LIBVIRT:
      ferry_json_set_string (object, "uri", destination->uri);
      ferry_json_set_string (object, "pool", destination->pool);
      break;
    }
  ferry_json_add_copies (object, destination->extra);

  return object;
}

static JsonObject *
defaults_to_json (const FerryPlan *plan)
{
  JsonObject *object = json_object_new ();
  JsonObject *networks = json_object_new ();

  for (guint i = 0; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      json_object_set_member (networks, mapping->source, network_to_json (&mapping->network));
    }
  json_object_set_string_member (object, "format", ferry_format_to_word (plan->format));
  json_object_set_string_member (object, "allocation", ferry_allocation_to_word (plan->allocation));
  json_object_set_object_member (object, "networks", networks);
  ferry_json_add_copies (object, plan->defaults_extra);

  return object;
}

static const char *
get_mac_word (const FerryPlanNic *nic)
{
  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return "keep";
    case FERRY_MAC_NEW:
      return "new";
    case FERRY_MAC_FIXED:
      break;
    }

  return nic->mac;
}

static JsonObject *
nic_to_json (const FerryPlanNic *nic)
{
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "network", network_to_json (&nic->network));
  json_object_set_string_member (object, "mac", get_mac_word (nic));
  ferry_json_add_copies (object, nic->extra);

  return object;
}

static JsonArray *
nics_to_json (const FerryPlanGuest *guest)
{
  JsonArray *nics = json_array_new ();

  for (guint i = 0; i < guest->nics->len; i++)
    json_array_add_object_element (nics, nic_to_json (ferry_plan_guest_get_nic (guest, i)));

  return nics;
}

static JsonObject *
guest_to_json (const FerryPlanGuest *guest)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", guest->name);
  ferry_json_set_string (object, "description", guest->description);
  ferry_json_set_size (object, "memory_bytes", guest->memory_bytes);
  ferry_json_set_size (object, "vcpus", guest->vcpus);
  ferry_json_set_string (object, "firmware",
                         guest->firmware != FERRY_FIRMWARE_UNKNOWN
                           ? ferry_firmware_to_word (guest->firmware) : NULL);
  json_object_set_string_member (object, "root", guest->root);
  json_object_set_string_member (object, "format", ferry_format_to_word (guest->format));
  json_object_set_string_member (object, "allocation",
                                 ferry_allocation_to_word (guest->allocation));
  json_object_set_boolean_member (object, "start", guest->start);
  json_object_set_array_member (object, "nics", nics_to_json (guest));
  json_object_set_member (object, "source", ferry_guest_to_json (guest->source));
  ferry_json_add_copies (object, guest->extra);

  return object;
}

static JsonObject *
plan_to_json (const FerryPlan *plan)
{
  JsonObject *object = json_object_new ();
  JsonArray *guests = json_array_new ();

  for (guint i = 0; i < plan->guests->len; i++)
    json_array_add_object_element (guests, guest_to_json (ferry_plan_get_guest (plan, i)));
  json_object_set_int_member (object, "version", FERRY_PLAN_VERSION);
  json_object_set_object_member (object, "source", ferry_plan_source_to_json (&plan->source));
  json_object_set_object_member (object, "destination", destination_to_json (&plan->destination));
  json_object_set_string_member (object, "host", plan->host);
  json_object_set_object_member (object, "defaults", defaults_to_json (plan));
  json_object_set_array_member (object, "guests", guests);
  ferry_json_add_copies (object, plan->extra);

  return object;
}

char *
ferry_plan_to_text (const FerryPlan *plan)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, plan_to_json (plan));
  text = ferry_json_to_text (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

char *
ferry_plan_destination_to_text (const FerryPlanDestination *destination)
{
  if (destination->kind == FERRY_DESTINATION_FOLDER)
    return g_strconcat ("folder:", destination->path != NULL ? destination->path : "", NULL);
  if (destination->pool == NULL)
    return g_strconcat ("libvirt:", destination->uri, NULL);

  return g_strconcat ("libvirt:", destination->uri, ",pool=", destination->pool, NULL);
}

const char *
ferry_format_to_word (FerryFormat format)
{
  return ferry_format_words[format - 1];
}

const char *
ferry_allocation_to_word (FerryAllocation allocation)
{
  return ferry_allocation_words[allocation - 1];
}
