/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-plan-parts.h"
#include "ferry-plan-words.h"

#include <glib/gi18n-lib.h>

/* The reader of plan JSON; its guests are read in ferry-plan-guest-json.c. */

static const char *const plan_members[] = { "version",  "source", "destination",  "host", "drivers",
                                            "defaults", "guests", "block_driver", NULL };
static const char *const folder_members[] = { "kind", "path", NULL };
static const char *const libvirt_members[] = { "kind", "uri", "pool", NULL };
static const char *const defaults_members[] = {
  "format", "allocation", "name", "shut_down", "start", "networks", "storages", NULL,
};
static const char *const block_drivers[] = { "virtio-blk", "virtio-scsi", NULL };

static gboolean
read_source (JsonObject *object, gpointer user_data, GError **error)
{
  return ferry_plan_source_read_json (object, user_data, error);
}

static gboolean
read_libvirt (JsonObject *object, FerryPlanDestination *destination, GError **error)
{
  if (!ferry_json_require (object, "uri", error) ||
      !ferry_plan_read_text (object, "uri", &destination->uri, error) ||
      !ferry_plan_read_text (object, "pool", &destination->pool, error))
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
  if (!ferry_plan_read_path (object, "path", &destination->path, error))
    return FALSE;
  destination->extra = ferry_json_copy_unknown (object, folder_members);

  return TRUE;
}

static gboolean
read_name_rule (JsonObject *object, gpointer user_data, GError **error)
{
  FerryNameRule *rule = user_data;

  return ferry_plan_read_text (object, "pattern", &rule->pattern, error) &&
         ferry_plan_read_text (object, "find", &rule->find, error) &&
         ferry_plan_read_text (object, "replace", &rule->replace, error) &&
         ferry_json_get_boolean (object, "lower_case", &rule->lower_case, error) &&
         ferry_name_rule_is_valid (rule, error);
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
read_defaults (JsonObject *object, gpointer user_data, GError **error)
{
  FerryPlan *plan = user_data;

  if (!read_part (object, "name", read_name_rule, &plan->name_rule, error) ||
      !ferry_json_get_boolean (object, "shut_down", &plan->shut_down, error) ||
      !ferry_json_get_boolean (object, "start", &plan->start, error) ||
      !ferry_plan_read_storings (object, "storages", plan, error))
    return FALSE;
  if (!ferry_plan_read_storing (object, &plan->format, &plan->allocation, error) ||
      !ferry_plan_read_mappings (object, "networks", plan, error))
    return FALSE;
  plan->defaults_extra = ferry_json_copy_unknown (object, defaults_members);

  return TRUE;
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
  FerryPlanGuest *guest = ferry_plan_read_guest (object, reading->plan, error);

  if (guest == NULL)
    return FALSE;
  g_ptr_array_add (reading->plan->guests, guest);
  if (!g_hash_table_add (reading->ids, guest->source->id))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("source.id is that of another guest too."));

  return TRUE;
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

  return ferry_fail (error, FERRY_ERROR_INVALID, _ ("version must be %d."), FERRY_PLAN_VERSION);
}

static gboolean
read_host (JsonObject *object, FerryPlan *plan, GError **error)
{
  if (!ferry_plan_read_text (object, "host", &plan->host, error))
    return FALSE;
  if (!g_str_equal (plan->host, "local"))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("host must be ‘local’: this version of Ferry knows no other."));

  return TRUE;
}

static gboolean
read_drivers (JsonObject *object, FerryPlan *plan, GError **error)
{
  int block_driver = 0;

  if (json_object_has_member (object, "drivers") &&
      !json_object_get_null_member (object, "drivers") &&
      !ferry_plan_read_path (object, "drivers", &plan->drivers, error))
    return FALSE;
  if (!ferry_json_get_word (object, "block_driver", block_drivers, &block_driver, error))
    return FALSE;
  if (block_driver > 0)
    plan->block_driver = g_strdup (block_drivers[block_driver - 1]);

  return TRUE;
}

static gboolean
read_plan (JsonObject *object, FerryPlan *plan, GError **error)
{
  if (!ferry_json_require (object, "source", error) ||
      !read_part (object, "source", read_source, &plan->source, error) ||
      !ferry_json_require (object, "destination", error) ||
      !read_part (object, "destination", read_destination, &plan->destination, error) ||
      !read_host (object, plan, error) || !read_drivers (object, plan, error) ||
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
              _ ("This plan was written by a newer Ferry (version %d). Update Ferry to open it."),
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
      g_prefix_error (error, _ ("This is not a plan of Ferry. "));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _ ("This is not a plan of Ferry. It must be a JSON object."));
      return NULL;
    }
  if (is_newer (json_node_get_object (node), error))
    return NULL;
  if (!read_version (json_node_get_object (node), error) ||
      !read_plan (json_node_get_object (node), plan, error))
    {
      g_prefix_error (error, _ ("The plan is not valid: "));
      return NULL;
    }

  return g_steal_pointer (&plan);
}
