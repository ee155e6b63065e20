/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-xml.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static xmlNode *
get_child (const xmlNode *parent, const char *name)
{
  return parent != NULL ? (xmlNode *) ferry_xml_get_child (parent, name) : NULL;
}

static xmlNode *
get_next (const xmlNode *node, const char *name)
{
  return (xmlNode *) ferry_xml_get_next (node, name);
}

static xmlNode *
get_devices (xmlDoc *domain)
{
  return get_child (xmlDocGetRootElement (domain), "devices");
}

static gboolean
has_attribute (const xmlNode *node, const char *name, const char *value)
{
  g_autofree char *is = ferry_xml_dup_attribute (node, name);

  return g_strcmp0 (is, value) == 0;
}

static void
set_attribute (xmlNode *node, const char *name, const char *value)
{
  if (!has_attribute (node, name, value))
    xmlSetProp (node, (const xmlChar *) name, (const xmlChar *) value);
}

static gboolean
is_blank (const xmlNode *node)
{
  return node != NULL && node->type == XML_TEXT_NODE && xmlIsBlankNode (node);
}

/* With the white space before it, so that no empty line stays. */
static void
remove_node (xmlNode *node)
{
  xmlNode *before = node->prev;

  xmlUnlinkNode (node);
  xmlFreeNode (node);
  if (is_blank (before))
    {
      xmlUnlinkNode (before);
      xmlFreeNode (before);
    }
}

static void
remove_child (xmlNode *parent, const char *name)
{
  xmlNode *child = get_child (parent, name);

  if (child != NULL)
    remove_node (child);
}

/* As the first element of @parent, indented as the one that was the first before. */
static xmlNode *
insert_first (xmlNode *parent, const char *name)
{
  xmlNode *node = xmlNewDocNode (parent->doc, NULL, (const xmlChar *) name, NULL);
  xmlNode *first = xmlFirstElementChild (parent);

  if (first == NULL)
    return xmlAddChild (parent, node);
  xmlAddPrevSibling (first, node);
  if (is_blank (node->prev))
    xmlAddPrevSibling (first, xmlCopyNode (node->prev, 1));

  return node;
}

/* After the element @sibling, indented as that. */
static xmlNode *
insert_after (xmlNode *sibling, const char *name)
{
  xmlNode *node = xmlNewDocNode (sibling->doc, NULL, (const xmlChar *) name, NULL);

  xmlAddNextSibling (sibling, node);
  if (is_blank (sibling->prev))
    xmlAddPrevSibling (node, xmlCopyNode (sibling->prev, 1));

  return node;
}

/* XML has no room for most control characters, not even escaped. */
static char *
dup_xml_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c >= 0x20 && c != 0xfffe && c != 0xffff) || c == '\n' || c == '\t')
        g_string_append_unichar (clean, c);
    }

  return g_string_free (clean, FALSE);
}

static void
set_text (xmlNode *node, const char *text)
{
  g_autofree char *clean = dup_xml_text (text);
  g_autofree char *is = ferry_xml_dup_text (node);

  if (g_strcmp0 (is, clean) == 0)
    return;
  xmlNodeSetContent (node, NULL);
  xmlNodeAddContent (node, (const xmlChar *) clean);
}

static xmlNode *
get_or_insert (xmlNode *parent, const char *name)
{
  xmlNode *node = get_child (parent, name);

  return node != NULL ? node : insert_first (parent, name);
}

static void
set_description (xmlNode *root, const char *text)
{
  xmlNode *name = get_child (root, "name");
  xmlNode *description = get_child (root, "description");

  if (description == NULL)
    description =
        name != NULL ? insert_after (name, "description") : insert_first (root, "description");
  set_text (description, text);
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
  xmlNode *disk = get_child (get_devices (domain), "disk");

  for (; disk != NULL; disk = get_next (disk, "disk"))
    {
      xmlNode *source = get_child (disk, "source");

      if (source != NULL && has_attribute (source, "file", from))
        {
          set_attribute (source, "file", to);
          return TRUE;
        }
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
  xmlNode *memory = get_or_insert (root, "memory");

  set_attribute (memory, "unit", "KiB");
  set_text (memory, text);
  remove_child (root, "currentMemory"); /* without it, it is the same */
}

/* A topology that gives another number is refused by libvirt. */
static void
drop_wrong_topology (xmlNode *root, guint vcpus)
{
  static const char *const names[] = { "sockets", "dies", "clusters", "cores", "threads" };
  xmlNode *cpu = get_child (root, "cpu");
  xmlNode *topology = get_child (cpu, "topology");
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
    remove_node (topology);
}

static void
set_vcpus (xmlDoc *domain, guint vcpus)
{
  xmlNode *root = xmlDocGetRootElement (domain);
  g_autofree char *text = g_strdup_printf ("%u", vcpus);
  xmlNode *vcpu = get_or_insert (root, "vcpu");

  xmlUnsetProp (vcpu, (const xmlChar *) "current");
  set_text (vcpu, text);
  drop_wrong_topology (root, vcpus);
}

static void
connect_nic (xmlNode *nic, const char *type, const char *name)
{
  xmlNode *source = get_child (nic, "source");

  if (has_attribute (nic, "type", type) &&
      (name == NULL ? source == NULL : source != NULL && has_attribute (source, type, name)))
    return;

  set_attribute (nic, "type", type);
  remove_child (nic, "source");
  if (name != NULL)
    set_attribute (insert_first (nic, "source"), type, name);
}

/* libvirt's type “null” would say it best, but QEMU's driver does not know it: starting such a
 * domain crashes libvirtd 9.0. A network of its own behind a cable that is not plugged in works for
 * the system and for a user's session alike, and the guest sees what it is: no link. */
static void
disconnect_nic (xmlNode *nic)
{
  connect_nic (nic, "user", NULL);
  set_attribute (get_or_insert (nic, "link"), "state", "down");
}

static void
set_mac (xmlNode *nic, const FerryPlanNic *planned, const FerryNic *source)
{
  const char *old = source != NULL ? source->mac : NULL;
  const char *wanted = planned->mac_kind == FERRY_MAC_FIXED ? planned->mac : old;
  xmlNode *mac = get_child (nic, "mac");
  g_autofree char *is = mac != NULL ? ferry_xml_dup_attribute (mac, "address") : NULL;
  gboolean is_wanted = is != NULL && wanted != NULL && g_ascii_strcasecmp (is, wanted) == 0;

  if (planned->mac_kind == FERRY_MAC_NEW)
    {
      if (is_wanted)
        remove_node (mac);
    }
  else if (wanted != NULL && !is_wanted)
    set_attribute (get_or_insert (nic, "mac"), "address", wanted);
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
  set_mac (nic, planned, source);
}

static gboolean
set_nics (xmlDoc *domain, const FerryPlanGuest *guest, GError **error)
{
  xmlNode *nic = get_child (get_devices (domain), "interface");
  guint count = 0;

  for (; nic != NULL; nic = get_next (nic, "interface"), count++)
    if (count < guest->nics->len)
      set_nic (nic, ferry_plan_guest_get_nic (guest, count),
               ferry_guest_get_nic (guest->source, count));

  if (count != guest->nics->len)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("virt-v2v gave ‘%s’ not as many network adapters as planned: %u instead "
                         "of %u."),
                       guest->name, count, guest->nics->len);

  return TRUE;
}

/**
 * ferry_domain_xml_apply:
 *
 * Has @domain be what the plan says: description, memory, processors, network adapters.
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

  return set_nics (domain, guest, error);
}

/* --- what the destination cannot do --- */

static gboolean
is_timer_of_kvm (const xmlNode *timer)
{
  return has_attribute (timer, "name", "kvmclock") || has_attribute (timer, "name", "hypervclock");
}

static void
drop_timers_of_kvm (xmlNode *clock)
{
  xmlNode *timer = get_child (clock, "timer");

  while (timer != NULL)
    {
      xmlNode *next = get_next (timer, "timer");

      if (is_timer_of_kvm (timer))
        remove_node (timer);
      timer = next;
    }
}

/* “maximum” is all that the emulator can do: the nearest to the host's own processor. */
static void
emulate_cpu (xmlNode *cpu)
{
  if (!has_attribute (cpu, "mode", "host-passthrough") &&
      !has_attribute (cpu, "mode", "host-model"))
    return;

  set_attribute (cpu, "mode", "maximum");
  remove_child (cpu, "model");
  remove_child (cpu, "vendor");
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
  xmlNode *cpu = get_child (root, "cpu");
  xmlNode *features = get_child (root, "features");
  xmlNode *clock = get_child (root, "clock");

  if (!has_attribute (root, "type", "kvm"))
    return;

  set_attribute (root, "type", "qemu");
  if (cpu != NULL)
    emulate_cpu (cpu);
  if (features != NULL)
    {
      remove_child (features, "hyperv");
      remove_child (features, "kvm");
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

  while ((vsock = get_child (devices, "vsock")) != NULL)
    remove_node (vsock);
}
