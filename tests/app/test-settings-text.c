/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-text.h"

#define GB (G_GUINT64_CONSTANT (1000) * 1000 * 1000)

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;
  g_auto (GStrv) words = g_strsplit (owned, "\302\240", -1);
  /* g_format_size() has no-break spaces. */
  g_autofree char *plain = g_strjoinv (" ", words);

  g_assert_cmpstr (plain, ==, expected);
}

static void
add_disk (FerryGuest *guest, guint64 gigabytes, gint64 used_gigabytes)
{
  FerryDisk *disk = ferry_disk_new ("Hard disk");

  disk->capacity_bytes = gigabytes * GB;
  disk->used_bytes = used_gigabytes >= 0 ? used_gigabytes * (gint64) GB : -1;
  g_ptr_array_add (guest->disks, disk);
}

/* A plan with one guest of three disks, going to a pool. */
static FerryPlan *
new_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("1", "web");

  add_disk (guest, 80, 30);
  add_disk (guest, 150, -1);
  add_disk (guest, 20, 5);
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static void
test_disk (void)
{
  g_autoptr (FerryPlan) plan = new_plan ();
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, 0);

  assert_text (ferry_text_disk_plan (plan, guest, 0), "80.0 GB · images · thin provisioned");
  disk->storage = g_strdup ("fast");
  disk->allocation = FERRY_ALLOCATION_PREALLOCATED;
  assert_text (ferry_text_disk_plan (plan, guest, 0), "80.0 GB · fast · preallocated");
  disk->included = FALSE;
  assert_text (ferry_text_disk_plan (plan, guest, 0), "80.0 GB · not imported");

  ferry_plan_set_folder_destination (plan, "/srv");
  assert_text (ferry_text_disk_plan (plan, guest, 1), "150.0 GB · thin provisioned");
}

static void
test_disk_facts (void)
{
  g_autoptr (FerryDisk) disk = ferry_disk_new ("Hard disk 1");

  assert_text (ferry_text_disk_facts (disk), "");
  disk->format = g_strdup ("vmdk");
  disk->storage = g_strdup ("ssd-02");
  assert_text (ferry_text_disk_facts (disk), "vmdk · ssd-02");
  disk->bus = FERRY_BUS_SCSI;
  disk->flags = FERRY_DISK_COMPRESSED;
  assert_text (ferry_text_disk_facts (disk), "vmdk, compressed · SCSI · ssd-02");
}

static void
test_disks (void)
{
  g_autoptr (FerryPlan) plan = new_plan ();
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autoptr (FerryGuest) diskless = ferry_guest_new ("2", "pxe");

  assert_text (ferry_text_planned_disks (guest),
               "3 disks · 250.0 GB, of which at most 185.0 GB hold data and will be copied");
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  assert_text (ferry_text_planned_disks (guest),
               "2 of 3 disks · 100.0 GB, of which at most 35.0 GB hold data and will be copied");
  ferry_plan_guest_get_disk (guest, 0)->included = FALSE;
  ferry_plan_guest_get_disk (guest, 2)->included = FALSE;
  assert_text (ferry_text_planned_disks (guest), "No disk is imported.");
  assert_text (ferry_text_planned_disks (ferry_plan_add_guest (plan, diskless)),
               "This virtual machine has no disk.");
}

static void
test_needs (void)
{
  g_autoptr (FerryPlan) plan = new_plan ();
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autoptr (GPtrArray) one = ferry_storage_needs_of_plan (plan);
  g_autoptr (GPtrArray) two = NULL;
  const FerryStorageNeed *need = g_ptr_array_index (one, 0);

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (need->storage, ==, "images");
  g_assert_cmpuint (need->n_disks, ==, 3);
  g_assert_cmpuint (need->least_bytes, ==, 35 * GB + (1 << 20));
  g_assert_cmpuint (need->most_bytes, ==, 185 * GB);
  assert_text (ferry_text_storage_need (need), "3 disks need up to 185.0 GB");

  ferry_plan_guest_get_disk (guest, 0)->storage = g_strdup ("fast");
  ferry_plan_guest_get_disk (guest, 0)->allocation = FERRY_ALLOCATION_PREALLOCATED;
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  two = ferry_storage_needs_of_plan (plan);
  g_assert_cmpuint (two->len, ==, 2);
  assert_text (ferry_text_storage_need (g_ptr_array_index (two, 0)),
               "1 disk needs up to 80.0 GB");
  assert_text (ferry_text_storage_need (g_ptr_array_index (two, 1)),
               "1 disk needs up to 5.0 GB");
}

/* Sizes that a source made up must not wrap around to a few bytes. */
static void
test_huge (void)
{
  g_autoptr (FerryPlan) plan = new_plan ();
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autoptr (GPtrArray) needs = NULL;

  for (guint i = 0; i < 3; i++)
    {
      FerryDisk *disk = g_ptr_array_index (guest->source->disks, i);

      disk->capacity_bytes = G_MAXUINT64;
      disk->used_bytes = G_MAXINT64;
    }
  needs = ferry_storage_needs_of_plan (plan);
  g_assert_cmpuint (((FerryStorageNeed *) g_ptr_array_index (needs, 0))->most_bytes, ==,
                    G_MAXUINT64);
}

static void
test_topology (void)
{
  assert_text (ferry_text_topology (2, 4, 1), "2 sockets × 4 cores × 1 thread");
  assert_text (ferry_text_topology (1, 1, 2), "1 socket × 1 core × 2 threads");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings-text/disk", test_disk);
  g_test_add_func ("/settings-text/disk-facts", test_disk_facts);
  g_test_add_func ("/settings-text/disks", test_disks);
  g_test_add_func ("/settings-text/needs", test_needs);
  g_test_add_func ("/settings-text/huge", test_huge);
  g_test_add_func ("/settings-text/topology", test_topology);

  return g_test_run ();
}
