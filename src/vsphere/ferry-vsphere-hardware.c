/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-hardware.h"

#include "ferry-check.h"
#include "ferry-soap.h"
#include "ferry-vsphere-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIB 1024
#define MIB (1024 * 1024)
#define MAX_SNAPSHOTS 10000

/* --- disks --- */

static const xmlNode *
find_device (const xmlNode *hardware, gint64 key)
{
  const xmlNode *device = ferry_xml_get_child (hardware, "device");

  while (device != NULL && ferry_soap_get_number (device, "key", -1) != key)
    device = ferry_xml_get_next (device, "device");

  return device;
}

static FerryBus
get_bus (const xmlNode *controller)
{
  g_autofree char *type = controller != NULL ? ferry_soap_dup_type (controller) : NULL;

  if (type == NULL)
    return FERRY_BUS_UNKNOWN;
  if (g_str_equal (type, "VirtualIDEController"))
    return FERRY_BUS_IDE;
  if (g_str_equal (type, "VirtualAHCIController") || g_str_equal (type, "VirtualSATAController"))
    return FERRY_BUS_SATA;
  if (g_str_equal (type, "VirtualNVMEController"))
    return FERRY_BUS_NVME;
  if (strstr (type, "SCSI") != NULL || strstr (type, "Lsi") != NULL ||
      strstr (type, "BusLogic") != NULL)
    return FERRY_BUS_SCSI;

  return FERRY_BUS_UNKNOWN;
}

static gboolean
is_shared (const xmlNode *backing, const xmlNode *controller)
{
  g_autofree char *sharing = ferry_xml_dup_child_text (backing, "sharing");
  g_autofree char *bus = ferry_xml_dup_child_text (controller, "sharedBus");

  return g_strcmp0 (sharing, "sharingMultiWriter") == 0 ||
         (bus != NULL && !g_str_equal (bus, "noSharing"));
}

static FerryDiskFlags
get_flags (const xmlNode *backing, const xmlNode *controller)
{
  g_autofree char *type = backing != NULL ? ferry_soap_dup_type (backing) : NULL;
  g_autofree char *mode = ferry_xml_dup_child_text (backing, "diskMode");
  FerryDiskFlags flags = 0;

  if (type != NULL && strstr (type, "RawDisk") != NULL)
    flags |= FERRY_DISK_RDM;
  if (mode != NULL && g_str_has_prefix (mode, "independent"))
    flags |= FERRY_DISK_INDEPENDENT;
  if (is_shared (backing, controller))
    flags |= FERRY_DISK_SHARED;
  if (ferry_xml_get_child (backing, "keyId") != NULL)
    flags |= FERRY_DISK_ENCRYPTED;
  if (ferry_xml_get_child (backing, "parent") != NULL)
    flags |= FERRY_DISK_HAS_PARENT;

  return flags;
}

static gint64
get_file_size (const xmlNode *layout, const char *key)
{
  for (const xmlNode *file = ferry_xml_get_child (layout, "file"); file != NULL;
       file = ferry_xml_get_next (file, "file"))
    {
      g_autofree char *have = ferry_xml_dup_child_text (file, "key");

      if (g_strcmp0 (have, key) == 0)
        return ferry_soap_get_number (file, "size", 0);
    }

  return 0;
}

/* Of all files of all links of its chain: descriptors, extents, deltas. */
static gint64
get_used_bytes (const xmlNode *layout, gint64 key)
{
  const xmlNode *disk = ferry_xml_get_child (layout, "disk");
  gint64 total = -1;

  while (disk != NULL && ferry_soap_get_number (disk, "key", -1) != key)
    disk = ferry_xml_get_next (disk, "disk");
  for (const xmlNode *link = ferry_xml_get_child (disk, "chain"); link != NULL;
       link = ferry_xml_get_next (link, "chain"))
    for (const xmlNode *file = ferry_xml_get_child (link, "fileKey"); file != NULL;
         file = ferry_xml_get_next (file, "fileKey"))
      {
        g_autofree char *file_key = ferry_xml_dup_text (file);
        gint64 size = file_key != NULL ? get_file_size (layout, file_key) : 0;

        total = MAX (total, 0);
        total = size > G_MAXINT64 - total ? G_MAXINT64 : total + size;
      }

  return total;
}

static guint64
get_capacity (const xmlNode *device)
{
  gint64 bytes = ferry_soap_get_number (device, "capacityInBytes", -1);
  gint64 kilobytes = ferry_soap_get_number (device, "capacityInKB", 0);

  if (bytes >= 0)
    return (guint64) bytes;

  return kilobytes > G_MAXINT64 / KIB ? 0 : (guint64) kilobytes * KIB;
}

static gboolean
has_disk (const FerryGuest *guest, const char *name)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (g_str_equal (ferry_guest_get_disk (guest, i)->name, name))
      return TRUE;

  return FALSE;
}

static char *
dup_label (const xmlNode *device, const char *otherwise)
{
  char *label = ferry_xml_dup_child_text (ferry_xml_get_child (device, "deviceInfo"), "label");

  return label != NULL ? label : g_strdup (otherwise);
}

static char *
dup_disk_name (const xmlNode *device, const FerryGuest *guest)
{
  g_autofree char *otherwise = g_strdup_printf ("Hard disk %u", guest->disks->len + 1);
  char *name = dup_label (device, otherwise);

  while (has_disk (guest, name))
    {
      char *longer = g_strconcat (name, "+", NULL);

      g_free (name);
      name = longer;
    }

  return name;
}

/* "[datastore] folder/disk.vmdk"; (nullable) */
static char *
dup_datastore (const char *file)
{
  const char *end = file != NULL && *file == '[' ? strstr (file, "] ") : NULL;

  return end != NULL && end > file + 1 ? g_strndup (file + 1, (gsize) (end - file - 1)) : NULL;
}

static void
add_disk (const FerryVsphereObject *object, const xmlNode *device, FerryGuest *guest)
{
  const xmlNode *hardware = ferry_vsphere_object_get (object, "config.hardware");
  const xmlNode *layout = ferry_vsphere_object_get (object, "layoutEx");
  const xmlNode *backing = ferry_xml_get_child (device, "backing");
  const xmlNode *controller =
      find_device (hardware, ferry_soap_get_number (device, "controllerKey", -2));
  g_autofree char *name = dup_disk_name (device, guest);
  FerryDisk *disk = ferry_disk_new (name);

  disk->file = ferry_xml_dup_child_text (backing, "fileName");
  disk->storage = dup_datastore (disk->file);
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = get_capacity (device);
  disk->used_bytes = get_used_bytes (layout, ferry_soap_get_number (device, "key", -1));
  disk->bus = get_bus (controller);
  disk->flags = get_flags (backing, controller);
  if (ferry_vsphere_object_get (object, "config.keyId") != NULL)
    disk->flags |= FERRY_DISK_ENCRYPTED;
  g_ptr_array_add (guest->disks, disk);
}

/* --- network adapters --- */

static const char *
get_model (const char *type)
{
  static const char *const models[][2] = {
    { "VirtualVmxnet3", "vmxnet3" }, { "VirtualVmxnet3Vrdma", "vmxnet3" },
    { "VirtualVmxnet2", "vmxnet2" }, { "VirtualVmxnet", "vmxnet" },
    { "VirtualE1000", "e1000" },     { "VirtualE1000e", "e1000e" },
    { "VirtualPCNet32", "pcnet32" }, { "VirtualSriovEthernetCard", "sriov" },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (models); i++)
    if (g_str_equal (type, models[i][0]))
      return models[i][1];

  return NULL;
}

/* The name itself, or what leads to it in another object. */
static char *
dup_network_key (const xmlNode *backing)
{
  const xmlNode *port = ferry_xml_get_child (backing, "port");

  if (port != NULL)
    return ferry_xml_dup_child_text (port, "portgroupKey");

  return ferry_xml_dup_child_text (backing, "opaqueNetworkId");
}

static void
add_nic (const xmlNode *device, const char *model, FerryGuest *guest, GPtrArray *networks)
{
  const xmlNode *backing = ferry_xml_get_child (device, "backing");
  g_autofree char *otherwise = g_strdup_printf ("Network adapter %u", guest->nics->len + 1);
  g_autofree char *name = dup_label (device, otherwise);
  g_autofree char *mac = ferry_xml_dup_child_text (device, "macAddress");
  g_autofree char *network = ferry_xml_dup_child_text (backing, "deviceName");
  FerryNic *nic = ferry_nic_new (name);

  nic->model = g_strdup (model);
  nic->mac = mac != NULL ? ferry_mac_normalize (mac) : NULL;
  nic->network = network != NULL ? ferry_vsphere_name_unescape (network) : NULL;
  g_ptr_array_add (guest->nics, nic);
  g_ptr_array_add (networks, network == NULL ? dup_network_key (backing) : NULL);
  if (mac != NULL && nic->mac == NULL)
    ferry_guest_take_nic_check (guest, nic,
                                ferry_check_new ("nic.bad-mac", FERRY_SEVERITY_WARNING,
                                                 _("It gets a new one unless you set one."),
                                                 _("‘%s’ has a MAC address that is none: ‘%s’."),
                                                 name, mac));
}

/* --- the rest --- */

static void
read_device (const FerryVsphereObject *object,
             const xmlNode *device,
             FerryGuest *guest,
             GPtrArray *networks)
{
  g_autofree char *type = ferry_soap_dup_type (device);
  const char *model = get_model (type);

  if (g_strcmp0 (type, "VirtualDisk") == 0)
    add_disk (object, device, guest);
  else if (model != NULL || (ferry_xml_get_child (device, "macAddress") != NULL))
    add_nic (device, model, guest, networks);
  else if (g_strcmp0 (type, "VirtualTPM") == 0)
    guest->tpm = FERRY_TRUTH_YES;
}

static void
read_processors (const xmlNode *hardware, FerryGuest *guest)
{
  gint64 memory = ferry_soap_get_number (hardware, "memoryMB", 0);
  gint64 vcpus = ferry_soap_get_number (hardware, "numCPU", 0);
  gint64 cores = ferry_soap_get_number (hardware, "numCoresPerSocket", 0);

  guest->memory_bytes = memory > G_MAXINT64 / MIB ? 0 : (guint64) memory * MIB;
  guest->vcpus = vcpus > G_MAXUINT16 ? 0 : (guint) vcpus;
  if (cores > 0 && cores <= guest->vcpus && guest->vcpus % (guint) cores == 0)
    {
      guest->cores = (guint) cores;
      guest->sockets = guest->vcpus / (guint) cores;
      guest->threads = 1;
    }
}

void
ferry_vsphere_read_hardware (const FerryVsphereObject *object,
                             FerryGuest *guest,
                             GPtrArray *networks)
{
  const xmlNode *hardware = ferry_vsphere_object_get (object, "config.hardware");

  if (hardware == NULL)
    return;
  guest->tpm = FERRY_TRUTH_NO;
  read_processors (hardware, guest);
  for (const xmlNode *device = ferry_xml_get_child (hardware, "device"); device != NULL;
       device = ferry_xml_get_next (device, "device"))
    read_device (object, device, guest, networks);
}

static int
count_below (const xmlNode *tree, const char *element)
{
  int n = 0;

  for (const xmlNode *node = ferry_xml_get_child (tree, element); node != NULL && n < MAX_SNAPSHOTS;
       node = ferry_xml_get_next (node, element))
    n += 1 + count_below (node, "childSnapshotList");

  return n;
}

int
ferry_vsphere_count_snapshots (const xmlNode *info)
{
  return count_below (info, "rootSnapshotList");
}
