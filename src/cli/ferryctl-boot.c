/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-boot.h"

#include "ferry-endpoint.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_MEMORY (G_GUINT64_CONSTANT (1) << 30)
#define MIB (G_GUINT64_CONSTANT (1) << 20)

/* Where distributions put a UEFI firmware that needs no variable store beside it. */
static const char *const uefi_images[] = {
  "/usr/share/ovmf/OVMF.fd",
  "/usr/share/edk2/ovmf/OVMF.amdsev.fd",
  "/usr/share/edk2/x64/OVMF.4m.fd",
  "/usr/share/qemu/ovmf-x86_64.bin",
};

/* What stands in the first group of @pattern, at its match number @index. */
static char *
find_in_xml (const char *xml, const char *pattern, guint index)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, xml, G_REGEX_MATCH_DEFAULT, &match);
  while (index > 0 && g_match_info_matches (match))
    {
      g_match_info_next (match, NULL);
      index--;
    }

  return g_match_info_matches (match) ? g_match_info_fetch (match, 1) : NULL;
}

static gboolean
boots_by_uefi (const char *xml)
{
  g_autofree char *loader = find_in_xml (xml, "(<loader[ >])", 0);
  g_autofree char *firmware = find_in_xml (xml, "<os\\s[^>]*(firmware=['\"]efi)", 0);

  return loader != NULL || firmware != NULL;
}

/* QEMU takes a comma for the end of a file's name unless it is doubled. */
static gboolean
append_drive (GString *command, const FerryctlBoot *boot, guint index)
{
  g_autofree char *bus =
      find_in_xml (boot->xml,
                   "(?s)<disk[^>]*device=['\"]disk['\"].*?<target[^>]*bus=['\"](\\w+)['\"]", index);
  g_auto (GStrv) parts = g_strsplit (boot->files[index], ",", -1);
  g_autofree char *path = g_strjoinv (",,", parts);
  g_autofree char *option = NULL;
  g_autofree char *quoted = NULL;
  const char *interface =
      g_strcmp0 (bus, "ide") == 0 || g_strcmp0 (bus, "sata") == 0 ? "ide" : "virtio";

  if (g_strcmp0 (bus, "scsi") == 0)
    return FALSE;

  option = g_strdup_printf ("file=%s,format=%s,if=%s", path,
                            ferry_format_to_word (boot->guest->format), interface);
  quoted = g_shell_quote (option);
  g_string_append_printf (command, " \\\n  -drive %s", quoted);
  return TRUE;
}

/**
 * ferryctl_boot_to_command:
 *
 * Returns: (nullable): for a shell; %NULL when the guest needs more than fits on a command line
 */
char *
ferryctl_boot_to_command (const FerryctlBoot *boot)
{
  g_autofree char *arch = find_in_xml (boot->xml, "<type[^>]*arch=['\"](\\w+)['\"]", 0);
  g_autofree char *q35 = find_in_xml (boot->xml, "<type[^>]*machine=['\"][^'\"]*(q35)", 0);
  g_autoptr (GString) command = g_string_new (NULL);
  guint64 memory = boot->guest->memory_bytes > 0 ? boot->guest->memory_bytes : DEFAULT_MEMORY;

  if (boots_by_uefi (boot->xml) && boot->uefi == NULL)
    return NULL;

  g_string_append_printf (command, "qemu-system-%s%s -accel tcg -cpu max",
                          arch != NULL ? arch : "x86_64", boot->has_kvm ? " -accel kvm" : "");
  if (q35 != NULL)
    g_string_append (command, " -machine q35");
  g_string_append_printf (command, " -m %" G_GUINT64_FORMAT " -smp %u", (memory + MIB - 1) / MIB,
                          MAX (1, boot->guest->vcpus));
  if (boots_by_uefi (boot->xml))
    g_string_append_printf (command, " -bios %s", boot->uefi);
  if (!boot->has_display)
    g_string_append (command, " -nographic");
  for (guint i = 0; boot->files != NULL && boot->files[i] != NULL; i++)
    if (!append_drive (command, boot, i))
      return NULL;

  return g_string_free (g_steal_pointer (&command), FALSE);
}

static const char *
find_uefi (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (uefi_images); i++)
    if (g_file_test (uefi_images[i], G_FILE_TEST_EXISTS))
      return uefi_images[i];

  return NULL;
}

/* A KVM that only opens would let the virtual machine hang, so the host is asked again. */
static gboolean
kvm_works (const FerryPlan *plan)
{
  g_autoptr (FerryHost) host = ferry_endpoint_open_host (plan, NULL);
  g_autoptr (FerryHostFacts) facts = host != NULL ? ferry_host_inspect (host, NULL, NULL) : NULL;

  return facts != NULL && facts->kvm == FERRY_KVM_WORKS;
}

static char *
describe_folder (const FerryctlSnapshot *snapshot, const FerryPlan *plan)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autofree char *file = g_strconcat (guest->name, ".xml", NULL);
  g_autofree char *path = g_build_filename (snapshot->location, file, NULL);
  g_autofree char *quoted_path = g_shell_quote (path);
  g_autofree char *quoted_name = g_shell_quote (guest->name);
  g_autofree char *xml = NULL;
  g_autofree char *command = NULL;
  GString *text = g_string_new (NULL);

  if (g_file_get_contents (path, &xml, NULL, NULL))
    {
      const FerryctlBoot boot = {
        .guest = guest,
        .xml = xml,
        .files = snapshot->files,
        .uefi = find_uefi (),
        .has_kvm = kvm_works (plan),
        .has_display = g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL,
      };

      command = ferryctl_boot_to_command (&boot);
    }
  if (command != NULL)
    g_string_append_printf (text, "%s\n  %s\n", _("To start it as it is:"), command);
  g_string_append_printf (text, "%s\n  virsh define %s && virsh start %s\n",
                          _("To give it to libvirt and start it there:"), quoted_path,
                          quoted_name);

  return g_string_free (text, FALSE);
}

static char *
describe_libvirt (const FerryPlan *plan)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);
  g_autofree char *uri = g_shell_quote (plan->destination.uri);
  g_autofree char *name = g_shell_quote (guest->name);

  if (guest->start)
    return g_strdup_printf ("%s\n  virsh -c %s console %s\n", _("It has been started. To see it:"),
                            uri, name);

  return g_strdup_printf ("%s\n  virsh -c %s start %s\n", _("To start it:"), uri, name);
}

/** ferryctl_boot_describe: (nullable): the lines that tell how to start an import that succeeded */
char *
ferryctl_boot_describe (const FerryctlSnapshot *snapshot)
{
  g_autoptr (FerryPlan) plan = NULL;

  if (snapshot->plan == NULL || snapshot->location == NULL)
    return NULL;
  plan = ferry_plan_from_text (snapshot->plan, -1, NULL);
  if (plan == NULL || ferry_plan_get_guest (plan, 0) == NULL)
    return NULL;

  switch (plan->destination.kind)
    {
    case FERRY_DESTINATION_FOLDER:
      return describe_folder (snapshot, plan);
    case FERRY_DESTINATION_LIBVIRT:
      return describe_libvirt (plan);
    }

  return NULL;
}
