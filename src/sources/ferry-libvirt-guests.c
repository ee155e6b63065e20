/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-guests.h"

#include "ferry-check.h"
#include "ferry-domain.h"
#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-libvirt-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Six times what libvirt's protocol can list. */
#define MAX_GUESTS 100000

static FerryPower
power_from_word (const char *word)
{
  static const FerryPower powers[] = {
    FERRY_POWER_OFF,
    FERRY_POWER_RUNNING,
    FERRY_POWER_PAUSED,
    FERRY_POWER_SUSPENDED,
  };

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (powers); i++)
    if (g_str_equal (ferry_power_to_word (powers[i]), word))
      return powers[i];

  return FERRY_POWER_UNKNOWN;
}

static FerryLibvirtRequest
make_request (const FerryPlanSource *source, const char *request)
{
  return (FerryLibvirtRequest){
    .request = request,
    .uri = source->uri,
    .user = source->user,
    .password = source->password,
    .unverified = !source->verify,
  };
}

/* --- ids --- */

char *
ferry_libvirt_guests_dup_uuid (const char *id)
{
  const char *slash = strchr (id, '/');

  return slash != NULL ? g_strndup (id, (gsize) (slash - id)) : g_strdup (id);
}

const char *
ferry_libvirt_guests_get_name (const char *id)
{
  const char *slash = strchr (id, '/');

  return slash != NULL ? slash + 1 : NULL;
}

static void
set_id (FerryGuest *guest, const char *id)
{
  g_free (guest->id);
  guest->id = g_strdup (id);
}

/* --- listing --- */

typedef struct
{
  GPtrArray *guests;
  FerryHypervisor hypervisor;
} Listing;

/* What virConnectGetType() says. */
static FerryHypervisor
hypervisor_of_type (const char *type)
{
  if (g_strcmp0 (type, "QEMU") == 0)
    return FERRY_HYPERVISOR_KVM;
  if (g_strcmp0 (type, "Xen") == 0)
    return FERRY_HYPERVISOR_XEN;
  if (g_strcmp0 (type, "ESX") == 0)
    return FERRY_HYPERVISOR_VMWARE;

  return FERRY_HYPERVISOR_UNKNOWN;
}

static gboolean
on_listed (JsonObject *line, gpointer user_data, GError **error)
{
  Listing *listing = user_data;
  g_autofree char *name = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *state = NULL;
  g_autofree char *type = NULL;
  FerryGuest *guest;

  if (!ferry_json_get_string (line, "name", &name, error) ||
      !ferry_json_get_string (line, "uuid", &uuid, error) ||
      !ferry_json_get_string (line, "state", &state, error) ||
      !ferry_json_get_string (line, "type", &type, error))
    return FALSE;
  if (ferry_libvirt_is_item (line, "connection"))
    listing->hypervisor = hypervisor_of_type (type);
  if (!ferry_libvirt_is_item (line, "domain") || name == NULL || uuid == NULL)
    return TRUE;
  if (listing->guests->len == MAX_GUESTS)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("libvirt lists virtual machines without end. Is it the right host?"));

  guest = ferry_guest_new (uuid, name);
  guest->uuid = g_steal_pointer (&uuid);
  guest->hypervisor = listing->hypervisor;
  guest->power = power_from_word (state);
  g_ptr_array_add (listing->guests, guest);

  return TRUE;
}

static void
tell_apart (GPtrArray *guests)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, guest->uuid));

      g_hash_table_insert (counts, guest->uuid, GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 0; i < guests->len; i++)
    {
      FerryGuest *guest = g_ptr_array_index (guests, i);

      if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, guest->uuid)) > 1)
        {
          g_autofree char *id = g_strconcat (guest->uuid, "/", guest->name, NULL);

          set_id (guest, id);
        }
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryGuest *const *guest = a, *const *other = b;
  int order = g_utf8_collate ((*guest)->name, (*other)->name);

  return order != 0 ? order : g_strcmp0 ((*guest)->id, (*other)->id);
}

GPtrArray *
ferry_libvirt_guests_list (const FerryPlanSource *source,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  Listing listing = { guests, FERRY_HYPERVISOR_UNKNOWN };
  FerryLibvirtRequest request = make_request (source, "list-domains");

  if (!ferry_libvirt_call_each (&request, on_listed, &listing, cancellable, error))
    return NULL;
  tell_apart (guests);
  g_ptr_array_sort (guests, compare_names);

  return g_steal_pointer (&guests);
}

/* --- reading --- */

/* @guests: a place for each of @ids; @first: of those that are asked for now */
typedef struct
{
  const FerryLibvirtRequest *request;
  const char *const *ids;
  GPtrArray *guests;
  const FerryMonitor *monitor;
  guint n_ids;
  guint first;
  guint n_read;
} Reading;

static FerryGuest *
make_unreadable (const char *id, const GError *problem)
{
  const char *name = ferry_libvirt_guests_get_name (id);
  gboolean is_gone = g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  FerryGuest *guest = ferry_guest_new (id, name != NULL ? name : id);

  if (is_gone)
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("guest.gone", FERRY_SEVERITY_BLOCKER,
                                      _("Put it back where it was, or leave it out."), "%s",
                                      problem->message));
  else
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("guest.unreadable", FERRY_SEVERITY_BLOCKER,
                                      _("See to the cause, then read it again."), "%s",
                                      problem->message));

  return guest;
}

static void
put_guest (Reading *reading, guint index, FerryGuest *guest)
{
  reading->n_read++;
  reading->guests->pdata[index] = guest;
  ferry_monitor_part (reading->monitor, reading->n_read, reading->n_ids);
}

static gboolean
is_asked_for (const char *id, const char *name, const char *uuid, GError **error)
{
  g_autofree char *wanted = ferry_libvirt_guests_dup_uuid (id);
  const char *wanted_name = ferry_libvirt_guests_get_name (id);

  if (uuid != NULL && g_ascii_strcasecmp (wanted, uuid) == 0 &&
      (wanted_name == NULL || g_strcmp0 (wanted_name, name) == 0))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("libvirt was asked for the virtual machine ‘%s’, and answered with another "
                       "one, ‘%s’. Two of them may have the same UUID."),
                     id, name != NULL ? name : "?");
}

typedef struct
{
  FerryGuest *guest;
  const char *uri;
  guint index;
} DiskReading;

static void
add_out_of_reach (const DiskReading *reading, const FerryDisk *disk)
{
  g_autofree char *folder = g_path_get_dirname (disk->file != NULL ? disk->file : "/");
  g_autofree char *advice = g_strdup_printf (
      _("Make its folder a pool: ‘virsh -c %s pool-create-as NAME dir --target %s’, and read it "
        "again."),
      reading->uri, folder);

  ferry_guest_take_disk_check (
      reading->guest, disk,
      ferry_check_new ("disk.no-pool", FERRY_SEVERITY_BLOCKER, advice,
                       _ ("The disk ‘%s’ is in no storage pool of its host, from which "
                          "alone libvirt hands out disks of the format ‘%s’."),
                       disk->name, disk->format != NULL ? disk->format : "raw"));
}

/* That of a disk whose description names it is known already. */
static gboolean
read_pool (JsonObject *object, FerryDisk *disk, GError **error)
{
  g_autofree char *pool = NULL;

  if (!ferry_json_get_string (object, "pool", &pool, error))
    return FALSE;
  if (disk->storage == NULL)
    disk->storage = g_steal_pointer (&pool);

  return TRUE;
}

static gboolean
read_disk (JsonObject *object, const DiskReading *reading, FerryDisk *disk, GError **error)
{
  guint64 allocation = G_MAXUINT64;
  gboolean has_parent = FALSE;
  gboolean is_reachable = TRUE;

  if (!ferry_json_get_uint64 (object, "capacity", &disk->capacity_bytes, error) ||
      !ferry_json_get_uint64 (object, "allocation", &allocation, error) ||
      !ferry_json_get_boolean (object, "parent", &has_parent, error) ||
      !read_pool (object, disk, error) ||
      !ferry_json_get_boolean (object, "reachable", &is_reachable, error))
    return FALSE;
  if (allocation <= G_MAXINT64)
    disk->used_bytes = (gint64) allocation;
  if (has_parent)
    disk->flags |= FERRY_DISK_HAS_PARENT;
  if (!is_reachable && reading->guest->hypervisor == FERRY_HYPERVISOR_KVM)
    add_out_of_reach (reading, disk);

  return TRUE;
}

static gboolean
on_disk (JsonObject *element, gpointer user_data, GError **error)
{
  DiskReading *reading = user_data;
  FerryDisk *disk;

  if (reading->index >= reading->guest->disks->len)
    return TRUE;
  disk = g_ptr_array_index (reading->guest->disks, reading->index++);

  return read_disk (element, reading, disk, error);
}

/* How much of a disk holds data is known of its file only, and no disk holds more than all of
 * it. */
static void
limit_used_bytes (FerryGuest *guest)
{
  for (guint i = 0; i < guest->disks->len; i++)
    {
      FerryDisk *disk = g_ptr_array_index (guest->disks, i);

      if (g_strcmp0 (disk->format, "raw") == 0 && disk->capacity_bytes > 0 &&
          disk->used_bytes > (gint64) MIN (disk->capacity_bytes, G_MAXINT64))
        disk->used_bytes = (gint64) disk->capacity_bytes;
    }
}

static FerryGuest *
parse_guest (JsonObject *line, const char *uri, GError **error)
{
  g_autofree char *xml = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  DiskReading disks = { NULL, uri, 0 };
  gint64 snapshots = -1;

  if (!ferry_json_require (line, "xml", error) ||
      !ferry_json_get_string (line, "xml", &xml, error) ||
      !ferry_json_get_string (line, "state", &state, error) ||
      !ferry_json_get_int64 (line, "snapshots", &snapshots, error))
    return NULL;
  bytes = g_bytes_new_static (xml, strlen (xml));
  guest = ferry_domain_parse (bytes, error);
  disks.guest = guest;
  if (guest == NULL || (json_object_has_member (line, "disks") &&
                        !ferry_json_read_each (line, "disks", on_disk, &disks, error)))
    return NULL;

  limit_used_bytes (guest);
  guest->power = power_from_word (state);
  guest->n_snapshots = (int) CLAMP (snapshots, -1, G_MAXINT);

  return g_steal_pointer (&guest);
}

/* One that makes no sense is a finding about that guest, not about all of them. */
static FerryGuest *
take_guest (const Reading *reading, const char *id, JsonObject *line)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;
  g_autofree char *uuid = NULL;
  FerryGuest *guest = NULL;

  if (ferry_libvirt_is_item (line, "unreadable"))
    {
      FerryLibvirtRequest request = *reading->request;
      const char *wanted = ferry_libvirt_guests_get_name (id);

      request.name = wanted != NULL ? wanted : id;
      ferry_libvirt_fail_as_told (&request, line, &problem);
    }
  else if (ferry_json_get_string (line, "name", &name, &problem) &&
           ferry_json_get_string (line, "uuid", &uuid, &problem) &&
           is_asked_for (id, name, uuid, &problem))
    guest = parse_guest (line, reading->request->uri, &problem);
  if (guest == NULL)
    return make_unreadable (id, problem);
  set_id (guest, id);

  return guest;
}

static gboolean
on_read (JsonObject *line, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  guint64 index = G_MAXUINT64;

  if (!ferry_libvirt_is_item (line, "domain") && !ferry_libvirt_is_item (line, "unreadable"))
    return TRUE;
  if (!ferry_json_get_uint64 (line, "index", &index, error))
    return FALSE;
  if (index >= reading->n_ids - reading->first ||
      reading->guests->pdata[reading->first + index] != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("Ferry’s helper for libvirt answered what it was not asked. Is it of the "
                         "same version as Ferry?"));
  index += reading->first;
  put_guest (reading, (guint) index, take_guest (reading, reading->ids[index], line));

  return TRUE;
}

static gboolean
ask_for_rest (Reading *reading, GCancellable *cancellable, GError **error)
{
  const char *const *ids = reading->ids + reading->first;
  guint count = reading->n_ids - reading->first;
  FerryLibvirtRequest request = *reading->request;
  g_auto (GStrv) uuids = g_new0 (char *, count + 1);
  g_autofree const char **names = g_new0 (const char *, count + 1);

  for (guint i = 0; i < count; i++)
    {
      uuids[i] = ferry_libvirt_guests_dup_uuid (ids[i]);
      names[i] = ferry_libvirt_guests_get_name (ids[i]);
    }
  request.uuids = (const char *const *) uuids;
  request.names = names;

  return ferry_libvirt_call_each (&request, on_read, reading, cancellable, error);
}

static guint
find_first_missing (const Reading *reading)
{
  guint i = reading->first;

  while (i < reading->n_ids && reading->guests->pdata[i] != NULL)
    i++;

  return i;
}

/* The next one, or all that are left. */
static void
give_up (Reading *reading, gboolean all, const GError *problem)
{
  guint i = find_first_missing (reading);

  do
    put_guest (reading, i, make_unreadable (reading->ids[i], problem));
  while (all && (i = find_first_missing (reading)) < reading->n_ids);
}

/* libvirt's client may crash over one guest: that one is given up, and the rest is asked for anew.
 * A daemon that is gone by then is not asked again and again. */
static gboolean
read_all (Reading *reading, GCancellable *cancellable, GError **error)
{
  while (reading->first < reading->n_ids)
    {
      guint before = reading->n_read;
      g_autoptr (GError) problem = NULL;
      gboolean answered = ask_for_rest (reading, cancellable, &problem);

      if (!answered && (problem->domain != FERRY_ERROR || reading->n_read == 0))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      reading->first = find_first_missing (reading);
      if (reading->first == reading->n_ids)
        return TRUE;
      if (answered)
        ferry_fail (&problem, FERRY_ERROR_FAILED, _("libvirt told nothing of it."));
      give_up (reading,
               !answered && problem->code != FERRY_ERROR_FAILED && reading->n_read == before,
               problem);
      reading->first = find_first_missing (reading);
    }

  return TRUE;
}

static void
free_guest (gpointer guest)
{
  if (guest != NULL)
    ferry_guest_free (guest);
}

GPtrArray *
ferry_libvirt_guests_read (const FerryPlanSource *source,
                           const char *const *ids,
                           const FerryMonitor *monitor,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func (free_guest);
  FerryLibvirtRequest request = make_request (source, "read-domains");
  Reading reading = {
    .request = &request,
    .ids = ids,
    .guests = guests,
    .monitor = monitor,
    .n_ids = g_strv_length ((char **) ids),
  };

  request.is_long = TRUE;
  g_ptr_array_set_size (guests, (int) reading.n_ids);

  return read_all (&reading, cancellable, error) ? g_steal_pointer (&guests) : NULL;
}

/* --- describing --- */

typedef struct
{
  const FerryLibvirtRequest *request;
  const FerryGuest *guest;
  char *xml;
} Description;

static gboolean
on_described (JsonObject *line, gpointer user_data, GError **error)
{
  Description *description = user_data;
  const FerryGuest *guest = description->guest;
  g_autofree char *name = NULL;
  g_autofree char *uuid = NULL;

  if (ferry_libvirt_is_item (line, "unreadable"))
    return ferry_libvirt_fail_as_told (description->request, line, error);
  if (!ferry_json_get_string (line, "name", &name, error) ||
      !ferry_json_get_string (line, "uuid", &uuid, error) ||
      !is_asked_for (guest->id, name, uuid, error))
    return FALSE;
  if (g_strcmp0 (name, guest->name) != 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ was renamed to ‘%s’ at the source. Make a new plan with it."),
                       guest->name, name != NULL ? name : "?");

  g_clear_pointer (&description->xml, g_free);

  return ferry_json_get_string (line, "xml", &description->xml, error);
}

char *
ferry_libvirt_guests_describe (const FerryPlanSource *source,
                               const FerryGuest *guest,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *uuid = ferry_libvirt_guests_dup_uuid (guest->id);
  const char *const uuids[] = { uuid, NULL };
  const char *const names[] = { ferry_libvirt_guests_get_name (guest->id), NULL };
  FerryLibvirtRequest request = make_request (source, "read-domains");
  Description description = { &request, guest, NULL };

  request.uuids = uuids;
  request.names = names;
  request.name = guest->name;
  if (!ferry_libvirt_call_each (&request, on_described, &description, cancellable, error))
    g_clear_pointer (&description.xml, g_free);
  else if (description.xml == NULL)
    ferry_fail (error, FERRY_ERROR_FAILED, _("libvirt gave no description of ‘%s’."), guest->name);

  return description.xml;
}
