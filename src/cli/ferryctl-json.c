/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-json.h"

#include "ferry-json.h"
#include "ferryctl-screen.h"

/** ferryctl_json_print: pretty; takes nothing */
void
ferryctl_json_print (JsonNode *node)
{
  g_autofree char *text = ferry_json_to_text (node, TRUE);

  ferryctl_screen_write_raw (text);
}

/** ferryctl_json_print_guests: an array of guests, each with the source it is in */
void
ferryctl_json_print_guests (const GPtrArray *guests, const FerryPlan *plan)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *source = ferry_plan_source_to_text (&plan->source);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < guests->len; i++)
    {
      JsonNode *guest = ferry_guest_to_json (g_ptr_array_index (guests, i));

      json_object_set_string_member (json_node_get_object (guest), "source", source);
      json_array_add_element (array, guest);
    }
  json_node_take_array (node, array);

  ferryctl_json_print (node);
}
