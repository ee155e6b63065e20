/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard-text.h"

#include "ferry-plan-commands.h"

#include <string.h>

#define GIB (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;
  g_auto (GStrv) words = owned != NULL ? g_strsplit (owned, "\302\240", -1) : NULL;
  /* g_format_size() has no-break spaces. */
  g_autofree char *plain = words != NULL ? g_strjoinv (" ", words) : NULL;

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_sizes (void)
{
  assert_text (ferry_text_memory (0), "Unknown");
  assert_text (ferry_text_memory (512 * 1024 * 1024), "512 MiB");
  assert_text (ferry_text_memory (GIB), "1 GiB");
  assert_text (ferry_text_memory (GIB + GIB / 2), "1.5 GiB");
  assert_text (ferry_text_size (0), "Unknown");
  assert_text (ferry_text_size (G_MAXUINT64), "Unknown");
  assert_text (ferry_text_size (80000000000), "80.0 GB");
  assert_text (ferry_text_free (G_MAXUINT64, 1), "Free space unknown");
  assert_text (ferry_text_free (1000000, G_MAXUINT64), "1.0 MB free");
  assert_text (ferry_text_free (0, 2000000), "0 bytes free of 2.0 MB");
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 shortest;
    gint64 longest;
    const char *text;
  } cases[] = {
    { 0, 0, "1 min" },
    { 10, 60, "1 min" },
    { 20, 61, "1 – 2 min" },
    { 180, 300, "3 – 5 min" },
    { 300, 300, "5 min" },
    { 3000, 7800, "50 min – 2 h 10 min" },
    { 4200, 6600, "1 h 10 min – 1 h 50 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (ferry_text_duration_range (cases[i].shortest, cases[i].longest), cases[i].text);
}

static void
test_networks (void)
{
  FerryPlanNetwork network = { .kind = FERRY_NETWORK_UNMAPPED };
  g_autoptr (FerryNic) nic = ferry_nic_new ("NIC 1");
  FerryPlanNic planned = {
    .network = { .kind = FERRY_NETWORK_BRIDGE, .name = (char *) "br0" },
    .connected = TRUE,
  };

  assert_text (ferry_text_network (&network), "Not chosen yet");
  network.kind = FERRY_NETWORK_NONE;
  assert_text (ferry_text_network (&network), "Not connected");
  assert_text (ferry_text_nic_facts (nic, &planned), "No network name → Bridge br0");
  nic->network = g_strdup ("VM Network");
  assert_text (ferry_text_nic_facts (nic, &planned), "VM Network → Bridge br0");
  planned.model = (char *) "virtio";
  planned.connected = FALSE;
  assert_text (ferry_text_nic_facts (nic, &planned),
               "VM Network → Bridge br0 · VirtIO · cable unplugged");
  g_assert_cmpstr (ferry_text_model ("vmxnet3"), ==, "VMXNET3");
  g_assert_cmpstr (ferry_text_model ("odd"), ==, "odd");
  g_assert_cmpstr (ferry_text_model (NULL), ==, "Unknown");
}

static FerryGuest *
new_guest (void)
{
  FerryGuest *guest = ferry_guest_new ("1", "web");
  FerryDisk *disk = ferry_disk_new ("sda");
  FerryNic *nic = ferry_nic_new ("NIC 1");

  disk->capacity_bytes = 80000000000;
  disk->used_bytes = 20000000000;
  nic->network = g_strdup ("VM Network");
  g_ptr_array_add (guest->disks, disk);
  g_ptr_array_add (guest->nics, nic);

  return guest;
}

static void
test_guest (void)
{
  g_autoptr (FerryGuest) guest = new_guest ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  FerryPlanGuest *planned = ferry_plan_add_guest (plan, guest);

  assert_text (ferry_text_guest_facts (planned), "");
  assert_text (ferry_text_guest_plan (planned), "1 disk · Not chosen yet");
  assert_text (ferry_text_guest_state (guest), "80.0 GB");
  g_assert_cmpstr (ferry_text_system (guest), ==, "Unknown");

  guest->os = g_strdup ("Debian 12");
  guest->power = FERRY_POWER_OFF;
  planned->source->os = g_strdup ("Debian 12");
  planned->memory_bytes = 16 * GIB;
  planned->vcpus = 1;
  planned->firmware = FERRY_FIRMWARE_UEFI;
  planned->start = TRUE;
  assert_text (ferry_text_guest_facts (planned), "Debian 12 · 16 GiB memory · 1 CPU · UEFI");
  assert_text (ferry_text_guest_plan (planned), "1 disk · Not chosen yet · starts after import");
  assert_text (ferry_text_guest_state (guest), "Off · Debian 12 · 80.0 GB");
}

static void
test_capacity (void)
{
  g_autoptr (FerryGuest) guest = new_guest ();
  g_autoptr (FerryGuest) diskless = ferry_guest_new ("1", "pxe");

  assert_text (ferry_text_capacity (guest), "80.0 GB");
  /* Only its name was read. */
  assert_text (ferry_text_capacity (diskless), "Unknown");
  diskless->memory_bytes = GIB;
  assert_text (ferry_text_capacity (diskless), "No disk");
}

static void
test_why_not (void)
{
  g_autoptr (FerryGuest) guest = new_guest ();
  g_autofree char *running = NULL;

  g_assert_null (ferry_text_why_not (guest));
  guest->power = FERRY_POWER_RUNNING;
  running = ferry_text_why_not (guest);
  g_assert_true (g_str_has_prefix (running, "It is running."));

  /* What its reader found says more. */
  g_ptr_array_add (guest->checks, ferry_check_new ("ovf.broken", FERRY_SEVERITY_BLOCKER, "",
                                                   "The description is cut off."));
  assert_text (ferry_text_why_not (guest), "The description is cut off.");
}

static void
test_checks (void)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();

  g_assert_cmpint (ferry_text_worst (NULL), ==, 0);
  g_assert_cmpint (ferry_text_worst (checks), ==, 0);
  g_ptr_array_add (checks, ferry_check_new ("a.b", FERRY_SEVERITY_NOTE, "", "x"));
  g_ptr_array_add (checks, ferry_check_new ("a.c", FERRY_SEVERITY_WARNING, "", "y"));
  g_assert_cmpint (ferry_text_worst (checks), ==, FERRY_SEVERITY_WARNING);
}

static void
test_abilities (void)
{
  g_autoptr (FerryHostFacts) facts = ferry_host_facts_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) all = NULL;

  facts->kvm = FERRY_KVM_ABSENT;
  none = ferry_text_abilities (facts);
  for (guint i = 0; i < none->len; i++)
    {
      const FerryAbility *ability = g_ptr_array_index (none, i);

      g_assert_false (ability->able);
      g_assert_nonnull (ability->advice);
    }

  facts->virt_v2v_version = g_strdup ("2.2.0");
  facts->has_nbdkit = facts->has_nbdcopy = facts->has_qemu_img = facts->has_kernel = TRUE;
  facts->kvm = FERRY_KVM_WORKS;
  facts->tmp_free_bytes = 2 * GIB;
  all = ferry_text_abilities (facts);
  g_assert_cmpuint (all->len, ==, none->len);
  for (guint i = 0; i < all->len; i++)
    g_assert_true (((FerryAbility *) g_ptr_array_index (all, i))->able);
  g_assert_cmpstr (((FerryAbility *) g_ptr_array_index (all, 0))->text, ==, "virt-v2v 2.2.0");
}

static void
test_commands (void)
{
  g_autoptr (FerryGuest) guest = new_guest ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *copied = NULL;

  ferry_plan_set_libvirt_destination (plan, "qemu:///session", "pool one");
  none = ferry_plan_commands_to_text (plan, NULL);
  g_assert_cmpstr (none, ==, "");

  ferry_plan_add_guest (plan, guest);
  one = ferry_plan_commands_to_text (plan, NULL);
  g_test_message ("%s", one);
  g_assert_nonnull (strstr (one, "virt-v2v"));
  g_assert_nonnull (strstr (one, "web.xml"));
  g_assert_nonnull (strstr (one, "qemu:///session"));
  g_assert_nonnull (strstr (one, "'pool one'"));
  g_assert_null (strstr (one, "machine-readable"));
  g_assert_null (strstr (one, "TMPDIR= "));
  g_assert_nonnull (strstr (one, "ferryctl import"));
  g_assert_true (g_str_has_suffix (one, "\n"));

  /* What is chosen for all guests, and disks in another pool. */
  plan->drivers = g_strdup ("/srv/virtio-win.iso");
  for (guint i = 0; i < guest->disks->len; i++)
    ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, 0), i)->storage = g_strdup ("ssd");
  chosen = ferry_plan_commands_to_text (plan, NULL);
  g_assert_nonnull (strstr (chosen, "VIRTIO_WIN=/srv/virtio-win.iso"));
  if (guest->disks->len > 0)
    g_assert_nonnull (strstr (chosen, "-os ssd"));

  /* Made for KVM: virt-v2v has no part in it. */
  ferry_plan_get_guest (plan, 0)->source->hypervisor = FERRY_HYPERVISOR_KVM;
  copied = ferry_plan_commands_to_text (plan, NULL);
  g_assert_null (strstr (copied, "web.xml"));
  g_assert_nonnull (strstr (copied, "‘web’ is made for KVM"));
}

static void
test_inside (void)
{
  g_autoptr (FerryInspection) inside = ferry_inspection_new ();
  FerryRoot *root = ferry_root_new ("/dev/sda2");
  g_autofree char *nothing = ferry_text_inside (inside);
  g_autofree char *text = NULL;

  g_assert_cmpstr (nothing, ==, "No operating system was found.");
  root->name = g_strdup ("Windows Server 2019");
  root->hibernated = TRUE;
  g_ptr_array_add (inside->roots, root);
  g_ptr_array_add (inside->roots, ferry_root_new ("/dev/sdb1"));
  ferry_inspection_add_encrypted (inside, "/dev/sda3");
  text = ferry_text_inside (inside);
  g_assert_cmpstr (text, ==,
                   "Windows Server 2019 on /dev/sda2, asleep · An operating system on /dev/sdb1 · "
                   "/dev/sda3 is encrypted");
}

static void
test_passed (void)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autofree char *all = ferry_text_passed (NULL);
  g_autofree char *some = NULL;

  g_assert_cmpstr (all, ==,
                   "Passed: name, power state, memory and CPUs, disks, network adapters, "
                   "snapshots, "
                   "firmware");
  g_ptr_array_add (checks, ferry_check_new ("disk.none", FERRY_SEVERITY_BLOCKER, "", "None."));
  g_ptr_array_add (checks, ferry_check_new ("guest.tpm", FERRY_SEVERITY_NOTE, "", "One."));
  some = ferry_text_passed (checks);
  g_assert_cmpstr (some, ==,
                   "Passed: name, power state, memory and CPUs, network adapters, snapshots");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wizard-text/sizes", test_sizes);
  g_test_add_func ("/wizard-text/durations", test_durations);
  g_test_add_func ("/wizard-text/networks", test_networks);
  g_test_add_func ("/wizard-text/guest", test_guest);
  g_test_add_func ("/wizard-text/capacity", test_capacity);
  g_test_add_func ("/wizard-text/why-not", test_why_not);
  g_test_add_func ("/wizard-text/checks", test_checks);
  g_test_add_func ("/wizard-text/abilities", test_abilities);
  g_test_add_func ("/wizard-text/passed", test_passed);
  g_test_add_func ("/wizard-text/inside", test_inside);
  g_test_add_func ("/wizard-text/commands", test_commands);

  return g_test_run ();
}
