/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ovf-private.h"

#include "ferry-check.h"
#include "ferry-ovf-units.h"

#include <glib/gi18n-lib.h>

/* ResourceType of CIM_ResourceAllocationSettingData; XenServer writes disks as storage extents. */
enum
{
  RESOURCE_PROCESSOR = 3,
  RESOURCE_MEMORY = 4,
  RESOURCE_IDE_CONTROLLER = 5,
  RESOURCE_SCSI_CONTROLLER = 6,
  RESOURCE_ETHERNET = 10,
  RESOURCE_DISK = 17,
  RESOURCE_STORAGE_EXTENT = 19,
  RESOURCE_OTHER_STORAGE = 20,
  RESOURCE_LOGICAL_DISK = 31,
};

#define MIB (G_GUINT64_CONSTANT (1) << 20)

/* Far beyond what any hypervisor allows; keeps a hostile description from costing time. */
#define MAX_DEVICES 1024

static guint
read_uint (const xmlNode *item, const char *name)
{
  g_autofree char *text = ferry_xml_dup_child_text (item, name);
  guint64 value = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL);

  return (guint) value;
}

/* OVF 2 has elements of their own for disks and NICs, with the same children. */
static gboolean
is_item (const xmlNode *node)
{
  return ferry_xml_is (node, "Item") || ferry_xml_is (node, "StorageItem") ||
         ferry_xml_is (node, "EthernetPortItem");
}

/* An item is left out when it only bounds a range or belongs to an option that is not chosen. */
static gboolean
item_applies (const FerryOvfContext *context, const xmlNode *item)
{
  g_autofree char *bound = ferry_xml_dup_attribute (item, "bound");
  g_autofree char *configuration = ferry_xml_dup_attribute (item, "configuration");
  g_auto (GStrv) options = NULL;

  if (bound != NULL && !g_str_equal (bound, "normal"))
    return FALSE;
  if (configuration == NULL)
    return TRUE;
  options = g_strsplit_set (configuration, " \t\n", -1);

  return context->configuration != NULL &&
         g_strv_contains ((const char *const *) options, context->configuration);
}

static char *
dup_instance_id (const xmlNode *item)
{
  char *id = ferry_xml_dup_child_text (item, "InstanceID");

  return id != NULL ? id : ferry_xml_dup_child_text (item, "InstanceId");
}

/* In document order; an item of the chosen option replaces the general one of its id. */
static GPtrArray *
collect_items (const FerryOvfContext *context, const xmlNode *hardware)
{
  GPtrArray *items = g_ptr_array_new ();
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const xmlNode *node = hardware->children; node != NULL; node = node->next)
    {
      g_autofree char *id = NULL;
      gpointer place;

      if (!is_item (node) || !item_applies (context, node))
        continue;
      id = dup_instance_id (node);
      if (id != NULL && xmlHasProp ((xmlNode *) node, BAD_CAST "configuration") != NULL &&
          g_hash_table_lookup_extended (places, id, NULL, &place))
        {
          items->pdata[GPOINTER_TO_UINT (place)] = (gpointer) node;
          continue;
        }
      if (id != NULL)
        g_hash_table_insert (places, g_steal_pointer (&id), GUINT_TO_POINTER (items->len));
      g_ptr_array_add (items, (gpointer) node);
    }

  return items;
}

static char *
dup_item_name (const xmlNode *item)
{
  static const char *const names[] = { "ElementName", "Caption", "Name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *name = ferry_xml_dup_child_text (item, names[i]);

      if (name != NULL)
        return name;
    }

  return NULL;
}

/* Writers that give no unit mean MiB, as all of them once did, unless that would be absurd. */
static guint64
assume_memory_unit (const char *quantity, FerryGuest *guest)
{
  guint64 count = 0;
  gboolean is_bytes;

  ferry_ovf_parse_quantity (quantity, 1, &count);
  is_bytes = count >= 16 * MIB;
  g_ptr_array_add (guest->checks,
                   ferry_check_new ("ovf.no-unit", FERRY_SEVERITY_NOTE,
                                    _("Look at the memory in Settings before the import."),
                                    is_bytes
                                        ? _("The memory is given without a unit: ‘%s’ is read "
                                            "as bytes.")
                                        : _("The memory is given without a unit: ‘%s’ is read "
                                            "as MiB."),
                                    quantity));

  return is_bytes ? 1 : MIB;
}

static void
read_memory (const FerryOvfContext *context, const xmlNode *item, FerryGuest *guest)
{
  g_autofree char *unit = ferry_xml_dup_child_text (item, "AllocationUnits");
  g_autofree char *written = ferry_xml_dup_child_text (item, "VirtualQuantity");
  g_autofree char *quantity = written != NULL ? ferry_ovf_resolve (context, written) : NULL;
  guint64 unit_bytes;

  if (written == NULL)
    return;
  if (quantity == NULL)
    ferry_ovf_warn (guest, "ovf.unknown-property", _("Set the memory in Settings."),
                    _("The memory is ‘%s’, but the description has no such property."), written);
  else if (unit != NULL && !ferry_ovf_parse_unit (unit, &unit_bytes))
    ferry_ovf_warn (guest, "ovf.unknown-unit", _("Set the memory in Settings."),
                    _("The memory is given in a unit that is not known: ‘%s’."), unit);
  else if (!ferry_ovf_parse_quantity (quantity,
                                      unit != NULL ? unit_bytes
                                                   : assume_memory_unit (quantity, guest),
                                      &guest->memory_bytes))
    ferry_ovf_warn (guest, "ovf.bad-number", _("Set the memory in Settings."),
                    _("The memory is not a number that makes sense: ‘%s’."), quantity);
}

/* The product must be what the description says of the whole; otherwise nothing is known. */
static void
set_topology (FerryGuest *guest, guint cores, guint threads)
{
  guint64 per_socket = (guint64) cores * threads;

  if (per_socket == 0)
    return;
  if (guest->vcpus == 0 || guest->vcpus % per_socket != 0)
    {
      ferry_ovf_warn (guest, "ovf.odd-topology",
                      _("The virtual CPUs are imported without sockets and cores."),
                      _("%u virtual CPUs cannot be shared out to sockets of %" G_GUINT64_FORMAT
                         "."),
                      guest->vcpus, per_socket);
      return;
    }
  guest->sockets = (guint) (guest->vcpus / per_socket);
  guest->cores = cores;
  guest->threads = threads;
}

static void
read_processors (const FerryOvfContext *context, const xmlNode *item, FerryGuest *guest)
{
  g_autofree char *written = ferry_xml_dup_child_text (item, "VirtualQuantity");
  g_autofree char *quantity = written != NULL ? ferry_ovf_resolve (context, written) : NULL;
  guint sockets = read_uint (item, "num_of_sockets"); /* oVirt */
  guint cores = read_uint (item, "cpu_per_socket");
  guint threads = MAX (read_uint (item, "threads_per_cpu"), 1);
  guint64 count = 0;

  if (quantity != NULL && (!ferry_ovf_parse_quantity (quantity, 1, &count) || count > 4096))
    {
      ferry_ovf_warn (guest, "ovf.bad-number", _("Set the virtual CPUs in Settings."),
                      _("The number of virtual CPUs does not make sense: ‘%s’."), quantity);
      count = 0;
    }
  if (written == NULL && sockets <= 4096 && cores <= 4096 && threads <= 4096)
    count = MIN ((guint64) sockets * cores * threads, 4096);
  guest->vcpus = (guint) (guest->vcpus + count);
  if (cores == 0)
    cores = read_uint (item, "CoresPerSocket"); /* VMware */
  set_topology (guest, cores, threads);
}

static FerryBus
get_controller_bus (const xmlNode *controller)
{
  g_autofree char *type = ferry_xml_dup_child_text (controller, "ResourceSubType");
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "", -1);

  switch (read_uint (controller, "ResourceType"))
    {
    case RESOURCE_IDE_CONTROLLER:
      return FERRY_BUS_IDE;
    case RESOURCE_SCSI_CONTROLLER:
      return FERRY_BUS_SCSI;
    case RESOURCE_OTHER_STORAGE:
      if (g_strrstr (lower, "nvme") != NULL)
        return FERRY_BUS_NVME;
      if (g_strrstr (lower, "scsi") != NULL)
        return FERRY_BUS_SCSI;
      if (g_strrstr (lower, "sata") != NULL || g_strrstr (lower, "ahci") != NULL)
        return FERRY_BUS_SATA;
      return FERRY_BUS_UNKNOWN;
    default:
      return FERRY_BUS_UNKNOWN;
    }
}

/* Instance id → item, for the Parent of disks. */
static GHashTable *
index_items (const GPtrArray *items)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      char *id = dup_instance_id (items->pdata[i]);

      if (id != NULL)
        g_hash_table_insert (index, id, items->pdata[i]);
    }

  return index;
}

static FerryBus
find_bus (GHashTable *items, const xmlNode *item)
{
  g_autofree char *parent = ferry_xml_dup_child_text (item, "Parent");
  const xmlNode *controller = parent != NULL ? g_hash_table_lookup (items, parent) : NULL;

  return controller != NULL ? get_controller_bus (controller) : FERRY_BUS_UNKNOWN;
}

static void
read_mac (const xmlNode *item, FerryNic *nic, FerryGuest *guest)
{
  g_autofree char *mac = ferry_xml_dup_child_text (item, "MACAddress"); /* oVirt */

  if (mac == NULL)
    mac = ferry_xml_dup_child_text (item, "Address");
  if (mac == NULL)
    return;
  nic->mac = ferry_mac_normalize (mac);
  if (nic->mac == NULL)
    ferry_guest_take_nic_check (
        guest, nic,
        ferry_check_new ("nic.bad-mac", FERRY_SEVERITY_WARNING,
                         _("It gets a new MAC address unless you set one."),
                         _("‘%s’ has something that is not a MAC address: ‘%s’."), nic->name, mac));
}

/* oVirt writes a number of its own (VmInterfaceType). */
static char *
dup_nic_model (const xmlNode *item)
{
  static const char *const ovirt_models[] = { "rtl8139", "rtl8139", "e1000", "virtio" };
  g_autofree char *model = ferry_xml_dup_child_text (item, "ResourceSubType");

  if (model == NULL)
    return NULL;
  if (g_ascii_isdigit (model[0]) && model[1] == '\0')
    return model[0] <= '3' ? g_strdup (ovirt_models[model[0] - '0']) : NULL;

  return g_ascii_strdown (model, -1);
}

static void
read_nic (const xmlNode *item, FerryGuest *guest)
{
  g_autofree char *name = dup_item_name (item);
  FerryNic *nic;

  if (name == NULL)
    name = g_strdup_printf (_("Network adapter %u"), guest->nics->len + 1);
  nic = ferry_nic_new (name);
  nic->network = ferry_xml_dup_child_text (item, "Connection");
  nic->model = dup_nic_model (item);
  read_mac (item, nic, guest);
  g_ptr_array_add (guest->nics, nic);
}

/* A storage extent or logical disk without a place is XenServer's way to tell of a CD drive. */
static gboolean
is_disk (const xmlNode *item, guint type)
{
  if (type == RESOURCE_DISK)
    return TRUE;

  return (type == RESOURCE_STORAGE_EXTENT || type == RESOURCE_LOGICAL_DISK) &&
         ferry_xml_get_child (item, "HostResource") != NULL;
}

static gboolean
has_too_many_devices (FerryGuest *guest)
{
  if (guest->disks->len + guest->nics->len <= MAX_DEVICES)
    return FALSE;
  g_ptr_array_add (guest->checks,
                   ferry_check_new ("ovf.too-many-devices", FERRY_SEVERITY_BLOCKER,
                                    _("Export the virtual machine again."),
                                    _("The description lists more than %d disks and network "
                                      "adapters."),
                                    MAX_DEVICES));

  return TRUE;
}

void
ferry_ovf_read_hardware (FerryOvfContext *context, const xmlNode *hardware, FerryOvfSystem *system)
{
  g_autoptr (GPtrArray) items = collect_items (context, hardware);
  g_autoptr (GHashTable) index = index_items (items);

  for (guint i = 0; i < items->len && !has_too_many_devices (system->guest); i++)
    {
      const xmlNode *item = items->pdata[i];
      guint type = read_uint (item, "ResourceType");

      if (type == RESOURCE_PROCESSOR)
        read_processors (context, item, system->guest);
      else if (type == RESOURCE_MEMORY)
        read_memory (context, item, system->guest);
      else if (type == RESOURCE_ETHERNET)
        read_nic (item, system->guest);
      else if (is_disk (item, type))
        ferry_ovf_add_disk (context, item, find_bus (index, item), system);
    }
}
