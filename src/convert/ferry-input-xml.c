/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-input-xml.h"

#include "ferry-error.h"
#include "ferry-input-overlay.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- the description --- */

/* What XML 1.0 cannot hold becomes '?'; line ends are written so that attributes keep them. */
static void
append_escaped (GString *xml, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\n' || letter == '\t' || letter == '\r')
        g_string_append_printf (xml, "&#%u;", letter);
      else if (letter < 0x20 || letter == 0xfffe || letter == 0xffff)
        g_string_append_c (xml, '?');
      else if (strchr ("<>&'\"", (int) letter) != NULL && letter < 0x80)
        g_string_append_printf (xml, "&#%u;", letter);
      else
        g_string_append_unichar (xml, letter);
    }
}

static void
append_element (GString *xml, const char *name, const char *text)
{
  g_string_append_printf (xml, "  <%s>", name);
  append_escaped (xml, text);
  g_string_append_printf (xml, "</%s>\n", name);
}

static void
append_attribute (GString *xml, const char *name, const char *value)
{
  g_string_append_printf (xml, " %s='", name);
  append_escaped (xml, value);
  g_string_append_c (xml, '\'');
}

/* In KiB whatever unit is said: virt-v2v does not read the unit. */
static void
append_memory (GString *xml, guint64 bytes)
{
  guint64 kib = bytes / 1024 + (bytes % 1024 != 0 ? 1 : 0);

  if (bytes == 0)
    return;

  g_string_append_printf (xml, "  <memory unit='KiB'>%" G_GUINT64_FORMAT "</memory>\n", kib);
}

/* A topology is said only while its product is the number that is wanted. */
static void
append_cpus (GString *xml, const FerryPlanGuest *guest)
{
  if (guest->vcpus == 0)
    return;

  g_string_append_printf (xml, "  <vcpu>%u</vcpu>\n", guest->vcpus);
  if (guest->sockets > 0
      && (guint64) guest->sockets * guest->cores * guest->threads == guest->vcpus)
    g_string_append_printf (xml,
                            "  <cpu>\n    <topology sockets='%u' cores='%u' threads='%u'/>\n"
                            "  </cpu>\n",
                            guest->sockets, guest->cores, guest->threads);
}

static const char *
get_firmware_attribute (FerryFirmware firmware)
{
  switch (firmware)
    {
    case FERRY_FIRMWARE_BIOS:
      return " firmware='bios'";
    case FERRY_FIRMWARE_UEFI:
      return " firmware='efi'";
    case FERRY_FIRMWARE_UNKNOWN:
    default:
      return "";
    }
}

/* libvirt knows no bus for NVMe; like an unknown one it becomes SCSI, which VMware usually has. */
static const char *
get_bus (FerryBus bus, const char **out_prefix)
{
  *out_prefix = "sd";
  switch (bus)
    {
    case FERRY_BUS_IDE:
      *out_prefix = "hd";
      return "ide";
    case FERRY_BUS_SATA:
      return "sata";
    case FERRY_BUS_VIRTIO:
      *out_prefix = "vd";
      return "virtio";
    case FERRY_BUS_SCSI:
    case FERRY_BUS_NVME:
    case FERRY_BUS_UNKNOWN:
    default:
      return "scsi";
    }
}

/* a … z, aa, ab …, as Linux names disks */
static char *
make_letters (guint index)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint64 n = (guint64) index + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (letters, (char) ('a' + (n - 1) % 26));

  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static void
append_disk (GString *xml, const FerryDisk *disk, guint index, const char *path)
{
  const char *prefix;
  const char *bus = get_bus (disk->bus, &prefix);
  g_autofree char *letters = make_letters (index);

  g_string_append (xml, "    <disk type='file' device='disk'>\n"
                        "      <driver name='qemu' type='qcow2'/>\n"
                        "      <source");
  append_attribute (xml, "file", path);
  g_string_append_printf (xml, "/>\n      <target dev='%s%s' bus='%s'/>\n    </disk>\n", prefix,
                          letters, bus);
}

static const char *
get_mac (const FerryPlanNic *nic, const FerryNic *source)
{
  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return source->mac;
    case FERRY_MAC_FIXED:
      return nic->mac;
    case FERRY_MAC_NEW:
    default:
      return NULL;
    }
}

static void
append_nic (GString *xml, const FerryPlanNic *nic, const FerryNic *source)
{
  gboolean is_network = nic->network.kind == FERRY_NETWORK_NETWORK;
  gboolean is_connected = is_network || nic->network.kind == FERRY_NETWORK_BRIDGE;
  const char *type = is_network ? "network" : "bridge";
  const char *mac = get_mac (nic, source);

  g_string_append_printf (xml, "    <interface type='%s'>\n      <source", type);
  append_attribute (xml, type,
                    is_connected && nic->network.name != NULL ? nic->network.name
                                                              : FERRY_UNCONNECTED_BRIDGE);
  g_string_append (xml, "/>\n");
  if (mac != NULL && ferry_mac_is_valid (mac))
    {
      g_string_append (xml, "      <mac");
      append_attribute (xml, "address", mac);
      g_string_append (xml, "/>\n");
    }
  if (source->model != NULL)
    {
      g_string_append (xml, "      <model");
      append_attribute (xml, "type", source->model);
      g_string_append (xml, "/>\n");
    }
  g_string_append (xml, "    </interface>\n");
}

static void
append_devices (GString *xml, const FerryPlanGuest *guest, const char *const *disks)
{
  guint n_nics = MIN (guest->nics->len, guest->source->nics->len);

  g_string_append (xml, "  <devices>\n");
  for (guint i = 0; disks[i] != NULL && i < guest->source->disks->len; i++)
    append_disk (xml, ferry_guest_get_disk (guest->source, i), i, disks[i]);
  for (guint i = 0; i < n_nics; i++)
    append_nic (xml, ferry_plan_guest_get_nic (guest, i), ferry_guest_get_nic (guest->source, i));
  g_string_append (xml, "  </devices>\n");
}

/**
 * ferry_input_to_xml:
 * @disks: paths of qcow2 files, one for each disk of the guest's source
 *
 * The guest as it shall become, but as if it came from VMware, so that virt-v2v converts it.
 *
 * Returns: (transfer full): libvirt domain XML
 */
char *
ferry_input_to_xml (const FerryPlanGuest *guest, const char *const *disks)
{
  g_autoptr (GString) xml = g_string_new ("<?xml version='1.0' encoding='UTF-8'?>\n"
                                          "<domain type='vmware'>\n");

  append_element (xml, "name", guest->name);
  append_memory (xml, guest->memory_bytes);
  append_cpus (xml, guest);
  g_string_append_printf (xml, "  <os%s>\n    <type arch='x86_64'>hvm</type>\n  </os>\n",
                          get_firmware_attribute (guest->firmware));
  g_string_append (xml, "  <features>\n    <acpi/>\n    <apic/>\n  </features>\n");
  append_devices (xml, guest, disks);
  g_string_append (xml, "</domain>\n");

  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* --- all of it --- */

static char **
make_overlays (FerryHost *host, const FerryInput *input, GCancellable *cancellable, GError **error)
{
  g_autoptr (GStrvBuilder) overlays = g_strv_builder_new ();

  for (guint i = 0; i < input->locations->len; i++)
    {
      const FerryInputDisk disk = { i, g_ptr_array_index (input->locations, i), input->work_dir,
                                    input->marker };
      g_autofree char *overlay = ferry_input_make_overlay (host, &disk, cancellable, error);

      if (overlay == NULL)
        return NULL;
      g_strv_builder_add (overlays, overlay);
    }

  return g_strv_builder_end (overlays);
}

/* The checks have refused such a plan before; what is written here has no place for it. */
static gboolean
check_guest (const FerryInput *input, GError **error)
{
  const FerryPlanGuest *guest = input->guest;

  if (guest->source->disks->len == 0 || input->locations->len != guest->source->disks->len)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The disks of ‘%s’ are not those of the plan. Choose it again."),
                       guest->name);

  for (guint i = 0; i < guest->nics->len; i++)
    if (ferry_plan_guest_get_nic (guest, i)->network.kind == FERRY_NETWORK_UNMAPPED)
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("No network has been chosen for a network adapter of ‘%s’."),
                         guest->name);

  return TRUE;
}

/**
 * ferry_input_write:
 *
 * Makes a small overlay over every disk, so that virt-v2v reads it where it lies, inside an archive
 * too, and the description of the guest that goes with them.
 *
 * Returns: (transfer full): path of the description, for virt-v2v -i libvirtxml; or %NULL with
 *   FERRY_ERROR_INVALID, NOT_FOUND, NO_SPACE, PERMISSION, UNSUPPORTED, MISSING_TOOL or FAILED
 */
char *
ferry_input_write (FerryHost *host,
                   const FerryInput *input,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (GStrv) overlays = NULL;
  g_autofree char *path = g_build_filename (input->work_dir, "input.xml", NULL);
  g_autofree char *xml = NULL;

  if (!check_guest (input, error))
    return NULL;
  overlays = make_overlays (host, input, cancellable, error);
  if (overlays == NULL)
    return NULL;

  xml = ferry_input_to_xml (input->guest, (const char *const *) overlays);
  if (!ferry_paths_write_atomic (path, xml, -1, error))
    return NULL;

  return g_steal_pointer (&path);
}
