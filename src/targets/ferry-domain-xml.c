/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-xml.h"

#include "ferry-domain.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIB G_GUINT64_CONSTANT (1024)

static void
disk_free (FerryDomainDisk *disk)
{
  g_free (disk->file);
  g_free (disk->pool);
  g_free (disk->volume);
  g_free (disk);
}

static void
nic_free (FerryDomainNic *nic)
{
  g_free (nic->network.name);
  g_free (nic->mac);
  g_free (nic->model);
  g_free (nic);
}

/** ferry_domain_xml_parse: (transfer full): errors: FERRY_ERROR_INVALID */
xmlDoc *
ferry_domain_xml_parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (xmlDoc) domain = ferry_xml_parse (bytes, error);

  if (domain == NULL)
    return NULL;
  if (!ferry_xml_is (xmlDocGetRootElement (domain), "domain"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("It is not libvirt’s description of a virtual machine."));
      return NULL;
    }

  return g_steal_pointer (&domain);
}

char *
ferry_domain_xml_to_text (xmlDoc *domain)
{
  xmlChar *text = NULL;
  int length = 0;
  char *copy;

  xmlDocDumpMemoryEnc (domain, &text, &length, "UTF-8");
  copy = g_strndup ((const char *) text, (gsize) length);
  xmlFree (text);

  return copy;
}

/** ferry_domain_xml_get_memory_bytes: 0 when it does not say */
guint64
ferry_domain_xml_get_memory_bytes (const xmlDoc *domain)
{
  const xmlNode *memory = ferry_xml_get_child (xmlDocGetRootElement (domain), "memory");
  guint64 bytes = 0;

  if (memory != NULL)
    ferry_domain_read_bytes (memory, &bytes);

  return bytes;
}

/** ferry_domain_xml_get_vcpus: 0 when it does not say */
guint
ferry_domain_xml_get_vcpus (const xmlDoc *domain)
{
  g_autofree char *text = ferry_xml_dup_child_text (xmlDocGetRootElement (domain), "vcpu");
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL))
    return 0;

  return (guint) number;
}

static FerryDomainDisk *
read_disk (const xmlNode *node)
{
  const xmlNode *source = ferry_xml_get_child (node, "source");
  FerryDomainDisk *disk = g_new0 (FerryDomainDisk, 1);

  if (source == NULL)
    return disk;
  disk->file = ferry_xml_dup_attribute (source, "file");
  disk->pool = ferry_xml_dup_attribute (source, "pool");
  disk->volume = ferry_xml_dup_attribute (source, "volume");

  return disk;
}

/** ferry_domain_xml_list_disks: (transfer full) (element-type FerryDomainDisk): hard disks only */
GPtrArray *
ferry_domain_xml_list_disks (const xmlDoc *domain)
{
  GPtrArray *disks = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_free);
  const xmlNode *devices = ferry_xml_get_child (xmlDocGetRootElement (domain), "devices");
  const xmlNode *node = devices != NULL ? ferry_xml_get_child (devices, "disk") : NULL;

  for (; node != NULL; node = ferry_xml_get_next (node, "disk"))
    if (ferry_domain_is_hard_disk (node))
      g_ptr_array_add (disks, read_disk (node));

  return disks;
}

static gboolean
has_link_down (const xmlNode *nic)
{
  const xmlNode *link = ferry_xml_get_child (nic, "link");
  g_autofree char *state = link != NULL ? ferry_xml_dup_attribute (link, "state") : NULL;

  return g_strcmp0 (state, "down") == 0;
}

static void
read_network (const xmlNode *nic, FerryPlanNetwork *network)
{
  const xmlNode *source = ferry_xml_get_child (nic, "source");
  g_autofree char *type = ferry_xml_dup_attribute (nic, "type");

  network->kind = FERRY_NETWORK_UNMAPPED;
  if (g_strcmp0 (type, "network") == 0)
    network->kind = FERRY_NETWORK_NETWORK;
  else if (g_strcmp0 (type, "bridge") == 0)
    network->kind = FERRY_NETWORK_BRIDGE;
  else if (g_strcmp0 (type, "user") == 0 && has_link_down (nic))
    network->kind = FERRY_NETWORK_NONE;

  if (source != NULL &&
      (network->kind == FERRY_NETWORK_NETWORK || network->kind == FERRY_NETWORK_BRIDGE))
    network->name = ferry_xml_dup_attribute (source, type);
}

static FerryDomainNic *
read_nic (const xmlNode *node)
{
  const xmlNode *mac = ferry_xml_get_child (node, "mac");
  const xmlNode *model = ferry_xml_get_child (node, "model");
  FerryDomainNic *nic = g_new0 (FerryDomainNic, 1);

  read_network (node, &nic->network);
  nic->mac = mac != NULL ? ferry_xml_dup_attribute (mac, "address") : NULL;
  nic->model = model != NULL ? ferry_xml_dup_attribute (model, "type") : NULL;
  nic->connected = !has_link_down (node);

  return nic;
}

/** ferry_domain_xml_list_nics: (transfer full) (element-type FerryDomainNic) */
GPtrArray *
ferry_domain_xml_list_nics (const xmlDoc *domain)
{
  GPtrArray *nics = g_ptr_array_new_with_free_func ((GDestroyNotify) nic_free);
  const xmlNode *devices = ferry_xml_get_child (xmlDocGetRootElement (domain), "devices");
  const xmlNode *node = devices != NULL ? ferry_xml_get_child (devices, "interface") : NULL;

  for (; node != NULL; node = ferry_xml_get_next (node, "interface"))
    g_ptr_array_add (nics, read_nic (node));

  return nics;
}

/** ferry_domain_xml_has_volume: whether one of its disks is @volume of @pool */
gboolean
ferry_domain_xml_has_volume (const xmlDoc *domain, const char *pool, const char *volume)
{
  g_autoptr (GPtrArray) disks = ferry_domain_xml_list_disks (domain);

  for (guint i = 0; i < disks->len; i++)
    {
      const FerryDomainDisk *disk = g_ptr_array_index (disks, i);

      if (g_strcmp0 (disk->pool, pool) == 0 && g_strcmp0 (disk->volume, volume) == 0)
        return TRUE;
    }

  return FALSE;
}

/* --- comparing --- */

/* What @mac the plan wants: NULL: any. */
static const char *
wanted_mac (const FerryPlanGuest *guest, guint index)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);
  const FerryNic *source = ferry_guest_get_nic (guest->source, index);

  switch (nic->mac_kind)
    {
    case FERRY_MAC_KEEP:
      return source != NULL ? source->mac : NULL;
    case FERRY_MAC_FIXED:
      return nic->mac;
    case FERRY_MAC_NEW:
      break;
    }

  return NULL;
}

static gboolean
check_nic (const FerryDomainNic *nic, const FerryPlanGuest *guest, guint index, GError **error)
{
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (guest, index);
  const FerryPlanNetwork *wanted = &planned->network;
  gboolean has_cable = planned->connected && wanted->kind != FERRY_NETWORK_NONE;
  const char *mac = wanted_mac (guest, index);

  if (nic->network.kind != wanted->kind || g_strcmp0 (nic->network.name, wanted->name) != 0 ||
      nic->connected != has_cable)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("Network adapter %u of ‘%s’ is not connected as planned."), index + 1,
                       guest->name);
  if (mac != NULL && (nic->mac == NULL || g_ascii_strcasecmp (nic->mac, mac) != 0))
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("Network adapter %u of ‘%s’ has the address %s instead of %s."),
                       index + 1, guest->name, nic->mac != NULL ? nic->mac : _("none"), mac);
  if (planned->model != NULL && g_strcmp0 (nic->model, planned->model) != 0)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("Network adapter %u of ‘%s’ is of the model %s instead of %s."),
                       index + 1, guest->name, nic->model != NULL ? nic->model : _("none"),
                       planned->model);

  return TRUE;
}

static gboolean
check_nics (const xmlDoc *domain, const FerryPlanGuest *guest, GError **error)
{
  g_autoptr (GPtrArray) nics = ferry_domain_xml_list_nics (domain);

  if (nics->len != guest->nics->len)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("‘%s’ has not as many network adapters as planned: %u instead of %u."),
                       guest->name, nics->len, guest->nics->len);

  for (guint i = 0; i < nics->len; i++)
    if (!check_nic (g_ptr_array_index (nics, i), guest, i, error))
      return FALSE;

  return TRUE;
}

/* QEMU's driver rounds up to whole MiB. */
static gboolean
is_same_memory (guint64 memory, guint64 planned)
{
  return memory >= planned && memory - planned < KIB * KIB;
}

/**
 * ferry_domain_xml_check:
 *
 * Whether @domain has the memory, the processors and the network adapters that are planned.
 *
 * Errors: FERRY_ERROR_CONVERSION
 */
gboolean
ferry_domain_xml_check (const xmlDoc *domain, const FerryPlanGuest *guest, GError **error)
{
  guint64 memory = ferry_domain_xml_get_memory_bytes (domain);
  guint vcpus = ferry_domain_xml_get_vcpus (domain);

  if (guest->memory_bytes > 0 && !is_same_memory (memory, guest->memory_bytes))
    {
      g_autofree char *is = g_format_size_full (memory, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *planned = g_format_size_full (guest->memory_bytes, G_FORMAT_SIZE_IEC_UNITS);

      return ferry_fail (error, FERRY_ERROR_CONVERSION,
                         _("‘%s’ has %s of memory instead of the %s planned."), guest->name, is,
                         planned);
    }
  if (guest->vcpus > 0 && vcpus != guest->vcpus)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("‘%s’ has not as many processors as planned: %u instead of %u."),
                       guest->name, vcpus, guest->vcpus);

  return check_nics (domain, guest, error);
}
