/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "checks-world.h"

void
set (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

void
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
  guest->os_id = g_strdup ("debian12_64Guest");
  guest->firmware = FERRY_FIRMWARE_BIOS;
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
  set_names (&host->words, "virt-v2v input:libvirtxml output:local output:libvirt mac-ip-option "
                           "block-driver-option");
  host->has_nbdkit = host->has_nbdcopy = host->has_qemu_img = host->has_kernel = TRUE;
  host->has_virtio_win = host->has_rhsrvany = host->has_ovmf = TRUE;
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
  set_names (&destination->macs, "52:54:00:00:00:99");
  destination->has_kvm = TRUE;

  return destination;
}

World
make_world (void)
{
  World world = { ferry_plan_new (), make_host (), make_destination (), { 0, 0 }, FALSE, FALSE };
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

void
world_clear (World *world)
{
  ferry_plan_free (world->plan);
  ferry_host_facts_free (world->host);
  ferry_destination_facts_free (world->destination);
}

FerryPlanGuest *
mail (World *world)
{
  return ferry_plan_get_guest (world->plan, 1);
}

FerryDisk *
disk (World *world)
{
  return g_ptr_array_index (mail (world)->source->disks, 0);
}

FerryPlanNic *
nic (World *world)
{
  return ferry_plan_guest_get_nic (mail (world), 0);
}

FerryStorage *
storage (World *world)
{
  return g_ptr_array_index (world->destination->storages, 0);
}

void
use_folder (World *world)
{
  ferry_plan_set_folder_destination (world->plan, "/srv/vms");
  world->destination->any_network = TRUE;
  set (&storage (world)->name, "/srv/vms");
}

void
make_unusable (World *world, FerryError code)
{
  storage (world)->usable = FALSE;
  storage (world)->why_code = code;
  set (&storage (world)->why_not, "It is full of eels.");
}

void
both_from_kvm (World *world)
{
  ferry_plan_get_guest (world->plan, 0)->source->hypervisor = FERRY_HYPERVISOR_KVM;
  ferry_plan_get_guest (world->plan, 1)->source->hypervisor = FERRY_HYPERVISOR_KVM;
}

FerryDisk *
add_disk (World *world)
{
  FerryDisk *second = ferry_disk_copy (disk (world));
  FerryPlanDisk *planned = g_new0 (FerryPlanDisk, 1);

  set (&second->name, "Hard disk 2");
  planned->included = TRUE;
  g_ptr_array_add (mail (world)->source->disks, second);
  g_ptr_array_add (mail (world)->disks, planned);

  return second;
}

/* --- what is found --- */

GPtrArray *
check_world (World *world)
{
  FerryCheckFacts facts = {
    .host = world->host,
    .destination = world->destination,
    .work_bytes = world->work_bytes,
    .shares_disk = world->shares_disk,
    .lacks_drivers = world->lacks_drivers,
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

const FerryCheck *
must_find (const GPtrArray *checks, const char *id)
{
  const FerryCheck *check = find (checks, id);

  if (check == NULL)
    g_error ("%s is not found", id);

  return check;
}

static void
assert_whole_sentence (const char *text)
{
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)) || g_str_has_prefix (text, "‘") ||
                 g_str_has_prefix (text, "virt-v2v") || g_str_has_prefix (text, "nbd") ||
                 g_str_has_prefix (text, "qemu-img"));
  g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, ".)"));
}

static void
assert_found_one (const Found *one)
{
  g_auto (World) world = make_world ();
  g_autoptr (GPtrArray) checks = NULL;
  g_autofree char *all = NULL;
  const FerryCheck *check;

  one->change (&world);
  checks = check_world (&world);
  check = must_find (checks, one->id);
  g_assert_cmpint (check->severity, ==, one->severity);
  g_assert_cmpstr (check->guest_id, ==, one->of_guest ? "mail" : NULL);
  assert_whole_sentence (check->text);
  assert_whole_sentence (check->advice);
  all = g_strconcat (check->text, " ", check->advice, NULL);
  if (strstr (all, one->words) == NULL)
    g_error ("%s: no ‘%s’ in “%s”", check->id, one->words, all);
}

void
assert_found (const Found *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%u: %s", i, cases[i].id);
      assert_found_one (&cases[i]);
    }
}

void
assert_not_found (const NotFound *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) checks = NULL;

      g_test_message ("%u: %s", i, cases[i].id);
      cases[i].change (&world);
      checks = check_world (&world);
      g_assert_null (find (checks, cases[i].id));
    }
}

void
assert_remedied (const Remedied *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_auto (World) world = make_world ();
      g_autoptr (GPtrArray) checks = NULL;
      const FerryCheck *check;

      g_test_message ("%u: %s", i, cases[i].id);
      cases[i].change (&world);
      checks = check_world (&world);
      check = must_find (checks, cases[i].id);
      g_assert_cmpint (check->remedy, ==, cases[i].remedy);
      g_assert_cmpint (check->part, ==, cases[i].part);
    }
}

void
assert_documented (const Found *cases, guint n)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "checks.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *cell = g_strdup_printf ("`%s`", cases[i].id);

      if (strstr (text, cell) == NULL)
        g_error ("%s is not in docs/checks.md", cases[i].id);
    }
}
