/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The operating system in the guest, what virt-v2v needs to convert it, and the firmware that starts
 * it. A guest that is copied is left as it is. */

/* virt-v2v 2.2 refuses a root file system with less; some versions are content with a fifth. */
#define ROOT_FREE_BYTES (G_GINT64_CONSTANT (100) << 20)

static const FerryRoot *
find_root (const FerryPlanGuest *guest)
{
  const FerryInspection *inside = guest->source->inside;

  if (inside == NULL || inside->roots->len == 0)
    return NULL;
  if (inside->roots->len == 1 || g_strcmp0 (guest->root, "first") == 0)
    return ferry_inspection_get_root (inside, 0);

  return ferry_inspection_find_root (inside, guest->root);
}

static FerrySystem
get_system_of_root (const FerryRoot *root)
{
  FerrySystem by_id = ferry_system_from_text (root->os);

  return by_id != FERRY_SYSTEM_UNKNOWN ? by_id : ferry_system_from_text (root->family);
}

/* What is on the disks counts more than what somebody said, and that more than what the source says. */
FerrySystem
ferry_checks_get_system (const FerryPlanGuest *guest)
{
  const FerryRoot *root = find_root (guest);
  const char *const texts[] = { guest->os, guest->source->os_id, guest->source->os };
  FerrySystem system = root != NULL ? get_system_of_root (root) : FERRY_SYSTEM_UNKNOWN;

  for (guint i = 0; system == FERRY_SYSTEM_UNKNOWN && i < G_N_ELEMENTS (texts); i++)
    system = ferry_system_from_text (texts[i]);

  return system;
}

static const char *
get_system_name (const FerryPlanGuest *guest)
{
  const FerryRoot *root = find_root (guest);
  const char *const names[] = { root != NULL ? root->name : NULL, guest->os, guest->source->os,
                                guest->source->os_id };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL)
      return names[i];

  return "?";
}

static void
check_system (FerryChecking *checking)
{
  switch (ferry_checks_get_system (checking->guest))
    {
    case FERRY_SYSTEM_OTHER:
      ferry_checking_add (checking, "guest.os-unsupported", FERRY_SEVERITY_BLOCKER,
                          _ ("If that is wrong, choose the right operating system in Settings; "
                             "otherwise leave it out and copy its disks by other means."),
                          _ ("Its operating system is ‘%s’. virt-v2v converts Windows from XP on "
                             "and "
                             "the usual Linux distributions only."),
                          get_system_name (checking->guest));
      break;
    case FERRY_SYSTEM_UNKNOWN:
      ferry_checking_add (checking, "guest.os-unknown", FERRY_SEVERITY_WARNING,
                          _ ("Choose the operating system in Settings if you know it. If it is "
                             "neither Windows nor a usual Linux, the import fails before anything "
                             "is copied."),
                          _ ("The source does not say which operating system it has."));
      break;
    case FERRY_SYSTEM_LINUX:
    case FERRY_SYSTEM_WINDOWS:
      break;
    }
}

/* --- what was found inside its disks --- */

static char *
list_roots (const FerryInspection *inside)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < inside->roots->len; i++)
    {
      const FerryRoot *root = ferry_inspection_get_root (inside, i);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", root->device);
      if (root->name != NULL)
        g_string_append_printf (list, " (%s)", root->name);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
check_root_choice (FerryChecking *checking, const FerryInspection *inside)
{
  const char *root = checking->guest->root;
  g_autofree char *list = list_roots (inside);

  if (inside->roots->len > 1 && g_strcmp0 (root, "single") == 0)
    ferry_checking_add (checking, "guest.several-roots", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose in Settings which of them is to be converted."),
                        _ ("There are several operating systems on its disks: %s."), list);
  else if (inside->roots->len > 0 && inside->encrypted[0] == NULL && root != NULL && *root == '/' &&
           ferry_inspection_find_root (inside, root) == NULL)
    ferry_checking_add (checking, "guest.root-unknown", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose in Settings one of those that are there."),
                        _ ("There is no operating system on ‘%s’. Its disks have: %s."), root,
                        list);
}

/* A UUID may be that of any device. */
static gboolean
has_key (const GPtrArray *keys, const char *device)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      if (key->device == NULL || *key->device != '/' || g_str_equal (key->device, device))
        return TRUE;
    }

  return FALSE;
}

static void
check_keys (FerryChecking *checking, const FerryInspection *inside)
{
  for (guint i = 0; inside->encrypted[i] != NULL; i++)
    if (!has_key (checking->guest->keys, inside->encrypted[i]) &&
        !has_key (checking->plan->keys, inside->encrypted[i]))
      {
        ferry_checking_add (checking, "guest.no-key", FERRY_SEVERITY_BLOCKER,
                            _ ("Give the passphrase or recovery key in Settings."),
                            _ ("‘%s’ on its disks is encrypted (LUKS or BitLocker), and no key for "
                               "it was given."),
                            inside->encrypted[i]);
        return;
      }
}

static void
check_root (FerryChecking *checking, const FerryRoot *root)
{
  if (root->hibernated)
    ferry_checking_add (checking, "guest.hibernated", FERRY_SEVERITY_BLOCKER,
                        _ ("Start it at the source, turn fast startup off, and shut it down "
                           "completely (in Windows: ‘shutdown /s /f /t 0’)."),
                        _ ("Its operating system sleeps on its disk, so that nothing can be "
                           "changed "
                           "there."));
  if (root->free_bytes >= 0 && root->free_bytes < ROOT_FREE_BYTES)
    ferry_checking_add (checking, "guest.root-full", FERRY_SEVERITY_WARNING,
                        _ ("Make room in it before the import."),
                        _ ("Less than 100 MB are free in the file system of its operating system. "
                           "virt-v2v may find that too little."));
}

static void
check_inside (FerryChecking *checking)
{
  const FerryInspection *inside = checking->guest->source->inside;
  const FerryRoot *root = find_root (checking->guest);

  if (inside == NULL)
    return;
  check_keys (checking, inside);
  check_root_choice (checking, inside);
  if (root != NULL)
    check_root (checking, root);
  if (inside->roots->len == 0 && inside->encrypted[0] == NULL)
    ferry_checking_add (checking, "guest.no-os", FERRY_SEVERITY_BLOCKER,
                        _ ("Include the disk that has it, or leave the virtual machine out."),
                        _ ("No operating system was found on its disks, so there is nothing to "
                           "convert."));
}

/* --- Windows --- */

static void
check_drivers (FerryChecking *checking)
{
  const FerryPlan *plan = checking->plan;

  if (plan->drivers != NULL && checking->facts->lacks_drivers)
    ferry_checking_add (checking, "guest.drivers-missing", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose the ISO or folder with the VirtIO drivers again."),
                        _ ("The VirtIO drivers for Windows were to be taken from ‘%s’, but there "
                           "is "
                           "no such file or folder."),
                        plan->drivers);
  else if (plan->drivers == NULL && !checking->facts->host->has_virtio_win)
    ferry_checking_add (checking, "guest.no-drivers", FERRY_SEVERITY_WARNING,
                        _ ("Download virtio-win.iso from the Fedora project and choose it in "
                           "Settings, or install the package virtio-win (Fedora)."),
                        _ ("It is Windows, and the conversion host has no VirtIO drivers for that. "
                           "It "
                           "will run with slow emulated disks and network adapters."));
}

static void
check_rhsrvany (FerryChecking *checking)
{
  if (!checking->facts->host->has_rhsrvany)
    ferry_checking_add (checking, "guest.no-rhsrvany", FERRY_SEVERITY_WARNING,
                        _ ("Put rhsrvany.exe into /usr/share/virt-tools; it is in the package "
                           "mingw32-srvany (Fedora). Or remove VMware Tools in it before the "
                           "import."),
                        _ ("It is Windows, and rhsrvany.exe is missing on the conversion host. "
                           "virt-v2v gives up when something must be done at its first start, such "
                           "as removing VMware Tools."));
}

static void
check_windows (FerryChecking *checking)
{
  if (checking->facts->host == NULL ||
      ferry_checks_get_system (checking->guest) != FERRY_SYSTEM_WINDOWS)
    return;
  check_drivers (checking);
  check_rhsrvany (checking);
}

/* --- firmware --- */

static void
check_conversion_firmware (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;

  if (host == NULL || host->has_ovmf)
    return;
  if (checking->guest->firmware == FERRY_FIRMWARE_UEFI)
    ferry_checking_add (checking, "host.no-ovmf", FERRY_SEVERITY_BLOCKER,
                        _ ("Install the package ovmf (Debian) or edk2-ovmf (Fedora)."),
                        _ ("It boots by UEFI, and OVMF is not installed on the conversion host. "
                           "virt-v2v fails without it, after it has copied everything."));
  else if (checking->guest->firmware == FERRY_FIRMWARE_UNKNOWN)
    ferry_checking_add (checking, "host.no-ovmf-unsure", FERRY_SEVERITY_NOTE,
                        _ ("Choose the firmware in Settings if you know it, or install the package "
                           "ovmf (Debian) or edk2-ovmf (Fedora)."),
                        _ ("The source does not say whether it boots by BIOS or UEFI. If it is "
                           "UEFI, "
                           "virt-v2v fails at the end, since OVMF is not installed."));
}

/* A folder’s guests run anywhere; the libvirt that is imported into is on the conversion host. */
static void
check_firmware (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;
  gboolean is_folder = checking->plan->destination.kind == FERRY_DESTINATION_FOLDER;

  if (checking->guest->firmware == FERRY_FIRMWARE_UEFI &&
      (is_folder || (host != NULL && !host->has_ovmf)))
    ferry_checking_add (checking, "guest.firmware-uefi", FERRY_SEVERITY_NOTE,
                        _ ("Make sure that the package ovmf (Debian) or edk2-ovmf (Fedora) is "
                           "installed where it will run."),
                        _ ("It boots by UEFI, for which the destination needs OVMF."));
}

/* What was installed for one of them does not start with the other. */
static void
check_firmware_change (FerryChecking *checking)
{
  FerryFirmware then = checking->guest->source->firmware;
  FerryFirmware now = checking->guest->firmware;

  if (then != FERRY_FIRMWARE_UNKNOWN && now != FERRY_FIRMWARE_UNKNOWN && then != now)
    ferry_checking_add (
        checking, "guest.firmware-differs", FERRY_SEVERITY_WARNING,
        _ ("Choose in Settings the one that it has at the source, unless that is "
           "known to be wrong."),
        then == FERRY_FIRMWARE_UEFI
            ? _ ("It boots by UEFI at the source, and is to boot by BIOS; it will most "
                 "likely not start.")
            : _ ("It boots by BIOS at the source, and is to boot by UEFI; it will most "
                 "likely not start."));
}

static const FerryCheckFunc converted_checks[] = { check_system, check_inside, check_windows,
                                                   check_conversion_firmware };
static const FerryCheckFunc all_checks[] = { check_firmware, check_firmware_change };

void
ferry_checks_of_system (FerryChecking *checking)
{
  if (!ferry_plan_guest_is_copied (checking->guest))
    ferry_checking_run (checking, converted_checks, G_N_ELEMENTS (converted_checks));
  ferry_checking_run (checking, all_checks, G_N_ELEMENTS (all_checks));
}
