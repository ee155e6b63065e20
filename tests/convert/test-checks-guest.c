/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "checks-world.h"

/* A guest, its disks and its network adapters. */

/* --- the guest --- */

static void
name_invalid (World *world)
{
  set (&mail (world)->name, "a/b");
}

static void
name_taken (World *world)
{
  set (&mail (world)->name, "old");
}

static void
name_duplicate (World *world)
{
  set (&mail (world)->name, "web");
}

static void
no_memory (World *world)
{
  mail (world)->memory_bytes = 0;
}

/* What the source did not say was entered. */
static void
memory_entered (World *world)
{
  mail (world)->source->memory_bytes = 0;
  mail (world)->source->vcpus = 0;
}

static void
no_vcpus (World *world)
{
  mail (world)->vcpus = 0;
}

static void
running (World *world)
{
  mail (world)->source->power = FERRY_POWER_RUNNING;
}

static void
paused (World *world)
{
  mail (world)->source->power = FERRY_POWER_PAUSED;
}

static void
suspended (World *world)
{
  mail (world)->source->power = FERRY_POWER_SUSPENDED;
}

static void
power_unknown (World *world)
{
  mail (world)->source->power = FERRY_POWER_UNKNOWN;
}

static void
virtio (World *world)
{
  disk (world)->bus = FERRY_BUS_VIRTIO;
}

static void
qcow2 (World *world)
{
  set (&disk (world)->format, "qcow2");
}

static void
qcow2_and_vmdk (World *world)
{
  add_disk (world);
  qcow2 (world);
}

static void
started_in_folder (World *world)
{
  use_folder (world);
  mail (world)->start = TRUE;
}

static void
started_in_libvirt (World *world)
{
  mail (world)->start = TRUE;
}

/* --- its hardware --- */

static void
no_disks (World *world)
{
  g_ptr_array_set_size (mail (world)->source->disks, 0);
}

static void
disk_blank (World *world)
{
  set (&disk (world)->file, NULL);
  set (&disk (world)->format, NULL);
}

static void
format_odd (World *world)
{
  set (&disk (world)->format, "parallels");
}

static void
format_unknown (World *world)
{
  set (&disk (world)->format, NULL);
}

static void
format_vhdx (World *world)
{
  set (&disk (world)->format, "vhdx");
}

static void
nic_unmapped (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_UNMAPPED, NULL);
}

static void
nic_connected_to_nothing (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_NONE, NULL);
}

static void
network_unknown (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_NETWORK, "wan");
}

static void
network_unknown_in_folder (World *world)
{
  network_unknown (world);
  use_folder (world);
}

static void
network_is_a_bridge (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_NETWORK, "br0");
}

static void
bridge_unknown (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_BRIDGE, "br1");
}

static void
bridge_known (World *world)
{
  ferry_plan_network_set (&nic (world)->network, FERRY_NETWORK_BRIDGE, "br0");
}

static void
mac_duplicate (World *world)
{
  nic (world)->mac_kind = FERRY_MAC_FIXED;
  set (&nic (world)->mac, "52:54:00:00:00:01");
}

static void
mac_new (World *world)
{
  set (&((FerryNic *) ferry_guest_get_nic (mail (world)->source, 0))->mac, "52:54:00:00:00:01");
  nic (world)->mac_kind = FERRY_MAC_NEW;
}

static void
mac_invalid (World *world)
{
  nic (world)->mac_kind = FERRY_MAC_FIXED;
  set (&nic (world)->mac, "52:54:00");
}

static void
mac_kept_without_one (World *world)
{
  set (&((FerryNic *) ferry_guest_get_nic (mail (world)->source, 0))->mac, NULL);
}

static void
reader_found (World *world)
{
  g_ptr_array_add (mail (world)->source->checks,
                   ferry_check_new ("disk.is-link", FERRY_SEVERITY_BLOCKER, "Do.", "A link."));
}

static void
none_included (World *world)
{
  ferry_plan_guest_get_disk (mail (world), 0)->included = FALSE;
}

static void
boot_left_out (World *world)
{
  add_disk (world);
  none_included (world);
}

static void
chosen_boot_left_out (World *world)
{
  add_disk (world);
  mail (world)->boot_disk = 1;
  ferry_plan_guest_get_disk (mail (world), 1)->included = FALSE;
}

/* What is left out is not the one that it boots from. */
static void
boot_included (World *world)
{
  boot_left_out (world);
  mail (world)->boot_disk = 1;
}

static void
add_disks (World *world, guint n)
{
  for (guint i = 0; i < n; i++)
    add_disk (world);
}

static void
too_many_disks (World *world)
{
  add_disks (world, 255);
}

static void
as_many_disks_as_can_be (World *world)
{
  add_disks (world, 255);
  ferry_plan_guest_get_disk (mail (world), 7)->included = FALSE;
}

static void
too_many_disks_copied (World *world)
{
  too_many_disks (world);
  both_from_kvm (world);
}

static void
nvme (World *world)
{
  disk (world)->bus = FERRY_BUS_NVME;
}

static void
nvme_copied (World *world)
{
  nvme (world);
  both_from_kvm (world);
}

static void
nvme_left_out (World *world)
{
  boot_left_out (world);
  nvme (world);
}

static void
second_disk_nowhere (World *world)
{
  add_disk (world);
  ferry_plan_guest_get_disk (mail (world), 1)->storage = g_strdup ("nowhere");
}

static void
storage_unusable (World *world)
{
  make_unusable (world, FERRY_ERROR_PERMISSION);
  ferry_plan_guest_get_disk (mail (world), 0)->storage = g_strdup ("images");
}

static void
own_storage (World *world)
{
  ferry_plan_guest_get_disk (mail (world), 0)->storage = g_strdup ("images");
}

static void
nowhere_but_left_out (World *world)
{
  second_disk_nowhere (world);
  ferry_plan_guest_get_disk (mail (world), 1)->included = FALSE;
}

static void
nowhere_in_folder (World *world)
{
  second_disk_nowhere (world);
  use_folder (world);
}

static void
odd_topology (World *world)
{
  mail (world)->sockets = 3;
  mail (world)->cores = mail (world)->threads = 1;
}

static void
even_topology (World *world)
{
  mail (world)->sockets = 2;
  mail (world)->cores = mail (world)->threads = 1;
}

static void
name_in_capitals (World *world)
{
  use_folder (world);
  set (&mail (world)->name, "Web");
}

static void
name_in_capitals_is_there (World *world)
{
  use_folder (world);
  set (&mail (world)->name, "OLD");
}

static void
name_in_capitals_at_libvirt (World *world)
{
  set (&mail (world)->name, "Web");
}

static void
name_equal_in_folder (World *world)
{
  use_folder (world);
  set (&mail (world)->name, "web");
}

static const Found found[] = {
  { "destination.no-network", BLOCKER, TRUE, network_unknown, "wan" },
  { "destination.no-network", BLOCKER, TRUE, network_is_a_bridge, "br0" },
  { "destination.no-bridge", WARNING, TRUE, bridge_unknown, "br1" },
  { "guest.name-invalid", BLOCKER, TRUE, name_invalid, "a/b" },
  { "guest.name-taken", BLOCKER, TRUE, name_taken, "old" },
  { "guest.name-duplicate", BLOCKER, TRUE, name_duplicate, "web" },
  { "guest.no-memory", BLOCKER, TRUE, no_memory, "Enter" },
  { "guest.no-vcpus", BLOCKER, TRUE, no_vcpus, "Enter" },
  { "guest.running", BLOCKER, TRUE, running, "Shut it down" },
  { "guest.running", BLOCKER, TRUE, paused, "Shut it down" },
  { "guest.running", BLOCKER, TRUE, suspended, "Shut it down" },
  { "guest.name-case", NOTE, TRUE, name_in_capitals, "Web" },
  { "guest.name-case", NOTE, TRUE, name_in_capitals_is_there, "OLD" },
  { "guest.odd-topology", NOTE, TRUE, odd_topology, "3 sockets" },
  { "disk.none-included", BLOCKER, TRUE, none_included, "left out" },
  { "disk.boot-left-out", WARNING, TRUE, boot_left_out, "Hard disk 1" },
  { "disk.boot-left-out", WARNING, TRUE, chosen_boot_left_out, "Hard disk 2" },
  { "disk.too-many", BLOCKER, TRUE, too_many_disks, "256" },
  { "disk.nvme", WARNING, TRUE, nvme, "fstab" },
  { "disk.no-storage", BLOCKER, TRUE, second_disk_nowhere, "nowhere" },
  { "disk.storage-unusable", BLOCKER, TRUE, storage_unusable, "eels" },
  { "guest.already-kvm", NOTE, TRUE, virtio, "KVM" },
  { "guest.already-kvm", NOTE, TRUE, qcow2, "KVM" },
  { "guest.not-started", NOTE, TRUE, started_in_folder, "virsh" },
  { "disk.none", BLOCKER, TRUE, no_disks, "" },
  { "disk.no-file", BLOCKER, TRUE, disk_blank, "Hard disk 1" },
  { "disk.format-unsupported", BLOCKER, TRUE, format_odd, "parallels" },
  { "disk.format-unknown", WARNING, TRUE, format_unknown, "Hard disk 1" },
  { "nic.unmapped", BLOCKER, TRUE, nic_unmapped, "VM Network" },
  { "nic.mac-duplicate", WARNING, TRUE, mac_duplicate, "52:54:00:00:00:01" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_invalid, "52:54:00" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_kept_without_one, "Network adapter 1" },
  { "disk.is-link", BLOCKER, TRUE, reader_found, "A link. Do." },
};

static const NotFound not_found[] = {
  { "destination.no-network", network_unknown_in_folder },
  { "destination.no-bridge", bridge_known },
  { "guest.name-case", name_in_capitals_at_libvirt },
  { "guest.name-case", name_equal_in_folder },
  { "guest.odd-topology", even_topology },
  { "disk.none", none_included },
  { "disk.none-included", no_disks },
  { "disk.none-included", boot_left_out },
  { "disk.boot-left-out", boot_included },
  { "disk.boot-left-out", none_included },
  { "disk.too-many", as_many_disks_as_can_be },
  { "disk.too-many", too_many_disks_copied },
  { "disk.nvme", nvme_copied },
  { "disk.nvme", nvme_left_out },
  { "disk.no-storage", own_storage },
  { "disk.no-storage", nowhere_but_left_out },
  { "disk.no-storage", nowhere_in_folder },
  { "disk.storage-unusable", own_storage },
  { "guest.no-memory", memory_entered },
  { "guest.no-vcpus", memory_entered },
  { "guest.running", power_unknown },
  { "guest.already-kvm", qcow2_and_vmdk },
  { "guest.not-started", started_in_libvirt },
  { "disk.format-unsupported", format_vhdx },
  { "disk.format-unsupported", format_unknown },
  { "disk.format-unknown", disk_blank },
  { "nic.unmapped", nic_connected_to_nothing },
  { "nic.mac-duplicate", mac_new },
  { "nic.mac-invalid", mac_new },
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
test_remedies (void)
{
  static const Remedied cases[] = {
    { "guest.name-taken", name_taken, FERRY_REMEDY_RENAME, -1 },
    { "guest.no-memory", no_memory, FERRY_REMEDY_SET_MEMORY, -1 },
    { "disk.no-file", disk_blank, FERRY_REMEDY_LEAVE_OUT_DISK, 0 },
    { "disk.none-included", none_included, FERRY_REMEDY_INCLUDE_DISK, 0 },
    { "disk.boot-left-out", boot_left_out, FERRY_REMEDY_INCLUDE_DISK, 0 },
    { "disk.boot-left-out", chosen_boot_left_out, FERRY_REMEDY_INCLUDE_DISK, 1 },
    { "disk.too-many", too_many_disks, FERRY_REMEDY_LEAVE_OUT_DISK, -1 },
    { "disk.no-storage", second_disk_nowhere, FERRY_REMEDY_CHOOSE_STORAGE, 1 },
    { "nic.unmapped", nic_unmapped, FERRY_REMEDY_CHOOSE_NETWORK, 0 },
    { "nic.mac-duplicate", mac_duplicate, FERRY_REMEDY_NEW_MAC, 0 },
    { "disk.is-link", reader_found, FERRY_REMEDY_LEAVE_OUT_DISK, -1 },
  };

  assert_remedied (cases, G_N_ELEMENTS (cases));
}

/* What its reader found about a disk no longer counts when that is left out. */
static void
test_disk_left_out (void)
{
  g_auto (World) world = make_world ();
  FerryCheckFacts nothing = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  reader_found (&world);
  ((FerryCheck *) g_ptr_array_index (mail (&world)->source->checks, 0))->part = 0;
  format_odd (&world);
  disk (&world)->flags |= FERRY_DISK_ENCRYPTED;
  before = ferry_checks_of_guest (world.plan, 1, &nothing);
  g_assert_true (ferry_checks_have (before, "disk.is-link"));
  g_assert_true (ferry_checks_have (before, "disk.encrypted"));
  g_assert_true (ferry_checks_have (before, "disk.format-unsupported"));
  ferry_plan_guest_get_disk (mail (&world), 0)->included = FALSE;
  after = ferry_checks_of_guest (world.plan, 1, &nothing);
  g_assert_false (ferry_checks_have (after, "disk.is-link"));
  g_assert_false (ferry_checks_have (after, "disk.encrypted"));
  g_assert_false (ferry_checks_have (after, "disk.format-unsupported"));
}

/* A reader's check that was made for nobody, and one that says whose it is, are both this guest's. */
static void
test_readers_checks_are_the_guests (void)
{
  g_auto (World) world = make_world ();
  FerryCheckFacts nothing = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  FerryCheck *check;

  reader_found (&world);
  check = g_ptr_array_index (mail (&world)->source->checks, 0);
  check->guest_id = g_strdup ("wrong");
  checks = ferry_checks_of_guest (world.plan, 1, &nothing);
  g_assert_cmpuint (checks->len, ==, 1);
  g_assert_cmpstr (((FerryCheck *) g_ptr_array_index (checks, 0))->guest_id, ==, "mail");
  g_assert_cmpstr (check->guest_id, ==, "wrong");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-guest/found", test_found);
  g_test_add_func ("/checks-guest/not-found", test_not_found);
  g_test_add_func ("/checks-guest/remedies", test_remedies);
  g_test_add_func ("/checks-guest/disk-left-out", test_disk_left_out);
  g_test_add_func ("/checks-guest/readers-checks-are-the-guests",
                   test_readers_checks_are_the_guests);
  g_test_add_func ("/checks-guest/documented", test_documented);

  return g_test_run ();
}
