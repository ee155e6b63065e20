/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-private.h"

#include "ferry-check.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIB G_GUINT64_CONSTANT (1024)
#define KB G_GUINT64_CONSTANT (1000)

/* libvirt's units of memory; upper and lower case are the same to it, and none is KiB. */
static const struct
{
  const char *name;
  guint64 bytes;
} units[] = {
  { "b", 1 },
  { "byte", 1 },
  { "bytes", 1 },
  { "KB", KB },
  { "k", KIB },
  { "KiB", KIB },
  { "MB", KB *KB },
  { "M", KIB *KIB },
  { "MiB", KIB *KIB },
  { "GB", KB *KB *KB },
  { "G", KIB *KIB *KIB },
  { "GiB", KIB *KIB *KIB },
  { "TB", KB *KB *KB *KB },
  { "T", KIB *KIB *KIB *KIB },
  { "TiB", KIB *KIB *KIB *KIB },
  { "PB", KB *KB *KB *KB *KB },
  { "P", KIB *KIB *KIB *KIB *KIB },
  { "PiB", KIB *KIB *KIB *KIB *KIB },
};

static const struct
{
  const char *type;
  FerryHypervisor hypervisor;
} hypervisors[] = {
  { "kvm", FERRY_HYPERVISOR_KVM },
  { "qemu", FERRY_HYPERVISOR_KVM },
  { "xen", FERRY_HYPERVISOR_XEN },
  { "vmware", FERRY_HYPERVISOR_VMWARE },
};

void
ferry_domain_warn (FerryGuest *guest, const char *id, const char *advice, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (guest->checks,
                   ferry_check_new (id, FERRY_SEVERITY_WARNING, advice, "%s", text));
}

static guint64
get_unit_bytes (const char *name)
{
  if (name == NULL)
    return KIB;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, name) == 0)
      return units[i].bytes;

  return 0;
}

gboolean
ferry_domain_read_bytes (const xmlNode *node, guint64 *out_bytes)
{
  g_autofree char *text = ferry_xml_dup_text (node);
  g_autofree char *unit = ferry_xml_dup_attribute (node, "unit");
  guint64 unit_bytes = get_unit_bytes (unit);
  guint64 number;
  guint64 bytes;

  if (text == NULL || unit_bytes == 0 ||
      !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, NULL) ||
      !g_uint64_checked_mul (&bytes, number, unit_bytes) || bytes > G_MAXINT64)
    return FALSE;
  *out_bytes = bytes;

  return TRUE;
}

static guint64
read_memory_element (const xmlNode *domain, const char *name, FerryGuest *guest)
{
  const xmlNode *node = ferry_xml_get_child (domain, name);
  guint64 bytes = 0;

  if (node != NULL && !ferry_domain_read_bytes (node, &bytes))
    ferry_domain_warn (guest, "domain.bad-number",
                       _("Enter in Settings how much memory it shall have."),
                       _("The source’s description has an amount of memory that makes no sense."));

  return bytes;
}

/* What the guest has now counts; what it could be given while it runs is only told of. */
static void
read_memory (const xmlNode *domain, FerryGuest *guest)
{
  guint64 most = read_memory_element (domain, "memory", guest);
  guint64 current = read_memory_element (domain, "currentMemory", guest);
  g_autofree char *most_text = g_format_size_full (most, G_FORMAT_SIZE_IEC_UNITS);

  guest->memory_bytes = current > 0 && (most == 0 || current < most) ? current : most;
  if (guest->memory_bytes < most)
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("domain.balloon", FERRY_SEVERITY_NOTE,
                                      _("Enter more memory in Settings if it shall have more."),
                                      _("It can be given up to %s of memory while it runs; at the "
                                        "destination it has what it has now."),
                                      most_text));
}

static guint
read_number (const char *text)
{
  guint64 number = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 1, 65535, &number, NULL);

  return (guint) number;
}

/* 1 when it is not said, 0 when it makes no sense. */
static guint
read_factor (const xmlNode *topology, const char *name)
{
  g_autofree char *text = ferry_xml_dup_attribute (topology, name);

  return text == NULL ? 1 : read_number (text);
}

static void
read_topology (const xmlNode *domain, FerryGuest *guest)
{
  const xmlNode *topology = ferry_xml_get_child (ferry_xml_get_child (domain, "cpu"), "topology");
  guint64 sockets, cores, threads;

  if (topology == NULL || guest->vcpus == 0)
    return;
  sockets = read_factor (topology, "sockets");
  cores = (guint64) read_factor (topology, "dies") * read_factor (topology, "clusters");
  cores = cores > 65535 ? 0 : cores * read_factor (topology, "cores");
  threads = read_factor (topology, "threads");
  if (cores > 65535 || sockets * cores * threads != guest->vcpus)
    {
      ferry_domain_warn (guest, "domain.odd-topology", _("They are imported without."),
                         _("The description shares out the virtual CPUs to sockets and cores in "
                           "a way that does not fit their number, %u."),
                         guest->vcpus);
      return;
    }
  guest->sockets = (guint) sockets;
  guest->cores = (guint) cores;
  guest->threads = (guint) threads;
}

static void
read_vcpus (const xmlNode *domain, FerryGuest *guest)
{
  g_autofree char *text = ferry_xml_dup_child_text (domain, "vcpu");

  guest->vcpus = read_number (text);
  if (text != NULL && guest->vcpus == 0)
    ferry_domain_warn (guest, "domain.bad-number",
                       _("Enter in Settings how many virtual CPUs it shall have."),
                       _("The source’s description has a number of virtual CPUs that makes no "
                         "sense: ‘%s’."),
                       text);
}

static void
read_hypervisor (const xmlNode *domain, FerryGuest *guest)
{
  g_autofree char *type = ferry_xml_dup_attribute (domain, "type");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (hypervisors); i++)
    if (g_str_equal (hypervisors[i].type, type))
      guest->hypervisor = hypervisors[i].hypervisor;
}

/* virt-v2v knows no other processor than that of a PC; a copy needs one like it, or emulation. */
static void
check_arch (const xmlNode *domain, FerryGuest *guest)
{
  const xmlNode *type = ferry_xml_get_child (ferry_xml_get_child (domain, "os"), "type");
  g_autofree char *arch = type != NULL ? ferry_xml_dup_attribute (type, "arch") : NULL;

  if (arch == NULL || g_str_equal (arch, "x86_64") || g_str_equal (arch, "i686"))
    return;
  if (guest->hypervisor == FERRY_HYPERVISOR_KVM)
    ferry_domain_warn (guest, "domain.arch",
                       _("Make sure that the destination has such a processor, or QEMU for it."),
                       _("It is made for processors of the kind ‘%s’."), arch);
  else
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("domain.arch", FERRY_SEVERITY_BLOCKER, _("Leave it out."),
                                      _("It is made for processors of the kind ‘%s’, for which "
                                        "virt-v2v cannot convert it."),
                                      arch));
}

/* Its own devices of the host: a guest elsewhere cannot have them. */
static void
check_host_devices (const xmlNode *devices, FerryGuest *guest)
{
  guint count = 0;

  for (const xmlNode *node = ferry_xml_get_child (devices, "hostdev"); node != NULL;
       node = ferry_xml_get_next (node, "hostdev"))
    count++;
  if (count > 0)
    ferry_domain_warn (guest, "domain.host-device",
                       _("Give it a device of the destination afterwards if it needs one."),
                       ngettext ("It uses %u device of its host directly (PCI, USB or SCSI), which "
                                 "stays behind.",
                                 "It uses %u devices of its host directly (PCI, USB or SCSI), "
                                 "which stay behind.",
                                 count),
                       count);
}

static char *
dup_uuid (const xmlNode *domain)
{
  g_autofree char *text = ferry_xml_dup_child_text (domain, "uuid");
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL && g_uuid_string_is_valid (lower) ? g_steal_pointer (&lower) : NULL;
}

static FerryGuest *
make_guest (const xmlNode *domain, GError **error)
{
  g_autofree char *uuid = dup_uuid (domain);
  g_autofree char *name = ferry_xml_dup_child_text (domain, "name");
  FerryGuest *guest;

  if (uuid == NULL && name == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("The description has neither a name nor a UUID, so that nobody can tell which "
                    "virtual machine it is about."));
      return NULL;
    }
  guest = ferry_guest_new (uuid != NULL ? uuid : name, name != NULL ? name : uuid);
  if (name == NULL)
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("guest.no-name", FERRY_SEVERITY_NOTE,
                                      _("Give it another name in Settings if you like."),
                                      _("The description gives no name; its UUID stands in for "
                                        "it.")));
  guest->uuid = g_steal_pointer (&uuid);

  return guest;
}

static void
read_all (const xmlNode *domain, FerryGuest *guest)
{
  const xmlNode *devices = ferry_xml_get_child (domain, "devices");

  guest->description = ferry_xml_dup_child_text (domain, "description");
  if (guest->description == NULL)
    guest->description = ferry_xml_dup_child_text (domain, "title");
  read_hypervisor (domain, guest);
  read_memory (domain, guest);
  read_vcpus (domain, guest);
  read_topology (domain, guest);
  ferry_domain_read_os (domain, guest);
  ferry_domain_read_firmware (domain, guest);
  check_arch (domain, guest);
  if (devices == NULL)
    return;

  guest->tpm = ferry_xml_get_child (devices, "tpm") != NULL ? FERRY_TRUTH_YES : FERRY_TRUTH_NO;
  ferry_domain_read_disks (devices, guest);
  ferry_domain_read_nics (devices, guest);
  check_host_devices (devices, guest);
}

FerryGuest *
ferry_domain_parse (GBytes *text, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_xml_parse (text, error);
  const xmlNode *domain = document != NULL ? xmlDocGetRootElement (document) : NULL;
  FerryGuest *guest;

  if (domain == NULL)
    return NULL;
  if (!ferry_xml_is (domain, "domain"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("It is not libvirt’s description of a virtual machine."));
      return NULL;
    }
  guest = make_guest (domain, error);
  if (guest != NULL)
    read_all (domain, guest);

  return guest;
}
