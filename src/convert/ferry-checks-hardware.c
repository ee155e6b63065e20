/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* A guest's disks. */

/* What qemu reads and is known to be converted; "vpc" is VHD. */
static const char *const formats[] = { "raw", "qcow2", "vmdk", "vhdx", "vdi", "vpc", NULL };

/* As many as libguestfs attaches to its appliance. */
#define MAX_DISKS 255u

static void
check_has_disks (FerryChecking *checking)
{
  if (checking->guest->source->disks->len == 0)
    ferry_checking_add (checking, "disk.none", FERRY_SEVERITY_BLOCKER,
                        _ ("Leave it out, or export it again with its disks."),
                        _ ("It has no disks, so there is nothing to convert."));
}

static void
check_included (FerryChecking *checking)
{
  if (checking->guest->source->disks->len > 0 &&
      ferry_plan_guest_count_included (checking->guest) == 0)
    ferry_check_set_remedy (
        ferry_checking_add (checking, "disk.none-included", FERRY_SEVERITY_BLOCKER,
                            _ ("Include at least one of its disks in Settings, or leave out the "
                               "virtual machine."),
                            _ ("All of its disks are left out, so there is nothing to import.")),
        FERRY_REMEDY_INCLUDE_DISK, 0);
}

/* The disk that it most likely boots from: the one that was said, else the first. */
static void
check_boot_disk (FerryChecking *checking)
{
  const FerryPlanGuest *guest = checking->guest;
  guint boot = guest->boot_disk >= 0 ? (guint) guest->boot_disk : 0;
  const FerryDisk *disk = ferry_guest_get_disk (guest->source, boot);

  if (disk == NULL || ferry_plan_guest_includes (guest, boot) ||
      ferry_plan_guest_count_included (guest) == 0)
    return;
  ferry_check_set_remedy (
      ferry_checking_add (checking, "disk.boot-left-out", FERRY_SEVERITY_WARNING,
                          _ ("Include it, or make sure that the operating system is on another "
                             "disk."),
                          guest->boot_disk >= 0
                              ? _ ("The disk ‘%s’, from which it boots, is left out.")
                              : _ ("The first disk, ‘%s’, is left out. It is mostly the one from "
                                   "which a virtual machine boots."),
                          disk->name),
      FERRY_REMEDY_INCLUDE_DISK, (int) boot);
}

static void
check_count (FerryChecking *checking)
{
  guint n = ferry_plan_guest_count_included (checking->guest);

  if (!ferry_plan_guest_is_copied (checking->guest) && n > MAX_DISKS)
    ferry_checking_add (checking, "disk.too-many", FERRY_SEVERITY_BLOCKER,
                        _ ("Leave some of them out and copy these by other means."),
                        _ ("It has %u disks, but virt-v2v can convert a virtual machine with at "
                           "most %u."),
                        n, MAX_DISKS);
}

static void
check_file (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->file == NULL)
    ferry_checking_add (checking, "disk.no-file", FERRY_SEVERITY_BLOCKER,
                        _ ("Remove the disk at the source and export the virtual machine again; "
                           "add "
                           "an empty one after the import."),
                        _ ("The disk ‘%s’ is blank: the source has no file with its data."),
                        disk->name);
}

static void
check_format (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->file == NULL)
    return;
  if (disk->format == NULL)
    ferry_checking_add (checking, "disk.format-unknown", FERRY_SEVERITY_WARNING,
                        _ ("Nothing needs to be done: the format is found out when the disk is "
                           "read. If it is none that Ferry knows, the import fails before the "
                           "conversion."),
                        _ ("The source does not say which format the disk ‘%s’ has."), disk->name);
  else if (!g_strv_contains (formats, disk->format))
    ferry_checking_add (checking, "disk.format-unsupported", FERRY_SEVERITY_BLOCKER,
                        _ ("Convert the disk into another format, for example with ‘qemu-img "
                           "convert’, or export it again."),
                        _ ("The disk ‘%s’ has the format ‘%s’, which cannot be converted."),
                        disk->name, disk->format);
}

static void
check_capacity (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->capacity_bytes == 0 && disk->file != NULL)
    ferry_checking_add (checking, "disk.no-capacity", FERRY_SEVERITY_WARNING,
                        _ ("Nothing needs to be done: the disk’s file tells it during the import. "
                           "Make sure that there is room for it."),
                        _ ("The source does not say how large the disk ‘%s’ is."), disk->name);
}

/* virt-v2v renames devices in the guest's settings, but not those of this controller. */
static void
check_nvme (FerryChecking *checking, const FerryDisk *disk)
{
  if (disk->bus == FERRY_BUS_NVME && !ferry_plan_guest_is_copied (checking->guest))
    ferry_checking_add (checking, "disk.nvme", FERRY_SEVERITY_WARNING,
                        _ ("Before the import, let the files ‘/etc/fstab’ and of the boot loader "
                           "in "
                           "it name file systems by UUID or label."),
                        _ ("The disk ‘%s’ hangs on an NVMe controller. A Linux that mounts it as "
                           "‘/dev/nvme…’ does not find it afterwards."),
                        disk->name);
}

static void
check_disk (FerryChecking *checking, const FerryDisk *disk)
{
  check_file (checking, disk);
  check_format (checking, disk);
  check_capacity (checking, disk);
  check_nvme (checking, disk);
}

static void
check_disks (FerryChecking *checking)
{
  ferry_checks_each_disk (checking, check_disk);
}

static const FerryCheckFunc checks[] = { check_has_disks, check_included, check_boot_disk,
                                         check_count, check_disks };

void
ferry_checks_of_hardware (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
