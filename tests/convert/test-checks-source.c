/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * What a hypervisor says of its guests becomes checks; each of them is found, and each is not found
 * where nothing is wrong. */
#include "config.h"

#include "ferry-checks.h"

#include <string.h>

typedef struct
{
  FerryPlan *plan;
  FerryHostFacts *host;
} World;

static World
make_world (void)
{
  static const char *const plugins[] = { "curl", "ssh", NULL };
  World world = { ferry_plan_new (), ferry_host_facts_new () };
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (FerryGuest) guest = ferry_guest_new ("vm-1", "web");
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&source.host, "vc.example.com");
  ferry_plan_set_source (world.plan, &source);
  ferry_plan_set_folder_destination (world.plan, "/srv");
  world.host->has_nbdkit = TRUE;
  g_strfreev (world.host->nbdkit_plugins);
  world.host->nbdkit_plugins = g_strdupv ((char **) plugins);

  disk->file = g_strdup ("[ds] web/web.vmdk");
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = 1;
  g_ptr_array_add (guest->disks, disk);
  guest->hypervisor = FERRY_HYPERVISOR_VMWARE;
  guest->power = FERRY_POWER_OFF;
  guest->memory_bytes = 1;
  guest->vcpus = 1;
  guest->n_snapshots = 0;
  guest->secure_boot = FERRY_TRUTH_NO;
  guest->tpm = FERRY_TRUTH_NO;
  ferry_plan_add_guest (world.plan, guest);

  return world;
}

static void
world_clear (World *world)
{
  ferry_plan_free (world->plan);
  ferry_host_facts_free (world->host);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static FerryGuest *
guest (World *world)
{
  return ferry_plan_get_guest (world->plan, 0)->source;
}

static void
flag (World *world, FerryDiskFlags flag)
{
  ((FerryDisk *) g_ptr_array_index (guest (world)->disks, 0))->flags |= flag;
}

static void
use_vddk (World *world)
{
  world->plan->source.transport = FERRY_TRANSPORT_VDDK;
  ferry_plan_source_set (&world->plan->source.vddk_dir, "/opt/vddk");
}

static void
snapshots (World *world)
{
  guest (world)->n_snapshots = 2;
}

static void
snapshots_unknown (World *world)
{
  guest (world)->n_snapshots = -1;
}

static void
secure_boot (World *world)
{
  guest (world)->secure_boot = FERRY_TRUTH_YES;
}

static void
secure_boot_unknown (World *world)
{
  guest (world)->secure_boot = FERRY_TRUTH_UNKNOWN;
}

static void
tpm (World *world)
{
  guest (world)->tpm = FERRY_TRUTH_YES;
}

static void
tpm_unknown (World *world)
{
  guest (world)->tpm = FERRY_TRUTH_UNKNOWN;
}

static void
rdm (World *world)
{
  flag (world, FERRY_DISK_RDM);
}

static void
rdm_by_vddk (World *world)
{
  rdm (world);
  use_vddk (world);
}

static void
independent (World *world)
{
  flag (world, FERRY_DISK_INDEPENDENT);
}

static void
shared (World *world)
{
  flag (world, FERRY_DISK_SHARED);
}

static void
encrypted (World *world)
{
  flag (world, FERRY_DISK_ENCRYPTED);
}

static void
network (World *world)
{
  flag (world, FERRY_DISK_NETWORK);
}

static void
parent (World *world)
{
  flag (world, FERRY_DISK_HAS_PARENT);
}

static void
parent_by_vddk (World *world)
{
  parent (world);
  use_vddk (world);
}

static void
unverified (World *world)
{
  world->plan->source.verify = FALSE;
}

static void
vddk_without_folder (World *world)
{
  world->plan->source.transport = FERRY_TRANSPORT_VDDK;
}

static void
nfc (World *world)
{
  world->plan->source.transport = FERRY_TRANSPORT_NFC;
}

static void
by_ssh (World *world)
{
  world->plan->source.transport = FERRY_TRANSPORT_SSH;
}

static void
no_nbdkit (World *world)
{
  world->host->has_nbdkit = FALSE;
  g_strfreev (world->host->nbdkit_plugins);
  world->host->nbdkit_plugins = g_new0 (char *, 1);
}

/* With VMware Tools, so that it can be shut down from outside. */
static void
running (World *world)
{
  guest (world)->power = FERRY_POWER_RUNNING;
  guest (world)->tools = FERRY_TRUTH_YES;
}

static void
running_allowed (World *world)
{
  running (world);
  ferry_plan_get_guest (world->plan, 0)->shut_down = TRUE;
}

static void
running_without_tools (World *world)
{
  running_allowed (world);
  guest (world)->tools = FERRY_TRUTH_NO;
}

static void
running_tools_unknown (World *world)
{
  running_allowed (world);
  guest (world)->tools = FERRY_TRUTH_UNKNOWN;
}

static void
paused (World *world)
{
  running_allowed (world);
  guest (world)->power = FERRY_POWER_PAUSED;
}

static void
from_libvirt (World *world)
{
  g_auto (FerryPlanSource) source = { 0 };

  ferry_plan_source_init (&source, FERRY_SOURCE_LIBVIRT);
  ferry_plan_source_set (&source.uri, "qemu+ssh://kvm.example.com/system");
  ferry_plan_set_source (world->plan, &source);
  guest (world)->hypervisor = FERRY_HYPERVISOR_KVM;
}

/* libvirt has ACPI, whatever is known of what runs in the guest. */
static void
running_in_libvirt (World *world)
{
  running_tools_unknown (world);
  ferry_plan_get_guest (world->plan, 0)->shut_down = FALSE;
  from_libvirt (world);
}

static void
running_allowed_in_libvirt (World *world)
{
  running_tools_unknown (world);
  from_libvirt (world);
}

static void
off_and_allowed (World *world)
{
  running_without_tools (world);
  guest (world)->power = FERRY_POWER_OFF;
}

static const struct
{
  const char *id;
  FerrySeverity severity;
  void (*change) (World *world);
  const char *words;
} found[] = {
  { "guest.running", FERRY_SEVERITY_BLOCKER, running, "Shut it down" },
  { "guest.running", FERRY_SEVERITY_BLOCKER, running_in_libvirt, "Shut it down" },
  { "guest.running", FERRY_SEVERITY_BLOCKER, paused, "paused" },
  { "guest.running", FERRY_SEVERITY_WARNING, running_allowed, "stays off" },
  { "guest.running", FERRY_SEVERITY_WARNING, running_allowed_in_libvirt, "stays off" },
  { "guest.running", FERRY_SEVERITY_BLOCKER, running_without_tools, "VMware Tools" },
  { "guest.running", FERRY_SEVERITY_BLOCKER, running_tools_unknown, "VMware Tools" },
  { "guest.snapshots", FERRY_SEVERITY_WARNING, snapshots, "2 snapshots" },
  { "guest.secure-boot", FERRY_SEVERITY_WARNING, secure_boot, "keys" },
  { "guest.tpm", FERRY_SEVERITY_WARNING, tpm, "BitLocker" },
  { "disk.rdm", FERRY_SEVERITY_BLOCKER, rdm, "VDDK" },
  { "disk.rdm", FERRY_SEVERITY_WARNING, rdm_by_vddk, "Hard disk 1" },
  { "disk.independent", FERRY_SEVERITY_NOTE, independent, "Hard disk 1" },
  { "disk.shared", FERRY_SEVERITY_WARNING, shared, "Hard disk 1" },
  { "disk.encrypted", FERRY_SEVERITY_BLOCKER, encrypted, "Decrypt" },
  { "disk.network", FERRY_SEVERITY_BLOCKER, network, "storage server" },
  { "disk.has-parent", FERRY_SEVERITY_BLOCKER, parent, "consolidate" },
  { "source.unverified", FERRY_SEVERITY_WARNING, unverified, "password" },
  { "source.no-vddk-dir", FERRY_SEVERITY_BLOCKER, vddk_without_folder, "folder" },
  { "host.no-nbdkit-plugin", FERRY_SEVERITY_BLOCKER, use_vddk, "‘vddk’" },
  { "host.no-nbdkit-plugin", FERRY_SEVERITY_BLOCKER, nfc, "‘nfc’" },
};

static const struct
{
  const char *id;
  void (*change) (World *world);
} not_found[] = {
  { "guest.running", off_and_allowed },
  { "guest.snapshots", snapshots_unknown },
  { "guest.secure-boot", secure_boot_unknown },
  { "guest.tpm", tpm_unknown },
  { "disk.has-parent", parent_by_vddk },
  { "source.no-vddk-dir", use_vddk },
  { "host.no-nbdkit-plugin", by_ssh },
  { "host.no-nbdkit-plugin", no_nbdkit },
};

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

static GPtrArray *
check_world (const World *world)
{
  const FerryCheckFacts facts = { .host = world->host };
  g_autoptr (GPtrArray) of_plan = ferry_checks_of_plan (world->plan, &facts);
  GPtrArray *checks = ferry_checks_of_guest (world->plan, 0, &facts);

  ferry_checks_append_copies (checks, of_plan);

  return checks;
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) before = check_world (&world);
      g_autoptr (GPtrArray) checks = NULL;
      g_autofree char *all = NULL;
      const FerryCheck *check;

      g_test_message ("%u: %s", i, found[i].id);
      g_assert_null (find (before, found[i].id));
      found[i].change (&world);
      checks = check_world (&world);
      check = find (checks, found[i].id);
      if (check == NULL)
        g_error ("%s is not found", found[i].id);
      g_assert_cmpint (check->severity, ==, found[i].severity);
      all = g_strconcat (check->text, " ", check->advice, NULL);
      g_assert_nonnull (strstr (all, found[i].words));
    }
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

static FerryRemedy
get_remedy (void (*change) (World *world), const char *id)
{
  g_auto (World) world = make_world ();
  g_autoptr (GPtrArray) checks = NULL;
  const FerryCheck *check;

  change (&world);
  checks = check_world (&world);
  check = find (checks, id);
  if (check == NULL)
    g_error ("%s is not found", id);

  return check->remedy;
}

/* Shutting it down is offered where that can be done. */
static void
test_remedies (void)
{
  g_assert_cmpint (get_remedy (running, "guest.running"), ==, FERRY_REMEDY_SHUT_DOWN);
  g_assert_cmpint (get_remedy (running_in_libvirt, "guest.running"), ==, FERRY_REMEDY_SHUT_DOWN);
  g_assert_cmpint (get_remedy (running_without_tools, "guest.running"), ==, FERRY_REMEDY_NONE);
  g_assert_cmpint (get_remedy (running_allowed, "guest.running"), ==, FERRY_REMEDY_NONE);
  g_assert_cmpint (get_remedy (paused, "guest.running"), ==, FERRY_REMEDY_NONE);
  g_assert_cmpint (get_remedy (unverified, "source.unverified"), ==, FERRY_REMEDY_CHOOSE_SOURCE);
}

static void
test_ids_are_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "checks.md", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *cell = g_strdup_printf ("`%s`", found[i].id);

      g_assert_nonnull (strstr (text, cell));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-source/found", test_found);
  g_test_add_func ("/checks-source/not-found", test_not_found);
  g_test_add_func ("/checks-source/remedies", test_remedies);
  g_test_add_func ("/checks-source/ids-are-documented", test_ids_are_documented);

  return g_test_run ();
}
