/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-inspect.h"

#include "ferry-xml.h"

#include <string.h>

static xmlDoc *
parse (const char *xml)
{
  g_autoptr (GBytes) bytes = xml != NULL ? g_bytes_new_static (xml, strlen (xml)) : NULL;

  return bytes != NULL ? ferry_xml_parse (bytes, NULL) : NULL;
}

static gboolean
arch_has_kvm (const xmlNode *guest)
{
  const xmlNode *arch = ferry_xml_get_child (guest, "arch");
  g_autofree char *name = arch != NULL ? ferry_xml_dup_attribute (arch, "name") : NULL;

  if (g_strcmp0 (name, "x86_64") != 0)
    return FALSE;

  for (const xmlNode *domain = ferry_xml_get_child (arch, "domain"); domain != NULL;
       domain = ferry_xml_get_next (domain, "domain"))
    {
      g_autofree char *type = ferry_xml_dup_attribute (domain, "type");

      if (g_strcmp0 (type, "kvm") == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_kvm (virConnectPtr connection)
{
  g_autofree char *xml = virConnectGetCapabilities (connection);
  g_autoptr (xmlDoc) document = parse (xml);

  if (document == NULL)
    return FALSE;

  for (const xmlNode *guest = ferry_xml_get_child (xmlDocGetRootElement (document), "guest");
       guest != NULL; guest = ferry_xml_get_next (guest, "guest"))
    if (arch_has_kvm (guest))
      return TRUE;

  return FALSE;
}

/* Drivers that know no hypervisor version (test:///) are no reason to fail. */
static gboolean
send_version (virConnectPtr connection)
{
  JsonObject *line;
  unsigned long libvirt = 0;
  unsigned long hypervisor = 0;

  if (virConnectGetLibVersion (connection, &libvirt) != 0)
    return ferry_answer_refuse_last ();
  virConnectGetVersion (connection, &hypervisor);

  line = ferry_answer_new_line ("version");
  ferry_answer_set_size (line, "libvirt", libvirt);
  ferry_answer_set_size (line, "hypervisor", hypervisor);
  ferry_answer_set_text (line, "type", virConnectGetType (connection));
  json_object_set_boolean_member (line, "kvm", has_kvm (connection));
  ferry_answer_send (line);

  return TRUE;
}

static void
send_name (const char *item, const char *name)
{
  JsonObject *line = ferry_answer_new_line (item);

  ferry_answer_set_text (line, "name", name);
  ferry_answer_send (line);
}

static void
describe_pool (JsonObject *line, const char *xml)
{
  g_autoptr (xmlDoc) document = parse (xml);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  const xmlNode *target = root != NULL ? ferry_xml_get_child (root, "target") : NULL;
  g_autofree char *type = root != NULL ? ferry_xml_dup_attribute (root, "type") : NULL;
  g_autofree char *path = target != NULL ? ferry_xml_dup_child_text (target, "path") : NULL;

  ferry_answer_set_text (line, "type", type);
  ferry_answer_set_text (line, "path", path);
}

static void
send_pool (virStoragePoolPtr pool)
{
  g_autofree char *xml = virStoragePoolGetXMLDesc (pool, 0);
  gboolean is_active = virStoragePoolIsActive (pool) == 1;
  JsonObject *line = ferry_answer_new_line ("pool");
  virStoragePoolInfo info;

  ferry_answer_set_text (line, "name", virStoragePoolGetName (pool));
  describe_pool (line, xml);
  json_object_set_boolean_member (line, "active", is_active);
  if (is_active && virStoragePoolGetInfo (pool, &info) == 0)
    {
      ferry_answer_set_size (line, "free", info.available);
      ferry_answer_set_size (line, "total", info.capacity);
    }
  ferry_answer_send (line);
}

/* A driver without pools, networks or interfaces has none. */
static gboolean
check_count (int count)
{
  const virError *why = count < 0 ? virGetLastError () : NULL;

  if (count >= 0 || (why != NULL && why->code == VIR_ERR_NO_SUPPORT))
    return TRUE;

  return ferry_answer_refuse_last ();
}

static gboolean
send_pools (virConnectPtr connection)
{
  g_autofree virStoragePoolPtr *pools = NULL;
  int count = virConnectListAllStoragePools (connection, &pools, 0);

  for (int i = 0; i < count; i++)
    {
      g_autoptr (virStoragePool) pool = pools[i];

      send_pool (pool);
    }

  return check_count (count);
}

static gboolean
send_networks (virConnectPtr connection)
{
  g_autofree virNetworkPtr *networks = NULL;
  int count = virConnectListAllNetworks (connection, &networks, 0);

  for (int i = 0; i < count; i++)
    {
      send_name ("network", virNetworkGetName (networks[i]));
      virNetworkFree (networks[i]);
    }

  return check_count (count);
}

static void
send_if_bridge (virInterfacePtr interface)
{
  g_autofree char *xml = virInterfaceGetXMLDesc (interface, 0);
  g_autoptr (xmlDoc) document = parse (xml);
  g_autofree char *type =
      document != NULL ? ferry_xml_dup_attribute (xmlDocGetRootElement (document), "type") : NULL;

  if (g_strcmp0 (type, "bridge") == 0)
    send_name ("bridge", virInterfaceGetName (interface));
}

/* The interface driver is a package of its own, and bridges are only an offer: whatever it says,
 * the rest is still worth having. */
static void
send_bridges (virConnectPtr connection)
{
  g_autofree virInterfacePtr *interfaces = NULL;
  int count = virConnectListAllInterfaces (connection, &interfaces, 0);

  for (int i = 0; i < count; i++)
    {
      send_if_bridge (interfaces[i]);
      virInterfaceFree (interfaces[i]);
    }
}

static void
send_macs (const xmlNode *devices)
{
  for (const xmlNode *interface = ferry_xml_get_child (devices, "interface"); interface != NULL;
       interface = ferry_xml_get_next (interface, "interface"))
    {
      const xmlNode *mac = ferry_xml_get_child (interface, "mac");
      g_autofree char *address = mac != NULL ? ferry_xml_dup_attribute (mac, "address") : NULL;

      send_name ("mac", address);
    }
}

/* A domain that this user may not see the description of has a name that is taken, too. */
static void
send_guest (virDomainPtr domain)
{
  g_autofree char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
  g_autoptr (xmlDoc) document = parse (xml);
  const xmlNode *devices =
      document != NULL ? ferry_xml_get_child (xmlDocGetRootElement (document), "devices") : NULL;

  send_name ("domain", virDomainGetName (domain));
  if (devices != NULL)
    send_macs (devices);
}

static gboolean
send_domains (virConnectPtr connection)
{
  g_autofree virDomainPtr *domains = NULL;
  int count = virConnectListAllDomains (connection, &domains, 0);

  for (int i = 0; i < count; i++)
    {
      g_autoptr (virDomain) domain = domains[i];

      send_guest (domain);
    }

  return check_count (count);
}

/** ferry_inspect_connection: what an import may use there, and which names and MACs are taken */
gboolean
ferry_inspect_connection (virConnectPtr connection)
{
  if (!send_version (connection) || !send_pools (connection) || !send_networks (connection))
    return FALSE;
  send_bridges (connection);

  return send_domains (connection);
}
