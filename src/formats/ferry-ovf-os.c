/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ovf-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *id;
  const char *name;
} OsName;

/* VMware's guest ids, from the VirtualMachineGuestOsIdentifier of the vSphere API. */
static const OsName vmware_names[] = {
  { "almalinux_64Guest", "AlmaLinux" },
  { "amazonlinux2_64Guest", "Amazon Linux 2" },
  { "amazonlinux3_64Guest", "Amazon Linux 3" },
  { "centos6_64Guest", "CentOS 6" },
  { "centos7_64Guest", "CentOS 7" },
  { "centos8_64Guest", "CentOS 8" },
  { "centos9_64Guest", "CentOS 9" },
  { "centos64Guest", "CentOS 4 or 5" },
  { "debian6_64Guest", "Debian GNU/Linux 6" },
  { "debian7_64Guest", "Debian GNU/Linux 7" },
  { "debian8_64Guest", "Debian GNU/Linux 8" },
  { "debian9_64Guest", "Debian GNU/Linux 9" },
  { "debian10_64Guest", "Debian GNU/Linux 10" },
  { "debian11_64Guest", "Debian GNU/Linux 11" },
  { "debian12_64Guest", "Debian GNU/Linux 12" },
  { "freebsd64Guest", "FreeBSD" },
  { "freebsd12_64Guest", "FreeBSD 12" },
  { "freebsd13_64Guest", "FreeBSD 13" },
  { "freebsd14_64Guest", "FreeBSD 14" },
  { "opensuse64Guest", "openSUSE" },
  { "oracleLinux7_64Guest", "Oracle Linux 7" },
  { "oracleLinux8_64Guest", "Oracle Linux 8" },
  { "oracleLinux9_64Guest", "Oracle Linux 9" },
  { "other3xLinux64Guest", "Linux 3.x" },
  { "other4xLinux64Guest", "Linux 4.x" },
  { "other5xLinux64Guest", "Linux 5.x" },
  { "other6xLinux64Guest", "Linux 6.x" },
  { "otherLinux64Guest", "Linux" },
  { "otherLinuxGuest", "Linux" },
  { "rhel5_64Guest", "Red Hat Enterprise Linux 5" },
  { "rhel6_64Guest", "Red Hat Enterprise Linux 6" },
  { "rhel7_64Guest", "Red Hat Enterprise Linux 7" },
  { "rhel8_64Guest", "Red Hat Enterprise Linux 8" },
  { "rhel9_64Guest", "Red Hat Enterprise Linux 9" },
  { "rockylinux_64Guest", "Rocky Linux" },
  { "sles11_64Guest", "SUSE Linux Enterprise 11" },
  { "sles12_64Guest", "SUSE Linux Enterprise 12" },
  { "sles15_64Guest", "SUSE Linux Enterprise 15" },
  { "ubuntu64Guest", "Ubuntu" },
  { "ubuntuGuest", "Ubuntu" },
  { "vmwarePhoton64Guest", "VMware Photon OS" },
  { "windows2019srv_64Guest", "Windows Server 2019" },
  { "windows2019srvNext_64Guest", "Windows Server 2022" },
  { "windows2022srvNext_64Guest", "Windows Server 2025" },
  { "windows7_64Guest", "Windows 7" },
  { "windows7Server64Guest", "Windows Server 2008 R2" },
  { "windows8_64Guest", "Windows 8" },
  { "windows8Server64Guest", "Windows Server 2012" },
  { "windows9_64Guest", "Windows 10" },
  { "windows9Guest", "Windows 10" },
  { "windows9Server64Guest", "Windows Server 2016" },
  { "windows11_64Guest", "Windows 11" },
};

/* OSType of CIM_OperatingSystem, DMTF's CIM schema. */
static const OsName cim_names[] = {
  { "29", "Solaris" },
  { "36", "Linux" },
  { "42", "FreeBSD" },
  { "58", "Windows 2000" },
  { "67", "Windows XP" },
  { "69", "Windows Server 2003" },
  { "70", "Windows Server 2003" },
  { "71", "Windows XP" },
  { "73", "Windows Vista" },
  { "74", "Windows Vista" },
  { "76", "Windows Server 2008" },
  { "77", "Windows Server 2008" },
  { "78", "FreeBSD" },
  { "79", "Red Hat Enterprise Linux" },
  { "80", "Red Hat Enterprise Linux" },
  { "82", "SUSE Linux" },
  { "83", "SUSE Linux" },
  { "84", "SUSE Linux Enterprise" },
  { "85", "SUSE Linux Enterprise" },
  { "93", "Ubuntu" },
  { "94", "Ubuntu" },
  { "95", "Debian GNU/Linux" },
  { "96", "Debian GNU/Linux" },
  { "97", "Linux 2.4" },
  { "98", "Linux 2.4" },
  { "99", "Linux 2.6" },
  { "100", "Linux 2.6" },
  { "101", "Linux" },
  { "103", "Windows Server 2008 R2" },
  { "105", "Windows 7" },
  { "106", "CentOS" },
  { "107", "CentOS" },
  { "108", "Oracle Linux" },
  { "109", "Oracle Linux" },
  { "113", "Windows Server 2012" },
  { "114", "Windows 8" },
  { "115", "Windows 8" },
  { "116", "Windows Server 2012 R2" },
  { "117", "Windows Server 2016" },
  { "118", "Windows 8.1" },
  { "119", "Windows 8.1" },
  { "120", "Windows 10" },
  { "121", "Windows 10" },
  { "122", "Windows Server 2019" },
};

static const char *
find_name (const OsName *names, gsize n_names, const char *id)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i].id, id) == 0)
      return names[i].name;

  return NULL;
}

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
  name = find_name (vmware_names, G_N_ELEMENTS (vmware_names), guest->os_id);
  if (name == NULL)
    name = find_name (cim_names, G_N_ELEMENTS (cim_names), cim_id);
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
