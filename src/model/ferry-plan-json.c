/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-plan-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The reader of plan JSON; its writer is ferry-plan-write.c. */

/* Beyond anything that exists: a number with some zeros too many is found here. */
#define MAX_MEMORY_BYTES (G_GUINT64_CONSTANT (1) << 50)
#define MAX_VCPUS 65536
#define MAX_CAPACITY_BYTES (G_GUINT64_CONSTANT (1) << 60)

static const char *const firmware_words[] = { "unknown", "bios", "uefi", NULL };

static const char *const plan_members[] = { "version",  "source", "destination", "host",
                                            "defaults", "guests", NULL };
static const char *const source_members[] = { "kind", "path", NULL };
static const char *const folder_members[] = { "kind", "path", NULL };
static const char *const libvirt_members[] = { "kind", "uri", "pool", NULL };
static const char *const defaults_members[] = { "format", "allocation", "networks", NULL };
static const char *const guest_members[] = {
  "name", "description", "memory_bytes", "vcpus", "firmware", "root",
  "format", "allocation", "start", "nics", "source", NULL,
};
static const char *const nic_members[] = { "network", "mac", NULL };
static const char *const network_members[] = { "kind", "name", NULL };

/* Texts that end up in XML, which has no way to write most control characters. */
static gboolean
read_text (JsonObject *object, const char *member, char **out, GError **error)
{
  if (!ferry_json_get_string (object, member, out, error))
    return FALSE;
  for (const char *p = *out; p != NULL && *p != '\0'; p++)
    if ((guchar) *p < 0x20 && strchr ("\t\n\r", *p) == NULL)
      return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not contain control characters."),
                         member);

  return TRUE;
}

static gboolean
read_path (JsonObject *object, const char *member, char **out, GError **error)
{
  if (!ferry_json_require (object, member, error) ||
      !ferry_json_get_string (object, member, out, error))
    return FALSE;
  if (!g_path_is_absolute (*out))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("%s must be an absolute path: one that begins with “/”."), member);

  return TRUE;
}

static gboolean
read_storing (JsonObject *object, FerryFormat *format, FerryAllocation *allocation, GError **error)
{
  int format_value = (int) *format;
  int allocation_value = (int) *allocation;

  if (!ferry_json_get_word (object, "format", ferry_format_words, &format_value, error) ||
      !ferry_json_get_word (object, "allocation", ferry_allocation_words, &allocation_value, error))
    return FALSE;
  *format = (FerryFormat) format_value;
  *allocation = (FerryAllocation) allocation_value;

  return TRUE;
}

static gboolean
read_network_name (JsonObject *object, FerryPlanNetwork *network, GError **error)
{
  if (network->kind != FERRY_NETWORK_NETWORK && network->kind != FERRY_NETWORK_BRIDGE)
    return TRUE;
  if (!ferry_json_require (object, "name", error) ||
      !read_text (object, "name", &network->name, error))
    return FALSE;
  if (network->name[0] == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not be empty."), "name");

  return TRUE;
}

static gboolean
read_network_object (JsonObject *object, FerryPlanNetwork *network, GError **error)
{
  int kind = FERRY_NETWORK_UNMAPPED;

  if (!ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", ferry_network_kind_words, &kind, error))
    return FALSE;
  network->kind = (FerryNetworkKind) kind;
  if (!read_network_name (object, network, error))
    return FALSE;
  network->extra = ferry_json_copy_unknown (object, network_members);

  return TRUE;
}

/* @network: zeros, cleared by the caller in every case */
static gboolean
read_network (JsonObject *object,
              const char *member,
              FerryPlanNetwork *network,
              GError **error)
{
  JsonObject *inner = NULL;

  network->kind = FERRY_NETWORK_UNMAPPED;
  if (!ferry_json_get_object (object, member, &inner, error))
    return FALSE;
  if (inner == NULL || read_network_object (inner, network, error))
    return TRUE;
  g_prefix_error (error, "%s.", member);

  return FALSE;
}

static gboolean
read_source (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlanSource *source = user_data;
  int kind = 0;

  if (!ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", ferry_source_kind_words, &kind, error) ||
      !read_path (object, "path", &source->path, error))
    return FALSE;
  source->kind = (FerrySourceKind) kind;
  source->extra = ferry_json_copy_unknown (object, source_members);

  return TRUE;
}

static gboolean
read_libvirt (JsonObject *object, FerryPlanDestination *destination, GError **error)
{
  if (!ferry_json_require (object, "uri", error) ||
      !read_text (object, "uri", &destination->uri, error) ||
      !read_text (object, "pool", &destination->pool, error))
    return FALSE;
  destination->extra = ferry_json_copy_unknown (object, libvirt_members);

  return TRUE;
}

static gboolean
read_destination (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlanDestination *destination = user_data;
  int kind = 0;

  if (!ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", ferry_destination_kind_words, &kind, error))
    return FALSE;
  destination->kind = (FerryDestinationKind) kind;
  if (destination->kind == FERRY_DESTINATION_LIBVIRT)
    return read_libvirt (object, destination, error);
  if (!read_path (object, "path", &destination->path, error))
    return FALSE;
  destination->extra = ferry_json_copy_unknown (object, folder_members);

  return TRUE;
}

static gboolean
read_mappings (JsonObject *networks, FerryPlan *plan, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (networks);

  for (GList *l = members; l != NULL; l = l->next)
    {
      FerryPlanNetwork network = { 0 };
      gboolean good = read_network (networks, l->data, &network, error);

      if (good)
        ferry_plan_set_mapping (plan, l->data, &network);
      ferry_plan_network_clear (&network);
      if (!good)
        {
          g_prefix_error (error, "networks.");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_defaults (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlan *plan = user_data;
  JsonObject *networks = NULL;

  if (!read_storing (object, &plan->format, &plan->allocation, error) ||
      !ferry_json_get_object (object, "networks", &networks, error) ||
      (networks != NULL && !read_mappings (networks, plan, error)))
    return FALSE;
  plan->defaults_extra = ferry_json_copy_unknown (object, defaults_members);

  return TRUE;
}

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
                       _("%s cannot be “keep”: the source gives no MAC address."), "mac");

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("%s must be “keep”, “new” or a MAC address like 52:54:00:12:34:56."), "mac");
}

/* @guest has a NIC for each read so far; this is the next one. */
static gboolean
read_nic (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlanGuest *guest = user_data;
  const FerryNic *source = ferry_guest_get_nic (guest->source, guest->nics->len);
  FerryPlanNic *nic;

  if (source == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("network is for a network card that the source does not have."));
  nic = g_new0 (FerryPlanNic, 1);
  g_ptr_array_add (guest->nics, nic);
  if (!read_network (object, "network", &nic->network, error) ||
      !read_mac (object, source, nic, error))
    return FALSE;
  nic->extra = ferry_json_copy_unknown (object, nic_members);

  return TRUE;
}

static gboolean
read_nics (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  if (!ferry_json_read_each (object, "nics", read_nic, guest, error))
    return FALSE;
  if (guest->nics->len != guest->source->nics->len)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("nics must have as many elements as source.nics: %u, not %u."),
                       guest->source->nics->len, guest->nics->len);

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
                       _("%s must be “single”, “first” or a device like “/dev/sda2”."), "root");

  return TRUE;
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
  if (guest->memory_bytes > MAX_MEMORY_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s is too large."), "memory_bytes");
  if (guest->vcpus > MAX_VCPUS)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s is too large."), "vcpus");

  return TRUE;
}

static gboolean
read_guest_members (JsonObject *object, FerryPlanGuest *guest, GError **error)
{
  g_clear_pointer (&guest->description, g_free);
  if (!read_name (object, guest, error) ||
      !read_text (object, "description", &guest->description, error) ||
      !read_hardware (object, guest, error) || !read_root (object, guest, error) ||
      !read_storing (object, &guest->format, &guest->allocation, error) ||
      !ferry_json_get_boolean (object, "start", &guest->start, error) ||
      !read_nics (object, guest, error))
    return FALSE;
  guest->extra = ferry_json_copy_unknown (object, guest_members);

  return TRUE;
}

static gboolean
capacities_are_possible (const FerryGuest *guest, GError **error)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (ferry_guest_get_disk (guest, i)->capacity_bytes > MAX_CAPACITY_BYTES)
      return ferry_fail (error, FERRY_ERROR_INVALID, _("disks[%u].capacity_bytes is too large."),
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

/* While a plan is read: the ids of its guests so far. */
typedef struct
{
  FerryPlan *plan; /* (unowned) */
  GHashTable *ids; /* (unowned): set of the guests' own strings */
} GuestReading;

static gboolean
read_guest (JsonObject *object, gpointer user_data, GError **error)
{
  GuestReading *reading = user_data;
  g_autoptr (FerryGuest) source = read_guest_source (object, error);
  FerryPlanGuest *guest;

  if (source == NULL)
    return FALSE;
  guest = ferry_plan_guest_new (source);
  guest->format = reading->plan->format;
  guest->allocation = reading->plan->allocation;
  g_ptr_array_add (reading->plan->guests, guest);
  if (!g_hash_table_add (reading->ids, guest->source->id))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("source.id is that of another guest too."));

  return read_guest_members (object, guest, error);
}

static gboolean
read_guests (JsonObject *object, FerryPlan *plan, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GuestReading reading = { plan, ids };

  return ferry_json_require (object, "guests", error) &&
         ferry_json_read_each (object, "guests", read_guest, &reading, error);
}

static gboolean
read_version (JsonObject *object, GError **error)
{
  gint64 version = 0;

  if (!ferry_json_require (object, "version", error) ||
      !ferry_json_get_int64 (object, "version", &version, error))
    return FALSE;
  if (version == FERRY_PLAN_VERSION)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID, _("version must be %d."), FERRY_PLAN_VERSION);
}

static gboolean
read_part (JsonObject *plan,
           const char *member,
           FerryJsonReader reader,
           gpointer into,
           GError **error)
{
  JsonObject *object = NULL;

  if (!ferry_json_get_object (plan, member, &object, error))
    return FALSE;
  if (object == NULL || reader (object, into, error))
    return TRUE;
  g_prefix_error (error, "%s.", member);

  return FALSE;
}

static gboolean
read_host (JsonObject *object, FerryPlan *plan, GError **error)
{
  if (!read_text (object, "host", &plan->host, error))
    return FALSE;
  if (!g_str_equal (plan->host, "local"))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("host must be “local”: this version of Ferry knows no other."));

  return TRUE;
}

static gboolean
read_plan (JsonObject *object, FerryPlan *plan, GError **error)
{
  if (!ferry_json_require (object, "source", error) ||
      !read_part (object, "source", read_source, &plan->source, error) ||
      !ferry_json_require (object, "destination", error) ||
      !read_part (object, "destination", read_destination, &plan->destination, error) ||
      !read_host (object, plan, error) ||
      !read_part (object, "defaults", read_defaults, plan, error) ||
      !read_guests (object, plan, error))
    return FALSE;
  plan->extra = ferry_json_copy_unknown (object, plan_members);

  return TRUE;
}

/* A newer plan is not wrong, so its error is not that of an invalid one. */
static gboolean
is_newer (JsonObject *object, GError **error)
{
  gint64 version = 0;

  if (!ferry_json_get_int64 (object, "version", &version, NULL) || version <= FERRY_PLAN_VERSION)
    return FALSE;
  ferry_fail (error, FERRY_ERROR_INVALID,
              _("This plan was written by a newer Ferry (version %d). Update Ferry to open it."),
              (int) MIN (version, G_MAXINT));

  return TRUE;
}

FerryPlan *
ferry_plan_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (JsonNode) node = ferry_json_parse (text, length, error);

  if (node == NULL)
    {
      g_prefix_error (error, _("This is not a plan of Ferry. "));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("This is not a plan of Ferry. It must be a JSON object."));
      return NULL;
    }
  if (is_newer (json_node_get_object (node), error))
    return NULL;
  if (!read_version (json_node_get_object (node), error) ||
      !read_plan (json_node_get_object (node), plan, error))
    {
      g_prefix_error (error, _("The plan is not valid: "));
      return NULL;
    }

  return g_steal_pointer (&plan);
}
