/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-sums.h"

#define GB G_GUINT64_CONSTANT (1000000000)

static void
add_guest (FerryPlan *plan, const char *name, guint n_disks)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new (name, name);

  for (guint i = 0; i < n_disks; i++)
    {
      FerryDisk *disk = ferry_disk_new ("Hard disk");

      disk->capacity_bytes = 100 * GB;
      disk->used_bytes = 10 * (gint64) GB;
      g_ptr_array_add (guest->disks, disk);
    }
  ferry_plan_add_guest (plan, guest);
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  add_guest (plan, "a", 2);
  add_guest (plan, "b", 1);

  return plan;
}

static FerryDestinationFacts *
make_destination (void)
{
  FerryDestinationFacts *facts = ferry_destination_facts_new ();
  FerryStorage *storage = ferry_storage_new ("images", "dir");

  storage->usable = TRUE;
  storage->free_bytes = 1000 * GB;
  storage->total_bytes = 2000 * GB;
  g_ptr_array_add (facts->storages, storage);

  return facts;
}

static void
test_bytes (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryDestinationFacts) destination = make_destination ();
  FerryReviewFacts facts = { .destination = destination };
  g_auto (FerryReviewSums) sums = { 0 };
  const FerryStorageSum *storage;

  ferry_review_sums_init (&sums, plan, &facts);
  g_assert_cmpuint (sums.n_guests, ==, 2);
  g_assert_cmpuint (sums.n_disks, ==, 3);
  g_assert_cmpuint (sums.capacity_bytes, ==, 300 * GB);
  g_assert_cmpuint (sums.copy_bytes, ==, 30 * GB);
  g_assert_cmpuint (sums.storages->len, ==, 1);
  storage = g_ptr_array_index (sums.storages, 0);
  g_assert_cmpuint (ferry_storage_sum_get_left (storage), ==, 970 * GB);
  g_assert_cmpfloat (sums.longest_seconds, <=, 0);
}

/* A disk that stays behind counts nowhere; one that is preallocated with its size. */
static void
test_choices (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryDestinationFacts) destination = make_destination ();
  FerryReviewFacts facts = { .destination = destination };
  g_auto (FerryReviewSums) sums = { 0 };
  const FerryStorageSum *storage;

  ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, 0), 0)->included = FALSE;
  ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, 0), 1)->allocation =
      FERRY_ALLOCATION_PREALLOCATED;
  ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, 1), 0)->storage = g_strdup ("elsewhere");
  ferry_review_sums_init (&sums, plan, &facts);
  g_assert_cmpuint (sums.n_disks, ==, 2);
  g_assert_cmpuint (sums.copy_bytes, ==, 20 * GB);
  g_assert_cmpuint (sums.storages->len, ==, 2);
  storage = g_ptr_array_index (sums.storages, 0);
  g_assert_cmpstr (storage->name, ==, "images");
  g_assert_cmpuint (storage->needed_bytes, ==, 100 * GB);
  storage = g_ptr_array_index (sums.storages, 1);
  g_assert_cmpstr (storage->name, ==, "elsewhere");
  g_assert_cmpuint (ferry_storage_sum_get_left (storage), ==, G_MAXUINT64);
}

static void
test_folder (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryDestinationFacts) destination = make_destination ();
  FerryReviewFacts facts = { .destination = destination };
  g_auto (FerryReviewSums) sums = { 0 };
  FerryStorageSum *storage;

  ferry_plan_set_folder_destination (plan, "/srv/vms");
  ferry_review_sums_init (&sums, plan, &facts);
  g_assert_cmpuint (sums.storages->len, ==, 1);
  storage = g_ptr_array_index (sums.storages, 0);
  g_assert_cmpuint (storage->free_bytes, ==, 1000 * GB);
  /* It does not fit: nothing is left, not a number beyond all bounds. */
  storage->free_bytes = GB;
  g_assert_cmpuint (ferry_storage_sum_get_left (storage), ==, 0);
}

static void
test_time (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryHostFacts) host = ferry_host_facts_new ();
  FerryRates rates = { { 100, 10 }, 100e6, 100e6, 3 };
  FerryReviewFacts facts = { .host = host, .rates = &rates, .concurrency = 1 };
  g_auto (FerryReviewSums) one = { 0 };
  g_auto (FerryReviewSums) two = { 0 };
  g_auto (FerryReviewSums) guess = { 0 };

  host->kvm = FERRY_KVM_ABSENT;
  ferry_review_sums_init (&one, plan, &facts);
  /* 20 GB and 10 GB at 100 MB/s, and each converted in 100 s; some seconds for the rest */
  g_assert_cmpfloat_with_epsilon (one.shortest_seconds, 500 * 0.8, 10);
  g_assert_cmpfloat_with_epsilon (one.longest_seconds, 500 * 1.3, 10);

  /* Two at once: at best as long as the longer one, at worst the copies share one disk. */
  facts.concurrency = 2;
  ferry_review_sums_init (&two, plan, &facts);
  g_assert_cmpfloat_with_epsilon (two.shortest_seconds, 300 * 0.8, 10);
  g_assert_cmpfloat_with_epsilon (two.longest_seconds, 400 * 1.3, 10);

  rates.samples = 0;
  ferry_review_sums_init (&guess, plan, &facts);
  g_assert_cmpfloat (guess.shortest_seconds, <, two.shortest_seconds);
  g_assert_cmpfloat (guess.longest_seconds, >, two.longest_seconds);
}

static void
test_rates (void)
{
  FerryRates rates = { { 100, 10 }, 85e6, 100e6, 0 };
  g_autofree char *guess = ferry_review_describe_rates (&rates, 2);
  g_autofree char *measured = NULL;

  g_assert_cmpstr (guess, ==, "a first guess, at 85.0 MB/s, 2 at a time");
  rates.samples = 4;
  measured = ferry_review_describe_rates (&rates, 1);
  g_assert_cmpstr (measured, ==, "at 85.0 MB/s, as measured here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/review-sums/bytes", test_bytes);
  g_test_add_func ("/review-sums/choices", test_choices);
  g_test_add_func ("/review-sums/folder", test_folder);
  g_test_add_func ("/review-sums/time", test_time);
  g_test_add_func ("/review-sums/rates", test_rates);

  return g_test_run ();
}
