/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-adopt.h"

#include "ferry-domain-nodes.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>

static const char *const kept_parts[] = {
  "name",        "uuid",      "genid",       "title",          "description",
  "metadata",    "memory",    "currentMemory", "maxMemory",    "memtune",
  "vcpu",        "vcpus",     "iothreads",   "iothreadids",    "cputune",
  "os",          "sysinfo",   "features",    "cpu",            "clock",
  "on_poweroff", "on_reboot", "on_crash",    "on_lockfailure", "pm",
  "devices",     NULL,
};

void
ferry_domain_adoption_warn (const FerryDomainAdoption *adoption, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (adoption->warn != NULL)
    adoption->warn (text, adoption->user_data);
}

/* libvirt looks at all elements of a name, Ferry at the first; and QEMU's own namespace has what no
 * other host can want. */
static void
keep_first_of_each (xmlNode *parent)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  xmlNode *child = xmlFirstElementChild (parent);

  while (child != NULL)
    {
      xmlNode *next = xmlNextElementSibling (child);

      if (child->ns != NULL || !g_hash_table_add (seen, (gpointer) child->name))
        ferry_node_remove (child);
      child = next;
    }
}

static gboolean
has_own_arguments (const xmlNode *root)
{
  return ferry_xml_get_child (root, "commandline") != NULL ||
         ferry_xml_get_child (root, "override") != NULL;
}

static void
adopt_parts (xmlNode *root, const FerryDomainAdoption *adoption)
{
  xmlNode *sysinfo;

  if (has_own_arguments (root))
    ferry_domain_adoption_warn (
        adoption, _("Its own arguments for QEMU are left out: they may be about its old host."));
  if (ferry_xml_get_child (root, "launchSecurity") != NULL)
    ferry_domain_adoption_warn (adoption,
                                _("Its memory is no longer encrypted (SEV): that is left out."));
  keep_first_of_each (root);
  ferry_node_keep_only (root, kept_parts);
  ferry_node_unset_attribute (root, "id");
  sysinfo = ferry_node_get_child (root, "sysinfo");
  if (sysinfo != NULL && !ferry_node_has_attribute (sysinfo, "type", "smbios"))
    ferry_node_remove (sysinfo);
}

/* --- processors and memory --- */

/* Which processors of the host it was bound to. */
static void
adopt_tuning (xmlNode *root)
{
  static const char *const kept[] = {
    "shares", "global_period", "global_quota", "period", "quota", "emulator_period",
    "emulator_quota", NULL,
  };
  xmlNode *vcpu = ferry_node_get_child (root, "vcpu");

  ferry_node_keep_only (ferry_node_get_child (root, "cputune"), kept);
  if (vcpu == NULL)
    return;
  ferry_node_unset_attribute (vcpu, "cpuset");
  ferry_node_unset_attribute (vcpu, "placement");
}

/* How processors and memory are shared out fits the numbers that it had. */
static void
drop_shares (xmlDoc *domain, const FerryDomainAdoption *adoption)
{
  const FerryPlanGuest *guest = adoption->guest;
  xmlNode *root = xmlDocGetRootElement (domain);
  xmlNode *cpu = ferry_node_get_child (root, "cpu");

  if (ferry_domain_xml_get_vcpus (domain) == guest->vcpus &&
      ferry_domain_xml_get_memory_bytes (domain) == guest->memory_bytes)
    return;
  ferry_node_remove_child (root, "vcpus");
  ferry_node_remove_child (root, "maxMemory");
  if (cpu == NULL || ferry_node_get_child (cpu, "numa") == NULL)
    return;
  ferry_node_remove_child (cpu, "numa");
  ferry_domain_adoption_warn (adoption, _("Its NUMA cells are left out: they do not fit the memory "
                                          "and the virtual CPUs that it has now."));
}

/* --- how it starts --- */

static void
adopt_loader (xmlNode *os, const FerryDomainAdoption *adoption)
{
  xmlNode *loader = ferry_node_get_child (os, "loader");
  gboolean is_uefi = adoption->guest->source->firmware == FERRY_FIRMWARE_UEFI;
  gboolean has_loader = loader != NULL;
  gboolean is_secure = has_loader && ferry_node_has_attribute (loader, "secure", "yes");

  if (has_loader)
    ferry_node_remove (loader);
  if (!is_uefi)
    {
      if (has_loader)
        ferry_domain_adoption_warn (adoption, _("Its own firmware file is left out: it starts with "
                                                "the one that is usual at the destination."));
      return;
    }
  ferry_node_set_attribute (os, "firmware", "efi");
  if (is_secure)
    ferry_node_set_attribute (ferry_node_insert_after (ferry_node_get_or_insert (os, "type"),
                                                       "loader"),
                              "secure", "yes");
}

static void
adopt_os (xmlNode *root, const FerryDomainAdoption *adoption)
{
  static const char *const kept[] = { "type", "loader",   "firmware", "boot",
                                      "bios", "bootmenu", "smbios",   NULL };
  xmlNode *os = ferry_node_get_child (root, "os");

  if (os == NULL)
    return;
  if (ferry_node_get_child (os, "nvram") != NULL ||
      adoption->guest->source->firmware == FERRY_FIRMWARE_UEFI)
    ferry_domain_adoption_warn (adoption,
                                _("Its UEFI settings, such as boot entries and enrolled keys, stay "
                                  "behind. If it does not start, choose its boot file in the "
                                  "firmware’s menu once."));
  if (ferry_node_get_child (os, "kernel") != NULL)
    ferry_domain_adoption_warn (adoption, _("It was started with a kernel from a file of its host, "
                                            "which stays behind. It must start from its own disk "
                                            "now."));
  ferry_node_keep_only (os, kept);
  adopt_loader (os, adoption);
}

gboolean
ferry_domain_xml_adopt (xmlDoc *domain, const FerryDomainAdoption *adoption, GError **error)
{
  xmlNode *root = xmlDocGetRootElement (domain);
  xmlNode *devices;

  adopt_parts (root, adoption);
  ferry_node_set_text (ferry_node_get_or_insert (root, "name"), adoption->guest->name);
  adopt_tuning (root);
  drop_shares (domain, adoption);
  adopt_os (root, adoption);
  devices = ferry_node_get_child (root, "devices");
  if (devices == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The source’s description of ‘%s’ has no devices."),
                       adoption->guest->source->name);

  return ferry_domain_adopt_devices (devices, adoption, error);
}
