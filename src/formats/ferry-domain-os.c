/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-private.h"

#include <string.h>

/* Ids of libosinfo, without "http://" and the version at the end. */
static const struct
{
  const char *id;
  const char *name;
} systems[] = {
  { "almalinux.org/almalinux", "AlmaLinux" },
  { "alpinelinux.org/alpinelinux", "Alpine Linux" },
  { "archlinux.org/archlinux", "Arch Linux" },
  { "centos.org/centos", "CentOS" },
  { "centos.org/centos-stream", "CentOS Stream" },
  { "debian.org/debian", "Debian GNU/Linux" },
  { "fedoraproject.org/fedora", "Fedora" },
  { "freebsd.org/freebsd", "FreeBSD" },
  { "microsoft.com/win", "Microsoft Windows" },
  { "netbsd.org/netbsd", "NetBSD" },
  { "openbsd.org/openbsd", "OpenBSD" },
  { "opensuse.org/opensuse", "openSUSE" },
  { "oracle.com/ol", "Oracle Linux" },
  { "redhat.com/rhel", "Red Hat Enterprise Linux" },
  { "rockylinux.org/rocky", "Rocky Linux" },
  { "suse.com/sles", "SUSE Linux Enterprise Server" },
  { "ubuntu.com/ubuntu", "Ubuntu" },
};

/* "2k19" of Windows is 2019. */
static char *
dup_version (const char *version)
{
  if (g_str_has_prefix (version, "2k") && strlen (version) >= 4)
    return g_strconcat ("20", version + 2, NULL);

  return g_strdup (version);
}

/* An id that is not in the table is told by its last parts: "haiku-os.org/haiku/r1" is "haiku r1". */
static char *
dup_system_name (const char *id)
{
  const char *bare = g_str_has_prefix (id, "http://") ? id + strlen ("http://") : id;
  g_auto (GStrv) parts = g_strsplit (bare, "/", -1);
  guint n_parts = g_strv_length (parts);
  g_autofree char *family = NULL;
  g_autofree char *version = NULL;

  if (n_parts < 2)
    return NULL;
  family = g_strjoin ("/", parts[0], parts[1], NULL);
  version = dup_version (n_parts > 2 ? parts[2] : "");
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_str_equal (systems[i].id, family))
      return g_strchomp (g_strdup_printf ("%s %s", systems[i].name, version));

  return g_strchomp (g_strdup_printf ("%s %s", parts[1], version));
}

/** ferry_domain_read_os: from the id of libosinfo that virt-install and others leave there */
void
ferry_domain_read_os (const xmlNode *domain, FerryGuest *guest)
{
  const xmlNode *metadata = ferry_xml_get_child (domain, "metadata");
  const xmlNode *libosinfo = ferry_xml_get_child (metadata, "libosinfo");
  const xmlNode *os = ferry_xml_get_child (libosinfo, "os");

  if (os == NULL)
    return;
  guest->os_id = ferry_xml_dup_attribute (os, "id");
  if (guest->os_id != NULL)
    guest->os = dup_system_name (guest->os_id);
}

/* --- firmware --- */

static gboolean
attribute_is (const xmlNode *node, const char *name, const char *value)
{
  g_autofree char *is = node != NULL ? ferry_xml_dup_attribute (node, name) : NULL;

  return g_strcmp0 (is, value) == 0;
}

static gboolean
is_pc (const xmlNode *os)
{
  const xmlNode *type = ferry_xml_get_child (os, "type");

  return attribute_is (type, "arch", "x86_64") || attribute_is (type, "arch", "i686");
}

static FerryFirmware
find_firmware (const xmlNode *os, FerryHypervisor hypervisor)
{
  const xmlNode *loader = ferry_xml_get_child (os, "loader");

  if (attribute_is (os, "firmware", "efi") || attribute_is (loader, "type", "pflash") ||
      ferry_xml_get_child (os, "nvram") != NULL)
    return FERRY_FIRMWARE_UEFI;
  if (attribute_is (os, "firmware", "bios"))
    return FERRY_FIRMWARE_BIOS;
  /* What QEMU starts a PC with when nothing is said; other machines and hypervisors differ. */
  if (hypervisor == FERRY_HYPERVISOR_KVM && is_pc (os) && loader == NULL)
    return FERRY_FIRMWARE_BIOS;

  return FERRY_FIRMWARE_UNKNOWN;
}

static FerryTruth
find_secure_boot (const xmlNode *os, FerryFirmware firmware)
{
  const xmlNode *loader = ferry_xml_get_child (os, "loader");
  const xmlNode *features = ferry_xml_get_child (os, "firmware");
  const xmlNode *feature = ferry_xml_get_child (features, "feature");

  if (firmware == FERRY_FIRMWARE_BIOS)
    return FERRY_TRUTH_NO;
  for (; feature != NULL; feature = ferry_xml_get_next (feature, "feature"))
    if (attribute_is (feature, "name", "secure-boot"))
      return attribute_is (feature, "enabled", "yes") ? FERRY_TRUTH_YES : FERRY_TRUTH_NO;
  if (attribute_is (loader, "secure", "yes"))
    return FERRY_TRUTH_YES;

  return attribute_is (loader, "secure", "no") ? FERRY_TRUTH_NO : FERRY_TRUTH_UNKNOWN;
}

/** ferry_domain_read_firmware: how it boots, as far as the description says */
void
ferry_domain_read_firmware (const xmlNode *domain, FerryGuest *guest)
{
  const xmlNode *os = ferry_xml_get_child (domain, "os");

  if (os == NULL)
    return;
  guest->firmware = find_firmware (os, guest->hypervisor);
  guest->secure_boot = find_secure_boot (os, guest->firmware);
}
