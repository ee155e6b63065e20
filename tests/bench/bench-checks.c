/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * bench-checks GUESTS: all checks of a plan with so many guests of two disks and two network adapters
 * each, at a destination that has as many: how long they take, and how many things they find. */
#include "ferry-checks.h"

#include <stdio.h>
#include <stdlib.h>

#define GIB (G_GUINT64_CONSTANT (1) << 30)

static void
add_disks (FerryGuest *guest)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("Hard disk %u", i + 1);
      FerryDisk *disk = ferry_disk_new (name);

      disk->file = g_strdup_printf ("[ds] %s/%u.vmdk", guest->name, i);
      disk->format = g_strdup ("vmdk");
      disk->storage = g_strdup ("ds");
      disk->capacity_bytes = 40 * GIB;
      disk->used_bytes = (gint64) GIB;
      disk->bus = FERRY_BUS_SCSI;
      g_ptr_array_add (guest->disks, disk);
    }
}

static void
add_nics (FerryGuest *guest, guint number)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("Network adapter %u", i + 1);
      FerryNic *nic = ferry_nic_new (name);

      nic->mac = g_strdup_printf ("52:54:00:%02x:%02x:%02x", number >> 8 & 0xff, number & 0xff, i);
      nic->network = g_strdup ("VM Network");
      g_ptr_array_add (guest->nics, nic);
    }
}

static FerryGuest *
make_guest (guint number)
{
  g_autofree char *name = g_strdup_printf ("guest-%04u", number);
  FerryGuest *guest = ferry_guest_new (name, name);

  guest->os_id = g_strdup (number % 2 == 0 ? "debian12_64Guest" : "windows2019srv_64Guest");
  guest->power = FERRY_POWER_OFF;
  guest->memory_bytes = 4 * GIB;
  guest->vcpus = 2;
  guest->firmware = FERRY_FIRMWARE_BIOS;
  add_disks (guest);
  add_nics (guest, number);

  return guest;
}

static FerryPlan *
make_plan (guint n)
{
  FerryPlan *plan = ferry_plan_new ();
  FerryPlanNetwork network = { 0 };

  ferry_plan_set_ova_source (plan, "/srv/ova");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  ferry_plan_network_set (&network, FERRY_NETWORK_NETWORK, "default");
  ferry_plan_set_mapping (plan, "*", &network);
  ferry_plan_network_clear (&network);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FerryGuest) guest = make_guest (i);
      FerryPlanGuest *planned = ferry_plan_add_guest (plan, guest);
      FerryPlanNic *nic = ferry_plan_guest_get_nic (planned, 1);

      nic->address.ip = g_strdup_printf ("192.0.%u.%u", i >> 8 & 0xff, i & 0xff);
    }

  return plan;
}

static FerryDestinationFacts *
make_destination (guint n)
{
  FerryDestinationFacts *facts = ferry_destination_facts_new ();
  FerryStorage *storage = ferry_storage_new ("images", "dir");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) macs = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("there-%u", i);
      g_autofree char *mac = g_strdup_printf ("52:54:01:00:%02x:%02x", i >> 8 & 0xff, i & 0xff);

      g_strv_builder_add (names, name);
      g_strv_builder_add (macs, mac);
    }
  storage->free_bytes = 100 * GIB;
  g_ptr_array_add (facts->storages, storage);
  g_strfreev (facts->guest_names);
  facts->guest_names = g_strv_builder_end (names);
  g_strfreev (facts->macs);
  facts->macs = g_strv_builder_end (macs);
  g_strfreev (facts->networks);
  facts->networks = g_strsplit ("default", " ", -1);

  return facts;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 500;
  g_autoptr (FerryPlan) plan = make_plan (n);
  g_autoptr (FerryHostFacts) host = ferry_host_facts_new ();
  g_autoptr (FerryDestinationFacts) destination = make_destination (n);
  g_autofree guint64 *work_bytes = g_new0 (guint64, n + 1);
  FerryCheckFacts facts = { .host = host, .destination = destination, .work_bytes = work_bytes };
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GPtrArray) checks = ferry_checks_of_all (plan, &facts);
  gint64 end = g_get_monotonic_time ();

  printf ("seconds %.6f\nfound %u\n", (double) (end - begin) / G_USEC_PER_SEC, checks->len);

  return 0;
}
