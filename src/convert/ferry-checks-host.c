/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* virt-v2v 2.2 refuses to start with less, in its temporary and in its cache folder. */
#define MIN_FREE_BYTES FERRY_GIB

/* Before anything was measured. */
#define GUESSED_SECONDS 60

/* The packages of Debian and of Fedora. */
static void
add_missing (FerryChecking *checking, const char *id, const char *text, const char *packages)
{
  g_autofree char *advice = g_strdup_printf (_ ("Install the package %s."), packages);

  ferry_checking_add (checking, id, FERRY_SEVERITY_BLOCKER, advice, "%s", text);
}

static void
check_virt_v2v (FerryChecking *checking)
{
  if (checking->facts->host->virt_v2v_version == NULL)
    add_missing (checking, "host.no-virt-v2v",
                 _ ("virt-v2v is not installed. It does the conversion."),
                 _ ("virt-v2v (Debian and Fedora)"));
}

/* virt-v2v starts without these two, and fails when it comes to them. */
static void
check_nbdkit (FerryChecking *checking)
{
  if (!checking->facts->host->has_nbdkit)
    add_missing (checking, "host.no-nbdkit",
                 _ ("nbdkit is not installed. virt-v2v reads and writes disks with it."),
                 _ ("nbdkit (Debian and Fedora)"));
}

static void
check_nbdcopy (FerryChecking *checking)
{
  if (!checking->facts->host->has_nbdcopy)
    add_missing (checking, "host.no-nbdcopy",
                 _ ("nbdcopy is not installed. virt-v2v copies disks with it."),
                 _ ("libnbd-bin (Debian) or libnbd (Fedora)"));
}

static void
check_qemu_img (FerryChecking *checking)
{
  if (!checking->facts->host->has_qemu_img)
    add_missing (checking, "host.no-qemu-img",
                 _ ("qemu-img is not installed. Disks are opened and verified with it."),
                 _ ("qemu-utils (Debian) or qemu-img (Fedora)"));
}

static void
check_kernel (FerryChecking *checking)
{
  if (!checking->facts->host->has_kernel)
    ferry_checking_add (checking, "host.no-kernel", FERRY_SEVERITY_BLOCKER,
                        _ ("Install the package linux-image-cloud-amd64 (Debian) or kernel-core "
                           "(Fedora). If there is a kernel in /boot already, let every user read "
                           "it: ‘sudo chmod +r /boot/vmlinuz-*’."),
                        _ ("There is no Linux kernel that %s can read. virt-v2v starts one to look "
                           "into the disks."),
                        checking->facts->host->user);
}

/* What was called “local” is called “disk” since virt-v2v 2.8. */
static gboolean
can_write (const FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;

  if (checking->plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
    return ferry_host_facts_has_word (host, "output:libvirt");

  return ferry_host_facts_has_word (host, "output:local") ||
         ferry_host_facts_has_word (host, "output:disk");
}

/* An installed virt-v2v that cannot read what Ferry writes for it, or write where Ferry wants it. */
static void
check_words (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;

  if (host->virt_v2v_version == NULL || host->words[0] == NULL)
    return;
  if (!ferry_host_facts_has_word (host, "input:libvirtxml") || !can_write (checking))
    ferry_checking_add (checking, "host.virt-v2v-unsuitable", FERRY_SEVERITY_BLOCKER,
                        _ ("Install virt-v2v 2.0 or newer, as your distribution packages it."),
                        _ ("virt-v2v %s was built without something that this import needs."),
                        host->virt_v2v_version);
}

/* The option is as new as virt-v2v 2.4. */
static void
check_block_driver (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;

  if (checking->plan->block_driver != NULL && host->words[0] != NULL &&
      !ferry_host_facts_has_word (host, "block-driver-option"))
    ferry_checking_add (checking, "host.no-block-driver", FERRY_SEVERITY_BLOCKER,
                        _ ("Leave the choice to virt-v2v, or install a newer one."),
                        _ ("The disks are to get the driver ‘%s’, but this virt-v2v cannot be told "
                           "which one to install."),
                        checking->plan->block_driver);
}

static void
check_clock (FerryChecking *checking)
{
  gint64 minutes = checking->facts->host->behind_seconds / 60;
  guint n = (guint) CLAMP (minutes, 1, G_MAXINT);

  if (checking->facts->host->behind_seconds > 0)
    ferry_checking_add (checking, "host.clock-behind", FERRY_SEVERITY_WARNING,
                        _ ("Set the clock, for example with ‘timedatectl set-ntp true’. With a "
                           "wrong "
                           "one certificates are refused, and files get wrong dates."),
                        ngettext ("The clock of the conversion host is at least %u minute behind: "
                                  "its system has files that are newer.",
                                  "The clock of the conversion host is at least %u minutes behind: "
                                  "its system has files that are newer.",
                                  n),
                        n);
}

static guint
get_minutes (const FerryChecking *checking)
{
  const FerryRates *rates = checking->facts->rates;
  double seconds = rates != NULL ? rates->converting_seconds[0] : GUESSED_SECONDS;

  return (guint) CLAMP (seconds / 60 + 0.5, 1, 24 * 60);
}

static void
check_kvm (FerryChecking *checking)
{
  gboolean is_broken = checking->facts->host->kvm == FERRY_KVM_BROKEN;
  guint minutes = get_minutes (checking);
  g_autofree char *text = NULL;

  if (checking->facts->host->kvm == FERRY_KVM_WORKS)
    return;
  text = g_strdup_printf (ngettext ("Without it each virtual machine takes about %u minute to "
                                    "convert, beside the copying.",
                                    "Without it each virtual machine takes about %u minutes to "
                                    "convert, beside the copying.",
                                    minutes),
                          minutes);
  if (is_broken)
    ferry_checking_add (checking, "host.kvm-unusable", FERRY_SEVERITY_NOTE,
                        _ ("Nothing needs to be done. In a virtual machine, nested virtualization "
                           "may have to be turned on where it runs."),
                        _ ("There is KVM on this computer, but no kernel starts in it. %s"), text);
  else
    ferry_checking_add (checking, "host.kvm-unusable", FERRY_SEVERITY_NOTE,
                        _ ("Nothing needs to be done. If the processor has KVM, add your user to "
                           "the group ‘kvm’ and log in again."),
                        _ ("KVM is not available to you on this computer. %s"), text);
}

/* A folder that virt-v2v wants room in. */
typedef struct
{
  const char *id;
  const char *path;
  guint64 free_bytes;
  guint64 promised_bytes;
} Folder;

static void
check_folder (FerryChecking *checking, const Folder *folder)
{
  guint64 room_bytes = ferry_checks_subtract (folder->free_bytes, folder->promised_bytes);
  g_autofree char *room = g_format_size (room_bytes);
  g_autofree char *needed = g_format_size (MIN_FREE_BYTES);
  g_autofree char *promised =
      ferry_checks_describe_promised (folder->free_bytes, folder->promised_bytes);

  if (room_bytes < MIN_FREE_BYTES)
    ferry_checking_add (checking, folder->id, FERRY_SEVERITY_BLOCKER,
                        _ ("Make room there, or let it be another folder: FERRY_TMPDIR names the "
                           "one for temporary files, LIBGUESTFS_CACHEDIR the cache."),
                        /* Translators: %s at the end: "", or a space and a sentence */
                        _ ("There is room for only %s in ‘%s’, but virt-v2v needs at least %s.%s"),
                        room, folder->path, needed, promised);
}

static void
check_tmp (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;
  const Folder folder = { "host.tmp-space", host->tmp_dir, host->tmp_free_bytes,
                          host->tmp_promised_bytes };

  if (host->tmp_problem != NULL)
    {
      ferry_checking_add (checking, "host.tmp-unusable", FERRY_SEVERITY_BLOCKER,
                          _ ("Let FERRY_TMPDIR name another folder, such as /var/tmp."), "%s",
                          host->tmp_problem);
      return;
    }
  check_folder (checking, &folder);
}

static void
check_cache (FerryChecking *checking)
{
  const FerryHostFacts *host = checking->facts->host;
  const Folder folder = { "host.cache-space", host->cache_dir, host->cache_free_bytes, 0 };

  if (g_strcmp0 (host->cache_dir, host->tmp_dir) != 0)
    check_folder (checking, &folder);
}

/* A guest that is made for KVM is copied without virt-v2v. */
static gboolean
converts_any (const FerryPlan *plan)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (!ferry_plan_guest_is_copied (ferry_plan_get_guest (plan, i)))
      return TRUE;

  return plan->guests->len == 0;
}

static void
check_tmp_usable (FerryChecking *checking)
{
  if (checking->facts->host->tmp_problem != NULL)
    check_tmp (checking);
}

static const FerryCheckFunc converting_checks[] = {
  check_virt_v2v, check_words, check_nbdkit, check_nbdcopy,      check_qemu_img, check_kernel,
  check_kvm,      check_tmp,   check_cache,  check_block_driver, check_clock,
};

static const FerryCheckFunc copying_checks[] = { check_qemu_img, check_tmp_usable, check_clock };

void
ferry_checks_of_host (FerryChecking *checking)
{
  if (checking->facts->host == NULL)
    return;
  if (converts_any (checking->plan))
    ferry_checking_run (checking, converting_checks, G_N_ELEMENTS (converting_checks));
  else
    ferry_checking_run (checking, copying_checks, G_N_ELEMENTS (copying_checks));
}
