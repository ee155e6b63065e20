/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-json.h"
#include "ferry-plan-parts.h"
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
name_rule_to_json (const FerryNameRule *rule)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "pattern", rule->pattern);
  ferry_json_set_string (object, "find", rule->find);
  ferry_json_set_string (object, "replace", rule->replace);
  json_object_set_boolean_member (object, "lower_case", rule->lower_case);

  return object;
}

JsonObject *
ferry_plan_storings_to_json (const GPtrArray *storings)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (storings, i);

      json_object_set_string_member (object, storing->source, storing->storage);
    }

  return object;
}

JsonObject *
ferry_plan_mappings_to_json (const GPtrArray *mappings)
{
  JsonObject *networks = json_object_new ();

  for (guint i = 0; i < mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (mappings, i);

      json_object_set_member (networks, mapping->source, network_to_json (&mapping->network));
    }

  return networks;
}

static JsonObject *
defaults_to_json (const FerryPlan *plan)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "format", ferry_format_to_word (plan->format));
  json_object_set_string_member (object, "allocation", ferry_allocation_to_word (plan->allocation));
  json_object_set_object_member (object, "name", name_rule_to_json (&plan->name_rule));
  json_object_set_boolean_member (object, "shut_down", plan->shut_down);
  json_object_set_boolean_member (object, "start", plan->start);
  json_object_set_object_member (object, "networks",
                                 ferry_plan_mappings_to_json (plan->mappings));
  json_object_set_object_member (object, "storages",
                                 ferry_plan_storings_to_json (plan->storings));
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

static JsonNode *
address_to_json (const FerryPlanAddress *address)
{
  JsonNode *node;
  JsonObject *object;
  JsonArray *dns;

  if (address->ip == NULL)
    return json_node_new (JSON_NODE_NULL);
  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  dns = json_array_new ();
  for (guint i = 0; address->dns != NULL && address->dns[i] != NULL; i++)
    json_array_add_string_element (dns, address->dns[i]);
  json_object_set_string_member (object, "ip", address->ip);
  ferry_json_set_size (object, "prefix", address->prefix);
  ferry_json_set_string (object, "gateway", address->gateway);
  json_object_set_array_member (object, "dns", dns);
  ferry_json_add_copies (object, address->extra);
  json_node_take_object (node, object);

  return node;
}

static JsonObject *
nic_to_json (const FerryPlanNic *nic)
{
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "network", network_to_json (&nic->network));
  json_object_set_string_member (object, "mac", get_mac_word (nic));
  ferry_json_set_string (object, "model", nic->model);
  json_object_set_boolean_member (object, "connected", nic->connected);
  json_object_set_member (object, "address", address_to_json (&nic->address));
  ferry_json_add_copies (object, nic->extra);

  return object;
}

static JsonObject *
disk_to_json (const FerryPlanDisk *disk)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "included", disk->included);
  ferry_json_set_string (object, "storage", disk->storage);
  ferry_json_set_string (object, "format",
                         disk->format != 0 ? ferry_format_to_word (disk->format) : NULL);
  ferry_json_set_string (object, "allocation",
                         disk->allocation != 0 ? ferry_allocation_to_word (disk->allocation)
                                               : NULL);
  ferry_json_add_copies (object, disk->extra);

  return object;
}

static JsonArray *
disks_to_json (const FerryPlanGuest *guest)
{
  JsonArray *disks = json_array_new ();

  for (guint i = 0; i < guest->disks->len; i++)
    json_array_add_object_element (disks, disk_to_json (ferry_plan_guest_get_disk (guest, i)));

  return disks;
}

static JsonArray *
nics_to_json (const FerryPlanGuest *guest)
{
  JsonArray *nics = json_array_new ();

  for (guint i = 0; i < guest->nics->len; i++)
    json_array_add_object_element (nics, nic_to_json (ferry_plan_guest_get_nic (guest, i)));

  return nics;
}

static void
set_hardware (JsonObject *object, const FerryPlanGuest *guest)
{
  gboolean has_topology = ferry_plan_guest_has_topology (guest);

  ferry_json_set_size (object, "memory_bytes", guest->memory_bytes);
  ferry_json_set_size (object, "vcpus", guest->vcpus);
  ferry_json_set_size (object, "sockets", has_topology ? guest->sockets : 0);
  ferry_json_set_size (object, "cores", has_topology ? guest->cores : 0);
  ferry_json_set_size (object, "threads", has_topology ? guest->threads : 0);
  ferry_json_set_string (object, "firmware",
                         guest->firmware != FERRY_FIRMWARE_UNKNOWN
                             ? ferry_firmware_to_word (guest->firmware)
                             : NULL);
}

static JsonObject *
guest_to_json (const FerryPlanGuest *guest)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", guest->name);
  ferry_json_set_string (object, "description", guest->description);
  ferry_json_set_string (object, "os", guest->os);
  set_hardware (object, guest);
  json_object_set_string_member (object, "root", guest->root);
  json_object_set_string_member (object, "format", ferry_format_to_word (guest->format));
  json_object_set_string_member (object, "allocation",
                                 ferry_allocation_to_word (guest->allocation));
  json_object_set_boolean_member (object, "shut_down", guest->shut_down);
  json_object_set_boolean_member (object, "start", guest->start);
  if (guest->boot_disk >= 0)
    json_object_set_int_member (object, "boot_disk", guest->boot_disk);
  else
    json_object_set_null_member (object, "boot_disk");
  json_object_set_array_member (object, "disks", disks_to_json (guest));
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
  ferry_json_set_string (object, "drivers", plan->drivers);
  ferry_json_set_string (object, "block_driver", plan->block_driver);
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
