/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ovf-private.h"

#include "ferry-check.h"
#include "ferry-ovf-units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The names are URIs that were never registered anywhere; these parts tell them apart. Longer ones
 * first. VHD is "vpc" to qemu. */
static const struct
{
  const char *part;
  const char *format;
} formats[] = {
  { "vmdk", "vmdk" },         { "qcow", "qcow2" },   { "vhdx", "vhdx" },
  { "vhd", "vpc" },           { "bb676673", "vpc" }, /* Microsoft's page about VHD, as VirtualBox names it */
  { "linkid=137171", "vpc" }, /* the same, as ovftool and XenServer name it */
  { "vdi", "vdi" },           { "raw", "raw" },
};

static const char *
find_format (const char *uri)
{
  g_autofree char *lower = g_ascii_strdown (uri, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strstr (lower, formats[i].part) != NULL)
      return formats[i].format;

  return NULL;
}

/* oVirt puts the truth into a second attribute: its raw disks are "vmdk" in the first. */
static char *
dup_format (const xmlNode *node)
{
  g_autofree char *volume = ferry_xml_dup_attribute (node, "volume-format");
  g_autofree char *uri = ferry_xml_dup_attribute (node, "format");

  if (g_strcmp0 (volume, "RAW") == 0)
    return g_strdup ("raw");
  if (g_strcmp0 (volume, "COW") == 0)
    return g_strdup ("qcow2");

  return uri != NULL ? g_strdup (find_format (uri)) : NULL;
}

static FerryBus
get_ovirt_bus (const xmlNode *node)
{
  static const struct
  {
    const char *word;
    FerryBus bus;
  } words[] = {
    { "VirtIO", FERRY_BUS_VIRTIO },
    { "VirtIO_SCSI", FERRY_BUS_SCSI },
    { "IDE", FERRY_BUS_IDE },
    { "SATA", FERRY_BUS_SATA },
  };
  g_autofree char *word = ferry_xml_dup_attribute (node, "disk-interface");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      return words[i].bus;

  return FERRY_BUS_UNKNOWN;
}

static void
read_capacity (const FerryOvfContext *context,
               const xmlNode *node,
               FerryDisk *disk,
               FerryGuest *guest)
{
  g_autofree char *unit = ferry_xml_dup_attribute (node, "capacityAllocationUnits");
  g_autofree char *written = ferry_xml_dup_attribute (node, "capacity");
  g_autofree char *quantity = written != NULL ? ferry_ovf_resolve (context, written) : NULL;
  const char *advice = _("Its size is taken from the disk’s own file where that tells it.");
  guint64 unit_bytes = 1;

  if (written == NULL)
    return;
  if (quantity == NULL)
    ferry_ovf_warn (guest, "ovf.unknown-property", advice,
                    _("The size of the disk ‘%s’ is ‘%s’, but the description has no such "
                      "property."),
                    disk->name, written);
  else if (unit != NULL && !ferry_ovf_parse_unit (unit, &unit_bytes))
    ferry_ovf_warn (guest, "ovf.unknown-unit", advice,
                    _("The size of the disk ‘%s’ is given in a unit that is not known: ‘%s’."),
                    disk->name, unit);
  else if (!ferry_ovf_parse_quantity (quantity, unit_bytes, &disk->capacity_bytes))
    ferry_ovf_warn (guest, "ovf.bad-number", advice,
                    _("The size of the disk ‘%s’ does not make sense: ‘%s’."), disk->name,
                    quantity);
}

static void
read_used (const xmlNode *node, FerryDisk *disk)
{
  g_autofree char *text = ferry_xml_dup_attribute (node, "populatedSize");
  guint64 bytes;

  if (text != NULL && ferry_ovf_parse_quantity (text, 1, &bytes) && bytes <= G_MAXINT64)
    disk->used_bytes = (gint64) bytes;
}

static void
check_parent (const xmlNode *node, const FerryDisk *disk, FerryGuest *guest)
{
  g_autofree char *parent = ferry_xml_dup_attribute (node, "parentRef");

  if (parent != NULL)
    ferry_guest_take_disk_check (
        guest, disk,
        ferry_check_new ("disk.has-parent", FERRY_SEVERITY_BLOCKER,
                         _ ("Export the virtual machine again without snapshots."),
                         _ ("The disk ‘%s’ holds only what differs from the disk "
                            "‘%s’."),
                         disk->name, parent));
}

static gboolean
is_remote (const char *href)
{
  g_autofree char *scheme = g_uri_parse_scheme (href);

  return scheme != NULL && strstr (href, "://") != NULL;
}

static void
check_file (const FerryOvfFile *file, FerryDisk *disk, FerryGuest *guest)
{
  if (is_remote (file->href))
    {
      disk->flags |= FERRY_DISK_REMOTE;
      ferry_guest_take_disk_check (
          guest, disk,
          ferry_check_new ("disk.remote-file", FERRY_SEVERITY_BLOCKER,
                           _ ("Download the file, put it beside the description and "
                              "write its name there instead."),
                           _ ("The disk ‘%s’ is not in the appliance but at ‘%s’."), disk->name,
                           file->href));
    }
  if (file->compression != NULL && !g_str_equal (file->compression, "gzip"))
    ferry_guest_take_disk_check (
        guest, disk,
        ferry_check_new ("disk.compression-unsupported", FERRY_SEVERITY_BLOCKER,
                         _ ("Unpack the disk’s file and export it uncompressed or "
                            "with gzip."),
                         _ ("The disk ‘%s’ is compressed in a way that Ferry cannot "
                            "read: ‘%s’."),
                         disk->name, file->compression));
}

static void
set_file (FerryOvfFile *file, FerryDisk *disk, FerryGuest *guest)
{
  disk->file = g_strdup (file->href);
  if (file->compression != NULL)
    disk->flags |= FERRY_DISK_COMPRESSED;
  if (file->chunk_bytes > 0)
    disk->flags |= FERRY_DISK_CHUNKED;
  check_file (file, disk, guest);
}

static FerryOvfFile *
read_disk_element (const FerryOvfContext *context,
                   const xmlNode *node,
                   FerryDisk *disk,
                   FerryGuest *guest)
{
  g_autofree char *reference = ferry_xml_dup_attribute (node, "fileRef");
  FerryOvfFile *file = NULL;

  disk->format = dup_format (node);
  if (disk->bus == FERRY_BUS_UNKNOWN)
    disk->bus = get_ovirt_bus (node);
  read_capacity (context, node, disk, guest);
  read_used (node, disk);
  check_parent (node, disk, guest);
  if (reference != NULL)
    file = g_hash_table_lookup (context->files, reference);
  if (reference != NULL && file == NULL)
    ferry_ovf_warn (guest, "ovf.unknown-file", _("Export the virtual machine again."),
                    _("The disk ‘%s’ refers to a file ‘%s’ that the description does not list."),
                    disk->name, reference);

  return file;
}

/* Unique in the guest: what the item is called, else the disk's id; "Hard disk 1 (2)" when taken */
static char *
dup_disk_name (const xmlNode *item, const char *disk_id, const FerryGuest *guest)
{
  g_autofree char *name = ferry_xml_dup_child_text (item, "ElementName");
  guint n_same = 1;

  if (name == NULL)
    name = ferry_xml_dup_child_text (item, "Caption");
  if (name == NULL)
    name = disk_id != NULL ? g_strdup (disk_id)
                           : g_strdup_printf (_("Disk %u"), guest->disks->len + 1);

  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *other = g_ptr_array_index (guest->disks, i);
      const char *rest = g_str_has_prefix (other->name, name) ? other->name + strlen (name) : "-";

      if (*rest == '\0' || g_str_has_prefix (rest, " ("))
        n_same++;
    }

  return n_same == 1 ? g_steal_pointer (&name) : g_strdup_printf ("%s (%u)", name, n_same);
}

/* HostResource is "ovf:/disk/ID", "/disk/ID", "disk/ID" (OVF 0.9), "ID/VOLUME" (oVirt's storage
 * domains), or the same with "file"; XenServer may leave it out and name the item like the disk. */
static char *
dup_place (const FerryOvfContext *context, const xmlNode *item)
{
  char *place = ferry_xml_dup_child_text (item, "HostResource");
  g_autofree char *id = NULL;

  if (place != NULL)
    return place;
  id = ferry_xml_dup_child_text (item, "InstanceID");

  return id != NULL && g_hash_table_contains (context->disks, id) ? g_steal_pointer (&id) : NULL;
}

/* The disk that is named, or the one that the named file holds; a file without a Disk element
 * leaves only *out_file. */
static char *
dup_disk_id (const FerryOvfContext *context, const char *place, FerryOvfFile **out_file)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", -1);
  guint n_parts = g_strv_length (parts);
  const char *last = n_parts > 0 ? parts[n_parts - 1] : "";

  if (strstr (place, "/file/") != NULL || g_str_has_prefix (place, "file/"))
    {
      const char *id = g_hash_table_lookup (context->disks_of_files, last);

      *out_file = g_hash_table_lookup (context->files, last);
      return g_strdup (id != NULL ? id : last);
    }
  for (guint i = n_parts; i > 0; i--)
    if (g_hash_table_contains (context->disks, parts[i - 1]))
      return g_strdup (parts[i - 1]);

  return g_strdup (last);
}

static void
warn_unknown (FerryGuest *guest, const FerryDisk *disk, const char *id)
{
  ferry_ovf_warn (guest, "ovf.unknown-disk", _("Export the virtual machine again."),
                  _("‘%s’ refers to a disk ‘%s’ that the description does not list."), disk->name,
                  id);
}

void
ferry_ovf_add_disk (FerryOvfContext *context,
                    const xmlNode *item,
                    FerryBus bus,
                    FerryOvfSystem *system)
{
  FerryGuest *guest = system->guest;
  FerryOvfFile *file = NULL;
  g_autofree char *place = dup_place (context, item);
  g_autofree char *id = place != NULL ? dup_disk_id (context, place, &file) : NULL;
  g_autofree char *name = dup_disk_name (item, id, guest);
  const xmlNode *node = id != NULL ? g_hash_table_lookup (context->disks, id) : NULL;
  FerryDisk *disk = ferry_disk_new (name);

  disk->bus = bus;
  disk->used_bytes = -1;
  if (node != NULL)
    {
      file = read_disk_element (context, node, disk, guest);
      g_hash_table_add (context->used_disks, g_strdup (id));
    }
  else if (id != NULL && file == NULL)
    warn_unknown (guest, disk, id);
  if (file != NULL)
    set_file (file, disk, guest);
  g_ptr_array_add (guest->disks, disk);
  g_ptr_array_add (system->files, file);
}
