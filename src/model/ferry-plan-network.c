/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-error.h"
#include "ferry-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define ANY_NETWORK "*"

void
ferry_plan_network_clear (FerryPlanNetwork *network)
{
  g_clear_pointer (&network->name, g_free);
  ferry_json_clear_object (&network->extra);
}

/** ferry_plan_network_copy: @to: holds a network already, or zeros */
void
ferry_plan_network_copy (const FerryPlanNetwork *from, FerryPlanNetwork *to)
{
  FerryPlanNetwork copy = {
    .kind = from->kind,
    .name = g_strdup (from->name),
    .extra = ferry_json_copy_object (from->extra),
  };

  ferry_plan_network_clear (to);
  *to = copy;
}

void
ferry_plan_network_set (FerryPlanNetwork *network, FerryNetworkKind kind, const char *name)
{
  gboolean has_name = kind == FERRY_NETWORK_NETWORK || kind == FERRY_NETWORK_BRIDGE;
  char *copy = has_name ? g_strdup (name) : NULL;

  ferry_plan_network_clear (network);
  network->kind = kind;
  network->name = copy;
}

static gboolean
networks_are_equal (const FerryPlanNetwork *a, const FerryPlanNetwork *b)
{
  return a->kind == b->kind && g_strcmp0 (a->name, b->name) == 0;
}

/* Where @source is in the sorted mappings, or where it belongs. */
static gboolean
find_index (const FerryPlan *plan, const char *source, guint *out_index)
{
  guint i = 0;

  for (; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);
      int order = g_strcmp0 (mapping->source, source);

      if (order >= 0)
        {
          *out_index = i;
          return order == 0;
        }
    }
  *out_index = i;

  return FALSE;
}

void
ferry_plan_set_mapping (FerryPlan *plan, const char *source, const FerryPlanNetwork *network)
{
  FerryPlanMapping *mapping;
  guint index;
  gboolean found = find_index (plan, source, &index);

  if (network == NULL)
    {
      if (found)
        g_ptr_array_remove_index (plan->mappings, index);
      return;
    }
  if (!found)
    {
      mapping = g_new0 (FerryPlanMapping, 1);
      mapping->source = g_strdup (source);
      g_ptr_array_insert (plan->mappings, (int) index, mapping);
    }
  mapping = g_ptr_array_index (plan->mappings, index);
  ferry_plan_network_copy (network, &mapping->network);
}

const FerryPlanNetwork *
ferry_plan_find_mapping (const FerryPlan *plan, const char *source)
{
  guint index;

  if ((source == NULL || !find_index (plan, source, &index)) &&
      !find_index (plan, ANY_NETWORK, &index))
    return NULL;

  return &((FerryPlanMapping *) g_ptr_array_index (plan->mappings, index))->network;
}

/* As ferry_plan_find_mapping () finds it, so that it is the same whether guests come before a mapping
 * or after it. */
static gboolean
mapping_is_for (const FerryPlan *plan, const char *source, const char *nic_network)
{
  guint index;

  if (g_str_equal (source, ANY_NETWORK))
    return nic_network == NULL || !find_index (plan, nic_network, &index);

  return g_strcmp0 (source, nic_network) == 0;
}

guint
ferry_plan_apply_mapping (FerryPlan *plan, const char *source, const FerryPlanNetwork *network)
{
  guint changed = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->nics->len; n++)
        {
          FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, n);
          const FerryNic *from = ferry_guest_get_nic (guest->source, n);

          if (!mapping_is_for (plan, source, from->network) ||
              networks_are_equal (&nic->network, network))
            continue;
          ferry_plan_network_copy (network, &nic->network);
          changed++;
        }
    }

  return changed;
}

static gboolean
has_network (const FerryDestinationFacts *facts, const char *name)
{
  return facts->any_network || g_strv_contains ((const char *const *) facts->networks, name);
}

guint
ferry_plan_map_equal_names (FerryPlan *plan, const FerryDestinationFacts *facts)
{
  guint changed = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->nics->len; n++)
        {
          FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, n);
          const char *name = ferry_guest_get_nic (guest->source, n)->network;

          if (nic->network.kind != FERRY_NETWORK_UNMAPPED || name == NULL ||
              !has_network (facts, name))
            continue;
          ferry_plan_network_set (&nic->network, FERRY_NETWORK_NETWORK, name);
          changed++;
        }
    }

  return changed;
}

static gboolean
parse (const char *text, GSocketFamily *out_family)
{
  g_autoptr (GInetAddress) address = text != NULL ? g_inet_address_new_from_string (text) : NULL;

  if (address != NULL)
    *out_family = g_inet_address_get_family (address);

  return address != NULL;
}

gboolean
ferry_plan_address_is_valid (const FerryPlanAddress *address, GError **error)
{
  GSocketFamily family;
  GSocketFamily gateway_family;
  guint longest;

  if (!parse (address->ip, &family))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("An address must be an IP address like 192.0.2.10 or 2001:db8::10."));
  longest = family == G_SOCKET_FAMILY_IPV4 ? 32 : 128;
  if (address->prefix > longest)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("The length of a network’s prefix must be from 1 to %u."), longest);
  if (address->gateway != NULL &&
      (!parse (address->gateway, &gateway_family) || gateway_family != family))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("The gateway must be an IP address of the same kind as the address."));
  for (guint i = 0; address->dns != NULL && address->dns[i] != NULL; i++)
    if (!parse (address->dns[i], &gateway_family))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _ ("The name server ‘%s’ must be an IP address."), address->dns[i]);

  return TRUE;
}

gboolean
ferry_nic_model_is_valid (const char *model)
{
  return *model != '\0' &&
         model[strspn (model, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.")] == '\0';
}
