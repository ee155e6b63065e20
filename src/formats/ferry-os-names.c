/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-os-private.h"

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
  { "win2000AdvServGuest", "Windows 2000" },
  { "win2000ProGuest", "Windows 2000" },
  { "win2000ServGuest", "Windows 2000" },
  { "winLonghorn64Guest", "Windows Server 2008" },
  { "winLonghornGuest", "Windows Server 2008" },
  { "winNetBusinessGuest", "Windows Server 2003" },
  { "winNetDatacenter64Guest", "Windows Server 2003" },
  { "winNetDatacenterGuest", "Windows Server 2003" },
  { "winNetEnterprise64Guest", "Windows Server 2003" },
  { "winNetEnterpriseGuest", "Windows Server 2003" },
  { "winNetStandard64Guest", "Windows Server 2003" },
  { "winNetStandardGuest", "Windows Server 2003" },
  { "winNetWebGuest", "Windows Server 2003" },
  { "winVista64Guest", "Windows Vista" },
  { "winVistaGuest", "Windows Vista" },
  { "winXPHomeGuest", "Windows XP" },
  { "winXPPro64Guest", "Windows XP" },
  { "winXPProGuest", "Windows XP" },
  { "windows2019srv_64Guest", "Windows Server 2019" },
  { "windows2019srvNext_64Guest", "Windows Server 2022" },
  { "windows2022srvNext_64Guest", "Windows Server 2025" },
  { "windows7Guest", "Windows 7" },
  { "windows7_64Guest", "Windows 7" },
  { "windows7Server64Guest", "Windows Server 2008 R2" },
  { "windows8Guest", "Windows 8" },
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

const char *
ferry_os_get_vmware_name (const char *id)
{
  return find_name (vmware_names, G_N_ELEMENTS (vmware_names), id);
}

const char *
ferry_os_get_cim_name (const char *id)
{
  return find_name (cim_names, G_N_ELEMENTS (cim_names), id);
}
