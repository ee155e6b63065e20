/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

/* Who has which name and address: one pass over the plan, so that 500 guests take 500 steps and not
 * 250,000. */

/**
 * FerryUse:
 * @names: exact name to the number of the first guest of the plan that has it, plus 1
 * @folded: the same without regard to case; destination's names are 0
 * @taken_names: @taken_macs: what the destination has
 * @macs: @addresses: to the number of the first NIC of the plan that has it, plus 1
 * @first_nics: for each guest, the number of its first NIC
 */
struct _FerryUse
{
  GHashTable *names;
  GHashTable *folded;
  GHashTable *taken_names;
  GHashTable *taken_macs;
  GHashTable *macs;
  GHashTable *addresses;
  guint *first_nics;
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @key: (transfer full) (nullable): the first one stays */
static void
add_first (GHashTable *table, char *key, guint number)
{
  if (key == NULL || g_hash_table_contains (table, key))
    g_free (key);
  else
    g_hash_table_insert (table, key, GUINT_TO_POINTER (number));
}

const char *
ferry_checks_get_mac (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);
  const FerryNic *source = ferry_guest_get_nic (guest->source, index);

  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return source != NULL ? source->mac : NULL;
    case FERRY_MAC_FIXED:
      return nic->mac;
    case FERRY_MAC_NEW:
      break;
    }

  return NULL;
}

/* As one address is always written; NULL: none, or not one. */
static char *
dup_address (const FerryPlanNic *nic)
{
  g_autoptr (GInetAddress) address =
      nic->address.ip != NULL ? g_inet_address_new_from_string (nic->address.ip) : NULL;

  return address != NULL ? g_inet_address_to_string (address) : NULL;
}

static void
add_nics (FerryUse *use, const FerryPlanGuest *guest, guint first)
{
  for (guint i = 0; i < guest->nics->len; i++)
    {
      const char *mac = ferry_checks_get_mac (guest, i);

      add_first (use->macs, mac != NULL ? g_ascii_strdown (mac, -1) : NULL, first + i + 1);
      add_first (use->addresses, dup_address (ferry_plan_guest_get_nic (guest, i)), first + i + 1);
    }
}

static void
add_guests (FerryUse *use, const FerryPlan *plan)
{
  guint n_nics = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      add_first (use->names, g_strdup (guest->name), i + 1);
      add_first (use->folded, g_utf8_casefold (guest->name, -1), i + 1);
      use->first_nics[i] = n_nics;
      add_nics (use, guest, n_nics);
      n_nics += guest->nics->len;
    }
}

static void
add_destination (FerryUse *use, const FerryDestinationFacts *destination)
{
  for (guint i = 0; destination->guest_names[i] != NULL; i++)
    {
      add_first (use->taken_names, g_strdup (destination->guest_names[i]), 1);
      add_first (use->folded, g_utf8_casefold (destination->guest_names[i], -1), 0);
    }
  for (guint i = 0; destination->macs[i] != NULL; i++)
    add_first (use->taken_macs, g_ascii_strdown (destination->macs[i], -1), 1);
}

FerryUse *
ferry_use_new (const FerryPlan *plan, const FerryDestinationFacts *destination)
{
  FerryUse *use = g_new0 (FerryUse, 1);

  use->names = new_table ();
  use->folded = new_table ();
  use->taken_names = new_table ();
  use->taken_macs = new_table ();
  use->macs = new_table ();
  use->addresses = new_table ();
  use->first_nics = g_new0 (guint, plan->guests->len + 1);
  if (destination != NULL)
    add_destination (use, destination);
  add_guests (use, plan);

  return use;
}

void
ferry_use_free (FerryUse *use)
{
  if (use == NULL)
    return;
  g_hash_table_unref (use->names);
  g_hash_table_unref (use->folded);
  g_hash_table_unref (use->taken_names);
  g_hash_table_unref (use->taken_macs);
  g_hash_table_unref (use->macs);
  g_hash_table_unref (use->addresses);
  g_free (use->first_nics);
  g_free (use);
}

gboolean
ferry_use_has_taken_name (const FerryUse *use, const char *name)
{
  return g_hash_table_contains (use->taken_names, name);
}

gboolean
ferry_use_has_taken_mac (const FerryUse *use, const char *mac)
{
  g_autofree char *key = g_ascii_strdown (mac, -1);

  return g_hash_table_contains (use->taken_macs, key);
}

/* Somebody before number @own has @key. */
static gboolean
has_before (GHashTable *table, const char *key, guint own)
{
  gpointer number;

  return g_hash_table_lookup_extended (table, key, NULL, &number) &&
         GPOINTER_TO_UINT (number) < own;
}

gboolean
ferry_use_has_name_before (const FerryUse *use, guint guest, const char *name)
{
  return has_before (use->names, name, guest + 1);
}

gboolean
ferry_use_has_folded_name_before (const FerryUse *use, guint guest, const char *name)
{
  g_autofree char *key = g_utf8_casefold (name, -1);

  return has_before (use->folded, key, guest + 1);
}

gboolean
ferry_use_has_mac_before (const FerryUse *use, const FerryUseNic *nic, const char *mac)
{
  g_autofree char *key = g_ascii_strdown (mac, -1);

  return has_before (use->macs, key, use->first_nics[nic->guest] + nic->nic + 1);
}

gboolean
ferry_use_has_address_before (const FerryUse *use,
                              const FerryUseNic *nic,
                              const FerryPlanNic *planned)
{
  g_autofree char *key = dup_address (planned);

  return key != NULL &&
         has_before (use->addresses, key, use->first_nics[nic->guest] + nic->nic + 1);
}
