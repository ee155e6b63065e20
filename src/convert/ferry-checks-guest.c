/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* The guest as a whole and what was chosen for it. */

static void
check_name (FerryChecking *checking)
{
  g_autoptr (GError) error = NULL;

  if (!ferry_guest_name_is_valid (checking->guest->name, &error))
    ferry_checking_add (checking, "guest.name-invalid", FERRY_SEVERITY_BLOCKER,
                        _ ("Give it another name in Settings."), _ ("‘%s’ cannot be its name. %s"),
                        checking->guest->name, error->message);
}

static void
check_name_taken (FerryChecking *checking)
{
  const char *name = checking->guest->name;

  if (ferry_use_has_taken_name (checking->use, name))
    ferry_checking_add (checking, "guest.name-taken", FERRY_SEVERITY_BLOCKER,
                        _ ("Give it another name in Settings."),
                        _ ("The name ‘%s’ is taken at the destination."), name);
}

/* The first of equal names may have it. */
static void
check_name_duplicate (FerryChecking *checking)
{
  if (ferry_use_has_name_before (checking->use, checking->index, checking->guest->name))
    ferry_checking_add (checking, "guest.name-duplicate", FERRY_SEVERITY_BLOCKER,
                        _ ("Give it another name in Settings."),
                        _ ("Another virtual machine of this plan is named ‘%s’ too."),
                        checking->guest->name);
}

/* libvirt and Linux’s own file systems tell letters from capitals; what is equal otherwise, too, has
 * been told of. */
static void
check_name_case (FerryChecking *checking)
{
  const char *name = checking->guest->name;

  if (checking->plan->destination.kind == FERRY_DESTINATION_FOLDER &&
      ferry_use_has_folded_name_before (checking->use, checking->index, name) &&
      !ferry_use_has_name_before (checking->use, checking->index, name) &&
      !ferry_use_has_taken_name (checking->use, name))
    ferry_checking_add (
        checking, "guest.name-case", FERRY_SEVERITY_NOTE,
        _ ("Give it another name if the folder lies on such a file system, or is to "
           "go to one."),
        _ ("Another name differs from ‘%s’ only in capital letters, which some file "
           "systems (FAT, NTFS, SMB shares) do not tell apart."),
        name);
}

static void
check_memory (FerryChecking *checking)
{
  if (checking->guest->memory_bytes == 0)
    ferry_checking_add (checking, "guest.no-memory", FERRY_SEVERITY_BLOCKER,
                        _ ("Enter in Settings how much memory it shall have."),
                        _ ("The source does not say how much memory it has."));
}

static void
check_vcpus (FerryChecking *checking)
{
  if (checking->guest->vcpus == 0)
    ferry_checking_add (checking, "guest.no-vcpus", FERRY_SEVERITY_BLOCKER,
                        _ ("Enter in Settings how many virtual CPUs it shall have."),
                        _ ("The source does not say how many virtual CPUs it has."));
}

static void
check_topology (FerryChecking *checking)
{
  const FerryPlanGuest *guest = checking->guest;
  gboolean is_given = guest->sockets != 0 || guest->cores != 0 || guest->threads != 0;

  if (is_given && guest->vcpus != 0 && !ferry_plan_guest_has_topology (guest))
    ferry_checking_add (checking, "guest.odd-topology", FERRY_SEVERITY_NOTE,
                        _ ("Nothing needs to be done, unless a licence counts them: then choose "
                           "sockets, cores and threads that make that number."),
                        _ ("Its %u virtual CPUs cannot be %u sockets with %u cores of %u threads, "
                           "so "
                           "the destination shares them out."),
                        guest->vcpus, guest->sockets, guest->cores, guest->threads);
}

static gboolean
is_made_for_kvm (const FerryGuest *guest)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (ferry_guest_get_disk (guest, i)->bus == FERRY_BUS_VIRTIO)
      return TRUE;
  for (guint i = 0; i < guest->disks->len; i++)
    if (g_strcmp0 (ferry_guest_get_disk (guest, i)->format, "qcow2") != 0)
      return FALSE;

  return guest->disks->len > 0;
}

static void
check_already_kvm (FerryChecking *checking)
{
  if (!ferry_plan_guest_is_copied (checking->guest) && is_made_for_kvm (checking->guest->source))
    ferry_checking_add (checking, "guest.already-kvm", FERRY_SEVERITY_NOTE,
                        _ ("Nothing needs to be done: converting it again does no harm. If it runs "
                           "on KVM as it is, copying its disks is quicker."),
                        _ ("It seems to have been made for KVM."));
}

static void
check_start (FerryChecking *checking)
{
  if (checking->guest->start && checking->plan->destination.kind == FERRY_DESTINATION_FOLDER)
    ferry_checking_add (checking, "guest.not-started", FERRY_SEVERITY_NOTE,
                        _ ("Define and start it with ‘virsh’ afterwards."),
                        _ ("It cannot be started after the import, because a folder runs "
                           "nothing."));
}

/* virt-v2v and the appliance want 1 GiB beside what is unpacked. */
static void
check_unpack_space (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;
  guint64 bytes =
      checking->facts->work_bytes != NULL ? checking->facts->work_bytes[checking->index] : 0;
  guint64 room_bytes =
      host != NULL ? ferry_checks_subtract (host->tmp_free_bytes, host->tmp_promised_bytes) : 0;
  g_autofree char *needed = NULL;
  g_autofree char *room = NULL;
  g_autofree char *promised = NULL;

  if (ferry_plan_guest_is_copied (checking->guest) || host == NULL || bytes == 0 ||
      bytes > G_MAXUINT64 - FERRY_GIB || bytes + FERRY_GIB <= room_bytes)
    return;
  needed = g_format_size (bytes + FERRY_GIB);
  room = g_format_size (room_bytes);
  promised = ferry_checks_describe_promised (host->tmp_free_bytes, host->tmp_promised_bytes);
  ferry_checking_add (checking, "host.unpack-space", FERRY_SEVERITY_BLOCKER,
                      _ ("Make room there, name another folder in FERRY_TMPDIR, or unpack the "
                         "appliance yourself and import the unpacked folder."),
                      /* Translators: %s at the end: "", or a space and a sentence */
                      _ ("It must be unpacked first, for which %s are needed in ‘%s’, but there is "
                         "room for only %s.%s"),
                      needed, host->tmp_dir, room, promised);
}

/* A disk that gets another format is downloaded first, and converted then. */
static void
check_copy_space (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;
  guint64 bytes =
      checking->facts->work_bytes != NULL ? checking->facts->work_bytes[checking->index] : 0;
  guint64 room_bytes =
      host != NULL ? ferry_checks_subtract (host->tmp_free_bytes, host->tmp_promised_bytes) : 0;
  g_autofree char *needed = NULL;
  g_autofree char *room = NULL;
  g_autofree char *promised = NULL;

  if (!ferry_plan_guest_is_copied (checking->guest) || host == NULL || bytes <= room_bytes)
    return;
  needed = g_format_size (bytes);
  room = g_format_size (room_bytes);
  promised = ferry_checks_describe_promised (host->tmp_free_bytes, host->tmp_promised_bytes);
  ferry_checking_add (checking, "host.copy-space", FERRY_SEVERITY_BLOCKER,
                      _ ("Make room there, name another folder in FERRY_TMPDIR, or keep the format "
                         "that the disks have."),
                      /* Translators: %s at the end: "", or a space and a sentence */
                      _ ("A disk that gets another format is downloaded into ‘%s’ first, for which "
                         "%s are needed, but there is room for only %s.%s"),
                      host->tmp_dir, needed, room, promised);
}

static const FerryCheckFunc checks[] = {
  check_name,   check_name_taken,   check_name_duplicate, check_name_case,
  check_memory, check_vcpus,        check_topology,       check_already_kvm,
  check_start,  check_unpack_space, check_copy_space,
};

void
ferry_checks_of_settings (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
