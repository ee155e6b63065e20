/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-vsphere-inventory.h"

#include <string.h>

/* Rings, orphans and folders everywhere: what a server says need not be a tree. */

static void
add (FerryVsphereInventory *inventory,
     const char *type,
     const char *id,
     const char *name,
     const char *parent)
{
  g_autofree char *text =
      g_markup_printf_escaped ("<objects><propSet><name>name</name><val>%s</val></propSet>"
                               "<propSet><name>parent</name><val>%s</val></propSet></objects>",
                               name, parent);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (xmlDoc) document = ferry_xml_parse (bytes, NULL);
  FerryVsphereObject object = { type, id, xmlDocGetRootElement (document) };

  g_assert_nonnull (document);
  ferry_vsphere_inventory_add (inventory, &object);
}

static FerryVsphereInventory *
make_inventory (void)
{
  FerryVsphereInventory *inventory = ferry_vsphere_inventory_new ();

  add (inventory, "Folder", "root", "Datacenters", "");
  add (inventory, "Folder", "f1", "Europe", "root");
  add (inventory, "Datacenter", "dc1", "DC%2f1", "f1");
  add (inventory, "Folder", "vm1", "vm", "dc1");
  add (inventory, "Folder", "host1", "host", "dc1");
  add (inventory, "Folder", "hf", "Web", "host1");
  add (inventory, "ClusterComputeResource", "c1", "C0", "hf");
  add (inventory, "HostSystem", "h1", "esx1", "c1");
  add (inventory, "ComputeResource", "cr", "esx2", "host1");
  add (inventory, "HostSystem", "h2", "esx2", "cr");
  add (inventory, "Folder", "vf", "Prod%25", "vm1");
  add (inventory, "VirtualApp", "app", "Shop", "vf");
  add (inventory, "Folder", "ring1", "A", "ring2");
  add (inventory, "Folder", "ring2", "B", "ring1");
  add (inventory, "HostSystem", "lost", "esx3", "nowhere");

  return inventory;
}

static void
assert_place (FerryVsphereParents parents, const char *text, const char *folder)
{
  g_autoptr (FerryVsphereInventory) inventory = make_inventory ();
  g_autoptr (FerryVspherePlace) place = ferry_vsphere_inventory_find_place (inventory, &parents);
  g_autofree char *have = ferry_vsphere_place_to_text (place);

  g_assert_cmpstr (have, ==, text);
  g_assert_cmpstr (place->folder, ==, folder);
}

static void
test_places (void)
{
  assert_place ((FerryVsphereParents){ (char *) "h1", (char *) "vf", NULL },
                "Europe/DC/1/Web/C0/esx1", "Prod%25");
  assert_place ((FerryVsphereParents){ (char *) "h2", (char *) "vm1", NULL }, "Europe/DC/1/esx2",
                NULL);
  assert_place ((FerryVsphereParents){ (char *) "h2", NULL, (char *) "app" }, "Europe/DC/1/esx2",
                "Prod%25/Shop");
  assert_place ((FerryVsphereParents){ NULL, (char *) "vf", NULL }, "Europe/DC/1", "Prod%25");
  assert_place ((FerryVsphereParents){ (char *) "lost", NULL, NULL }, "esx3", NULL);
  assert_place ((FerryVsphereParents){ NULL, NULL, NULL }, NULL, NULL);
}

static void
test_ring (void)
{
  g_autoptr (FerryVsphereInventory) inventory = make_inventory ();
  FerryVsphereParents parents = { NULL, (char *) "ring1", NULL };
  g_autoptr (FerryVspherePlace) place = ferry_vsphere_inventory_find_place (inventory, &parents);

  g_assert_null (place->datacenter);
  g_assert_cmpuint (strlen (place->folder), <, 1000);
}

static void
test_called (void)
{
  static const struct
  {
    FerryVsphereLevel level;
    const char *wanted;
    gboolean is_there;
  } cases[] = {
    { FERRY_VSPHERE_DATACENTER, "DC/1", TRUE },
    { FERRY_VSPHERE_DATACENTER, "DC%2f1", TRUE },
    { FERRY_VSPHERE_DATACENTER, "Europe/DC%2f1", TRUE },
    { FERRY_VSPHERE_DATACENTER, "/Europe/DC/1/", TRUE },
    { FERRY_VSPHERE_DATACENTER, "C%2f1", FALSE },
    { FERRY_VSPHERE_DATACENTER, "Europe", FALSE },
    { FERRY_VSPHERE_DATACENTER, "", FALSE },
    { FERRY_VSPHERE_DATACENTER, "/", FALSE },
    { FERRY_VSPHERE_CLUSTER, "C0", TRUE },
    { FERRY_VSPHERE_CLUSTER, "Web/C0", TRUE },
    { FERRY_VSPHERE_CLUSTER, "esx2", FALSE },
    { FERRY_VSPHERE_HOST, "esx1", TRUE },
    { FERRY_VSPHERE_HOST, "C0/esx1", TRUE },
    { FERRY_VSPHERE_HOST, "Europe/DC/1/Web/C0/esx1", TRUE },
    { FERRY_VSPHERE_HOST, "C1/esx1", FALSE },
    { FERRY_VSPHERE_HOST, "sx1", FALSE },
  };
  g_autoptr (FerryVsphereInventory) inventory = make_inventory ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (ferry_vsphere_inventory_has (inventory, cases[i].level, cases[i].wanted) !=
        cases[i].is_there)
      g_error ("‘%s’ (%u)", cases[i].wanted, cases[i].level);
}

static void
test_list (void)
{
  g_autoptr (FerryVsphereInventory) inventory = make_inventory ();
  g_autoptr (GPtrArray) hosts = ferry_vsphere_inventory_list (inventory, FERRY_VSPHERE_HOST);

  g_assert_cmpuint (hosts->len, ==, 3);
  g_assert_cmpstr (hosts->pdata[0], ==, "Europe/DC/1/Web/C0/esx1");
  g_assert_cmpstr (hosts->pdata[1], ==, "Europe/DC/1/esx2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vsphere-inventory/places", test_places);
  g_test_add_func ("/vsphere-inventory/ring", test_ring);
  g_test_add_func ("/vsphere-inventory/called", test_called);
  g_test_add_func ("/vsphere-inventory/list", test_list);

  return g_test_run ();
}
