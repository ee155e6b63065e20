/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-os-private.h"
#include "ferry-ovf-private.h"

#include <glib/gi18n-lib.h>

/* oVirt writes ovf:id and ovirt:id into the same element, each with numbers of its own. */
static char *
dup_cim_id (const xmlNode *section)
{
  for (const xmlAttr *attribute = section->properties; attribute != NULL;
       attribute = attribute->next)
    {
      const char *prefix = attribute->ns != NULL ? (const char *) attribute->ns->prefix : NULL;

      if (g_strcmp0 ((const char *) attribute->name, "id") == 0 && g_strcmp0 (prefix, "ovirt") != 0)
        return ferry_xml_dup_text ((const xmlNode *) attribute);
    }

  return NULL;
}

/* "debian11_64Guest", "cim:96", or VirtualBox's "Debian_64"; 0 and 1 are unknown and other. */
static char *
dup_os_id (const xmlNode *section, const char *cim_id)
{
  char *type = ferry_xml_dup_attribute (section, "osType");

  if (type == NULL)
    type = ferry_xml_dup_child_text (section, "OSType");
  if (type == NULL && cim_id != NULL && !g_str_equal (cim_id, "0") && !g_str_equal (cim_id, "1"))
    type = g_strconcat ("cim:", cim_id, NULL);

  return type;
}

void
ferry_ovf_read_os (const xmlNode *node, FerryGuest *guest)
{
  const xmlNode *section = ferry_ovf_get_section (node, "OperatingSystemSection");
  g_autofree char *cim_id = NULL;
  const char *name;

  if (section == NULL)
    return;
  cim_id = dup_cim_id (section);
  guest->os_id = dup_os_id (section, cim_id);
  guest->os = ferry_xml_dup_child_text (section, "Description");
  if (guest->os != NULL)
    return;
  name = ferry_os_get_vmware_name (guest->os_id);
  if (name == NULL)
    name = ferry_os_get_cim_name (cim_id);
  guest->os = g_strdup (name);
}

/* VMware: <vmw:Config vmw:key="firmware" vmw:value="efi"/> */
static char *
dup_vmware_firmware (const xmlNode *hardware)
{
  for (const xmlNode *node = ferry_xml_get_child (hardware, "Config"); node != NULL;
       node = ferry_xml_get_next (node, "Config"))
    {
      g_autofree char *key = ferry_xml_dup_attribute (node, "key");

      if (g_strcmp0 (key, "firmware") == 0)
        return ferry_xml_dup_attribute (node, "value");
    }

  return NULL;
}

/* VirtualBox: <vbox:Machine><Hardware><Firmware type="EFI64"/> */
static char *
dup_virtualbox_firmware (const xmlNode *system)
{
  const xmlNode *machine = ferry_xml_get_child (system, "Machine");
  const xmlNode *hardware = ferry_xml_get_child (machine, "Hardware");
  const xmlNode *firmware = ferry_xml_get_child (hardware, "Firmware");

  return firmware != NULL ? ferry_xml_dup_attribute (firmware, "type") : NULL;
}

/* oVirt's BiosType: 1 i440fx and SeaBIOS, 2 Q35 and SeaBIOS, 3 Q35 and OVMF, 4 with secure boot;
 * 0 is whatever the cluster does. */
static char *
dup_ovirt_firmware (const xmlNode *system)
{
  g_autofree char *type = ferry_xml_dup_child_text (system, "BiosType");

  if (g_strcmp0 (type, "1") == 0 || g_strcmp0 (type, "2") == 0)
    return g_strdup ("bios");
  if (g_strcmp0 (type, "3") == 0 || g_strcmp0 (type, "4") == 0)
    return g_strdup ("efi");

  return NULL;
}

void
ferry_ovf_read_firmware (const xmlNode *node, FerryGuest *guest)
{
  const xmlNode *hardware = ferry_ovf_get_section (node, "VirtualHardwareSection");
  g_autofree char *word = dup_vmware_firmware (hardware);

  if (word == NULL)
    word = dup_virtualbox_firmware (node);
  if (word == NULL)
    word = dup_ovirt_firmware (node);
  if (word == NULL)
    return;

  if (g_ascii_strcasecmp (word, "bios") == 0)
    guest->firmware = FERRY_FIRMWARE_BIOS;
  else if (g_ascii_strncasecmp (word, "efi", 3) == 0 || g_ascii_strcasecmp (word, "uefi") == 0)
    guest->firmware = FERRY_FIRMWARE_UEFI;
  else
    ferry_ovf_warn (guest, "ovf.unknown-firmware",
                    _("Choose BIOS or UEFI in Settings, as it was in the original."),
                    _("The description names a firmware that is not known: ‘%s’."), word);
}
