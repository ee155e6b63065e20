/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "checks-world.h"

/* A guest's MAC and static addresses. */

static FerryNic *
source_nic (World *world)
{
  return g_ptr_array_index (mail (world)->source->nics, 0);
}

static void
mac_taken (World *world)
{
  set (&source_nic (world)->mac, "52:54:00:00:00:99");
}

static void
mac_taken_in_capitals (World *world)
{
  nic (world)->mac_kind = FERRY_MAC_FIXED;
  set (&nic (world)->mac, "52:54:00:00:00:99");
  set_names (&world->destination->macs, "52:54:00:00:00:99 52:54:00:ab:00:01");
}

static void
mac_taken_but_new (World *world)
{
  mac_taken (world);
  nic (world)->mac_kind = FERRY_MAC_NEW;
}

static void
mac_kept (World *world)
{
  nic (world)->mac_kind = FERRY_MAC_KEEP;
}

static void
mac_reserved (World *world)
{
  set (&source_nic (world)->mac, "fe:54:00:00:00:02");
}

static void
mac_reserved_in_folder (World *world)
{
  mac_reserved (world);
  use_folder (world);
}

static void
mac_of_all_cards (World *world)
{
  set (&source_nic (world)->mac, "ff:ff:ff:ff:ff:ff");
}

static void
mac_of_a_group (World *world)
{
  set (&source_nic (world)->mac, "01:00:5e:00:00:01");
}

/* Windows, with an address that can be set. */
static void
address (World *world)
{
  set (&mail (world)->source->os_id, "windows2019srv_64Guest");
  set (&nic (world)->address.ip, "192.0.2.10");
  nic (world)->address.prefix = 24;
  set (&nic (world)->address.gateway, "192.0.2.1");
}

static void
address_in_linux (World *world)
{
  address (world);
  set (&mail (world)->source->os_id, "debian12_64Guest");
}

static void
address_copied (World *world)
{
  address (world);
  both_from_kvm (world);
}

static void
address_without_word (World *world)
{
  address (world);
  set_names (&world->host->words, "virt-v2v input:libvirtxml output:libvirt");
}

static void
address_without_rhsrvany (World *world)
{
  address (world);
  world->host->has_rhsrvany = FALSE;
}

static FerryPlanNic *
other_nic (World *world)
{
  return ferry_plan_guest_get_nic (ferry_plan_get_guest (world->plan, 0), 0);
}

static void
address_twice (World *world)
{
  address (world);
  set (&nic (world)->address.ip, "2001:db8::10");
  set (&nic (world)->address.gateway, NULL);
  nic (world)->address.prefix = 0;
  set (&other_nic (world)->address.ip, "2001:DB8:0:0::10");
}

static void
address_once (World *world)
{
  address (world);
  set (&other_nic (world)->address.ip, "192.0.2.11");
}

static void
address_wrong (World *world)
{
  address (world);
  set (&nic (world)->address.ip, "192.0.2");
}

static void
prefix_wrong (World *world)
{
  address (world);
  nic (world)->address.prefix = 33;
}

static void
prefix_without_gateway (World *world)
{
  address (world);
  set (&nic (world)->address.gateway, NULL);
}

static void
gateway_outside (World *world)
{
  address (world);
  set (&nic (world)->address.gateway, "192.0.3.1");
}

static void
gateway_outside_by_one_bit (World *world)
{
  address (world);
  nic (world)->address.prefix = 30;
  set (&nic (world)->address.gateway, "192.0.2.12");
}

static void
gateway_just_inside (World *world)
{
  address (world);
  nic (world)->address.prefix = 30;
  set (&nic (world)->address.gateway, "192.0.2.9");
}

static void
gateway_without_prefix (World *world)
{
  gateway_outside (world);
  nic (world)->address.prefix = 0;
}

static void
gateway_inside_of_six (World *world)
{
  address (world);
  set (&nic (world)->address.ip, "2001:db8::10");
  set (&nic (world)->address.gateway, "2001:db8::1");
  nic (world)->address.prefix = 64;
}

static void
gateway_is_address (World *world)
{
  address (world);
  set (&nic (world)->address.gateway, "192.0.2.10");
}

static void
model_odd (World *world)
{
  set (&nic (world)->model, "flexible");
}

static void
model_e1000 (World *world)
{
  set (&nic (world)->model, "e1000e");
}

static void
model_virtio (World *world)
{
  set (&nic (world)->model, "virtio");
  set (&mail (world)->source->os_id, "windows2019srv_64Guest");
}

static void
model_virtio_without_drivers (World *world)
{
  model_virtio (world);
  world->host->has_virtio_win = FALSE;
}

static void
model_virtio_with_chosen_drivers (World *world)
{
  model_virtio_without_drivers (world);
  set (&world->plan->drivers, "/srv/virtio-win.iso");
}

static void
model_virtio_in_linux (World *world)
{
  model_virtio_without_drivers (world);
  set (&mail (world)->source->os_id, "debian12_64Guest");
}

static const Found found[] = {
  { "nic.model-unknown", WARNING, TRUE, model_odd, "flexible" },
  { "nic.model-needs-driver", WARNING, TRUE, model_virtio_without_drivers, "VirtIO" },
  { "nic.mac-taken", WARNING, TRUE, mac_taken, "52:54:00:00:00:99" },
  { "nic.mac-taken", WARNING, TRUE, mac_taken_in_capitals, "at the destination" },
  { "nic.mac-reserved", WARNING, TRUE, mac_reserved, "fe:54:00:00:00:02" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_of_all_cards, "ff:ff:ff:ff:ff:ff" },
  { "nic.mac-invalid", BLOCKER, TRUE, mac_of_a_group, "01:00:5e:00:00:01" },
  { "nic.address-not-set", WARNING, TRUE, address_in_linux, "Windows only" },
  { "nic.address-not-set", WARNING, TRUE, address_copied, "KVM" },
  { "nic.address-unsupported", BLOCKER, TRUE, address_without_word, "virt-v2v" },
  { "nic.address-no-rhsrvany", BLOCKER, TRUE, address_without_rhsrvany, "srvany" },
  { "nic.address-duplicate", WARNING, TRUE, address_twice, "2001:db8::10" },
  { "nic.address-invalid", BLOCKER, TRUE, address_wrong, "192.0.2.10" },
  { "nic.address-invalid", BLOCKER, TRUE, prefix_wrong, "32" },
  { "nic.address-invalid", BLOCKER, TRUE, prefix_without_gateway, "gateway" },
  { "nic.gateway-outside", WARNING, TRUE, gateway_outside, "192.0.2.10/24" },
  { "nic.gateway-outside", WARNING, TRUE, gateway_outside_by_one_bit, "192.0.2.10/30" },
  { "nic.gateway-is-address", WARNING, TRUE, gateway_is_address, "192.0.2.10" },
};

static const NotFound not_found[] = {
  { "nic.model-unknown", model_e1000 },
  { "nic.model-unknown", model_virtio },
  { "nic.model-needs-driver", model_virtio },
  { "nic.model-needs-driver", model_virtio_with_chosen_drivers },
  { "nic.model-needs-driver", model_virtio_in_linux },
  { "nic.mac-taken", mac_kept },
  { "nic.mac-taken", mac_taken_but_new },
  { "nic.mac-reserved", mac_kept },
  { "nic.mac-reserved", mac_reserved_in_folder },
  { "nic.address-not-set", address },
  { "nic.address-unsupported", address },
  { "nic.address-unsupported", address_in_linux },
  { "nic.address-no-rhsrvany", address },
  { "nic.address-duplicate", address_once },
  { "nic.address-duplicate", address_wrong },
  { "nic.address-invalid", address },
  { "nic.gateway-outside", address },
  { "nic.gateway-outside", gateway_just_inside },
  { "nic.gateway-outside", gateway_without_prefix },
  { "nic.gateway-outside", gateway_inside_of_six },
  { "nic.gateway-is-address", address },
};

static void
test_remedies (void)
{
  static const Remedied cases[] = {
    { "nic.mac-taken", mac_taken, FERRY_REMEDY_NEW_MAC, 0 },
    { "nic.mac-reserved", mac_reserved, FERRY_REMEDY_NEW_MAC, 0 },
    { "nic.address-invalid", address_wrong, FERRY_REMEDY_SET_ADDRESS, 0 },
  };

  assert_remedied (cases, G_N_ELEMENTS (cases));
}

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-nic/found", test_found);
  g_test_add_func ("/checks-nic/not-found", test_not_found);
  g_test_add_func ("/checks-nic/remedies", test_remedies);
  g_test_add_func ("/checks-nic/documented", test_documented);

  return g_test_run ();
}
