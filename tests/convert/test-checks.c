/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-checks.h"
#include "ferry-error.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* A plan of two guests about which there is nothing to say, and what is known of host and
 * destination; each row of the tables changes one thing. */
typedef struct
{
  FerryPlan *plan;
  FerryHostFacts *host;
  FerryDestinationFacts *destination;
  guint64 work_bytes[2];
  gboolean shares_disk;
} World;

static void
set (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
set_names (char ***names, const char *value)
{
  g_strfreev (*names);
  *names = g_strsplit (value, " ", -1);
}

static FerryGuest *
make_guest (const char *name, const char *mac)
{
  FerryGuest *guest = ferry_guest_new (name, name);
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");
  FerryNic *nic = ferry_nic_new ("Network adapter 1");

  guest->power = FERRY_POWER_OFF;
  guest->memory_bytes = GIB;
  guest->vcpus = 2;
  disk->file = g_strdup ("disk.vmdk");
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = 10 * GIB;
  disk->used_bytes = (gint64) (2 * GIB);
  disk->bus = FERRY_BUS_SCSI;
  g_ptr_array_add (guest->disks, disk);
  nic->mac = g_strdup (mac);
  nic->network = g_strdup ("VM Network");
  g_ptr_array_add (guest->nics, nic);

  return guest;
}

static FerryHostFacts *
make_host (void)
{
  FerryHostFacts *host = ferry_host_facts_new ();

  set (&host->user, "ana");
  set (&host->virt_v2v_version, "2.2.0");
  set_names (&host->words, "virt-v2v input:libvirtxml output:local output:libvirt");
  host->has_nbdkit = host->has_nbdcopy = host->has_qemu_img = host->has_kernel = TRUE;
  host->kvm = FERRY_KVM_WORKS;
  set (&host->tmp_dir, "/var/tmp");
  host->tmp_free_bytes = 5 * GIB;
  set (&host->cache_dir, "/var/cache");
  host->cache_free_bytes = 5 * GIB;

  return host;
}

static FerryDestinationFacts *
make_destination (void)
{
  FerryDestinationFacts *destination = ferry_destination_facts_new ();
  FerryStorage *storage = ferry_storage_new ("images", "dir");

  storage->free_bytes = 100 * GIB;
  g_ptr_array_add (destination->storages, storage);
  set_names (&destination->networks, "default lan");
  set_names (&destination->bridges, "br0");
  set_names (&destination->guest_names, "old");
  destination->has_kvm = TRUE;

  return destination;
}

static World
make_world (void)
{
  World world = { ferry_plan_new (), make_host (), make_destination (), { 0, 0 }, FALSE };
  FerryPlanNetwork network = { 0 };
  g_autoptr (FerryGuest) web = make_guest ("web", "52:54:00:00:00:01");
  g_autoptr (FerryGuest) mail = make_guest ("mail", "52:54:00:00:00:02");

  ferry_plan_set_ova_source (world.plan, "/srv/ova");
  ferry_plan_set_libvirt_destination (world.plan, "qemu:///system", "images");
  ferry_plan_network_set (&network, FERRY_NETWORK_NETWORK, "default");
  ferry_plan_set_mapping (world.plan, "*", &network);
  ferry_plan_network_clear (&network);
  ferry_plan_add_guest (world.plan, web);
  ferry_plan_add_guest (world.plan, mail);

  return world;
}

static void
world_clear (World *world)
{
  ferry_plan_free (world->plan);
  ferry_host_facts_free (world->host);
  ferry_destination_facts_free (world->destination);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static FerryPlanGuest *
mail (World *world)
{
  return ferry_plan_get_guest (world->plan, 1);
}

static FerryDisk *
disk (World *world)
{
  return g_ptr_array_index (mail (world)->source->disks, 0);
}

static FerryPlanNic *
nic (World *world)
{
  return ferry_plan_guest_get_nic (mail (world), 0);
}

static FerryStorage *
storage (World *world)
{
  return g_ptr_array_index (world->destination->storages, 0);
}

static void
use_folder (World *world)
{
  ferry_plan_set_folder_destination (world->plan, "/srv/vms");
  world->destination->any_network = TRUE;
  set (&storage (world)->name, "/srv/vms");
}

static void
make_unusable (World *world, FerryError code)
{
  storage (world)->usable = FALSE;
  storage (world)->why_code = code;
  set (&storage (world)->why_not, "It is full of eels.");
}

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
  ((FerryDisk *) ferry_guest_get_disk (ferry_plan_get_guest (world->plan, 0)->source, 0))->used_bytes
      = G_MAXINT64;
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
running_to_be_shut_down (World *world)
{
  running (world);
  mail (world)->shut_down = TRUE;
}

static void
running_without_tools (World *world)
{
  running_to_be_shut_down (world);
  mail (world)->source->hypervisor = FERRY_HYPERVISOR_VMWARE;
}

static void
paused_to_be_shut_down (World *world)
{
  mail (world)->source->power = FERRY_POWER_PAUSED;
  mail (world)->shut_down = TRUE;
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
uefi (World *world)
{
  mail (world)->firmware = FERRY_FIRMWARE_UEFI;
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
  FerryDisk *second = ferry_disk_copy (disk (world));

  qcow2 (world);
  g_ptr_array_add (mail (world)->source->disks, second);
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
no_guests (World *world)
{
  ferry_plan_remove_guest (world->plan, "web");
  ferry_plan_remove_guest (world->plan, "mail");
}

static void
reader_found (World *world)
{
  g_ptr_array_add (mail (world)->source->checks,
                   ferry_check_new ("disk.is-link", FERRY_SEVERITY_BLOCKER, "Do.", "A link."));
}

#define BLOCKER FERRY_SEVERITY_BLOCKER
#define WARNING FERRY_SEVERITY_WARNING
#define NOTE FERRY_SEVERITY_NOTE

/* What is found when one thing is changed, and whether it is about the guest "mail". */
/* Both guests are made for KVM, and keep the format of their disks. */
static void
both_from_kvm (World *world)
{
  ferry_plan_get_guest (world->plan, 0)->source->hypervisor = FERRY_HYPERVISOR_KVM;
  ferry_plan_get_guest (world->plan, 1)->source->hypervisor = FERRY_HYPERVISOR_KVM;
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

static const struct
{
  const char *id;
  FerrySeverity severity;
  gboolean of_guest;
  void (*change) (World *world);
  const char *words; /* that text and advice must have */
} found[] = {
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
  { "destination.space-unsure", WARNING, FALSE, space_unsure, "12.9" },
  { "destination.space-unsure", WARNING, FALSE, space_unsure_with_promises, "take 1.1" },
  { "destination.space-growth", NOTE, FALSE, space_sufficient, "21.5" },
  { "destination.space-unknown", WARNING, FALSE, size_unknown, "1 disk" },
  { "destination.no-network", BLOCKER, TRUE, network_unknown, "wan" },
  { "destination.no-network", BLOCKER, TRUE, network_is_a_bridge, "br0" },
  { "destination.no-bridge", WARNING, TRUE, bridge_unknown, "br1" },
  { "guest.name-invalid", BLOCKER, TRUE, name_invalid, "a/b" },
  { "guest.name-taken", BLOCKER, TRUE, name_taken, "old" },
  { "guest.name-duplicate", BLOCKER, TRUE, name_duplicate, "web" },
  { "guest.no-memory", BLOCKER, TRUE, no_memory, "Enter" },
  { "guest.no-vcpus", BLOCKER, TRUE, no_vcpus, "Enter" },
  { "guest.running", BLOCKER, TRUE, running, "Shut it down" },
  { "guest.running", WARNING, TRUE, running_to_be_shut_down, "stays off" },
  { "guest.running", BLOCKER, TRUE, running_without_tools, "VMware Tools" },
  { "guest.running", BLOCKER, TRUE, paused_to_be_shut_down, "Shut it down" },
  { "guest.running", BLOCKER, TRUE, paused, "Shut it down" },
  { "guest.running", BLOCKER, TRUE, suspended, "Shut it down" },
  { "guest.firmware-uefi", NOTE, TRUE, uefi, "ovmf" },
  { "guest.already-kvm", NOTE, TRUE, virtio, "KVM" },
  { "guest.already-kvm", NOTE, TRUE, qcow2, "KVM" },
  { "guest.not-started", NOTE, TRUE, started_in_folder, "virsh" },
  { "disk.none", BLOCKER, TRUE, no_disks, "" },
  { "disk.no-file", BLOCKER, TRUE, disk_blank, "Hard disk 1" },
  { "disk.format-unsupported", BLOCKER, TRUE, format_odd, "parallels" },
  { "disk.format-unknown", WARNING, TRUE, format_unknown, "Hard disk 1" },
  { "disk.no-capacity", WARNING, TRUE, size_unknown, "Hard disk 1" },
  { "nic.unmapped", BLOCKER, TRUE, nic_unmapped, "VM Network" },
  { "nic.mac-duplicate", WARNING, TRUE, mac_duplicate, "52:54:00:00:00:01" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_invalid, "52:54:00" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_kept_without_one, "Network adapter 1" },
  { "disk.is-link", BLOCKER, TRUE, reader_found, "A link. Do." },
};

/* What is just not so. */
static const struct
{
  const char *id;
  void (*change) (World *world);
} not_found[] = {
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
  { "destination.space-unsure", space_not_unsure },
  { "destination.space-unsure", space_full },
  { "destination.space-growth", space_lacking },
  { "destination.space-unknown", size_known_from_data },
  { "destination.no-network", network_unknown_in_folder },
  { "destination.no-bridge", bridge_known },
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

static GPtrArray *
check_world (World *world)
{
  FerryCheckFacts facts = {
    .host = world->host,
    .destination = world->destination,
    .work_bytes = world->work_bytes,
    .shares_disk = world->shares_disk,
  };
  GPtrArray *checks = ferry_checks_of_plan (world->plan, &facts);

  for (guint i = 0; i < world->plan->guests->len; i++)
    {
      g_autoptr (GPtrArray) more = ferry_checks_of_guest (world->plan, i, &facts);

      ferry_checks_append_copies (checks, more);
    }

  return checks;
}

static const FerryCheck *
find (const GPtrArray *checks, const char *id)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->id, id))
        return check;
    }

  return NULL;
}

static const FerryCheck *
must_find (const GPtrArray *checks, const char *id)
{
  const FerryCheck *check = find (checks, id);

  if (check == NULL)
    g_error ("%s is not found", id);

  return check;
}

static void
test_nothing_to_say (void)
{
  g_auto (World) world = make_world ();
  g_autoptr (GPtrArray) checks = check_world (&world);

  g_assert_cmpuint (checks->len, ==, 0);
}

static void
assert_whole_sentence (const char *text)
{
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)) || g_str_has_prefix (text, "‘") ||
                 g_str_has_prefix (text, "virt-v2v") || g_str_has_prefix (text, "nbd") ||
                 g_str_has_prefix (text, "qemu-img"));
  g_assert_true (g_str_has_suffix (text, "."));
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) checks = NULL;
      g_autofree char *all = NULL;
      const FerryCheck *check;

      g_test_message ("%u: %s", i, found[i].id);
      found[i].change (&world);
      checks = check_world (&world);
      check = must_find (checks, found[i].id);
      g_assert_cmpint (check->severity, ==, found[i].severity);
      g_assert_cmpstr (check->guest_id, ==, found[i].of_guest ? "mail" : NULL);
      assert_whole_sentence (check->text);
      assert_whole_sentence (check->advice);
      all = g_strconcat (check->text, " ", check->advice, NULL);
      if (strstr (all, found[i].words) == NULL)
        g_error ("%s: no ‘%s’ in “%s”", check->id, found[i].words, all);
    }
}

/* What can be done about it, and to which disk or network adapter. */
static void
test_remedies (void)
{
  static const struct
  {
    const char *id;
    void (*change) (World *world);
    FerryRemedy remedy;
    int part;
  } cases[] = {
    { "plan.no-guests", no_guests, FERRY_REMEDY_CHOOSE_GUESTS, -1 },
    { "host.no-kernel", no_kernel, FERRY_REMEDY_NONE, -1 },
    { "destination.no-pool", pool_unknown, FERRY_REMEDY_CHOOSE_STORAGE, -1 },
    { "guest.name-taken", name_taken, FERRY_REMEDY_RENAME, -1 },
    { "guest.no-memory", no_memory, FERRY_REMEDY_SET_MEMORY, -1 },
    { "disk.no-file", disk_blank, FERRY_REMEDY_LEAVE_OUT_DISK, 0 },
    { "nic.unmapped", nic_unmapped, FERRY_REMEDY_CHOOSE_NETWORK, 0 },
    { "nic.mac-duplicate", mac_duplicate, FERRY_REMEDY_NEW_MAC, 0 },
    { "disk.is-link", reader_found, FERRY_REMEDY_LEAVE_OUT_DISK, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) checks = NULL;
      const FerryCheck *check;

      cases[i].change (&world);
      checks = check_world (&world);
      check = must_find (checks, cases[i].id);
      g_assert_cmpint (check->remedy, ==, cases[i].remedy);
      g_assert_cmpint (check->part, ==, cases[i].part);
    }
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

static void
test_not_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_found); i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) checks = NULL;

      g_test_message ("%u: %s", i, not_found[i].id);
      not_found[i].change (&world);
      checks = check_world (&world);
      g_assert_null (find (checks, not_found[i].id));
    }
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
  network_unknown (&world);
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

/* Each id of the table is described. */
static void
test_ids_are_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "checks.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *cell = g_strdup_printf ("`%s`", found[i].id);

      if (strstr (text, cell) == NULL)
        g_error ("%s is not in docs/checks.md", found[i].id);
    }
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/nothing-to-say", test_nothing_to_say);
  g_test_add_func ("/checks/found", test_found);
  g_test_add_func ("/checks/not-found", test_not_found);
  g_test_add_func ("/checks/facts-may-be-missing", test_facts_may_be_missing);
  g_test_add_func ("/checks/measured-minutes", test_measured_minutes);
  g_test_add_func ("/checks/readers-checks-are-the-guests", test_readers_checks_are_the_guests);
  g_test_add_func ("/checks/remedies", test_remedies);
  g_test_add_func ("/checks/disk-left-out", test_disk_left_out);
  g_test_add_func ("/checks/ids-are-documented", test_ids_are_documented);
  g_test_add_func ("/checks/remedies-are-documented", test_remedies_are_documented);

  return g_test_run ();
}
