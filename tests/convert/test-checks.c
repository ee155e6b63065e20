/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "checks-world.h"

/* The plan as a whole, the conversion host and the destination. */

/* --- the host --- */

static void
no_virt_v2v (World *world)
{
  set (&world->host->virt_v2v_version, NULL);
}

static void
no_libvirtxml (World *world)
{
  set_names (&world->host->words, "virt-v2v output:libvirt");
}

static void
no_output_libvirt (World *world)
{
  set_names (&world->host->words, "virt-v2v input:libvirtxml output:local");
}

static void
tmp_unusable (World *world)
{
  set (&world->host->tmp_problem, "There are eels in ‘/var/tmp’.");
}

/* virt-v2v 2.8 and newer call it so. */
static void
output_disk_for_folder (World *world)
{
  set_names (&world->host->words, "virt-v2v input:libvirtxml output:disk");
  use_folder (world);
}

static void
output_local_for_folder (World *world)
{
  no_output_libvirt (world);
  use_folder (world);
}

static void
no_words (World *world)
{
  g_strfreev (world->host->words);
  world->host->words = g_new0 (char *, 1);
}

static void
no_nbdkit (World *world)
{
  world->host->has_nbdkit = FALSE;
}

static void
no_nbdcopy (World *world)
{
  world->host->has_nbdcopy = FALSE;
}

static void
no_qemu_img (World *world)
{
  world->host->has_qemu_img = FALSE;
}

static void
no_kernel (World *world)
{
  world->host->has_kernel = FALSE;
}

static void
kvm_absent (World *world)
{
  world->host->kvm = FERRY_KVM_ABSENT;
}

static void
kvm_broken (World *world)
{
  world->host->kvm = FERRY_KVM_BROKEN;
}

static void
little_tmp (World *world)
{
  world->host->tmp_free_bytes = GIB - 1;
}

static void
enough_tmp (World *world)
{
  world->host->tmp_free_bytes = GIB;
}

static void
little_cache (World *world)
{
  world->host->cache_free_bytes = GIB - 1;
}

/* One folder for both is told of once. */
static void
little_in_one_folder (World *world)
{
  little_tmp (world);
  little_cache (world);
  set (&world->host->cache_dir, "/var/tmp");
}

static void
much_to_unpack (World *world)
{
  world->work_bytes[1] = 4 * GIB + 1;
}

static void
enough_to_unpack (World *world)
{
  world->work_bytes[1] = 4 * GIB;
}

/* 5 GiB are free. */
static void
tmp_promised (World *world)
{
  world->host->tmp_promised_bytes = 4 * GIB + 1;
}

static void
enough_beside_promised (World *world)
{
  world->host->tmp_promised_bytes = 4 * GIB;
}

static void
much_to_unpack_with_promised (World *world)
{
  enough_to_unpack (world);
  world->host->tmp_promised_bytes = 1;
}

/* --- the destination --- */

static void
folder_missing (World *world)
{
  use_folder (world);
  make_unusable (world, FERRY_ERROR_NOT_FOUND);
}

static void
folder_forbidden (World *world)
{
  use_folder (world);
  make_unusable (world, FERRY_ERROR_PERMISSION);
}

static void
folder_is_a_file (World *world)
{
  use_folder (world);
  make_unusable (world, FERRY_ERROR_INVALID);
}

static void
pool_unusable (World *world)
{
  make_unusable (world, FERRY_ERROR_PERMISSION);
}

static void
pool_not_chosen (World *world)
{
  ferry_plan_set_libvirt_destination (world->plan, "qemu:///system", NULL);
}

static void
pool_unknown (World *world)
{
  ferry_plan_set_libvirt_destination (world->plan, "qemu:///system", "image");
}

static void
destination_without_kvm (World *world)
{
  world->destination->has_kvm = FALSE;
}

/* Both guests use 2 GiB. */
static void
space_lacking (World *world)
{
  storage (world)->free_bytes = 4 * GIB - 1;
}

static void
space_sufficient (World *world)
{
  storage (world)->free_bytes = 4 * GIB;
}

static void
space_lacking_preallocated (World *world)
{
  storage (world)->free_bytes = 12 * GIB - 1;
  mail (world)->allocation = FERRY_ALLOCATION_PREALLOCATED;
}

/* What others will take is not there, though it is free. */
static void
space_promised (World *world)
{
  storage (world)->free_bytes = 10 * GIB;
  storage (world)->promised_bytes = 6 * GIB + 1;
}

static void
space_promised_all (World *world)
{
  storage (world)->promised_bytes = G_MAXUINT64;
}

static void
space_left_by_promises (World *world)
{
  storage (world)->free_bytes = 10 * GIB;
  storage (world)->promised_bytes = 6 * GIB;
}

static void
space_unsure_with_promises (World *world)
{
  storage (world)->free_bytes = 13 * GIB;
  storage (world)->promised_bytes = GIB + 1;
  disk (world)->used_bytes = -1;
}

static void
space_sufficient_preallocated (World *world)
{
  storage (world)->free_bytes = 12 * GIB;
  mail (world)->allocation = FERRY_ALLOCATION_PREALLOCATED;
}

static void
space_shared_with_unpacking (World *world)
{
  storage (world)->free_bytes = 7 * GIB - 1;
  world->work_bytes[0] = 3 * GIB;
  world->shares_disk = TRUE;
}

static void
space_not_shared_with_unpacking (World *world)
{
  space_shared_with_unpacking (world);
  world->shares_disk = FALSE;
}

static void
space_huge (World *world)
{
  disk (world)->used_bytes = G_MAXINT64;
  ((FerryDisk *) ferry_guest_get_disk (ferry_plan_get_guest (world->plan, 0)->source, 0))
      ->used_bytes = G_MAXINT64;
}

static void
space_full (World *world)
{
  storage (world)->free_bytes = 0;
  for (guint i = 0; i < 2; i++)
    ((FerryDisk *) ferry_guest_get_disk (ferry_plan_get_guest (world->plan, i)->source, 0))
        ->used_bytes = -1;
}

/* Of the second disk only its 10 GiB are known. */
static void
space_unsure (World *world)
{
  storage (world)->free_bytes = 12 * GIB - 1;
  disk (world)->used_bytes = -1;
}

static void
space_not_unsure (World *world)
{
  storage (world)->free_bytes = 12 * GIB;
  disk (world)->used_bytes = -1;
}

static void
space_free_unknown (World *world)
{
  space_lacking (world);
  storage (world)->free_bytes = G_MAXUINT64;
}

static void
size_unknown (World *world)
{
  disk (world)->used_bytes = -1;
  disk (world)->capacity_bytes = 0;
}

static void
size_known_from_data (World *world)
{
  disk (world)->capacity_bytes = 0;
}

static void
no_guests (World *world)
{
  ferry_plan_remove_guest (world->plan, "web");
  ferry_plan_remove_guest (world->plan, "mail");
}

static void
nothing_to_convert_with (World *world)
{
  set (&world->host->virt_v2v_version, NULL);
  set_names (&world->host->words, "");
  world->host->has_nbdkit = world->host->has_nbdcopy = world->host->has_kernel = FALSE;
  world->host->kvm = FERRY_KVM_ABSENT;
  world->host->tmp_free_bytes = world->host->cache_free_bytes = 1;
}

static void
from_kvm_without_tools (World *world)
{
  both_from_kvm (world);
  nothing_to_convert_with (world);
}

static void
one_from_kvm_without_tools (World *world)
{
  nothing_to_convert_with (world);
  ferry_plan_get_guest (world->plan, 0)->source->hypervisor = FERRY_HYPERVISOR_KVM;
}

static void
from_kvm_without_qemu_img (World *world)
{
  both_from_kvm (world);
  world->host->has_qemu_img = FALSE;
}

static void
from_kvm_on_virtio (World *world)
{
  FerryDisk *disk = g_ptr_array_index (ferry_plan_get_guest (world->plan, 1)->source->disks, 0);

  both_from_kvm (world);
  disk->bus = FERRY_BUS_VIRTIO;
}

static void
little_to_copy_into (World *world)
{
  both_from_kvm (world);
  world->work_bytes[1] = 2 * GIB;
  world->host->tmp_free_bytes = 2 * GIB - 1;
}

static void
enough_to_copy_into (World *world)
{
  both_from_kvm (world);
  world->work_bytes[1] = 2 * GIB;
  world->host->tmp_free_bytes = 2 * GIB;
}

/* Both pools have their own room; each guest needs 2 GiB. */
static void
two_pools (World *world)
{
  FerryStorage *second = ferry_storage_new ("fast", "dir");

  second->free_bytes = 100 * GIB;
  g_ptr_array_add (world->destination->storages, second);
  ferry_plan_guest_get_disk (mail (world), 0)->storage = g_strdup ("fast");
}

static FerryStorage *
fast (World *world)
{
  return g_ptr_array_index (world->destination->storages, 1);
}

static void
second_pool_lacks_space (World *world)
{
  two_pools (world);
  fast (world)->free_bytes = 2 * GIB - 1;
}

static void
second_pool_promised (World *world)
{
  two_pools (world);
  fast (world)->promised_bytes = 98 * GIB + 1;
}

static void
each_pool_has_room (World *world)
{
  two_pools (world);
  storage (world)->free_bytes = fast (world)->free_bytes = 2 * GIB;
}

/* On one file system, what is free is there once. */
static void
pools_share_room (World *world)
{
  each_pool_has_room (world);
  storage (world)->device = fast (world)->device = 7;
}

static void
pools_share_enough_room (World *world)
{
  pools_share_room (world);
  storage (world)->free_bytes = fast (world)->free_bytes = 4 * GIB;
}

/* Only the plan's own pool is known to share its room with the temporary folder. */
static void
unpacked_beside_second_pool (World *world)
{
  each_pool_has_room (world);
  storage (world)->free_bytes = 100 * GIB;
  world->work_bytes[0] = 3 * GIB;
  world->shares_disk = TRUE;
}

static void
disk_left_out_of_space (World *world)
{
  space_lacking (world);
  add_disk (world);
  ferry_plan_guest_get_disk (mail (world), 0)->included = FALSE;
  ferry_plan_guest_get_disk (mail (world), 1)->included = FALSE;
}

static void
disk_preallocated_by_itself (World *world)
{
  storage (world)->free_bytes = 12 * GIB - 1;
  ferry_plan_guest_get_disk (mail (world), 0)->allocation = FERRY_ALLOCATION_PREALLOCATED;
}

/* virt-v2v makes both disks in one format; the smaller one is written anew, for which its data need
 * room twice for a while. */
static void
two_formats (World *world)
{
  add_disk (world)->used_bytes = (gint64) GIB;
  ferry_plan_guest_get_disk (mail (world), 1)->format = FERRY_FORMAT_RAW;
}

static void
no_room_to_write_anew (World *world)
{
  two_formats (world);
  storage (world)->free_bytes = 6 * GIB - 1;
}

static void
room_to_write_anew (World *world)
{
  two_formats (world);
  storage (world)->free_bytes = 6 * GIB;
}

static void
block_driver (World *world)
{
  set (&world->plan->block_driver, "virtio-scsi");
}

static void
block_driver_without_word (World *world)
{
  block_driver (world);
  set_names (&world->host->words, "virt-v2v input:libvirtxml output:libvirt");
}

static void
no_block_driver_without_word (World *world)
{
  set_names (&world->host->words, "virt-v2v input:libvirtxml output:libvirt");
}

static void
clock_behind (World *world)
{
  world->host->behind_seconds = 3 * 60 + 59;
}

static void
clock_behind_and_copied (World *world)
{
  clock_behind (world);
  both_from_kvm (world);
}

static const Found found[] = {
  { "plan.no-guests", BLOCKER, FALSE, no_guests, "Choose" },
  { "host.no-virt-v2v", BLOCKER, FALSE, no_virt_v2v, "package virt-v2v" },
  { "host.virt-v2v-unsuitable", BLOCKER, FALSE, no_libvirtxml, "2.2.0" },
  { "host.virt-v2v-unsuitable", BLOCKER, FALSE, no_output_libvirt, "2.2.0" },
  { "host.no-nbdkit", BLOCKER, FALSE, no_nbdkit, "package nbdkit" },
  { "host.no-nbdcopy", BLOCKER, FALSE, no_nbdcopy, "libnbd-bin" },
  { "host.no-qemu-img", BLOCKER, FALSE, no_qemu_img, "qemu-utils" },
  { "host.no-kernel", BLOCKER, FALSE, no_kernel, "linux-image" },
  { "host.kvm-unusable", NOTE, FALSE, kvm_absent, "about 1 minute" },
  { "host.kvm-unusable", NOTE, FALSE, kvm_broken, "about 1 minute" },
  { "host.tmp-unusable", BLOCKER, FALSE, tmp_unusable, "eels" },
  { "host.tmp-space", BLOCKER, FALSE, little_tmp, "/var/tmp" },
  { "host.cache-space", BLOCKER, FALSE, little_cache, "/var/cache" },
  { "host.tmp-space", BLOCKER, FALSE, little_in_one_folder, "/var/tmp" },
  { "host.tmp-space", BLOCKER, FALSE, tmp_promised, "take 4.3" },
  { "host.no-qemu-img", BLOCKER, FALSE, from_kvm_without_qemu_img, "qemu-utils" },
  { "host.no-virt-v2v", BLOCKER, FALSE, one_from_kvm_without_tools, "package virt-v2v" },
  { "host.copy-space", BLOCKER, TRUE, little_to_copy_into, "2.1" },
  { "host.unpack-space", BLOCKER, TRUE, much_to_unpack, "5.4" },
  { "host.unpack-space", BLOCKER, TRUE, much_to_unpack_with_promised, "take 1 byte" },
  { "destination.folder-missing", BLOCKER, FALSE, folder_missing, "/srv/vms" },
  { "destination.not-writable", BLOCKER, FALSE, folder_forbidden, "/srv/vms" },
  { "destination.not-writable", BLOCKER, FALSE, folder_is_a_file, "eels" },
  { "destination.no-pool", BLOCKER, FALSE, pool_not_chosen, "images" },
  { "destination.no-pool", BLOCKER, FALSE, pool_unknown, "Choose one of these: images" },
  { "destination.pool-unusable", BLOCKER, FALSE, pool_unusable, "eels" },
  { "destination.no-kvm", NOTE, FALSE, destination_without_kvm, "slowly" },
  { "destination.space", BLOCKER, FALSE, space_lacking, "4.3" },
  { "destination.space", BLOCKER, FALSE, space_lacking_preallocated, "12.9" },
  { "destination.space", BLOCKER, FALSE, space_shared_with_unpacking, "7.5" },
  { "destination.space", BLOCKER, FALSE, space_promised, "Of the 10.7" },
  { "destination.space", BLOCKER, FALSE, space_promised, "take 6.4" },
  { "destination.space", BLOCKER, FALSE, space_promised, "Wait until" },
  { "destination.space", BLOCKER, FALSE, space_promised_all, "0 bytes" },
  { "destination.space", BLOCKER, FALSE, space_huge, "107.4" },
  { "destination.space", BLOCKER, FALSE, space_full, "images" },
  { "destination.space", BLOCKER, FALSE, second_pool_lacks_space, "‘fast’" },
  { "destination.space", BLOCKER, FALSE, second_pool_promised, "‘fast’" },
  { "destination.space", BLOCKER, FALSE, pools_share_room, "‘images’" },
  { "destination.space", BLOCKER, FALSE, disk_preallocated_by_itself, "12.9" },
  { "destination.space", BLOCKER, FALSE, no_room_to_write_anew, "6.4" },
  { "host.no-block-driver", BLOCKER, FALSE, block_driver_without_word, "virtio-scsi" },
  { "host.clock-behind", WARNING, FALSE, clock_behind, "3 minutes" },
  { "host.clock-behind", WARNING, FALSE, clock_behind_and_copied, "3 minutes" },
  { "destination.space-unsure", WARNING, FALSE, space_unsure, "12.9" },
  { "destination.space-unsure", WARNING, FALSE, space_unsure_with_promises, "take 1.1" },
  { "destination.space-growth", NOTE, FALSE, space_sufficient, "21.5" },
  { "destination.space-unknown", WARNING, FALSE, size_unknown, "1 disk" },
  { "disk.no-capacity", WARNING, TRUE, size_unknown, "Hard disk 1" },
};

static const NotFound not_found[] = {
  { "host.no-virt-v2v", from_kvm_without_tools },
  { "host.virt-v2v-unsuitable", from_kvm_without_tools },
  { "host.no-nbdkit", from_kvm_without_tools },
  { "host.no-nbdcopy", from_kvm_without_tools },
  { "host.no-kernel", from_kvm_without_tools },
  { "host.kvm-unusable", from_kvm_without_tools },
  { "host.tmp-space", from_kvm_without_tools },
  { "host.cache-space", from_kvm_without_tools },
  { "host.copy-space", enough_to_copy_into },
  { "host.copy-space", much_to_unpack },
  { "host.unpack-space", little_to_copy_into },
  { "guest.already-kvm", from_kvm_on_virtio },
  { "host.virt-v2v-unsuitable", output_local_for_folder },
  { "host.virt-v2v-unsuitable", output_disk_for_folder },
  { "host.virt-v2v-unsuitable", no_words },
  { "host.virt-v2v-unsuitable", no_virt_v2v },
  { "host.tmp-space", enough_tmp },
  { "host.tmp-unusable", enough_tmp },
  { "host.cache-space", little_in_one_folder },
  { "host.tmp-space", enough_beside_promised },
  { "host.unpack-space", enough_to_unpack },
  { "destination.no-pool", use_folder },
  { "destination.pool-unusable", folder_forbidden },
  { "destination.folder-missing", folder_forbidden },
  { "destination.not-writable", folder_missing },
  { "destination.not-writable", pool_unusable },
  { "destination.space", space_sufficient },
  { "destination.space", space_left_by_promises },
  { "destination.space", space_sufficient_preallocated },
  { "destination.space", space_not_shared_with_unpacking },
  { "destination.space", space_unsure },
  { "destination.space", space_free_unknown },
  { "destination.space", each_pool_has_room },
  { "destination.space", pools_share_enough_room },
  { "destination.space", unpacked_beside_second_pool },
  { "destination.space", disk_left_out_of_space },
  { "destination.space", room_to_write_anew },
  { "host.no-block-driver", block_driver },
  { "host.no-block-driver", no_block_driver_without_word },
  { "host.clock-behind", enough_tmp },
  { "destination.space-unsure", space_not_unsure },
  { "destination.space-unsure", space_full },
  { "destination.space-growth", space_lacking },
  { "destination.space-unknown", size_known_from_data },
};

static void
test_found (void)
{
  assert_found (found, G_N_ELEMENTS (found));
}

static void
test_not_found (void)
{
  assert_not_found (not_found, G_N_ELEMENTS (not_found));
}

static void
test_documented (void)
{
  assert_documented (found, G_N_ELEMENTS (found));
}

static void
test_nothing_to_say (void)
{
  g_auto (World) world = make_world ();
  g_autoptr (GPtrArray) checks = check_world (&world);

  g_assert_cmpuint (checks->len, ==, 0);
}

/* What nobody has asked yet is not judged. */
static void
test_facts_may_be_missing (void)
{
  g_auto (World) world = make_world ();
  FerryCheckFacts nothing = { 0 };
  g_autoptr (GPtrArray) of_plan = NULL;
  g_autoptr (GPtrArray) of_guest = NULL;

  pool_unknown (&world);
  ferry_plan_network_set (&nic (&world)->network, FERRY_NETWORK_NETWORK, "wan");
  ferry_plan_guest_get_disk (mail (&world), 0)->storage = g_strdup ("nowhere");
  set (&world.plan->drivers, "/nowhere.iso");
  of_plan = ferry_checks_of_plan (world.plan, &nothing);
  of_guest = ferry_checks_of_guest (world.plan, 1, &nothing);
  g_assert_cmpuint (of_plan->len, ==, 0);
  g_assert_cmpuint (of_guest->len, ==, 0);
}

static void
test_measured_minutes (void)
{
  g_auto (World) world = make_world ();
  FerryRates rates = { .converting_seconds = { 290, 20 } };
  FerryCheckFacts facts = { .host = world.host, .rates = &rates };
  g_autoptr (GPtrArray) checks = NULL;

  kvm_broken (&world);
  checks = ferry_checks_of_plan (world.plan, &facts);
  g_assert_nonnull (strstr (must_find (checks, "host.kvm-unusable")->text, "about 5 minutes"));
}

static void
test_remedies_are_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "checks.md", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (int i = FERRY_REMEDY_NONE + 1; i <= FERRY_REMEDY_CHOOSE_SOURCE; i++)
    {
      g_autofree char *row = g_strdup_printf ("\n| `%s` |", ferry_remedy_to_word ((FerryRemedy) i));

      if (strstr (text, row) == NULL)
        g_error ("%s is not in docs/checks.md", row);
    }
}

static void
test_remedies (void)
{
  static const Remedied cases[] = {
    { "plan.no-guests", no_guests, FERRY_REMEDY_CHOOSE_GUESTS, -1 },
    { "host.no-kernel", no_kernel, FERRY_REMEDY_NONE, -1 },
    { "host.no-virt-v2v", no_virt_v2v, FERRY_REMEDY_CHOOSE_HOST, -1 },
    { "host.no-block-driver", block_driver_without_word, FERRY_REMEDY_CHOOSE_BLOCK_DRIVER, -1 },
    { "destination.no-pool", pool_unknown, FERRY_REMEDY_CHOOSE_STORAGE, -1 },
    { "destination.folder-missing", folder_missing, FERRY_REMEDY_CHOOSE_DESTINATION, -1 },
  };

  assert_remedied (cases, G_N_ELEMENTS (cases));
}

/* All at once is the same as one by one, and sorted. */
static void
test_all (void)
{
  g_auto (World) world = make_world ();
  g_autoptr (GPtrArray) one_by_one = NULL;
  g_autoptr (GPtrArray) all = NULL;
  FerryCheckFacts facts = { .host = world.host, .destination = world.destination };

  kvm_broken (&world);
  set (&mail (&world)->name, "web");
  set (&nic (&world)->mac, "52:54:00:00:00:01");
  nic (&world)->mac_kind = FERRY_MAC_FIXED;
  one_by_one = check_world (&world);
  ferry_checks_sort (one_by_one);
  all = ferry_checks_of_all (world.plan, &facts);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (one_by_one->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (((FerryCheck *) g_ptr_array_index (all, i))->id, ==,
                     ((FerryCheck *) g_ptr_array_index (one_by_one, i))->id);
  g_assert_cmpstr (((FerryCheck *) g_ptr_array_index (all, 0))->id, ==, "guest.name-duplicate");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/nothing-to-say", test_nothing_to_say);
  g_test_add_func ("/checks/found", test_found);
  g_test_add_func ("/checks/not-found", test_not_found);
  g_test_add_func ("/checks/remedies", test_remedies);
  g_test_add_func ("/checks/all", test_all);
  g_test_add_func ("/checks/facts-may-be-missing", test_facts_may_be_missing);
  g_test_add_func ("/checks/measured-minutes", test_measured_minutes);
  g_test_add_func ("/checks/documented", test_documented);
  g_test_add_func ("/checks/remedies-are-documented", test_remedies_are_documented);

  return g_test_run ();
}
