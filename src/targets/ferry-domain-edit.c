/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-xml.h"

#include "ferry-domain-choices.h"
#include "ferry-domain-nodes.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static xmlNode *
get_devices (xmlDoc *domain)
{
  return ferry_node_get_child (xmlDocGetRootElement (domain), "devices");
}

static void
set_description (xmlNode *root, const char *text)
{
  xmlNode *name = ferry_node_get_child (root, "name");
  xmlNode *description = ferry_node_get_child (root, "description");

  if (description == NULL)
    description =
        name != NULL ? ferry_node_insert_after (name, "description")
                     : ferry_node_insert_first (root, "description");
  ferry_node_set_text (description, text);
}

/**
 * ferry_domain_xml_move_disk:
 *
 * Has the disk that is the file @from be the file @to.
 *
 * Returns: %FALSE when there is no such disk
 */
gboolean
ferry_domain_xml_move_disk (xmlDoc *domain, const char *from, const char *to)
{
  xmlNode *disk = ferry_node_get_child (get_devices (domain), "disk");

  for (; disk != NULL; disk = ferry_node_get_next (disk, "disk"))
    {
      xmlNode *source = ferry_node_get_child (disk, "source");

      if (source != NULL && ferry_node_has_attribute (source, "file", from))
        {
          ferry_node_set_attribute (source, "file", to);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * ferry_domain_xml_move_to_pool:
 *
 * Has the disk that is the file @from be volume @volume of @pool.
 *
 * Returns: %FALSE when there is no such disk
 */
gboolean
ferry_domain_xml_move_to_pool (xmlDoc *domain,
                               const char *from,
                               const char *pool,
                               const char *volume)
{
  xmlNode *disk = ferry_node_get_child (get_devices (domain), "disk");

  for (; disk != NULL; disk = ferry_node_get_next (disk, "disk"))
    {
      xmlNode *source = ferry_node_get_child (disk, "source");

      if (source == NULL || !ferry_node_has_attribute (source, "file", from))
        continue;
      ferry_node_set_attribute (disk, "type", "volume");
      ferry_node_unset_attribute (source, "file");
      ferry_node_set_attribute (source, "pool", pool);
      ferry_node_set_attribute (source, "volume", volume);
      return TRUE;
    }

  return FALSE;
}

/* --- the plan --- */

static void
set_memory (xmlDoc *domain, guint64 bytes)
{
  xmlNode *root = xmlDocGetRootElement (domain);
  guint64 kib = bytes / 1024 + (bytes % 1024 != 0);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, kib);
  xmlNode *memory = ferry_node_get_or_insert (root, "memory");

  ferry_node_set_attribute (memory, "unit", "KiB");
  ferry_node_set_text (memory, text);
  ferry_node_remove_child (root, "currentMemory"); /* without it, it is the same */
}

/* A topology that gives another number is refused by libvirt. */
static void
drop_wrong_topology (xmlNode *root, guint vcpus)
{
  static const char *const names[] = { "sockets", "dies", "clusters", "cores", "threads" };
  xmlNode *cpu = ferry_node_get_child (root, "cpu");
  xmlNode *topology = ferry_node_get_child (cpu, "topology");
  guint64 product = 1;

  if (topology == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = ferry_xml_dup_attribute (topology, names[i]);

      if (text != NULL &&
          !g_uint64_checked_mul (&product, product, g_ascii_strtoull (text, NULL, 10)))
        product = 0;
    }
  if (product != vcpus)
    ferry_node_remove (topology);
}

static void
set_vcpus (xmlDoc *domain, guint vcpus)
{
  xmlNode *root = xmlDocGetRootElement (domain);
  g_autofree char *text = g_strdup_printf ("%u", vcpus);
  xmlNode *vcpu = ferry_node_get_or_insert (root, "vcpu");

  xmlUnsetProp (vcpu, (const xmlChar *) "current");
  ferry_node_set_text (vcpu, text);
  drop_wrong_topology (root, vcpus);
}

static void
connect_nic (xmlNode *nic, const char *type, const char *name)
{
  xmlNode *source = ferry_node_get_child (nic, "source");

  if (ferry_node_has_attribute (nic, "type", type) &&
      (name == NULL ? source == NULL
                    : source != NULL && ferry_node_has_attribute (source, type, name)))
    return;

  ferry_node_set_attribute (nic, "type", type);
  ferry_node_remove_child (nic, "source");
  if (name != NULL)
    ferry_node_set_attribute (ferry_node_insert_first (nic, "source"), type, name);
}

/* libvirt's type “null” would say it best, but QEMU's driver does not know it: starting such a
 * domain crashes libvirtd 9.0. A network of its own behind a cable that is not plugged in
 * (ferry_domain_choose_nic()) works for the system and for a user's session alike, and the guest sees
 * what it is: no link. */
static void
disconnect_nic (xmlNode *nic)
{
  connect_nic (nic, "user", NULL);
}

static void
set_mac (xmlNode *nic, const FerryPlanNic *planned, const FerryNic *source)
{
  const char *old = source != NULL ? source->mac : NULL;
  const char *wanted = planned->mac_kind == FERRY_MAC_FIXED ? planned->mac : old;
  xmlNode *mac = ferry_node_get_child (nic, "mac");
  g_autofree char *is = mac != NULL ? ferry_xml_dup_attribute (mac, "address") : NULL;
  gboolean is_wanted = is != NULL && wanted != NULL && g_ascii_strcasecmp (is, wanted) == 0;

  if (planned->mac_kind == FERRY_MAC_NEW)
    {
      if (is_wanted)
        ferry_node_remove (mac);
    }
  else if (wanted != NULL && !is_wanted)
    ferry_node_set_attribute (ferry_node_get_or_insert (nic, "mac"), "address", wanted);
}

static void
set_nic (xmlNode *nic, const FerryPlanNic *planned, const FerryNic *source)
{
  switch (planned->network.kind)
    {
    case FERRY_NETWORK_NONE:
      disconnect_nic (nic);
      break;
    case FERRY_NETWORK_NETWORK:
      connect_nic (nic, "network", planned->network.name);
      break;
    case FERRY_NETWORK_BRIDGE:
      connect_nic (nic, "bridge", planned->network.name);
      break;
    case FERRY_NETWORK_UNMAPPED:
      break;
    }
  if (planned->network.kind != FERRY_NETWORK_UNMAPPED)
    ferry_domain_choose_nic (nic, planned);
  set_mac (nic, planned, source);
}

static gboolean
set_nics (xmlDoc *domain, const FerryPlanGuest *guest, GError **error)
{
  xmlNode *nic = ferry_node_get_child (get_devices (domain), "interface");
  guint count = 0;

  for (; nic != NULL; nic = ferry_node_get_next (nic, "interface"), count++)
    if (count < guest->nics->len)
      set_nic (nic, ferry_plan_guest_get_nic (guest, count),
               ferry_guest_get_nic (guest->source, count));

  if (count != guest->nics->len)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("‘%s’ did not get as many network adapters as planned: %u instead "
                         "of %u."),
                       guest->name, count, guest->nics->len);

  return TRUE;
}

/**
 * ferry_domain_xml_apply:
 *
 * Has @domain be what the plan says: description, operating system, memory, processors, formats of
 * disks and which one it boots from, network adapters.
 *
 * Errors: FERRY_ERROR_CONVERSION: it has another number of network adapters
 */
gboolean
ferry_domain_xml_apply (xmlDoc *domain, const FerryPlanGuest *guest, GError **error)
{
  xmlNode *root = xmlDocGetRootElement (domain);

  if (guest->memory_bytes > 0 && ferry_domain_xml_get_memory_bytes (domain) != guest->memory_bytes)
    set_memory (domain, guest->memory_bytes);
  if (guest->vcpus > 0 && ferry_domain_xml_get_vcpus (domain) != guest->vcpus)
    set_vcpus (domain, guest->vcpus);
  if (guest->description != NULL && *guest->description != '\0')
    set_description (root, guest->description);
  ferry_domain_choose_topology (root, guest);
  ferry_domain_choose_os (root, guest);
  ferry_domain_choose_disks (root, guest);

  return set_nics (domain, guest, error);
}

/* --- what the destination cannot do --- */

static gboolean
is_timer_of_kvm (const xmlNode *timer)
{
  return ferry_node_has_attribute (timer, "name", "kvmclock") ||
         ferry_node_has_attribute (timer, "name", "hypervclock");
}

static void
drop_timers_of_kvm (xmlNode *clock)
{
  xmlNode *timer = ferry_node_get_child (clock, "timer");

  while (timer != NULL)
    {
      xmlNode *next = ferry_node_get_next (timer, "timer");

      if (is_timer_of_kvm (timer))
        ferry_node_remove (timer);
      timer = next;
    }
}

/* “maximum” is all that the emulator can do: the nearest to the host's own processor. */
static void
emulate_cpu (xmlNode *cpu)
{
  if (!ferry_node_has_attribute (cpu, "mode", "host-passthrough") &&
      !ferry_node_has_attribute (cpu, "mode", "host-model"))
    return;

  ferry_node_set_attribute (cpu, "mode", "maximum");
  ferry_node_remove_child (cpu, "model");
  ferry_node_remove_child (cpu, "vendor");
}

/**
 * ferry_domain_xml_emulate:
 *
 * For a host where KVM does not work: the same domain under QEMU's own emulation, without what
 * only KVM has: the host's processor, the enlightenments of Hyper-V and the clocks of either.
 */
void
ferry_domain_xml_emulate (xmlDoc *domain)
{
  xmlNode *root = xmlDocGetRootElement (domain);
  xmlNode *cpu = ferry_node_get_child (root, "cpu");
  xmlNode *features = ferry_node_get_child (root, "features");
  xmlNode *clock = ferry_node_get_child (root, "clock");

  if (!ferry_node_has_attribute (root, "type", "kvm"))
    return;

  ferry_node_set_attribute (root, "type", "qemu");
  if (cpu != NULL)
    emulate_cpu (cpu);
  if (features != NULL)
    {
      ferry_node_remove_child (features, "hyperv");
      ferry_node_remove_child (features, "kvm");
    }
  if (clock != NULL)
    drop_timers_of_kvm (clock);
}

/** ferry_domain_xml_drop_vsock: for a host without /dev/vhost-vsock, where it would not start */
void
ferry_domain_xml_drop_vsock (xmlDoc *domain)
{
  xmlNode *devices = get_devices (domain);
  xmlNode *vsock;

  while ((vsock = ferry_node_get_child (devices, "vsock")) != NULL)
    ferry_node_remove (vsock);
}

/** ferry_domain_xml_drop_uuid: so that the destination makes one; TRUE: it was one of @taken */
gboolean
ferry_domain_xml_drop_uuid (xmlDoc *domain, const char *const *taken)
{
  xmlNode *uuid = ferry_node_get_child (xmlDocGetRootElement (domain), "uuid");
  g_autofree char *text = uuid != NULL ? ferry_xml_dup_text (uuid) : NULL;
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  if (lower == NULL || !g_strv_contains (taken, lower))
    return FALSE;
  ferry_node_remove (uuid);

  return TRUE;
}

static xmlNode *
get_type (const xmlDoc *domain)
{
  xmlNode *os = ferry_node_get_child (xmlDocGetRootElement (domain), "os");

  return ferry_node_get_child (os, "type");
}

/** ferry_domain_xml_dup_arch: (nullable): what processors it is made for */
char *
ferry_domain_xml_dup_arch (const xmlDoc *domain)
{
  xmlNode *type = get_type (domain);

  return type != NULL ? ferry_xml_dup_attribute (type, "arch") : NULL;
}

/**
 * ferry_domain_xml_fit_machine:
 * @machines: that are known at the destination
 *
 * A machine of a newer or another QEMU becomes the newest of its family here.
 *
 * Returns: (nullable): which one it was, when it was none of them
 */
char *
ferry_domain_xml_fit_machine (xmlDoc *domain, const char *const *machines)
{
  static const char *const families[][2] = { { "pc-q35", "q35" }, { "pc-", "pc" } };
  xmlNode *type = get_type (domain);
  g_autofree char *machine = type != NULL ? ferry_xml_dup_attribute (type, "machine") : NULL;

  if (machine == NULL || g_strv_contains (machines, machine))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_has_prefix (machine, families[i][0]) && g_strv_contains (machines, families[i][1]))
      {
        ferry_node_set_attribute (type, "machine", families[i][1]);
        return g_steal_pointer (&machine);
      }

  return NULL;
}
