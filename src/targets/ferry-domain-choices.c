/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-choices.h"

#include "ferry-disk-image.h"
#include "ferry-domain-nodes.h"
#include "ferry-domain.h"
#include "ferry-os.h"

#include <string.h>

#define LIBOSINFO_NS "http://libosinfo.org/xmlns/libvirt/domain/1.0"

/* --- processors --- */

static guint64
read_factor (const xmlNode *topology, const char *name)
{
  g_autofree char *text = ferry_xml_dup_attribute (topology, name);

  return text != NULL ? MIN (g_ascii_strtoull (text, NULL, 10), G_MAXUINT16) : 1;
}

static gboolean
makes_up (const xmlNode *topology, guint vcpus)
{
  guint64 cores = read_factor (topology, "dies") * read_factor (topology, "clusters") *
                  read_factor (topology, "cores");
  guint64 threads = read_factor (topology, "sockets") * read_factor (topology, "threads");
  guint64 product;

  return g_uint64_checked_mul (&product, cores, threads) && product == vcpus;
}

static void
set_factor (xmlNode *topology, const char *name, guint factor)
{
  g_autofree char *text = g_strdup_printf ("%u", factor);

  ferry_node_set_attribute (topology, name, text);
}

static gboolean
is_as_at_source (const FerryPlanGuest *guest)
{
  const FerryGuest *source = guest->source;

  return guest->sockets == source->sockets && guest->cores == source->cores &&
         guest->threads == source->threads;
}

/* A guest that comes as it is may have dies and clusters too, which the plan has no words for: its
 * own is kept as long as nobody chose another one. */
void
ferry_domain_choose_topology (xmlNode *root, const FerryPlanGuest *guest)
{
  guint64 product = (guint64) guest->sockets * guest->cores;
  xmlNode *cpu = ferry_node_get_child (root, "cpu");
  xmlNode *topology = ferry_node_get_child (cpu, "topology");

  if (is_as_at_source (guest) && topology != NULL && makes_up (topology, guest->vcpus))
    return;
  if (topology != NULL && guest->sockets == 0)
    ferry_node_remove (topology);
  if (guest->vcpus == 0 || product > guest->vcpus || product * guest->threads != guest->vcpus)
    return;
  topology = ferry_node_get_or_insert (ferry_node_get_or_insert (root, "cpu"), "topology");
  ferry_node_unset_attribute (topology, "dies");
  ferry_node_unset_attribute (topology, "clusters");
  set_factor (topology, "sockets", guest->sockets);
  set_factor (topology, "cores", guest->cores);
  set_factor (topology, "threads", guest->threads);
}

/* --- operating system --- */

static void
write_os (xmlNode *metadata, const char *uri)
{
  xmlNode *info = xmlNewChild (metadata, NULL, (const xmlChar *) "libosinfo", NULL);
  xmlNs *ns = xmlNewNs (info, (const xmlChar *) LIBOSINFO_NS, (const xmlChar *) "libosinfo");
  xmlNode *os = xmlNewChild (info, ns, (const xmlChar *) "os", NULL);

  xmlSetNs (info, ns);
  ferry_node_set_attribute (os, "id", uri);
}

void
ferry_domain_choose_os (xmlNode *root, const FerryPlanGuest *guest)
{
  g_autofree char *uri = guest->os != NULL ? ferry_os_dup_uri (guest->os) : NULL;
  xmlNode *metadata = ferry_node_get_child (root, "metadata");
  xmlNode *os = ferry_node_get_child (ferry_node_get_child (metadata, "libosinfo"), "os");

  if (uri == NULL || (os != NULL && ferry_node_has_attribute (os, "id", uri)))
    return;
  metadata = ferry_node_get_or_insert (root, "metadata");
  ferry_node_remove_child (metadata, "libosinfo");
  write_os (metadata, uri);
}

/* --- disks --- */

/* "NAME-sda" or, in a folder, "NAME-sda.qcow2" */
static gboolean
is_disk (const xmlNode *disk, const char *name)
{
  const xmlNode *source = ferry_xml_get_child (disk, "source");
  g_autofree char *volume = source != NULL ? ferry_xml_dup_attribute (source, "volume") : NULL;
  g_autofree char *file = source != NULL ? ferry_xml_dup_attribute (source, "file") : NULL;
  g_autofree char *base =
      volume != NULL ? g_strdup (volume) : (file != NULL ? g_path_get_basename (file) : NULL);

  return base != NULL && g_str_has_prefix (base, name) &&
         (base[strlen (name)] == '\0' || base[strlen (name)] == '.');
}

static xmlNode *
find_disk (xmlNode *devices, const FerryPlanGuest *guest, guint index)
{
  g_autofree char *name = ferry_disk_image_dup_name (guest->name, index);
  xmlNode *disk = ferry_node_get_child (devices, "disk");

  for (; disk != NULL; disk = ferry_node_get_next (disk, "disk"))
    if (ferry_domain_is_hard_disk (disk) && is_disk (disk, name))
      return disk;

  return NULL;
}

static void
set_format (xmlNode *disk, FerryFormat format)
{
  xmlNode *driver = ferry_node_get_or_insert (disk, "driver");

  ferry_node_set_attribute (driver, "name", "qemu");
  ferry_node_set_attribute (driver, "type", ferry_format_to_word (format));
}

/* --- booting --- */

static guint64
get_order (const xmlNode *boot)
{
  g_autofree char *text = ferry_xml_dup_attribute (boot, "order");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : G_MAXUINT64;
}

static int
compare_orders (gconstpointer a, gconstpointer b)
{
  guint64 first = get_order (*(xmlNode *const *) a);
  guint64 second = get_order (*(xmlNode *const *) b);

  return first < second ? -1 : first > second;
}

/* (element-type xmlNode): the <boot> of each device that has one, the first to be tried first */
static GPtrArray *
list_boots (const xmlNode *devices)
{
  GPtrArray *boots = g_ptr_array_new ();
  xmlNode *device = xmlFirstElementChild ((xmlNode *) devices);

  for (; device != NULL; device = xmlNextElementSibling (device))
    {
      xmlNode *boot = ferry_node_get_child (device, "boot");

      if (boot != NULL)
        g_ptr_array_add (boots, boot);
    }
  g_ptr_array_sort (boots, compare_orders);

  return boots;
}

static gboolean
boots_from_disks_first (const xmlNode *os)
{
  const xmlNode *boot = ferry_node_get_child (os, "boot");

  return boot == NULL || ferry_node_has_attribute (boot, "dev", "hd");
}

/* libvirt takes either an order of devices or kinds of them. */
void
ferry_domain_boot_first (xmlNode *disk)
{
  xmlNode *devices = disk->parent;
  xmlNode *os = ferry_node_get_child (devices->parent, "os");
  g_autoptr (GPtrArray) boots = list_boots (devices);
  xmlNode *own = ferry_node_get_or_insert (disk, "boot");
  guint order = 1;

  set_factor (own, "order", order);
  for (guint i = 0; i < boots->len; i++)
    if (g_ptr_array_index (boots, i) != own)
      set_factor (g_ptr_array_index (boots, i), "order", ++order);
  while (ferry_node_get_child (os, "boot") != NULL)
    ferry_node_remove_child (os, "boot");
}

static void
choose_boot_disk (xmlNode *root, xmlNode *devices, const FerryPlanGuest *guest)
{
  g_autoptr (GPtrArray) boots = list_boots (devices);
  xmlNode *disk;

  if (guest->boot_disk < 0 ||
      (guest->boot_disk == 0 && boots->len == 0 &&
       boots_from_disks_first (ferry_node_get_child (root, "os"))))
    return;
  disk = find_disk (devices, guest, (guint) guest->boot_disk);
  if (disk != NULL)
    ferry_domain_boot_first (disk);
}

void
ferry_domain_choose_disks (xmlNode *root, const FerryPlanGuest *guest)
{
  xmlNode *devices = ferry_node_get_child (root, "devices");

  if (devices == NULL)
    return;
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      xmlNode *disk = find_disk (devices, guest, i);

      if (disk != NULL)
        set_format (disk, ferry_plan_guest_get_format (guest, i));
    }
  choose_boot_disk (root, devices, guest);
}

/* --- network adapters --- */

static void
set_model (xmlNode *nic, const char *name)
{
  xmlNode *model = ferry_node_get_or_insert (nic, "model");

  if (ferry_node_has_attribute (model, "type", name))
    return;
  ferry_node_set_attribute (model, "type", name);
  ferry_node_remove_child (nic, "driver"); /* settings of the model before */
}

void
ferry_domain_choose_nic (xmlNode *nic, const FerryPlanNic *planned)
{
  xmlNode *link = ferry_node_get_child (nic, "link");

  if (planned->model != NULL)
    set_model (nic, planned->model);
  if (!planned->connected || planned->network.kind == FERRY_NETWORK_NONE)
    ferry_node_set_attribute (ferry_node_get_or_insert (nic, "link"), "state", "down");
  else if (link != NULL && ferry_node_has_attribute (link, "state", "down"))
    ferry_node_remove (link);
}
