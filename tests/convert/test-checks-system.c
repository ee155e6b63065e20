/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "checks-world.h"
#include "ferry-system.h"

/* The operating system in a guest, what was found inside its disks, and its firmware. */

static void
set_os (World *world, const char *os_id, const char *os)
{
  set (&mail (world)->source->os_id, os_id);
  set (&mail (world)->source->os, os);
}

static void
freebsd (World *world)
{
  set_os (world, "freebsd12_64Guest", "FreeBSD 12 (64-bit)");
}

static void
freebsd_copied (World *world)
{
  freebsd (world);
  both_from_kvm (world);
}

/* The source was wrong, and somebody said so. */
static void
freebsd_is_debian (World *world)
{
  freebsd (world);
  set (&mail (world)->os, "debian12");
}

static void
debian_is_arch (World *world)
{
  set (&mail (world)->os, "archlinux");
}

static void
os_not_told (World *world)
{
  set_os (world, NULL, NULL);
}

static void
os_other (World *world)
{
  set_os (world, "otherGuest", "Other (32-bit)");
}

static void
os_told_by_people (World *world)
{
  set_os (world, "cim:1", "Ubuntu Linux");
}

static void
os_chosen (World *world)
{
  os_not_told (world);
  set (&mail (world)->os, "win11");
}

static FerryInspection *
inside (World *world)
{
  FerryGuest *source = mail (world)->source;

  if (source->inside == NULL)
    source->inside = ferry_inspection_new ();

  return source->inside;
}

static FerryRoot *
add_root (World *world, const char *device, const char *os, const char *family)
{
  FerryRoot *root = ferry_root_new (device);

  set (&root->os, os);
  set (&root->family, family);
  root->free_bytes = (gint64) GIB;
  g_ptr_array_add (inside (world)->roots, root);

  return root;
}

static void
one_root (World *world)
{
  os_not_told (world);
  add_root (world, "/dev/sda1", "debian12", "linux");
}

static void
root_of_unknown_linux (World *world)
{
  os_not_told (world);
  add_root (world, "/dev/sda1", NULL, "linux");
}

/* The disks know better than the source. */
static void
root_of_freebsd (World *world)
{
  set (&add_root (world, "/dev/sda1", NULL, "freebsd")->name, "FreeBSD 13");
}

static void
two_roots (World *world)
{
  one_root (world);
  set (&add_root (world, "/dev/sda2", "win10", "windows")->name, "Windows 10");
}

static void
first_of_two_roots (World *world)
{
  two_roots (world);
  set (&mail (world)->root, "first");
}

static void
second_of_two_roots (World *world)
{
  two_roots (world);
  set (&mail (world)->root, "/dev/sda2");
}

static void
root_nowhere (World *world)
{
  two_roots (world);
  set (&mail (world)->root, "/dev/sdb1");
}

static void
root_may_be_encrypted (World *world)
{
  root_nowhere (world);
  ferry_inspection_add_encrypted (inside (world), "/dev/sdb1");
}

static void
nothing_inside (World *world)
{
  inside (world);
}

static void
encrypted (World *world)
{
  one_root (world);
  ferry_inspection_add_encrypted (inside (world), "/dev/sda3");
}

static void
encrypted_other_key (World *world)
{
  encrypted (world);
  ferry_plan_add_key (mail (world)->keys, "/dev/sda4", "secret");
}

static void
encrypted_own_key (World *world)
{
  encrypted (world);
  ferry_plan_add_key (mail (world)->keys, "/dev/sda3", "secret");
}

static void
encrypted_key_for_all (World *world)
{
  encrypted (world);
  ferry_plan_add_key (world->plan->keys, NULL, "secret");
}

static void
encrypted_key_by_uuid (World *world)
{
  encrypted (world);
  ferry_plan_add_key (world->plan->keys, "7a3c2e70-0000-4000-8000-000000000001", "secret");
}

static void
hibernated (World *world)
{
  add_root (world, "/dev/sda2", "win10", "windows")->hibernated = TRUE;
}

static void
other_hibernated (World *world)
{
  hibernated (world);
  add_root (world, "/dev/sda3", "debian12", "linux");
  set (&mail (world)->root, "/dev/sda3");
}

static void
root_full (World *world)
{
  add_root (world, "/dev/sda2", "win10", "windows")->free_bytes = 100 * (gint64) MIB - 1;
}

static void
root_not_full (World *world)
{
  add_root (world, "/dev/sda2", "win10", "windows")->free_bytes = 100 * (gint64) MIB;
}

static void
root_room_unknown (World *world)
{
  add_root (world, "/dev/sda2", "win10", "windows")->free_bytes = -1;
}

static void
windows (World *world)
{
  set_os (world, "windows2019srv_64Guest", NULL);
}

static void
windows_without_drivers (World *world)
{
  windows (world);
  world->host->has_virtio_win = FALSE;
}

static void
windows_with_chosen_drivers (World *world)
{
  windows_without_drivers (world);
  set (&world->plan->drivers, "/srv/virtio-win.iso");
}

static void
windows_with_missing_drivers (World *world)
{
  windows_with_chosen_drivers (world);
  world->lacks_drivers = TRUE;
}

static void
linux_with_missing_drivers (World *world)
{
  windows_with_missing_drivers (world);
  set_os (world, "debian12_64Guest", NULL);
}

static void
windows_without_rhsrvany (World *world)
{
  windows (world);
  world->host->has_rhsrvany = FALSE;
}

static void
linux_without_both (World *world)
{
  world->host->has_rhsrvany = world->host->has_virtio_win = FALSE;
}

static void
windows_copied (World *world)
{
  windows (world);
  linux_without_both (world);
  both_from_kvm (world);
}

static void
uefi (World *world)
{
  mail (world)->firmware = FERRY_FIRMWARE_UEFI;
}

static void
uefi_in_folder (World *world)
{
  uefi (world);
  use_folder (world);
}

static void
uefi_without_ovmf (World *world)
{
  uefi (world);
  world->host->has_ovmf = FALSE;
}

static void
uefi_copied_without_ovmf (World *world)
{
  uefi_without_ovmf (world);
  both_from_kvm (world);
}

static void
bios_without_ovmf (World *world)
{
  world->host->has_ovmf = FALSE;
}

static void
firmware_unknown (World *world)
{
  mail (world)->firmware = FERRY_FIRMWARE_UNKNOWN;
}

static void
firmware_unknown_without_ovmf (World *world)
{
  firmware_unknown (world);
  world->host->has_ovmf = FALSE;
}

static void
firmware_changed (World *world)
{
  mail (world)->source->firmware = FERRY_FIRMWARE_UEFI;
  mail (world)->firmware = FERRY_FIRMWARE_BIOS;
}

static void
firmware_changed_to_uefi (World *world)
{
  mail (world)->firmware = FERRY_FIRMWARE_UEFI;
}

static void
firmware_chosen (World *world)
{
  mail (world)->source->firmware = FERRY_FIRMWARE_UNKNOWN;
  mail (world)->firmware = FERRY_FIRMWARE_UEFI;
}

static const Found found[] = {
  { "guest.firmware-differs", WARNING, TRUE, firmware_changed, "BIOS" },
  { "guest.firmware-differs", WARNING, TRUE, firmware_changed_to_uefi, "UEFI" },
  { "guest.os-unsupported", BLOCKER, TRUE, freebsd, "FreeBSD 12" },
  { "guest.os-unsupported", BLOCKER, TRUE, debian_is_arch, "archlinux" },
  { "guest.os-unsupported", BLOCKER, TRUE, root_of_freebsd, "FreeBSD 13" },
  { "guest.os-unknown", WARNING, TRUE, os_not_told, "Choose" },
  { "guest.os-unknown", WARNING, TRUE, os_other, "Choose" },
  { "guest.several-roots", BLOCKER, TRUE, two_roots, "/dev/sda1, /dev/sda2 (Windows 10)" },
  { "guest.root-unknown", BLOCKER, TRUE, root_nowhere, "‘/dev/sdb1’" },
  { "guest.no-os", BLOCKER, TRUE, nothing_inside, "nothing to convert" },
  { "guest.no-key", BLOCKER, TRUE, encrypted, "‘/dev/sda3’" },
  { "guest.no-key", BLOCKER, TRUE, encrypted_other_key, "‘/dev/sda3’" },
  { "guest.hibernated", BLOCKER, TRUE, hibernated, "shutdown /s" },
  { "guest.root-full", WARNING, TRUE, root_full, "100 MB" },
  { "guest.no-drivers", WARNING, TRUE, windows_without_drivers, "virtio-win" },
  { "guest.drivers-missing", BLOCKER, TRUE, windows_with_missing_drivers, "/srv/virtio-win.iso" },
  { "guest.no-rhsrvany", WARNING, TRUE, windows_without_rhsrvany, "srvany" },
  { "host.no-ovmf", BLOCKER, TRUE, uefi_without_ovmf, "ovmf" },
  { "host.no-ovmf-unsure", NOTE, TRUE, firmware_unknown_without_ovmf, "ovmf" },
  { "guest.firmware-uefi", NOTE, TRUE, uefi_in_folder, "ovmf" },
  { "guest.firmware-uefi", NOTE, TRUE, uefi_copied_without_ovmf, "ovmf" },
};

static const NotFound not_found[] = {
  { "guest.firmware-differs", firmware_chosen },
  { "guest.firmware-differs", firmware_unknown },
  { "guest.os-unsupported", freebsd_copied },
  { "guest.os-unsupported", freebsd_is_debian },
  { "guest.os-unsupported", os_not_told },
  { "guest.os-unknown", os_told_by_people },
  { "guest.os-unknown", os_chosen },
  { "guest.os-unknown", one_root },
  { "guest.os-unknown", root_of_unknown_linux },
  { "guest.os-unknown", freebsd },
  { "guest.several-roots", one_root },
  { "guest.several-roots", first_of_two_roots },
  { "guest.several-roots", second_of_two_roots },
  { "guest.root-unknown", second_of_two_roots },
  { "guest.root-unknown", root_may_be_encrypted },
  { "guest.no-os", one_root },
  { "guest.no-key", one_root },
  { "guest.no-key", encrypted_own_key },
  { "guest.no-key", encrypted_key_for_all },
  { "guest.no-key", encrypted_key_by_uuid },
  { "guest.hibernated", one_root },
  { "guest.hibernated", other_hibernated },
  { "guest.root-full", root_not_full },
  { "guest.root-full", root_room_unknown },
  { "guest.no-drivers", windows },
  { "guest.no-drivers", windows_with_chosen_drivers },
  { "guest.no-drivers", linux_without_both },
  { "guest.no-drivers", windows_copied },
  { "guest.drivers-missing", windows_with_chosen_drivers },
  { "guest.drivers-missing", linux_with_missing_drivers },
  { "guest.no-rhsrvany", windows },
  { "guest.no-rhsrvany", linux_without_both },
  { "guest.no-rhsrvany", windows_copied },
  { "host.no-ovmf", uefi },
  { "host.no-ovmf", bios_without_ovmf },
  { "host.no-ovmf", firmware_unknown_without_ovmf },
  { "host.no-ovmf", uefi_copied_without_ovmf },
  { "host.no-ovmf-unsure", firmware_unknown },
  { "host.no-ovmf-unsure", uefi_without_ovmf },
  { "guest.firmware-uefi", uefi },
};

static void
test_remedies (void)
{
  static const Remedied cases[] = {
    { "guest.os-unsupported", freebsd, FERRY_REMEDY_CHOOSE_OS, -1 },
    { "guest.several-roots", two_roots, FERRY_REMEDY_CHOOSE_ROOT, -1 },
    { "guest.no-key", encrypted, FERRY_REMEDY_GIVE_KEY, -1 },
    { "guest.no-drivers", windows_without_drivers, FERRY_REMEDY_CHOOSE_DRIVERS, -1 },
    { "guest.no-rhsrvany", windows_without_rhsrvany, FERRY_REMEDY_NONE, -1 },
  };

  assert_remedied (cases, G_N_ELEMENTS (cases));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    FerrySystem system;
  } cases[] = {
    { NULL, FERRY_SYSTEM_UNKNOWN },
    { "", FERRY_SYSTEM_UNKNOWN },
    { "otherGuest64", FERRY_SYSTEM_UNKNOWN },
    { "other5xLinux64Guest", FERRY_SYSTEM_LINUX },
    { "debian12_64Guest", FERRY_SYSTEM_LINUX },
    { "rhel9.4", FERRY_SYSTEM_LINUX },
    { "centos-stream9", FERRY_SYSTEM_LINUX },
    { "almalinux9", FERRY_SYSTEM_LINUX },
    { "SUSE Linux Enterprise 15 (64-bit)", FERRY_SYSTEM_LINUX },
    { "oraclelinux8_64Guest", FERRY_SYSTEM_LINUX },
    { "alpinelinux3.19", FERRY_SYSTEM_OTHER },
    { "Arch Linux", FERRY_SYSTEM_OTHER },
    { "vmwarePhoton64Guest", FERRY_SYSTEM_OTHER },
    { "win2k19", FERRY_SYSTEM_WINDOWS },
    { "win2k3", FERRY_SYSTEM_WINDOWS },
    { "winxp", FERRY_SYSTEM_WINDOWS },
    { "win10", FERRY_SYSTEM_WINDOWS },
    { "winNetEnterprise64Guest", FERRY_SYSTEM_WINDOWS },
    { "Microsoft Windows Server 2022 (64-bit)", FERRY_SYSTEM_WINDOWS },
    { "win2k", FERRY_SYSTEM_OTHER },
    { "win2000ServGuest", FERRY_SYSTEM_OTHER },
    { "winNTGuest", FERRY_SYSTEM_OTHER },
    { "win98", FERRY_SYSTEM_OTHER },
    { "darwin21_64Guest", FERRY_SYSTEM_OTHER },
    { "solaris11_64Guest", FERRY_SYSTEM_OTHER },
    { "netware6Guest", FERRY_SYSTEM_OTHER },
    { "openbsd7.4", FERRY_SYSTEM_OTHER },
    { "cim:1", FERRY_SYSTEM_UNKNOWN },
    { "cim:21", FERRY_SYSTEM_OTHER },
    { "cim:36", FERRY_SYSTEM_LINUX },
    { "cim:42", FERRY_SYSTEM_OTHER },
    { "cim:58", FERRY_SYSTEM_OTHER },
    { "cim:78", FERRY_SYSTEM_OTHER },
    { "cim:80", FERRY_SYSTEM_LINUX },
    { "cim:94", FERRY_SYSTEM_LINUX },
    { "cim:96", FERRY_SYSTEM_LINUX },
    { "cim:103", FERRY_SYSTEM_WINDOWS },
    { "cim:115", FERRY_SYSTEM_WINDOWS },
    { "cim:9999", FERRY_SYSTEM_UNKNOWN },
    { "cim:", FERRY_SYSTEM_UNKNOWN },
    { "cim:-3", FERRY_SYSTEM_UNKNOWN },
    { "cim:99999999999999999999", FERRY_SYSTEM_UNKNOWN },
    { "\xff\xfe", FERRY_SYSTEM_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (ferry_system_from_text (cases[i].text), ==, cases[i].system);
    }
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
  g_test_add_func ("/checks-system/found", test_found);
  g_test_add_func ("/checks-system/not-found", test_not_found);
  g_test_add_func ("/checks-system/remedies", test_remedies);
  g_test_add_func ("/checks-system/documented", test_documented);
  g_test_add_func ("/checks-system/kinds", test_kinds);

  return g_test_run ();
}
