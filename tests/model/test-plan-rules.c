/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-plan.h"

#include <string.h>

/* Which network a NIC goes to and which storage a disk, by rules given before or after its guest. */

/* "none", "lan" for a network, "bridge:br0"; "-" is not chosen */
static void
set_network (FerryPlanNetwork *network, const char *word)
{
  if (g_str_equal (word, "-"))
    ferry_plan_network_set (network, FERRY_NETWORK_UNMAPPED, NULL);
  else if (g_str_equal (word, "none"))
    ferry_plan_network_set (network, FERRY_NETWORK_NONE, NULL);
  else if (g_str_has_prefix (word, "bridge:"))
    ferry_plan_network_set (network, FERRY_NETWORK_BRIDGE, word + strlen ("bridge:"));
  else
    ferry_plan_network_set (network, FERRY_NETWORK_NETWORK, word);
}

static char *
get_word (const FerryPlanNetwork *network)
{
  switch (network->kind)
    {
    case FERRY_NETWORK_UNMAPPED:
      return g_strdup ("-");
    case FERRY_NETWORK_NONE:
      return g_strdup ("none");
    case FERRY_NETWORK_NETWORK:
      return g_strdup (network->name);
    case FERRY_NETWORK_BRIDGE:
      return g_strconcat ("bridge:", network->name, NULL);
    }

  return NULL;
}

/* Its NICs are on "LAN", "LAN", "DMZ" and none; its disks in "fast", "slow" and none that is known. */
static FerryGuest *
make_guest (const char *id)
{
  static const char *const networks[] = { "LAN", "LAN", "DMZ", NULL };
  static const char *const storages[] = { "fast", "slow", NULL };
  FerryGuest *guest = ferry_guest_new (id, id);

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *name = g_strdup_printf ("Network adapter %zu", i + 1);
      FerryNic *nic = ferry_nic_new (name);

      nic->network = g_strdup (networks[i]);
      g_ptr_array_add (guest->nics, nic);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (storages); i++)
    {
      g_autofree char *name = g_strdup_printf ("Hard disk %zu", i + 1);
      FerryDisk *disk = ferry_disk_new (name);

      disk->storage = g_strdup (storages[i]);
      g_ptr_array_add (guest->disks, disk);
    }

  return guest;
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/a.ova");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");

  return plan;
}

static void
add_guests (FerryPlan *plan)
{
  g_autoptr (FerryGuest) one = make_guest ("1");
  g_autoptr (FerryGuest) two = make_guest ("2");

  ferry_plan_add_guest (plan, one);
  ferry_plan_add_guest (plan, two);
}

typedef struct
{
  const char *rules; /* "SOURCE=NETWORK;…", in this order */
  const char *there; /* (nullable): the destination's networks: "LAN,DMZ"; "*": any text is one */
  const char *expected; /* of the four NICs */
} NetworkCase;

static const NetworkCase network_cases[] = {
  /* nothing by accident */
  { "", NULL, "- - - none" },
  { "", "", "- - - none" },
  { "", "lan,LAN2", "- - - none" },
  /* equal names */
  { "", "LAN", "LAN LAN - none" },
  { "", "DMZ,LAN,x", "LAN LAN DMZ none" },
  { "", "*", "LAN LAN DMZ none" },
  /* a rule is stronger than an equal name */
  { "LAN=default", "LAN,DMZ", "default default DMZ none" },
  { "LAN=none", "LAN", "none none - none" },
  { "LAN=bridge:LAN", "LAN", "bridge:LAN bridge:LAN - none" },
  /* one that says “not chosen” leaves it to equal names */
  { "LAN=-", "LAN", "LAN LAN - none" },
  /* "*" is for all that no other rule names, whatever the order */
  { "*=default", NULL, "default default default default" },
  { "*=default;LAN=br", NULL, "br br default default" },
  { "LAN=br;*=default", NULL, "br br default default" },
  { "*=none;DMZ=dmz", NULL, "none none dmz none" },
  { "*=-", NULL, "- - - -" },
  /* the last of two counts */
  { "LAN=a;LAN=b", NULL, "b b - none" },
  /* names are compared exactly */
  { "lan=a;LAN =b;=c", NULL, "- - - none" },
};

static char *
describe_nics (const FerryPlanGuest *guest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < guest->nics->len; i++)
    {
      g_autofree char *word = get_word (&ferry_plan_guest_get_nic (guest, i)->network);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }

  return g_strdup (text->str);
}

static void
map_networks (FerryPlan *plan, const NetworkCase *test, gboolean apply)
{
  g_auto (GStrv) rules = g_strsplit (test->rules, ";", -1);
  FerryPlanNetwork network = { 0 };

  for (guint i = 0; rules[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (rules[i], "=", 2);

      set_network (&network, parts[1]);
      ferry_plan_set_mapping (plan, parts[0], &network);
    }
  for (guint i = 0; apply && i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      ferry_plan_apply_mapping (plan, mapping->source, &mapping->network);
    }
  ferry_plan_network_clear (&network);
}

static void
check_networks (FerryPlan *plan, const NetworkCase *test)
{
  g_autoptr (FerryDestinationFacts) facts = ferry_destination_facts_new ();

  if (test->there != NULL)
    {
      g_strfreev (facts->networks);
      facts->networks = g_strsplit (test->there, ",", -1);
      facts->any_network = g_str_equal (test->there, "*");
      ferry_plan_map_equal_names (plan, facts);
    }
  for (guint i = 0; i < plan->guests->len; i++)
    {
      g_autofree char *text = describe_nics (ferry_plan_get_guest (plan, i));

      if (!g_str_equal (text, test->expected))
        g_error ("%s: %s, not %s", test->rules, text, test->expected);
    }
}

/* The same before the guests are added and after. */
static void
test_networks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (network_cases); i++)
    {
      g_autoptr (FerryPlan) before = make_plan ();
      g_autoptr (FerryPlan) after = make_plan ();
      g_autofree char *before_text = NULL;
      g_autofree char *after_text = NULL;

      map_networks (before, &network_cases[i], FALSE);
      add_guests (before);
      check_networks (before, &network_cases[i]);
      add_guests (after);
      map_networks (after, &network_cases[i], TRUE);
      check_networks (after, &network_cases[i]);
      before_text = ferry_plan_to_text (before);
      after_text = ferry_plan_to_text (after);
      g_assert_cmpstr (before_text, ==, after_text);
    }
}

/* Changing one NIC changes that one; the rule changes all on its network and no other. */
static void
test_one_or_all (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanNetwork network = { 0 };
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  add_guests (plan);
  set_network (&network, "br");
  ferry_plan_network_copy (&network,
                           &ferry_plan_guest_get_nic (ferry_plan_get_guest (plan, 0), 1)->network);
  one = describe_nics (ferry_plan_get_guest (plan, 0));
  g_assert_cmpstr (one, ==, "- br - none");
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "LAN", &network), ==, 3);
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "LAN", &network), ==, 0);
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "WAN", &network), ==, 0);
  other = describe_nics (ferry_plan_get_guest (plan, 1));
  g_assert_cmpstr (other, ==, "br br - none");
  ferry_plan_network_clear (&network);
}

static const struct
{
  const char *rules;
  const char *expected; /* of the three disks; "-" is the plan's */
} storage_cases[] = {
  { "", "- - -" },
  { "fast=ssd", "ssd - -" },
  { "*=any", "any any any" },
  { "*=any;fast=ssd", "ssd any any" },
  { "fast=ssd;*=any", "ssd any any" },
  { "fast=a;fast=b", "b - -" },
  { "Fast=a;=b", "- - -" },
};

static void
check_storages (const FerryPlan *plan, const char *expected)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint d = 0; d < guest->disks->len; d++)
        {
          const char *storage = ferry_plan_guest_get_disk (guest, d)->storage;

          g_string_append_printf (text, "%s%s", d > 0 ? " " : "", storage != NULL ? storage : "-");
        }
      g_assert_cmpstr (text->str, ==, expected);
    }
}

static void
store_disks (FerryPlan *plan, const char *rules, gboolean apply)
{
  g_auto (GStrv) split = g_strsplit (rules, ";", -1);

  for (guint i = 0; split[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (split[i], "=", 2);

      ferry_plan_set_storing (plan, parts[0], parts[1]);
    }
  for (guint i = 0; apply && i < plan->storings->len; i++)
    {
      const FerryPlanStoring *storing = g_ptr_array_index (plan->storings, i);

      ferry_plan_apply_storing (plan, storing->source, storing->storage);
    }
}

static void
test_storages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (storage_cases); i++)
    {
      g_autoptr (FerryPlan) before = make_plan ();
      g_autoptr (FerryPlan) after = make_plan ();

      store_disks (before, storage_cases[i].rules, FALSE);
      add_guests (before);
      check_storages (before, storage_cases[i].expected);
      add_guests (after);
      store_disks (after, storage_cases[i].rules, TRUE);
      check_storages (after, storage_cases[i].expected);
    }
}

static void
test_apply_storing (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();

  add_guests (plan);
  g_assert_cmpuint (ferry_plan_apply_storing (plan, "fast", "ssd"), ==, 2);
  g_assert_cmpuint (ferry_plan_apply_storing (plan, "fast", "ssd"), ==, 0);
  check_storages (plan, "ssd - -");
  ferry_plan_set_storing (plan, "fast", "ssd");
  g_assert_cmpuint (ferry_plan_apply_storing (plan, "*", "any"), ==, 4);
  check_storages (plan, "ssd any any");
  g_assert_cmpuint (ferry_plan_apply_storing (plan, "fast", NULL), ==, 2);
  check_storages (plan, "- any any");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-rules/networks", test_networks);
  g_test_add_func ("/plan-rules/one-or-all", test_one_or_all);
  g_test_add_func ("/plan-rules/storages", test_storages);
  g_test_add_func ("/plan-rules/apply-storing", test_apply_storing);

  return g_test_run ();
}
