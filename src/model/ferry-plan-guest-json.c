/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-parts.h"

#include "ferry-error.h"
#include "ferry-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Beyond anything that exists: a number with some zeros too many is found here. */
#define MAX_MEMORY_BYTES (G_GUINT64_CONSTANT (1) << 50)
#define MAX_VCPUS 65536
#define MAX_CAPACITY_BYTES (G_GUINT64_CONSTANT (1) << 60)

static const char *const firmware_words[] = { "unknown", "bios", "uefi", NULL };

static const char *const guest_members[] = {
  "name",      "description", "os",   "memory_bytes", "vcpus",      "sockets",   "cores",
  "threads",   "firmware",    "root", "format",       "allocation", "shut_down", "start",
  "boot_disk", "disks",       "nics", "source",       NULL,
};
static const char *const disk_members[] = { "included", "storage", "format", "allocation", NULL };
static const char *const nic_members[] = {
  "network", "mac", "model", "connected", "address", NULL
};
static const char *const address_members[] = { "ip", "prefix", "gateway", "dns", NULL };

static gboolean
read_mac_word (const char *word, const FerryNic *source, FerryPlanNic *nic)
{
  if (word == NULL)
    nic->mac_kind = source->mac != NULL ? FERRY_MAC_KEEP : FERRY_MAC_NEW;
  else if (g_str_equal (word, "keep") && source->mac != NULL)
    nic->mac_kind = FERRY_MAC_KEEP;
  else if (g_str_equal (word, "new"))
    nic->mac_kind = FERRY_MAC_NEW;
  else
    {
      nic->mac_kind = FERRY_MAC_FIXED;
      nic->mac = ferry_mac_normalize (word);
      return nic->mac != NULL;
    }

  return TRUE;
}

static gboolean
read_mac (JsonObject *object, const FerryNic *source, FerryPlanNic *nic, GError **error)
{
  g_autofree char *word = NULL;

  if (!ferry_json_get_string (object, "mac", &word, error))
    return FALSE;
  if (read_mac_word (word, source, nic))
    return TRUE;
  if (g_str_equal (word, "keep"))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("%s cannot be ‘keep’: the source gives no MAC address."), "mac");

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("%s must be ‘keep’, ‘new’ or a MAC address like 52:54:00:12:34:56."),
                     "mac");
}

static gboolean
read_one_address (JsonObject *object, const char *member, char **out, GError **error)
{
  g_autoptr (GInetAddress) parsed = NULL;

  if (!ferry_json_get_string (object, member, out, error))
    return FALSE;
  parsed = *out != NULL ? g_inet_address_new_from_string (*out) : NULL;
  if (*out == NULL || parsed != NULL)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("%s must be an IP address like 192.0.2.10 or 2001:db8::10."), member);
}

static gboolean
read_dns (JsonObject *object, FerryPlanAddress *address, GError **error)
{
  g_autoptr (GStrvBuilder) dns = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!ferry_json_get_array (object, "dns", &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autoptr (GInetAddress) parsed = text != NULL ? g_inet_address_new_from_string (text) : NULL;

      if (parsed == NULL)
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _ ("%s must be an IP address like 192.0.2.10 or 2001:db8::10."), "dns");
      g_strv_builder_add (dns, text);
    }
  address->dns = g_strv_builder_end (dns);

  return TRUE;
}

static gboolean
read_address_members (JsonObject *object, FerryPlanAddress *address, GError **error)
{
  if (!ferry_json_require (object, "ip", error) ||
      !read_one_address (object, "ip", &address->ip, error) ||
      !ferry_json_get_uint (object, "prefix", &address->prefix, error) ||
      !read_one_address (object, "gateway", &address->gateway, error) ||
      !read_dns (object, address, error))
    return FALSE;
  if (!ferry_plan_address_is_valid (address, error))
    return FALSE;
  address->extra = ferry_json_copy_unknown (object, address_members);

  return TRUE;
}

static gboolean
read_address (JsonObject *object, FerryPlanAddress *address, GError **error)
{
  JsonObject *inner = NULL;

  if (!ferry_json_get_object (object, "address", &inner, error))
    return FALSE;
  if (inner == NULL || read_address_members (inner, address, error))
    return TRUE;
  g_prefix_error (error, "address.");

  return FALSE;
}

/* A word of libvirt's XML and of qemu's command line. */
static gboolean
read_model (JsonObject *object, FerryPlanNic *nic, GError **error)
{
  if (!ferry_json_get_string (object, "model", &nic->model, error))
    return FALSE;
  if (nic->model == NULL || ferry_nic_model_is_valid (nic->model))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("%s must be a model of network adapter such as ‘virtio’ or ‘e1000e’."),
                     "model");
}

/* @guest has a NIC for each read so far; this is the next one. */
static gboolean
read_nic (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlanGuest *guest = user_data;
  const FerryNic *source = ferry_guest_get_nic (guest->source, guest->nics->len);
  FerryPlanNic *nic = g_new0 (FerryPlanNic, 1);

  g_ptr_array_add (guest->nics, nic);
  nic->connected = TRUE;
  if (!ferry_plan_read_network (object, "network", &nic->network, error) ||
      !read_mac (object, source, nic, error) || !read_model (object, nic, error) ||
      !ferry_json_get_boolean (object, "connected", &nic->connected, error) ||
      !read_address (object, &nic->address, error))
    return FALSE;
  nic->extra = ferry_json_copy_unknown (object, nic_members);

  return TRUE;
}

static gboolean
read_nics (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  JsonArray *nics = NULL;
  guint length;

  if (!ferry_json_get_array (object, "nics", &nics, error))
    return FALSE;
  length = nics != NULL ? json_array_get_length (nics) : 0;
  if (length != guest->source->nics->len)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("nics must have as many elements as source.nics: %u, not %u."),
                       guest->source->nics->len, length);

  return ferry_json_read_each (object, "nics", read_nic, guest, error);
}

/* While the disks of @guest are read: which is the next. */
typedef struct
{
  FerryPlanGuest *guest; /* (unowned) */
  guint index;
} DiskReading;

static gboolean
read_disk (JsonObject *object, gpointer user_data, GError **error)
{
  DiskReading *reading = user_data;
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (reading->guest, reading->index++);

  if (!ferry_json_get_boolean (object, "included", &disk->included, error) ||
      !ferry_plan_read_text (object, "storage", &disk->storage, error) ||
      !ferry_plan_read_storing (object, &disk->format, &disk->allocation, error))
    return FALSE;
  disk->extra = ferry_json_copy_unknown (object, disk_members);

  return TRUE;
}

/* Plans of before there was this choice have none: everything is imported then. */
static gboolean
read_disks (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  DiskReading reading = { guest, 0 };
  JsonArray *disks = NULL;
  gint64 boot_disk = -1;

  if (!ferry_json_get_array (object, "disks", &disks, error))
    return FALSE;
  if (disks != NULL && json_array_get_length (disks) != guest->disks->len)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("disks must have as many elements as source.disks: %u, not %u."),
                       guest->disks->len, json_array_get_length (disks));
  if (disks != NULL && !ferry_json_read_each (object, "disks", read_disk, &reading, error))
    return FALSE;
  if (!ferry_json_get_int64 (object, "boot_disk", &boot_disk, error))
    return FALSE;
  if (boot_disk < -1 || boot_disk >= (gint64) guest->disks->len)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("boot_disk must be the number of a disk, the first of which is 0."));
  guest->boot_disk = (int) boot_disk;

  return TRUE;
}

static gboolean
read_name (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!ferry_json_require (object, "name", error) ||
      !ferry_json_get_string (object, "name", &guest->name, error))
    return FALSE;
  if (ferry_guest_name_is_valid (guest->name, &problem))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID, "name: %s", problem->message);
}

/* A device's name is an argument of virt-v2v and of the guest's inspection. */
static gboolean
root_is_valid (const char *root)
{
  if (g_str_equal (root, "single") || g_str_equal (root, "first"))
    return TRUE;

  return g_str_has_prefix (root, "/dev/") &&
         root[strspn (root, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "/-_.+:")] == '\0';
}

static gboolean
read_root (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  if (!ferry_json_get_string (object, "root", &guest->root, error))
    return FALSE;
  if (!root_is_valid (guest->root))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("%s must be ‘single’, ‘first’ or a device like ‘/dev/sda2’."), "root");

  return TRUE;
}

/* Without one, what the source has stands while it fits the number of CPUs. */
static gboolean
read_topology (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  guint sockets = 0;
  guint cores = 0;
  guint threads = 0;

  if (!ferry_json_get_uint (object, "sockets", &sockets, error) ||
      !ferry_json_get_uint (object, "cores", &cores, error) ||
      !ferry_json_get_uint (object, "threads", &threads, error))
    return FALSE;
  if ((sockets != 0 || cores != 0 || threads != 0) &&
      (guint64) sockets * cores * threads != guest->vcpus)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("sockets times cores times threads must be vcpus."));
  guest->sockets = sockets;
  guest->cores = cores;
  guest->threads = threads;

  return TRUE;
}

/* libosinfo's short ids. */
static gboolean
read_os (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  if (!ferry_json_get_string (object, "os", &guest->os, error))
    return FALSE;
  if (guest->os == NULL ||
      (*guest->os != '\0' &&
       guest->os[strspn (guest->os, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789-_.")] == '\0'))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("%s must be the short id of an operating system such as ‘debian12’."),
                     "os");
}

/* What is null in the plan is unknown, even where the source knew it. */
static gboolean
read_hardware (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  int firmware = FERRY_FIRMWARE_UNKNOWN;

  guest->memory_bytes = 0;
  guest->vcpus = 0;
  if (!ferry_json_get_uint64 (object, "memory_bytes", &guest->memory_bytes, error) ||
      !ferry_json_get_uint (object, "vcpus", &guest->vcpus, error) ||
      !ferry_json_get_word (object, "firmware", firmware_words, &firmware, error))
    return FALSE;
  guest->firmware = (FerryFirmware) firmware;
  if (!read_topology (object, guest, error))
    return FALSE;
  if (guest->memory_bytes > MAX_MEMORY_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("%s is too large."), "memory_bytes");
  if (guest->vcpus > MAX_VCPUS)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("%s is too large."), "vcpus");

  return TRUE;
}

static gboolean
read_guest_members (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  g_clear_pointer (&guest->description, g_free);
  if (!read_name (object, guest, error) ||
      !ferry_plan_read_text (object, "description", &guest->description, error) ||
      !read_os (object, guest, error) || !read_hardware (object, guest, error) ||
      !read_root (object, guest, error) ||
      !ferry_plan_read_storing (object, &guest->format, &guest->allocation, error) ||
      !ferry_json_get_boolean (object, "shut_down", &guest->shut_down, error) ||
      !ferry_json_get_boolean (object, "start", &guest->start, error) ||
      !read_disks (object, guest, error) || !read_nics (object, guest, error))
    return FALSE;
  guest->extra = ferry_json_copy_unknown (object, guest_members);

  return TRUE;
}

static gboolean
capacities_are_possible (const FerryGuest *guest, GError **error)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (ferry_guest_get_disk (guest, i)->capacity_bytes > MAX_CAPACITY_BYTES)
      return ferry_fail (error, FERRY_ERROR_INVALID, _ ("disks[%u].capacity_bytes is too large."),
                         i);

  return TRUE;
}

static FerryGuest *
read_guest_source (JsonObject *object, GError **error)
{
  g_autoptr (FerryGuest) source = NULL;
  JsonObject *inner = NULL;

  if (!ferry_json_require (object, "source", error) ||
      !ferry_json_get_object (object, "source", &inner, error))
    return NULL;
  source = ferry_guest_from_json (json_object_get_member (object, "source"), error);
  if (source == NULL || !capacities_are_possible (source, error))
    {
      g_prefix_error (error, "source.");
      return NULL;
    }

  return g_steal_pointer (&source);
}

FerryPlanGuest *
ferry_plan_read_guest (JsonObject *object, const FerryPlan *plan, GError **error)
{
  g_autoptr (FerryGuest) source = read_guest_source (object, error);
  g_autoptr (FerryPlanGuest) guest = NULL;

  if (source == NULL)
    return NULL;
  guest = ferry_plan_guest_new (source);
  guest->format = plan->format;
  guest->allocation = plan->allocation;
  if (!read_guest_members (object, guest, error))
    return NULL;

  return g_steal_pointer (&guest);
}
