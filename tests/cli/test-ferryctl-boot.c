/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-boot.h"

#define HEAD "<domain type='kvm'><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
#define DISK(dev, bus)                                                                             \
  "<disk type='file' device='disk'><source file='x'/><target dev='" dev "' bus='" bus "'/></disk>"

static FerryPlan *
make_plan (guint64 memory_bytes, guint vcpus)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("id", "web");

  guest->memory_bytes = memory_bytes;
  guest->vcpus = vcpus;
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static void
test_command (void)
{
  g_autoptr (FerryPlan) plan = make_plan (G_GUINT64_CONSTANT (512) << 20, 2);
  const char *files[] = { "/srv/it's, web/web-sda.qcow2", "/srv/web-sdb.qcow2", NULL };
  const FerryctlBoot boot = {
    .guest = ferry_plan_get_guest (plan, 0),
    .xml = HEAD
    "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>" DISK ("vda", "virtio")
        DISK ("sdb", "sata"),
    .files = (char *const *) files,
    .has_kvm = TRUE,
    .has_display = TRUE,
  };
  g_autofree char *command = ferryctl_boot_to_command (&boot);

  g_assert_cmpstr (command, ==,
                   "qemu-system-x86_64 -accel kvm -accel tcg -cpu max -machine q35 -m 512 -smp 2 "
                   "\\\n"
                   "  -drive 'file=/srv/it'\\''s,, web/web-sda.qcow2,format=qcow2,if=virtio' \\\n"
                   "  -drive 'file=/srv/web-sdb.qcow2,format=qcow2,if=ide'");
}

static void
test_modest (void)
{
  g_autoptr (FerryPlan) plan = make_plan (0, 0);
  const char *files[] = { "/srv/web-sda.raw", NULL };
  FerryctlBoot boot = {
    .guest = ferry_plan_get_guest (plan, 0),
    .xml = "<domain><os><type arch='i686' machine='pc'>hvm</type></os>" DISK ("hda", "ide"),
    .files = (char *const *) files,
  };
  g_autofree char *command = NULL;

  ferry_plan_get_guest (plan, 0)->format = FERRY_FORMAT_RAW;
  command = ferryctl_boot_to_command (&boot);
  g_assert_cmpstr (command, ==,
                   "qemu-system-i686 -accel tcg -cpu max -m 1024 -smp 1 -nographic \\\n"
                   "  -drive 'file=/srv/web-sda.raw,format=raw,if=ide'");
}

static void
test_uefi (void)
{
  g_autoptr (FerryPlan) plan = make_plan (0, 0);
  FerryctlBoot boot = {
    .guest = ferry_plan_get_guest (plan, 0),
    .xml = "<domain><os firmware='efi'><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>",
  };
  g_autofree char *without = ferryctl_boot_to_command (&boot);
  g_autofree char *with = NULL;

  boot.uefi = "/usr/share/ovmf/OVMF.fd";
  with = ferryctl_boot_to_command (&boot);
  g_assert_null (without);
  g_assert_cmpstr (with, ==,
                   "qemu-system-x86_64 -accel tcg -cpu max -machine q35 -m 1024 -smp 1 "
                   "-bios /usr/share/ovmf/OVMF.fd -nographic");
}

/* virtio-scsi needs a controller that does not fit into one option. */
static void
test_scsi (void)
{
  g_autoptr (FerryPlan) plan = make_plan (0, 0);
  const char *files[] = { "/srv/web-sda.qcow2", NULL };
  const FerryctlBoot boot = {
    .guest = ferry_plan_get_guest (plan, 0),
    .xml = HEAD DISK ("sda", "scsi"),
    .files = (char *const *) files,
  };

  g_assert_null (ferryctl_boot_to_command (&boot));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/boot/command", test_command);
  g_test_add_func ("/ferryctl/boot/modest", test_modest);
  g_test_add_func ("/ferryctl/boot/uefi", test_uefi);
  g_test_add_func ("/ferryctl/boot/scsi", test_scsi);

  return g_test_run ();
}
