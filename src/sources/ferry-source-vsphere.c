/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-vsphere.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-vsphere-ask.h"
#include "ferry-vsphere-power.h"
#include "ferry-vsphere-prepare.h"
#include "ferry-vsphere-ssh.h"
#include "ferry-vsphere-tls.h"

#include <glib/gi18n-lib.h>

struct _FerrySourceVsphere
{
  GObject parent;

  FerryPlanSource source;
  GHashTable *uuids; /* how many guests have it, as of the last list */
};

static void ferry_source_vsphere_source_init (FerrySourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySourceVsphere,
                               ferry_source_vsphere,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SOURCE,
                                                      ferry_source_vsphere_source_init))

/* --- two guests with one UUID --- */

static void
count_uuids (FerrySourceVsphere *self, const GPtrArray *guests)
{
  g_hash_table_remove_all (self->uuids);
  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      guint n;

      if (guest->uuid == NULL)
        continue;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (self->uuids, guest->uuid));
      g_hash_table_replace (self->uuids, g_strdup (guest->uuid), GUINT_TO_POINTER (n + 1));
    }
}

static void
note_duplicate (FerrySourceVsphere *self, FerryGuest *guest)
{
  FerryCheck *check;

  if (guest->uuid == NULL || GPOINTER_TO_UINT (g_hash_table_lookup (self->uuids, guest->uuid)) < 2)
    return;
  check = ferry_check_new ("guest.uuid-duplicate", FERRY_SEVERITY_NOTE,
                           _("Ferry tells them apart by their ids. Give one of them a new UUID if "
                              "both shall go to one destination that keeps it."),
                           _("Another virtual machine of the source has the UUID of ‘%s’."),
                           guest->name);
  check->guest_id = g_strdup (guest->id);
  g_ptr_array_add (guest->checks, check);
}

/* --- narrowing --- */

static gboolean
check_level (const FerryVsphereRows *rows,
             FerryVsphereLevel level,
             const char *wanted,
             GError **error)
{
  g_autoptr (GPtrArray) have = NULL;
  g_autofree char *names = NULL;

  if (wanted == NULL || ferry_vsphere_inventory_has (rows->inventory, level, wanted))
    return TRUE;
  have = ferry_vsphere_inventory_list (rows->inventory, level);
  g_ptr_array_add (have, NULL);
  names = g_strjoinv (", ", (char **) have->pdata);
  switch (level)
    {
    case FERRY_VSPHERE_DATACENTER:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("There is no data center ‘%s’. There are: %s."), wanted, names);
    case FERRY_VSPHERE_CLUSTER:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("There is no cluster ‘%s’. There are: %s."), wanted, names);
    case FERRY_VSPHERE_HOST:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("There is no ESXi host ‘%s’. There are: %s."), wanted, names);
    }

  return FALSE;
}

static gboolean
check_wanted (FerrySourceVsphere *self, const FerryVsphereRows *rows, GError **error)
{
  return check_level (rows, FERRY_VSPHERE_DATACENTER, self->source.datacenter, error) &&
         check_level (rows, FERRY_VSPHERE_CLUSTER, self->source.cluster, error) &&
         check_level (rows, FERRY_VSPHERE_HOST, self->source.esx, error);
}

static gboolean
is_wanted (FerrySourceVsphere *self, const FerryVsphereRow *row)
{
  return ferry_vsphere_place_is_at (row->place, FERRY_VSPHERE_DATACENTER,
                                    self->source.datacenter) &&
         ferry_vsphere_place_is_at (row->place, FERRY_VSPHERE_CLUSTER, self->source.cluster) &&
         ferry_vsphere_place_is_at (row->place, FERRY_VSPHERE_HOST, self->source.esx);
}

/* --- list --- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryGuest *const *guest = a, *const *other = b;
  int order = g_utf8_collate ((*guest)->name, (*other)->name);

  return order != 0 ? order : g_strcmp0 ((*guest)->id, (*other)->id);
}

static GPtrArray *
choose (FerrySourceVsphere *self, FerryVsphereRows *rows, GError **error)
{
  GPtrArray *guests;

  ferry_vsphere_rows_settle (rows);
  if (!check_wanted (self, rows, error))
    return NULL;
  guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const FerryVsphereRow *row = g_ptr_array_index (rows->rows, i);

      if (is_wanted (self, row))
        g_ptr_array_add (guests, ferry_guest_copy (row->guest));
    }

  return guests;
}

static GPtrArray *
vsphere_list (FerrySource *source, GCancellable *cancellable, GError **error)
{
  FerrySourceVsphere *self = FERRY_VSPHERE_SOURCE (source);
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (&self->source, cancellable, error);
  g_autoptr (FerryVsphereRows) rows =
      server != NULL ? ferry_vsphere_ask_list (server, cancellable, error) : NULL;
  GPtrArray *guests = rows != NULL ? choose (self, rows, error) : NULL;

  if (guests == NULL)
    return NULL;
  count_uuids (self, guests);
  for (guint i = 0; i < guests->len; i++)
    note_duplicate (self, g_ptr_array_index (guests, i));
  g_ptr_array_sort (guests, compare_names);

  return guests;
}

/* --- test --- */

static char *
count_places (const FerryVsphereRows *rows)
{
  g_autoptr (GPtrArray) datacenters =
      ferry_vsphere_inventory_list (rows->inventory, FERRY_VSPHERE_DATACENTER);
  g_autoptr (GPtrArray) hosts = ferry_vsphere_inventory_list (rows->inventory, FERRY_VSPHERE_HOST);
  g_autofree char *first =
      g_strdup_printf (ngettext ("%u data center", "%u data centers", datacenters->len),
                       datacenters->len);
  g_autofree char *second =
      g_strdup_printf (ngettext ("%u host", "%u hosts", hosts->len), hosts->len);

  return g_strdup_printf ("%s · %s · ", first, second);
}

static char *
vsphere_test (FerrySource *source, GCancellable *cancellable, GError **error)
{
  FerrySourceVsphere *self = FERRY_VSPHERE_SOURCE (source);
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (&self->source, cancellable, error);
  g_autoptr (FerryVsphereRows) rows =
      server != NULL ? ferry_vsphere_ask_list (server, cancellable, error) : NULL;
  g_autoptr (GPtrArray) guests = rows != NULL ? choose (self, rows, error) : NULL;
  const FerryVsphereAbout *about;
  g_autofree char *places = NULL;
  g_autofree char *machines = NULL;

  if (guests == NULL)
    return NULL;
  about = ferry_vsphere_get_about (server);
  places = about->is_vcenter ? count_places (rows) : g_strdup ("");
  machines = g_strdup_printf (ngettext ("%u virtual machine", "%u virtual machines", guests->len),
                              guests->len);

  return g_strdup_printf ("%s %s · %s%s", about->name, about->version != NULL ? about->version : "",
                          places, machines);
}

static gboolean
vsphere_examine (FerrySource *source,
                 FerryTrustQuestion **out_question,
                 GCancellable *cancellable,
                 GError **error)
{
  const FerryPlanSource *self = &FERRY_VSPHERE_SOURCE (source)->source;

  if (!ferry_vsphere_examine (self, out_question, cancellable, error))
    return FALSE;
  if (*out_question != NULL || self->transport != FERRY_TRANSPORT_SSH)
    return TRUE;

  return ferry_vsphere_examine_ssh (self, out_question, cancellable, error);
}

/* --- read --- */

static gboolean
read_pages (FerrySourceVsphere *self,
            const char *const *ids,
            GPtrArray *guests,
            const FerryMonitor *monitor,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (&self->source, cancellable, error);
  guint n_ids = g_strv_length ((char **) ids);

  if (server == NULL)
    return FALSE;
  for (guint i = 0; i < n_ids; i += FERRY_VSPHERE_AT_ONCE)
    {
      g_autoptr (FerryVsphereRows) rows =
          ferry_vsphere_ask_guests (server, ids + i, MIN (n_ids - i, FERRY_VSPHERE_AT_ONCE),
                                    cancellable, error);

      if (rows == NULL)
        return FALSE;
      ferry_vsphere_collect (&self->source, server, rows, ids + i, guests);
      ferry_monitor_part (monitor, guests->len, n_ids);
    }

  return TRUE;
}

static GPtrArray *
vsphere_read_many (FerrySource *source,
                   const char *const *ids,
                   const FerryMonitor *monitor,
                   GCancellable *cancellable,
                   GError **error)
{
  FerrySourceVsphere *self = FERRY_VSPHERE_SOURCE (source);
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  if (ids[0] != NULL && !read_pages (self, ids, guests, monitor, cancellable, error))
    return NULL;
  if (g_hash_table_size (self->uuids) == 0)
    count_uuids (self, guests);
  for (guint i = 0; i < guests->len; i++)
    note_duplicate (self, g_ptr_array_index (guests, i));

  return g_steal_pointer (&guests);
}

static FerryGuest *
vsphere_read (FerrySource *source, const char *id, GCancellable *cancellable, GError **error)
{
  const char *ids[] = { id, NULL };
  g_autoptr (GPtrArray) guests = vsphere_read_many (source, ids, NULL, cancellable, error);
  const FerryGuest *guest = guests != NULL ? g_ptr_array_index (guests, 0) : NULL;

  if (guest == NULL)
    return NULL;
  if (ferry_checks_have (guest->checks, "guest.gone"))
    {
      ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                  _("There is no virtual machine with the id ‘%s’ on ‘%s’. List what is there and "
                     "choose again."),
                  id, FERRY_VSPHERE_SOURCE (source)->source.host);
      return NULL;
    }

  return ferry_guest_copy (guest);
}

static GPtrArray *
vsphere_prepare (FerrySource *source,
                 const FerryGuest *guest,
                 const char *work_dir,
                 const FerryMonitor *monitor,
                 GCancellable *cancellable,
                 GError **error)
{
  return ferry_vsphere_prepare (&FERRY_VSPHERE_SOURCE (source)->source, guest, work_dir,
                                cancellable, error);
}

/* --- whether it runs --- */

static gboolean
vsphere_can_shut_down (FerrySource *source, const FerryGuest *guest, GError **error)
{
  return ferry_guest_can_shut_down (guest) || ferry_source_fail_without_tools (guest, error);
}

static gboolean
vsphere_shut_down (FerrySource *source,
                   const FerryShutDownOrder *order,
                   GCancellable *cancellable,
                   GError **error)
{
  return ferry_vsphere_shut_down (&FERRY_VSPHERE_SOURCE (source)->source, order, cancellable,
                                  error);
}

static gboolean
vsphere_start (FerrySource *source,
               const FerryGuest *guest,
               GCancellable *cancellable,
               GError **error)
{
  return ferry_vsphere_start (&FERRY_VSPHERE_SOURCE (source)->source, guest, cancellable, error);
}

/* --- the object --- */

static void
ferry_source_vsphere_source_init (FerrySourceInterface *iface)
{
  iface->list = vsphere_list;
  iface->read = vsphere_read;
  iface->read_many = vsphere_read_many;
  iface->examine = vsphere_examine;
  iface->test = vsphere_test;
  iface->prepare = vsphere_prepare;
  iface->can_shut_down = vsphere_can_shut_down;
  iface->shut_down = vsphere_shut_down;
  iface->start = vsphere_start;
}

static void
ferry_source_vsphere_finalize (GObject *object)
{
  FerrySourceVsphere *self = FERRY_VSPHERE_SOURCE (object);

  ferry_plan_source_clear (&self->source);
  g_hash_table_unref (self->uuids);
  G_OBJECT_CLASS (ferry_source_vsphere_parent_class)->finalize (object);
}

static void
ferry_source_vsphere_class_init (FerrySourceVsphereClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ferry_source_vsphere_finalize;
}

static void
ferry_source_vsphere_init (FerrySourceVsphere *self)
{
  self->uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

FerrySource *
ferry_source_vsphere_new (const FerryPlanSource *source)
{
  FerrySourceVsphere *self = g_object_new (FERRY_TYPE_SOURCE_VSPHERE, NULL);

  ferry_plan_source_copy (source, &self->source);

  return FERRY_SOURCE (self);
}
