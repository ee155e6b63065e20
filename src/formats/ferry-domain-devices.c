/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-private.h"

#include "ferry-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Far beyond what any hypervisor allows; keeps a hostile description from costing time. */
#define MAX_DEVICES 1024

static const struct
{
  const char *bus;
  const char *prefix; /* of the target's name, by which libvirt knows the bus when it is not said */
  FerryBus value;
} buses[] = {
  { "ide", "hd", FERRY_BUS_IDE },
  { "sata", NULL, FERRY_BUS_SATA },
  { "scsi", "sd", FERRY_BUS_SCSI },
  { "virtio", "vd", FERRY_BUS_VIRTIO },
};

gboolean
ferry_domain_is_hard_disk (const xmlNode *disk)
{
  g_autofree char *device = ferry_xml_dup_attribute (disk, "device");

  return device == NULL || g_str_equal (device, "disk") || g_str_equal (device, "lun");
}

static FerryBus
read_bus (const xmlNode *target)
{
  g_autofree char *bus = target != NULL ? ferry_xml_dup_attribute (target, "bus") : NULL;
  g_autofree char *dev = target != NULL ? ferry_xml_dup_attribute (target, "dev") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (buses); i++)
    if (bus != NULL ? g_str_equal (buses[i].bus, bus)
                    : dev != NULL && buses[i].prefix != NULL &&
                          g_str_has_prefix (dev, buses[i].prefix))
      return buses[i].value;

  return FERRY_BUS_UNKNOWN;
}

/* Xen has words of its own; its drivers “phy” and “file” know only raw. */
static char *
dup_format (const xmlNode *disk)
{
  const xmlNode *driver = ferry_xml_get_child (disk, "driver");
  g_autofree char *type = driver != NULL ? ferry_xml_dup_attribute (driver, "type") : NULL;
  g_autofree char *name = driver != NULL ? ferry_xml_dup_attribute (driver, "name") : NULL;

  if (type == NULL)
    return g_strcmp0 (name, "phy") == 0 || g_strcmp0 (name, "file") == 0 ? g_strdup ("raw") : NULL;
  if (g_str_equal (type, "aio"))
    return g_strdup ("raw");

  return g_ascii_strdown (type, -1);
}

/* "rbd:pool/image" for people; nobody opens it. */
static char *
dup_network_name (const xmlNode *source)
{
  g_autofree char *protocol = ferry_xml_dup_attribute (source, "protocol");
  g_autofree char *name = ferry_xml_dup_attribute (source, "name");

  return g_strdup_printf ("%s:%s", protocol != NULL ? protocol : "?", name != NULL ? name : "");
}

static char *
dup_volume (const xmlNode *source)
{
  g_autofree char *pool = ferry_xml_dup_attribute (source, "pool");
  g_autofree char *volume = ferry_xml_dup_attribute (source, "volume");

  return pool != NULL && volume != NULL ? g_strconcat (pool, "/", volume, NULL) : NULL;
}

static void
block_kind (FerryGuest *guest, const FerryDisk *disk, const char *type)
{
  ferry_guest_take_disk_check (
      guest, disk,
      ferry_check_new ("disk.kind-unsupported", FERRY_SEVERITY_BLOCKER,
                       _("Copy its data into a disk image at the source first, or leave the disk "
                         "or the virtual machine out."),
                       _("The disk ‘%s’ is of the kind ‘%s’, which cannot be read through libvirt."),
                       disk->name, type));
}

static void
read_source (const xmlNode *node, FerryDisk *disk, FerryGuest *guest)
{
  const xmlNode *source = ferry_xml_get_child (node, "source");
  g_autofree char *type = ferry_xml_dup_attribute (node, "type");

  if (type == NULL || g_str_equal (type, "file"))
    disk->file = source != NULL ? ferry_xml_dup_attribute (source, "file") : NULL;
  else if (g_str_equal (type, "block"))
    disk->file = source != NULL ? ferry_xml_dup_attribute (source, "dev") : NULL;
  else if (g_str_equal (type, "volume"))
    {
      disk->file = source != NULL ? dup_volume (source) : NULL;
      disk->storage = disk->file != NULL ? ferry_xml_dup_attribute (source, "pool") : NULL;
    }
  else if (g_str_equal (type, "network"))
    {
      disk->flags |= FERRY_DISK_NETWORK;
      disk->file = source != NULL ? dup_network_name (source) : NULL;
    }
  else
    block_kind (guest, disk, type);
}

/* An empty <backingStore/> says that there is none. */
static gboolean
has_parent (const xmlNode *node)
{
  const xmlNode *store = ferry_xml_get_child (node, "backingStore");

  return store != NULL && ferry_xml_get_child (store, "source") != NULL;
}

static void
read_flags (const xmlNode *node, FerryDisk *disk)
{
  const xmlNode *source = ferry_xml_get_child (node, "source");

  if (ferry_xml_get_child (node, "shareable") != NULL)
    disk->flags |= FERRY_DISK_SHARED;
  if (ferry_xml_get_child (node, "encryption") != NULL ||
      ferry_xml_get_child (source, "encryption") != NULL)
    disk->flags |= FERRY_DISK_ENCRYPTED;
  if (has_parent (node))
    disk->flags |= FERRY_DISK_HAS_PARENT;
}

static gboolean
name_is_taken (const FerryGuest *guest, const char *name)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (g_str_equal (ferry_guest_get_disk (guest, i)->name, name))
      return TRUE;

  return FALSE;
}

static char *
dup_free_name (const FerryGuest *guest, const char *name)
{
  g_autofree char *numbered = g_strdup_printf ("%s (%u)", name, guest->disks->len + 1);

  return g_strdup (name_is_taken (guest, name) ? numbered : name);
}

static void
read_disk (const xmlNode *node, FerryGuest *guest)
{
  const xmlNode *target = ferry_xml_get_child (node, "target");
  g_autofree char *dev = target != NULL ? ferry_xml_dup_attribute (target, "dev") : NULL;
  g_autofree char *name = dup_free_name (guest, dev != NULL ? dev : _("disk"));
  FerryDisk *disk = ferry_disk_new (name);

  disk->bus = read_bus (target);
  disk->format = dup_format (node);
  read_source (node, disk, guest);
  read_flags (node, disk);
  g_ptr_array_add (guest->disks, disk);
}

/** ferry_domain_read_disks: in document order, which decides their order at the destination */
void
ferry_domain_read_disks (const xmlNode *devices, FerryGuest *guest)
{
  for (const xmlNode *node = ferry_xml_get_child (devices, "disk");
       node != NULL && guest->disks->len < MAX_DEVICES; node = ferry_xml_get_next (node, "disk"))
    if (ferry_domain_is_hard_disk (node))
      read_disk (node, guest);
}

/* --- network adapters --- */

/* Of “direct” the host's own interface is the nearest to a network's name. */
static char *
dup_network (const xmlNode *node)
{
  static const char *const kinds[][2] = {
    { "network", "network" },
    { "bridge", "bridge" },
    { "direct", "dev" },
  };
  const xmlNode *source = ferry_xml_get_child (node, "source");
  g_autofree char *type = ferry_xml_dup_attribute (node, "type");

  for (guint i = 0; source != NULL && type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i][0], type))
      return ferry_xml_dup_attribute (source, kinds[i][1]);

  return NULL;
}

static void
read_mac (const xmlNode *node, FerryNic *nic, FerryGuest *guest)
{
  const xmlNode *mac = ferry_xml_get_child (node, "mac");
  g_autofree char *text = mac != NULL ? ferry_xml_dup_attribute (mac, "address") : NULL;

  if (text == NULL)
    return;
  nic->mac = ferry_mac_normalize (text);
  if (nic->mac == NULL)
    ferry_guest_take_nic_check (
        guest, nic,
        ferry_check_new ("nic.bad-mac", FERRY_SEVERITY_WARNING,
                         _("It gets a new MAC address unless you set one."),
                         _("‘%s’ has something that is not a MAC address: ‘%s’."), nic->name, text));
}

static void
read_nic (const xmlNode *node, FerryGuest *guest)
{
  const xmlNode *model = ferry_xml_get_child (node, "model");
  g_autofree char *type = model != NULL ? ferry_xml_dup_attribute (model, "type") : NULL;
  /* Translators: a network adapter of a virtual machine, with its number */
  g_autofree char *name = g_strdup_printf (_("Network adapter %u"), guest->nics->len + 1);
  FerryNic *nic = ferry_nic_new (name);

  nic->network = dup_network (node);
  nic->model = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  read_mac (node, nic, guest);
  g_ptr_array_add (guest->nics, nic);
}

/** ferry_domain_read_nics: in document order */
void
ferry_domain_read_nics (const xmlNode *devices, FerryGuest *guest)
{
  for (const xmlNode *node = ferry_xml_get_child (devices, "interface");
       node != NULL && guest->nics->len < MAX_DEVICES;
       node = ferry_xml_get_next (node, "interface"))
    read_nic (node, guest);
}
